/** The form that says what is to be done to the records chosen in a list; mirrors server/web/views/chosen.py. */
import { address, one } from './addresses.js';
import * as asking from './asking.js';
import { errorList, makeInput } from './inputs.js';
import { editable } from './manifest.js';
import { level } from './may.js';

export const ONE_BY_ONE = ['add', 'rem'];
const WAYS = [['add', 'Add'], ['rem', 'Take away'], ['set', 'Replace by']];
const UNFIT = ['json', 'picture', 'password'];

/** The fields to which it can be done. */
export function doable(owner, deed) {
  const fields = editable(owner).filter((f) => !UNFIT.includes(f.kind) && f.merge !== 'append' && !f.sensitive);
  if (ONE_BY_ONE.includes(deed)) return fields.filter((f) => f.merge === 'set');
  return deed === 'set' ? fields : [];
}

/**
 * What may be done to many records of a list at once, or null: {set, person, tags, del}, the middle
 * two being the names of the fields.
 */
export function offers(me, owner) {
  const may = (action) => !owner.readonly && level(me, owner.type, action) !== 'none';
  const [change, del] = [may('change'), may('delete')];
  if (!change && !del) return null;
  const fields = change ? doable(owner, 'set') : [];
  return {
    set: fields.length > 0,
    person: fields.find((f) => f.kind === 'person' && f.grants)?.name ?? null,
    tags: fields.find((f) => f.kind === 'tags')?.name ?? null,
    del,
  };
}

/** `_do` and `_field` of the query say how far the person has come; the rest is the list. */
export function chosenView(store, me, owner, query, defaultScope = 'all', given = null, errors = null) {
  if (offers(me, owner) === null) return null;
  const asked = asking.read(owner, me, query, defaultScope);
  const fields = doable(owner, 'set');
  const field = fields.find((f) => f.name === one(query, '_field')) ?? null;
  const deed = deedOf(one(query, '_do'), field);
  return ['entity/chosen.html', {
    entity: owner,
    do: deed,
    title: deed === 'del' ? 'Delete' : 'Change',
    fields: fields.map(({ name, label }) => ({ value: name, label })),
    field: field?.name ?? '',
    ways: field?.merge === 'set' ? WAYS.map(([value, label]) => ({ value, label, on: value === deed })) : [],
    input: field && input(store, me, field, deed, given ?? {}, errors ?? {}),
    errors: errorList(field ? [field] : [], errors ?? {}),
    action: address(`/${owner.path}/chosen`, asking.parts({ ...asked, after: null })),
    list: asking.link(owner, asked, { after: null }),
  }];
}

/** Elements are added rather than put in place of all others, unless that is asked for. */
function deedOf(wanted, field) {
  if (wanted === 'del') return wanted;
  if (field?.merge === 'set') return [...ONE_BY_ONE, 'set'].includes(wanted) ? wanted : 'add';
  return 'set';
}

function input(store, me, field, deed, given, errors) {
  const asked = { ...field, required: ONE_BY_ONE.includes(deed) || field.required };
  return makeInput(store, me, asked, {}, given, errors[field.name]);
}
