/** Conditions as chips above a list; mirrors server/web/views/conditions.py. */
import { link } from './asking.js';
import { CHOSEN, labelOf, NAMED } from './cells.js';
import { write } from './criteria.js';
import { fieldOf } from './manifest.js';
import { COUNTED, NUMERIC, ONESELF, operators } from './operators.js';
import { YES_NO } from './options.js';
import { allRanges, DATED, namedRanges } from './ranges.js';

export const MYSELF = { me: 'Me', mine: 'My team' };

export function conditions(store, owner, asked) {
  const { tree } = asked;
  return (tree.join === 'or' ? [tree] : tree.of).map((one) => condition(store, owner, asked, one));
}

function condition(store, owner, asked, one) {
  const { tree } = asked;
  const of = tree.join === 'and' ? tree.of.filter((other) => other !== one) : [];
  return {
    join: one.join ?? 'and',
    parts: flat(one).map((leaf) => part(store, owner, leaf)),
    href: link(owner, asked, { where: write({ join: 'and', of }), after: null }),
  };
}

const flat = (one) => (one.of ? one.of.flatMap(flat) : [one]);

function part(store, owner, { field: name, op, values }) {
  const field = fieldOf(owner, name);
  return {
    label: field.label,
    op: operators(field).find(([one]) => one === op)[1],
    kind: field.kind,
    values: values.flatMap((value) => valuesOf(store, field, op, value)),
  };
}

function valuesOf(store, field, op, value) {
  const { kind, target } = field;
  if (COUNTED.includes(op)) return [{ text: value, how: 'number' }];
  if (DATED.includes(kind) || (NUMERIC.includes(kind) && op === 'between')) return stretch(field, value);
  if ([...CHOSEN, 'choices', 'bool'].includes(kind)) return [{ text: label(field, value) || value, how: 'label' }];
  if (MYSELF[value] && value === ONESELF[kind]) return [{ text: MYSELF[value], how: 'label' }];
  if (NAMED.includes(kind) || kind === 'people') return [{ text: store.title(target, value) || '—', how: 'own' }];
  return [{ text: value, how: 'own' }];
}

/** A name, or both ends, of which one may be missing. */
function stretch(field, value) {
  const named = [...allRanges(field), ...namedRanges(field)].find((one) => one.value === value);
  if (named) return [{ text: named.label, how: 'label' }];
  const how = DATED.includes(field.kind) ? 'date' : 'number';
  const cut = value.indexOf('..');
  const ends = cut < 0 ? [value] : [value.slice(0, cut), value.slice(cut + 2)];
  return ends.map((end) => ({ text: end || '…', how: end ? how : 'own' }));
}

const label = (field, value) =>
  (field.kind === 'bool' ? YES_NO.find((one) => one.value === value)?.label : labelOf(field, value));
