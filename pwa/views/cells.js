/** CELL: one value with what a template needs to show it; mirrors server/web/views/cells.py. */
import { entity, fieldOf } from './manifest.js';

export const NAMED = ['ref', 'person', 'team'];
export const CHOSEN = ['choice', 'state', 'language'];

export const isEmpty = (value) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);

/** Of what is sensitive to whoever looks, that it is there. */
export function cell(store, field, given) {
  const masked = Boolean(field.sensitive);
  const value = masked ? null : given;
  const text = textOf(store, field, value);
  const { name, label, kind, currency = null } = field;
  const href = text === null ? null : link(field, value);
  const [tapped, held] = [masked && Boolean(field.tapped), masked && Boolean(field.held)];
  return { name, label, kind, value, text, href, currency, masked, tapped, held };
}

export const cells = (store, owner, record, names) =>
  names.map((name) => fieldOf(owner, name)).filter(Boolean).map((f) => cellOf(store, f, record));

/** The same of a record. What the server has not numbered yet is a draft. */
export function cellOf(store, field, record) {
  const found = { ...cell(store, field, record[field.name]), masked: isVeiled(field, record) };
  return isDraft(field, record) ? { ...found, text: 'Draft' } : found;
}

/** Does a mask stand for its value? */
export const isVeiled = ({ name }, record) => (record._veiled ?? []).includes(name);

export const isDraft = ({ name, kind }, record) => kind === 'autonumber' && isEmpty(record[name]) && !record.ver;

/** A title, the label of a choice, a list of them, or null. */
export function textOf(store, field, value) {
  if (isEmpty(value)) return null;
  if (NAMED.includes(field.kind)) return store.title(field.target, value);
  if (field.kind === 'people') {
    const titles = value.map((one) => store.title('person', one)).filter(Boolean);
    return titles.length ? titles : null;
  }
  if (CHOSEN.includes(field.kind)) return labelOf(field, value);
  if (field.kind === 'choices') return value.map((one) => labelOf(field, one) || one);
  return null;
}

/** Of a retired choice too. */
export const labelOf = (field, value) =>
  [...(field.choices ?? []), ...(field.retired ?? [])].find(([choice]) => choice === value)?.[1] ?? null;

/** The label of its kind, where its entity has kinds: what to call one without a title. */
export function kindOf(owner, record) {
  const kind = fieldOf(owner, 'kind');
  return kind && labelOf(kind, record.kind);
}

function link(field, value) {
  const target = field.kind === 'ref' ? entity(field.target) : null;
  return target && !target.system ? `/${target.path}/${value}` : null;
}

export const titleOf = (owner, record) => record[owner.title] ?? null;
