import { bare } from './bare.js';
import { instant } from './instant.js';

const KEEP = 200; // answers
const SENT = 100; // operations

/** Of what was written only the title of a new record is kept: the record itself says the rest. */
function named(state, { type, k, v }) {
  const title = state.entity(type)?.title;
  return k === 'new' && title ? { [title]: v?.[title] ?? null } : null;
}

const kept = (state, entry, more) => ({ ...bare(entry), v: named(state, entry), ...more });

const asSent = (state, entry) => kept(state, entry, { status: entry.ack.status, ver: entry.ack.ver });
const asRefused = (state, entry) => kept(state, entry, { status: 'rejected', code: entry.code, field: entry.field });

/** Counts of what one answer brought, also kept for the person to read, with what became of the last operations. */
export function journal(state, facts, answer, { failed, acked }, taken) {
  const of = (status) => acked.filter((entry) => entry.ack.status === status).length;
  const told = {
    sent: acked.length,
    merged: of('merged'),
    conflict: of('conflict'),
    rejected: failed.length,
    received: taken.rows.length,
    gone: taken.gone.length + taken.swept.length,
  };
  if (Object.values(told).some(Boolean)) {
    facts.log = [{ at: instant(state.now()), ...told }, ...(state.fact('log') ?? [])].slice(0, KEEP);
  }
  const settled = [...acked.map((entry) => asSent(state, entry)), ...failed.map((entry) => asRefused(state, entry))];
  if (settled.length) facts.sent = [...settled.reverse(), ...(state.fact('sent') ?? [])].slice(0, SENT);
  return told;
}
