/** What a new record begins with; mirrors server/web/views/defaults.py. */
import { today } from './calendars.js';

/** Values of a record that nothing is said about; only those that are something. */
export function defaults(owner, me, now) {
  const words = { me: me.id, my_team: me.team, now, today: today(now, me.zone) };
  const found = {};
  for (const field of owner.fields) {
    const value = Object.hasOwn(words, field.default ?? '') ? words[field.default] : field.default;
    if (value !== null && !field.readonly) found[field.name] = value;
  }
  return found;
}
