/** INPUT: one field of a form; mirrors server/web/views/inputs.py. */
import { isVeiled, labelOf } from './cells.js';
import { entity, fieldOf, message } from './manifest.js';
import { choices, listed, named } from './options.js';
import { sign } from './money.js';
import { LISTS, shown } from './typed.js';

const LTR = ['phone', 'phones', 'email', 'url', 'integer', 'money', 'number', 'date', 'instant'];
const INPUTMODE = { phone: 'tel', phones: 'tel', email: 'email', url: 'url', integer: 'numeric', number: 'decimal', money: 'decimal' };
const NUMBERS = ['integer', 'money', 'number'];

/** Inputs under the headings of their fields; `given` is what was typed in vain, `errors` codes. */
export function groups(store, me, fields, record, given, errors) {
  const found = new Map();
  for (const field of fields) {
    if (!found.has(field.group)) found.set(field.group, { inputs: [], columns: field.columns ?? 2 });
    found.get(field.group).inputs.push(makeInput(store, me, field, record, given, errors[field.name]));
  }
  return Array.from(found, ([label, group]) => ({ label, ...group }));
}

/** What is wrong, in the order of the form; what is not about one of its fields comes last. */
export function errorList(fields, errors) {
  const own = fields.filter((f) => f.name in errors);
  const others = Object.keys(errors).filter((name) => !own.some((f) => f.name === name)).sort();
  return [
    ...own.map(({ name, label }) => ({ name, label, message: message(errors[name]) })),
    ...others.map((name) => ({ name: null, label: null, message: message(errors[name]) })),
  ];
}

export function makeInput(store, me, field, record, given, code) {
  const { name, label, kind, required, help } = field;
  const value = name in given ? given[name] : shown(field, record[name], me);
  const target = kind === 'ref' ? entity(field.target) : null;
  return {
    name,
    label,
    kind,
    required,
    value,
    options: optionsOf(store, field, record, value),
    error: code ? message(code) : null,
    help,
    example: field.example ?? null,
    max: NUMBERS.includes(kind) ? null : field.max,
    dir: LTR.includes(kind) ? 'ltr' : 'auto',
    autocomplete: 'off',
    inputmode: INPUTMODE[kind] ?? null,
    lookup: target ? `/${target.path}/` : null,
    text: target && value ? store.title(field.target, value) : null,
    masked: isVeiled(field, record),
    secret: Boolean(field.sensitive),
    unit: kind === 'money' ? sign(field.currency, me.lang) : null,
  };
}

function optionsOf(store, field, record, value) {
  let offered = field.kind === 'ref' ? near(store, field, record) : choices(store, field);
  if (!offered) return null;
  const chosen = LISTS.includes(field.kind) ? value : [value];
  offered = [...lacking(store, field, offered, chosen), ...offered];
  if (field.kind === 'state' && record.id) {
    const now = record[field.name];
    const reachable = [now, ...(field.states?.[now] ?? [])];
    offered = offered.filter((o) => reachable.includes(o.value));
  }
  return offered.map((o) => ({ ...o, selected: chosen.includes(o.value) }));
}

/**
 * What is chosen and no longer offered (who has left, what is not held here): a form without it
 * would take it away.
 */
const lacking = (store, field, offered, chosen) => chosen
  .filter((value) => value && !offered.some((o) => o.value === value))
  .map((value) => ({ value, label: knownAs(store, field, value) || value }));

const knownAs = (store, field, value) => (field.target && store.title(field.target, value)) || labelOf(field, value);

/**
 * Records that a reference may mean: of the same customer file where there is one, the first few
 * otherwise. The rest is found by typing.
 */
function near(store, field, record) {
  const target = entity(field.target);
  if (!target) return [];
  const file = target.parent ? record[target.parent] : null;
  return file
    ? named(target, store.related(target.type, target.parent, file, 50, target.order))
    : listed(store, target.type);
}

/** With a contact comes its account: what a chosen record belongs to is chosen too. */
export function fillParent(store, owner, values) {
  const by = owner.parent;
  if (!by || values[by]) return values;
  for (const field of owner.fields) {
    const chosen = field.kind === 'ref' ? values[field.name] : null;
    const target = chosen ? entity(field.target) : null;
    if (!target?.parent || !fieldOf(owner, target.parent)) continue;
    const found = store.get(target.type, chosen);
    return found ? { ...values, [by]: found[target.parent] } : values;
  }
  return values;
}
