// Work that was refused is put right in the form that it came from, filled in as it was; once that is sent, it is let go of.
import { company } from '../store/outbox.js';
import { refilled } from '../views/problems.js';

const CARRIED = ['_back', '_fix']; // by a form that is shown again

/** The query of a form, with what was refused. `owner` is what the form is of: an entity or an action. */
export function fixing({ store, me, query }, owner) {
  const refused = company(store.state, query._fix?.[0]);
  return Object.assign(Object.create(null), query, refilled(me, owner.fields, refused));
}

/** The query of a form that was sent, for when it has to be shown again. */
export const carried = (query, form) =>
  Object.assign(Object.create(null), query, Object.fromEntries(CARRIED.filter((name) => form[name]).map((name) => [name, form[name]])));

/** The id of a record that was refused as a whole and is made anew: what hangs on it can follow. */
export function unmade({ store, form }, owner) {
  const op = store.problems().find((one) => one.id === form._fix?.[0]);
  const free = op?.k === 'new' && op.code !== 'exists' && !store.get(op.type, op.rec);
  return free && op.type === owner.type ? op.rec : null;
}

/** What was put right needs nobody any more. */
export async function settled({ store, form }) {
  const id = form._fix?.[0];
  if (id && store.problems().some((one) => one.id === id)) await store.discard(id);
}
