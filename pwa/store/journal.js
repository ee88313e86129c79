import { instant } from './instant.js';

const KEEP = 200;

/** Counts of what one answer brought, also kept for the person to read. */
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
    const ops = acked.slice(-KEEP).map(({ id, k, type, rec, f, t, ack }) => ({ id, k, type, rec, f: f ?? null, t, status: ack.status }));
    const entry = { at: instant(state.now()), ...told, ops };
    facts.log = [entry, ...(state.fact('log') ?? [])].slice(0, KEEP);
  }
  return told;
}
