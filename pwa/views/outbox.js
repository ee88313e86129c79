/**
 * Everything about sync on one page: what waits, what needs its person, what became of the last
 * changes, what this device holds; mirrors server/web/views/outbox.py.
 */
import { conflictsView } from './conflicts.js';
import { diagnostics } from './diagnosing.js';
import { entity, message } from './manifest.js';
import { instant } from './moments.js';
import { problemsView } from './problems.js';
import { line } from './sweep.js';
import { labelOf, pageOf, sortOf, subject, whatOf } from './telling.js';

const SENT = 100; // operations
const WHY = {
  missing: 'Its record is not there, or no longer yours to change.',
  too_large: 'The server takes no files of this size.',
  damaged: 'It was damaged on its way, again and again. Try once more.',
};
const BECAME = { ok: 'sent' };

/**
 * `here` is what this device knows.
 * @param {{entries: any[], sent: any[], upto: number, problems: any[], uploads?: any[], sweeps?: any[], room: any}} here `entries` are
 *   operations, with `n` their number in the outbox; those up to `upto` are on their way, one with
 *   `ack` has arrived. `sent` were answered, `problems` refused, `uploads` are files that the
 *   server does not have, `sweeps` changes of many records made here, `room` is what is held
 */
export function outboxView(store, me, now, here) {
  const waiting = here.entries.filter((op) => !op.ack).map((op) => [op, op.n <= here.upto ? 'sending' : 'pending']);
  const answered = here.sent.slice(0, SENT).map((op) => [op, BECAME[op.status] ?? op.status]);
  return ['outbox.html', {
    entries: gathered(store, me, waiting),
    problems: problemsView(store, me, here.problems)[1].entries,
    conflicts: conflictsView(store, me)[1].entries,
    sent: gathered(store, me, answered),
    uploads: (here.uploads ?? []).map(uploadOf),
    sweeps: (here.sweeps ?? []).map((one) => line(store, one)),
    room: shown(here.room),
    device: named(me.device),
    diagnostics: diagnostics(me, now, here),
  }];
}

const uploadOf = ({ id, at, name, size, state, code }) => ({
  id, at: instant(at), title: name, href: `/files/${id}`, size, status: state, error: WHY[code] ?? null,
});

/** Operations of the same kind on one record as one entry, in the order of the first. */
function gathered(store, me, entries) {
  const found = new Map();
  for (const [op, status] of entries) {
    const what = whatOf(op);
    const key = [op.rec, what, status].join();
    if (!found.has(key)) found.set(key, entry(store, op, what, status));
    const one = found.get(key);
    one.at = instant(op.t);
    const label = labelOf(op);
    if (label && !one.fields.includes(label)) one.fields.push(label);
    const names = ['merged', 'conflict'].includes(status) ? othersOf(store, me, op) : [];
    one.by.push(...new Set(names.filter((name) => !one.by.includes(name))));
  }
  return [...found.values()];
}

const entry = (store, op, what, status) => ({
  id: op.id, at: '', what, title: subject(store, op), label: sortOf(store, op), href: pageOf(op), fields: [], status, by: [],
  error: status === 'rejected' ? message(op.code) : null,
});

/** Whose changes this one met: those after what its person saw, and before it arrived. */
const othersOf = (store, me, op) => store.related('change', 'rec', op.rec, 20, ['at', 'desc'])
  .filter((one) => op.base < one.ver && one.ver <= (op.ver ?? 0) && one.created_by !== me.id)
  .map((one) => one.created_by && store.title('person', one.created_by))
  .filter(Boolean);

/** What a person is told of it here; kind by kind it stands on the page about what is held. */
function shown(room) {
  if (!room) return null;
  const isOwn = ({ type }) => entity(type) && !entity(type).system;
  const sum = (name, of) => of.reduce((total, one) => total + one[name], 0);
  const { held, usage, quota, persistent, version } = room;
  return { n: sum('n', held.filter(isOwn)), bytes: sum('bytes', held), usage, quota, persistent, version };
}

/** The device at hand, and where it can be given another name. */
const named = (device) => (device ? { name: device.name, href: `/devices/${device.id}` } : null);
