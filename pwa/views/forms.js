/** From a posted form to values, and from values to operations; mirrors server/web/forms.py. */
import { isEmpty, isVeiled } from './cells.js';
import { check, checkMove } from './checks.js';
import { defaults } from './defaults.js';
import { editable, entity, fieldOf } from './manifest.js';
import { byCondition, conditional } from './revealing.js';
import * as typed from './typed.js';

/**
 * @param {object} owner an entity or an action
 * @param {Record<string, string[]>} form only fields named in `_fields` or posted are read
 * @param {object|null} record the one being changed; without one all that is required has to be there
 * @returns {{values: object, given: object, errors: object}}
 */
export function parse(owner, form, me, record = null) {
  const names = new Set([...(form._fields ?? []).join(' ').split(' '), ...Object.keys(form)]);
  const [values, given, errors] = [{}, {}, {}];
  for (const field of editable(owner)) {
    let code = missing(field, record);
    if (names.has(field.name)) {
      if (isLeft(field, form, record)) {
        given[field.name] = typed.raw(field, form[field.name] ?? []);
        continue;
      }
      const strings = form[field.name] ?? [];
      given[field.name] = typed.raw(field, strings);
      [values[field.name], code] = valueOf(field, strings, me, record);
    }
    if (code) errors[field.name] = code;
  }
  byCondition(owner, values, errors, record);
  return { values, given, errors };
}

/** What stands behind a mask stays, unless something is typed or it is said to be emptied. */
function isLeft(field, form, record) {
  const typedAtAll = (form[field.name] ?? []).some((one) => one.trim());
  return !typedAtAll && !(form._empty ?? []).includes(field.name) && record !== null && isVeiled(field, record);
}

function valueOf(field, strings, me, record) {
  let [value, code] = typed.read(field, strings, me);
  if (!code) [value, code] = check(field, value);
  return [value, code || checkMove(field, record, value)];
}

const missing = (field, record) =>
  field.required && field.default === null && record === null ? 'required' : null;

/** What the person saw when changing the record: [values by field, version]. */
export function seen(owner, form, record) {
  const told = toldBy(form);
  const was = { _veiled: record._veiled ?? [] };
  for (const { name } of owner.fields) was[name] = Object.hasOwn(told, name) ? told[name] : record[name];
  const base = form._base?.[0] ?? '';
  return [was, /^[0-9]{1,15}$/.test(base) ? Number(base) : record.ver];
}

function toldBy(form) {
  try {
    const told = JSON.parse(form._was?.[0] ?? '{}');
    return told && typeof told === 'object' && !Array.isArray(told) ? told : {};
  } catch {
    return {};
  }
}

/** The operation that makes a record. `t` is the clock in ms. */
export function creation(owner, rec, values, me, now, uuid, t) {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
  return op(uuid, 'new', owner, rec, 0, t, { v: { ...defaults(owner, me, now), ...given } });
}

/** One operation for each field that differs, for lists one for each element. */
export function operations(owner, rec, was, values, base, me, uuid, t) {
  const found = [];
  const conditions = conditional(owner);
  const last = [...editable(owner).filter((f) => !conditions.includes(f)), ...conditions];
  for (const field of last) { // the door asks for what is required when it comes to it
    const { name } = field;
    const veiled = isVeiled(field, was);
    if (!(name in values) || (!veiled && same(field, was[name], values[name], me))) continue;
    const steps = field.merge === 'set' && Array.isArray(was[name]) && !veiled
      ? elements(was[name], values[name])
      : [['set', values[name]]];
    found.push(...steps.map(([k, v]) => op(uuid, k, owner, rec, base, t, { f: name, v })));
  }
  return found;
}

const elements = (was, values) => [
  ...was.filter((one) => !values.includes(one)).map((one) => ['rem', one]),
  ...values.filter((one) => !was.includes(one)).map((one) => ['add', one]),
];

/** An instant is typed without its seconds, and an hour that comes twice only once. */
function same(field, was, value, me) {
  if (field.kind === 'instant' && typeof was === 'string') {
    return typed.shown(field, was, me) === typed.shown(field, value, me);
  }
  return JSON.stringify(was) === JSON.stringify(value);
}

/** The operation of a named action. */
export const doing = (owner, action, rec, values, base, uuid, t) =>
  op(uuid, 'do', owner, rec, base, t, { f: action.name, v: values });

/** The operation that gives one field of a record a value. */
export const setting = (owner, record, name, value, uuid, t) =>
  op(uuid, 'set', owner, record.id, record.ver, t, { f: name, v: value });

/** That what stands in a sensitive field was shown. */
export const looking = (owner, record, name, uuid, t) => op(uuid, 'look', owner, record.id, record.ver, t, { f: name });

export const deletion = (owner, rec, base, uuid, t) => op(uuid, 'del', owner, rec, base, t);

export const restoration = (owner, rec, base, uuid, t) =>
  op(uuid, 'set', owner, rec, base, t, { f: 'deleted', v: false });

/** Have this person's phones keep a file; `rec` is the id of their holding of it. */
export function keeping(me, held, rec, file, kept, uuid, t) {
  const spec = entity('holding');
  if (held) return op(uuid, 'set', spec, rec, held.ver, t, { f: 'kept', v: kept });
  return op(uuid, 'new', spec, rec, 0, t, { v: { file, kept, owner: me.id } });
}

/** What `choice` (kept, lost or value) makes of a conflict: {value, given, errors}. */
function chosen(conflict, owner, record, form, me) {
  const name = conflict.field;
  const choice = form.choice?.[0];
  if (choice === 'value') {
    const one = { ...owner, fields: owner.fields.filter((f) => f.name === name) };
    const { values, given, errors } = parse(one, { ...form, _fields: [name] }, me, record);
    return { value: values[name] ?? null, given, errors };
  }
  const mayLose = choice === 'lost' && fieldOf(owner, name)?.sensitive === false;
  const errors = choice === 'kept' || mayLose ? {} : { [name]: 'not_a_choice' };
  return { value: choice === 'lost' ? conflict.lost : record[name], given: {}, errors };
}

/** {ops, given, errors} of settling a conflict about a record. All is written or nothing is. */
export function settling(conflict, owner, record, form, me, uuid, t) {
  const { value, given, errors } = chosen(conflict, owner, record, form, me);
  if (Object.keys(errors).length) return { ops: [], given, errors };
  const g = uuid();
  const [f, closing] = [conflict.field, { type: 'conflict' }];
  const ops = JSON.stringify(value) === JSON.stringify(record[f]) ? []
    : [op(uuid, 'set', owner, record.id, record.ver, t, { f, v: value, g })];
  ops.push(op(uuid, 'set', closing, conflict.id, conflict.ver, t, { f: 'open', v: false, g }));
  return { ops, given, errors };
}

const op = (uuid, k, owner, rec, base, t, more) => ({ id: uuid(), k, type: owner.type, rec, ...more, base, t });
