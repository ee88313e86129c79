/** What became of a change of many records at once; mirrors server/web/views/sweep.py. */
import { cell } from './cells.js';
import { entity, fieldOf, message } from './manifest.js';

const DONE = { set: 'Changed', add: 'Added', rem: 'Taken away', del: 'Deleted' };
const WHY = {
  changed: 'It was changed since, so it was kept.',
  gone: 'It was deleted since.',
  no_match: 'There is no such record to be changed.',
};
const COUNTS = ['total', 'done', 'changed', 'same', 'refused', 'undone', 'kept'];
const GOING = ['running', 'undoing'];

/**
 * `sweep` is {id, type, deed, at, by, status, faults: [[rec, field, code]], error} and the counts;
 * `faults` are the first records that were refused, or kept when it was taken back.
 */
export const sweepView = (store, sweep) => ['sweep.html', {
  sweep: line(store, sweep),
  faults: faultsOf(store, sweep),
}];

/** It in a list of its like. */
export function line(store, sweep) {
  const { deed, status, total } = sweep;
  const owner = entity(sweep.type);
  const field = owner && fieldOf(owner, deed.field);
  const passed = status === 'undoing' ? sweep.undone + sweep.kept : sweep.done;
  return {
    ...Object.fromEntries(COUNTS.map((name) => [name, sweep[name]])),
    id: sweep.id,
    label: owner?.plural ?? sweep.type,
    icon: owner?.icon ?? 'list-checks',
    list: owner ? `/${owner.path}/` : null,
    what: DONE[deed.do],
    value: field && cell(store, field, deed.value),
    status,
    going: GOING.includes(status),
    passed,
    share: total ? Math.floor((100 * passed) / total) : 0,
    at: sweep.at,
    by: sweep.by ? store.title('person', sweep.by) : null,
    error: sweep.error,
  };
}

/** The reasons, each with the records that it is about. */
function faultsOf(store, { type, faults }) {
  const owner = entity(type);
  const found = new Map();
  for (const [rec, name, code] of faults) {
    const key = `${name} ${code}`;
    const label = (owner && fieldOf(owner, name))?.label ?? null;
    if (!found.has(key)) found.set(key, { label, message: WHY[code] ?? message(code), records: [] });
    const title = owner && rec ? store.title(type, rec) : null;
    found.get(key).records.push({ title, href: owner && title !== null ? `/${owner.path}/${rec}` : null });
  }
  return [...found.values()];
}
