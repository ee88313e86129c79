import { together } from '../views/refused.js';

/** Conflicts that wait for somebody. */
export function openConflicts(state) {
  const table = state.table('conflict');
  return table ? table.liveSlots().map((slot) => table.record(slot)).filter((one) => one.open) : [];
}

/** How many notices wait for the person. */
function unread(state) {
  const table = state.table('notice');
  const me = state.fact('me')?.id;
  return table ? table.liveSlots().filter((slot) => !table.record(slot).read && table.record(slot).owner === me).length : 0;
}

function inConflict(state, id) {
  return state.table('conflict')?.linked('rec', id).some((one) => one.open) ?? false;
}

/** What a person has to know of a record before trusting it. The gravest comes first. */
export function mark(state, { id }) {
  if (state.failedRecords.has(id) || state.uploads.get(id)?.state === 'failed') return 'failed';
  if (inConflict(state, id)) return 'conflict';
  return state.uploads.has(id) || state.entriesOf(id).some((entry) => !entry.ack && entry.k !== 'look') ? 'pending' : null;
}

/** Files to be sent; one that was deleted waits to be brought back, and is in nobody's way. */
export const uploads = (state) => [...state.uploads.values()].filter((one) => one.state !== 'paused');

/** Those that do not go on by themselves. */
const stuck = (state) => uploads(state).filter((one) => one.state === 'failed').length;

export function status(state) {
  return {
    pending: state.entries.filter((entry) => !entry.ack).length + uploads(state).length - stuck(state),
    failed: new Set(state.failed.map(together(state.failed))).size + stuck(state), // as many as there are cards
    conflicts: openConflicts(state).length,
    unread: unread(state),
    last: state.fact('last') ?? null,
  };
}
