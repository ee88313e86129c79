/** What can be asked of a field, and what a condition comes to; mirrors server/web/views/operators.py. */
import { dayOf } from './almanac.js';
import { labelOf } from './cells.js';
import { leaves } from './criteria.js';
import { fieldOf, message } from './manifest.js';
import { parse } from './money.js';
import { DATED, isRange, lastDays, resolve } from './ranges.js';

export const [BARE, FROM_TO, COUNTED] = [['empty', 'filled'], ['between'], ['last', 'next']];
const SINGLE = ['has', 'lacks', 'starts'];
const NONE = [['empty', 'is empty'], ['filled', 'is not empty']];
const TEXT = [
  ['has', 'contains'], ['lacks', 'does not contain'], ['starts', 'starts with'], ['is', 'is'], ['not', 'is not'], ...NONE,
];
const PICK = [['is', 'is any of'], ['not', 'is none of'], ...NONE];
const SET = [['is', 'has any of'], ['not', 'has none of'], ...NONE];
const NUMBER = [['between', 'is between'], ['is', 'is'], ['not', 'is not'], ...NONE];
const DATE = [
  ['is', 'is'], ['not', 'is not'], ['between', 'is between'], ['last', 'in the last days'],
  ['next', 'in the next days'], ...NONE,
];
const OPERATORS = {
  choice: PICK, state: PICK, language: PICK, person: PICK, team: PICK, ref: PICK,
  tags: SET, choices: SET, people: SET, phones: SET, bool: [['is', 'is']],
  integer: NUMBER, money: NUMBER, number: NUMBER, date: DATE, instant: DATE,
};
export const [NUMERIC, NAMING] = [['integer', 'money', 'number'], ['ref', 'person', 'people', 'team']];
export const ONESELF = { person: 'me', people: 'me', team: 'mine' };
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const WHOLE = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;
const COUNT = /^[1-9][0-9]{0,3}$/;

/** The fields that conditions may name. */
export const askable = (owner) => owner.fields.filter((f) =>
  !['json', 'picture'].includes(f.kind) && !f.aside && !f.sensitive && f.name !== 'deleted'
  && !(f.custom && f.kind === 'longtext'));

/** [[operator, label]] */
export const operators = ({ kind }) => OPERATORS[kind] ?? TEXT;

/** {label, message} of the first thing that is wrong with conditions, else null. */
export function problem(owner, tree) {
  if (!tree) return { label: null, message: message('bad_condition') };
  for (const leaf of leaves(tree)) {
    const field = fieldOf(owner, leaf.field);
    if (!field || !askable(owner).includes(field)) return { label: null, message: message('unknown_field') };
    const code = fault(field, leaf.op, leaf.values);
    if (code) return { label: field.label, message: message(code) };
  }
  return null;
}

/** The code of what is wrong with a condition. */
export function fault(field, op, values) {
  if (!operators(field).some(([name]) => name === op)) return 'bad_condition';
  if (BARE.includes(op)) return values.length ? 'bad_condition' : null;
  if (!values.length) return 'required';
  if (values.length > 1 && [...SINGLE, ...FROM_TO, ...COUNTED].includes(op)) return 'bad_condition';
  return values.map((value) => misfit(field, op, value)).find(Boolean) ?? null;
}

function misfit(field, op, value) {
  const { kind } = field;
  if (COUNTED.includes(op)) return COUNT.test(value) ? null : 'bad_number';
  if (DATED.includes(kind)) return fitsDate(field, op, value) ? null : 'bad_date';
  if (NUMERIC.includes(kind)) return isNumber(value, op) && isExact(field, value) ? null : 'bad_number';
  if (NAMING.includes(kind)) return value === ONESELF[kind] || UUID.test(value) ? null : 'bad_reference';
  if (kind === 'bool') return ['true', 'false'].includes(value) ? null : 'not_a_choice';
  if (field.choices && labelOf(field, value) === null) return 'not_a_choice';
  return Array.from(value).length > 200 ? 'too_long' : null;
}

function fitsDate(field, op, value) {
  if (op === 'between') return value.includes('..') && isRange(field, value);
  return isRange(field, value) || dayOf(value) !== null;
}

function isNumber(value, op) {
  if (op !== 'between') return WHOLE.test(value);
  const cut = value.indexOf('..');
  const ends = [value.slice(0, cut), value.slice(cut + 2)].filter(Boolean);
  return cut >= 0 && ends.length > 0 && ends.every((end) => WHOLE.test(end));
}

/** Of an amount: has it a place in its currency? */
const isExact = ({ kind, currency }, value) =>
  kind !== 'money' || value.split('..').every((end) => !end || !parse(end, currency)[1]);

/**
 * What a store is asked: of operators only is, not, has, lacks, starts, empty and filled; days as
 * stretches of them, the person themselves by id.
 */
export const resolved = (owner, { join, of }, me, now) => ({
  join,
  of: of.map((one) => (one.of ? resolved(owner, one, me, now) : resolvedLeaf(owner, one, me, now))),
});

function resolvedLeaf(owner, { field: name, op, values }, me, now) {
  const field = fieldOf(owner, name);
  const plain = [...FROM_TO, ...COUNTED].includes(op) ? 'is' : op;
  return { field: name, op: plain, values: valuesOf(field, op, values, me, now).filter(Boolean) };
}

/** What an address says of an amount, as people write it, in units of its currency. */
export function minor(field, wanted) {
  const cut = wanted.indexOf('..');
  if (cut >= 0) return [wanted.slice(0, cut), wanted.slice(cut + 2)].map((end) => end && minor(field, end)).join('..');
  const [value] = parse(wanted, field.currency);
  return value === null ? wanted : String(value);
}

function valuesOf(field, op, values, me, now) {
  const own = ONESELF[field.kind];
  if (COUNTED.includes(op)) {
    const n = Number(values[0]);
    return [resolve(field, lastDays(op === 'last' ? n : -n, me, now), me, now)];
  }
  if (DATED.includes(field.kind)) {
    return values.map((v) => resolve(field, dayOf(v) === null ? v : `${v}..${v}`, me, now));
  }
  if (field.kind === 'money') return values.map((v) => minor(field, v));
  return own ? values.map((v) => (v === own ? (field.kind === 'team' ? me.team : me.id) : v)) : values;
}
