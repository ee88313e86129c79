/** Forms of a record and of a named action; mirrors server/web/views/form.py. */
import { backTo, one } from './addresses.js';
import { askingAlike } from './alike.js';
import { titleOf } from './cells.js';
import { defaults } from './defaults.js';
import { errorList, fillParent, groups } from './inputs.js';
import { arranged } from './layouts.js';
import { editable } from './manifest.js';
import { meanwhile } from './meanwhile.js';
import { asking } from './revealing.js';
import { raw, read } from './typed.js';

const pick = (fields, value) => Object.fromEntries(fields.map((f) => [f.name, value(f)]));

/**
 * A new record (`rec` null, the query fills fields) or one to change. After a refusal: what was
 * typed, the codes, and the version and values that the first form was made of.
 */
export function formView(store, me, now, owner, rec, query, posted = null, errors = null, base = null, was = null) {
  const record = rec ? store.get(owner.type, rec) : null;
  if (!record && (rec || owner.attached)) return null;
  const fields = arranged(owner, me, editable(owner));
  const held = record ?? prefilled(store, me, now, owner, query);
  const [list, own, back] = [`/${owner.path}/`, `/${owner.path}/${rec}`, backTo(query)];
  const given = posted ?? mended(fields, query);
  return ['entity/form.html', {
    entity: owner,
    record,
    title: record ? titleOf(owner, record) : owner.new,
    action: rec ? own : list,
    base: base ?? record?.ver ?? 0,
    meanwhile: meanwhile(store, record, query, base),
    was: JSON.stringify(was ?? (record ? pick(fields, (f) => held[f.name]) : {})),
    groups: groups(store, me, fields, held, given, errors ?? {}),
    errors: errorList(fields, errors ?? {}),
    cancel: back ?? (rec ? own : list),
    back,
    fix: one(query, '_fix') || null,
    submit: 'Save',
    alike: askingAlike(owner, rec),
    revealing: asking(owner, rec, knownOf(fields, held, given, me)),
  }];
}

/** What was refused, when it is to be put right: as if it had just been typed. */
const mended = (fields, query) => Object.fromEntries(fields
  .filter((f) => one(query, '_fix') && query[f.name]).map((f) => [f.name, raw(f, query[f.name])]));

/** What the form says, as far as it can be read. */
function knownOf(fields, held, given, me) {
  const known = { ...held };
  for (const field of fields) {
    if (!(field.name in given)) continue;
    const [value, code] = read(field, [given[field.name]].flat(), me);
    known[field.name] = code ? null : value;
  }
  return known;
}

/** What a new record is made of before anybody types. */
function prefilled(store, me, now, owner, query) {
  const fields = editable(owner);
  const values = { ...pick(fields, () => null), ...defaults(owner, me, now) };
  for (const field of fields) {
    if (!Object.hasOwn(query, field.name)) continue;
    const [value, code] = read(field, query[field.name], me);
    if (!code) values[field.name] = value;
  }
  return fillParent(store, owner, values);
}

/** The form of a named action (one of the entity's `actions`). */
export function actionView(store, me, now, owner, rec, action, query, posted = null, errors = null, base = null) {
  const record = store.get(owner.type, rec);
  if (!record) return null;
  const [own, back, fields] = [`/${owner.path}/${rec}`, backTo(query), editable(action)];
  const blank = { ...pick(fields, () => null), ...defaults(action, me, now) };
  return ['action.html', {
    entity: owner,
    record,
    title: titleOf(owner, record),
    action: `${own}/${action.noun}`,
    base: base ?? record.ver,
    was: '{}',
    meanwhile: meanwhile(store, record, query, base),
    groups: groups(store, me, fields, blank, posted ?? mended(fields, query), errors ?? {}),
    errors: errorList(fields, errors ?? {}),
    cancel: back ?? own,
    back,
    fix: one(query, '_fix') || null,
    submit: action.label,
  }];
}
