/** What belongs to a record, as lists on its page; mirrors server/web/views/related.py. */
import { address } from './addresses.js';
import { today } from './calendars.js';
import { everything, openStates } from './closing.js';
import { entity } from './manifest.js';
import { mayCreate } from './may.js';
import { rows, stateOf } from './rows.js';

const [RELATED, OPEN, CLOSED] = [10, 50, 20]; // records of a list; with states, of each kind
const LATEST = ['updated_at', 'desc'];

export function allRelated(store, me, now, owner, record) {
  // What every row would say of the page that it stands on.
  const said = [record.id, owner.parent ? record[owner.parent] : null];
  return owner.related.map((one) => relatedOf(store, me, now, one, record, said)).filter(Boolean);
}

function relatedOf(store, me, now, { type, by, label }, record, said) {
  const target = entity(type);
  if (!target) return null;
  const of = [[by, record.id]];
  const [found, whole] = foundOf(store, target, by, record.id);
  const create = mayCreate(me, type) && !record.deleted;
  return {
    entity: target,
    label,
    rows: rows(store, me, today(now, me.zone), target, found).map((row) => brief(row, said)),
    whole,
    create: create ? address(`/${target.path}/new`, of) : null,
    all: address(`/${target.path}/`, [...of, ...everything(target)]),
  };
}

const brief = (row, said) => ({ ...row, sub: row.sub.filter(({ value }) => !said.includes(value)) });

/** What is open in its order, and after it the last that were closed; and whether it is all. */
function foundOf(store, target, by, id) {
  const { type, order, closed } = target;
  const first = (limit, inOrder, filters) => {
    const found = store.related(type, by, id, limit + 1, inOrder, filters);
    return [found.slice(0, limit), found.length <= limit];
  };
  if (!closed.length) return first(RELATED, order);
  const { name } = stateOf(target);
  const [left, allLeft] = first(OPEN, order, { [name]: openStates(target) });
  const [last, allLast] = first(CLOSED, LATEST, { [name]: closed });
  return [[...left, ...last], allLeft && allLast];
}
