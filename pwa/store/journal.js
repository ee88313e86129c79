import { bare } from './bare.js';
import { instant } from './instant.js';

const KEEP = 200; // answers
const SENT = 50; // operations

const asSent = (entry) => ({ ...bare(entry), status: entry.ack.status });

/** Counts of what one answer brought, also kept for the person to read, with the last operations sent. */
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
  if (acked.length) facts.sent = [...acked.map(asSent).reverse(), ...(state.fact('sent') ?? [])].slice(0, SENT);
  return told;
}
