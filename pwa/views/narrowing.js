/** Filters of one value: as an address says them, and as a store is asked; mirrors narrowing.py. */
import { one } from './addresses.js';
import { CHOSEN, labelOf } from './cells.js';
import { ALL, defaultOf, openStates, UNCLOSED } from './closing.js';
import { leaves } from './criteria.js';
import { minor } from './operators.js';
import { DATED, isRange, resolve } from './ranges.js';
import { clean } from './text.js';

/** What conditions say of a state takes the place of its default. */
export function filtersOf(owner, query, tree) {
  const found = {};
  const named = leaves(tree).map((leaf) => leaf.field);
  for (const field of owner.fields) {
    const offered = owner.filters.includes(field.name) || field.kind === 'ref';
    const value = clean(one(query, field.name));
    const standard = defaultOf(owner, field);
    if (offered && value && value !== standard && isAskable(field, value, standard)) found[field.name] = value;
    else if (standard && named.includes(field.name)) found[field.name] = ALL;
  }
  return found;
}

function isAskable(field, value, standard) {
  if (standard && value === ALL) return true;
  if (DATED.includes(field.kind)) return isRange(field, value);
  if (CHOSEN.includes(field.kind) || field.kind === 'choices') return labelOf(field, value) !== null;
  return field.kind !== 'bool' || value === 'true' || value === 'false';
}

function exactly(field, value, me, now) {
  if (DATED.includes(field.kind)) return resolve(field, value, me, now);
  return field.kind === 'money' ? minor(field, value) : value;
}

/** Filters as values, or lists and stretches of them. */
export function wantedOf(owner, filters, me, now) {
  const found = {};
  for (const field of owner.fields) {
    const standard = defaultOf(owner, field);
    const value = filters[field.name] ?? standard;
    if (standard && value === UNCLOSED) found[field.name] = openStates(owner);
    else if (value && !(standard && value === ALL)) {
      found[field.name] = exactly(field, value, me, now);
    }
  }
  return found;
}
