/**
 * What is done to many records at once: read from a form, worked out for each record; mirrors
 * server/web/deeds.py. A deed is {do, field, value}: `set` a field, `add` to or `rem`ove from one
 * with several values, or `del`ete.
 */
import { one } from './addresses.js';
import { isEmpty } from './cells.js';
import { doable, ONE_BY_ONE } from './chosen.js';
import * as forms from './forms.js';

/** {deed, given, errors}; the deed is null where something is wrong. */
export function read(owner, form, me) {
  const [deed, name] = [one(form, '_do'), one(form, '_field')];
  if (deed === 'del') return { deed: { do: deed, field: null, value: null }, given: {}, errors: {} };
  const field = doable(owner, deed).find((f) => f.name === name);
  if (!field) return { deed: null, given: {}, errors: { _field: 'required' } };
  const found = forms.parse({ ...owner, fields: [field] }, { ...form, _fields: [name] }, me);
  let { errors } = found;
  const fine = () => !Object.keys(errors).length;
  if (ONE_BY_ONE.includes(deed) && fine() && isEmpty(found.values[name])) errors = { [name]: 'required' };
  return { deed: fine() ? { do: deed, field: name, value: found.values[name] } : null, given: found.given, errors };
}

/** The value of the field once it is done. */
export function after(deed, before) {
  if (deed.do === 'set') return deed.value;
  const had = before ?? [];
  if (deed.do === 'rem') return had.filter((value) => !deed.value.includes(value));
  return [...had, ...deed.value.filter((value) => !had.includes(value))];
}

/** What it takes; nothing where it is so already. */
export function operations(owner, deed, record, me, uuid, t) {
  const { id, ver } = record;
  if (deed.do === 'del') return record.deleted ? [] : [forms.deletion(owner, id, ver, uuid, t)];
  return forms.operations(owner, id, record, { [deed.field]: after(deed, record[deed.field]) }, ver, me, uuid, t);
}

/** {field: [before, after]} */
export const changes = (deed, record) => (deed.do === 'del' ? { deleted: [false, true] }
  : { [deed.field]: [record[deed.field], after(deed, record[deed.field])] });
