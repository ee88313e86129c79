/** What a new record begins with; mirrors server/web/views/defaults.py. */
import { USUAL } from '../store/usual.js';
import { today } from './calendars.js';

const isWord = ({ kind, default: usual }) => usual !== null && usual === USUAL[kind];

/** Values of a record that nothing is said about; only those that are something. */
export function defaults(owner, me, now) {
  const words = { me: me.id, my_team: me.team, now, today: today(now, me.zone) };
  const found = {};
  for (const field of owner.fields) {
    const value = isWord(field) ? words[field.default] : field.default;
    if (value !== null && !field.readonly) found[field.name] = value;
  }
  return found;
}
