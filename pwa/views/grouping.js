/** A list in groups: a section for each value of a field; mirrors grouping.py. */
import { toStore } from './asking.js';
import { today } from './calendars.js';
import { labelOf } from './cells.js';
import { summed } from './counting.js';
import { fieldOf } from './manifest.js';
import { more, part, shares } from './parting.js';
import { rows } from './rows.js';

const [ROWS, GROUPS] = [10, 25]; // of a group, and of a list at once

/**
 * {groups: [{value, label, how, n, rows, next}], whole, left: n of the groups that are not shown}.
 * What has no fixed order has the largest first.
 */
export function groups(store, me, now, owner, asked, columns) {
  const field = fieldOf(owner, asked.by);
  const tally = shares(store, owner, toStore(owner, asked, ROWS, me, now), field);
  const { counts, whole } = tally;
  const found = valuesOf(field, counts).filter((value) => counts[value]);
  const shown = found.slice(0, GROUPS).map((value) => ({
    value,
    ...named(store, field, value),
    n: counts[value],
    ...rowsOf(store, me, now, owner, { ...asked, col: value, after: null }, columns),
  }));
  return { groups: shown, grouped: true, whole, left: found.slice(GROUPS).length, count: summed(tally) };
}

/** {rows, next, grouped} of one group. */
export function rowsOf(store, me, now, owner, asked, columns) {
  const page = store.page(owner.type, part(toStore(owner, asked, ROWS, me, now), asked.by, asked.col));
  return { rows: rows(store, me, today(now, me.zone), owner, page.rows, columns), next: more(owner, asked, page), grouped: true };
}

/** In their order, those without one last. */
function valuesOf({ choices }, counts) {
  if (choices?.length) return [...choices.map(([value]) => value), ''];
  const given = Object.keys(counts).filter(Boolean);
  return [...given.sort((a, b) => counts[b] - counts[a] || (a < b ? -1 : 1)), ''];
}

/** {label, how}: ours are translated. */
function named(store, field, value) {
  if (!value) return { label: 'None', how: 'label' };
  if (field.choices?.length) return { label: labelOf(field, value), how: 'label' };
  return { label: store.title(field.target, value) || '—', how: 'own' };
}
