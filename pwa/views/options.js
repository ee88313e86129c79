/** What can be chosen, in filters and in forms; mirrors server/web/views/options.py. */
import { titleOf } from './cells.js';
import { ALL, UNCLOSED } from './closing.js';
import { entity } from './manifest.js';
import { namedRanges } from './ranges.js';

const MANY = 50;
const [NOT_CLOSED, EVERY] = [{ value: UNCLOSED, label: 'Not closed' }, { value: ALL, label: 'All' }];
export const YES_NO = [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }];

function pairsOf(store, field, value) {
  if (field.kind === 'bool') return YES_NO;
  const ranges = namedRanges(field);
  if (ranges.length) return ranges;
  if (field.kind !== 'ref') return choices(store, field) ?? [];
  const title = store.title(field.target, value);
  return title ? [{ value, label: title }] : [];
}

/**
 * [{value, label, active}]; empty where a text is typed instead. With a default, that comes first
 * and all comes last.
 */
export function filterOptions(store, field, value, standard) {
  const pairs = pairsOf(store, field, value);
  const offered = standard ? [NOT_CLOSED, ...pairs, EVERY] : pairs;
  return offered.map((pair) => ({ ...pair, active: pair.value === value }));
}

/** [{value, label}] of a field with a fixed set, else null. */
export function choices(store, field) {
  if (field.kind === 'person' || field.kind === 'people') return store.people();
  if (field.kind === 'team') return listed(store, 'team');
  return field.choices?.map(([value, label]) => ({ value, label })) ?? null;
}

/** The first records of a kind. */
export function listed(store, type) {
  const owner = entity(type);
  if (!owner) return [];
  const asked = { words: [], filters: {}, sort: [owner.title, 'asc'], after: null, limit: MANY, scope: 'all' };
  return named(owner, store.page(type, asked).rows);
}

/** As options; those without a title can't be told apart and are left out. */
export const named = (owner, records) =>
  records.map((r) => ({ value: r.id, label: titleOf(owner, r) })).filter((pair) => pair.label);
