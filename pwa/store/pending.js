import { fold } from './fold.js';
import { instant } from './instant.js';

const kindOf = (op) => {
  if (op.k === 'do') return op.f;
  if (op.k === 'del') return 'del';
  return op.f === 'deleted' ? 'restore' : 'set';
};

/** What one operation changes, as [field, before, after]. */
function changesOf(before, after, fields) {
  const differs = ({ name }) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return fields.filter(differs).map(({ name }) => [name, before[name], after[name]]);
}

function told(state, op, entity, after, fields) {
  const file = entity.parent ? after[entity.parent] : op.rec;
  const [at, by] = [instant(op.t), state.fact('me')?.id ?? null];
  const note = op.k === 'do' ? op.v?.note ?? null : null;
  return { id: op.id, rec: op.rec, of: op.type, file, what: kindOf(op), fields, note, at, created_by: by };
}

/** The fields that one save changed belong together, as they do in the server's log. */
function gather(found, change) {
  const last = found.at(-1);
  if (last?.what !== 'set' || change.what !== 'set' || last.at !== change.at) found.push(change);
  else last.fields.push(...change.fields);
}

function ofRecord(state, ops) {
  const [{ type, rec }] = ops;
  const entity = state.entity(type);
  const found = [];
  let record = state.base(type, rec);
  if (!entity || entity.system) return found;
  for (const op of ops) {
    const before = record;
    record = fold(before, [op], { entity, me: state.fact('me') });
    if (op.ack || op.k === 'look' || !before || !record) continue; // it is in the log, or nothing was there to change
    gather(found, told(state, op, entity, record, changesOf(before, record, entity.fields)));
  }
  return found;
}

/** What waits in the outbox, as records of the change log tell it; creations are seen by themselves. */
export const pending = (state) => [...state.byRecord.values()].flatMap((ops) => ofRecord(state, ops));
