/** Operations that the server refused; mirrors server/web/views/problems.py. */
import { address } from './addresses.js';
import { isEmpty, NAMED, textOf } from './cells.js';
import { comma } from './filters.js';
import { editable, entity, fieldOf, message } from './manifest.js';
import { instant } from './moments.js';
import { pageOf, sortOf, subject, whatOf } from './telling.js';
import { LISTS, shown } from './typed.js';

/** `problems` are operations with `code` and `field`, why they were refused. */
export const problemsView = (store, me, problems) =>
  ['problems.html', { entries: problems.map((op) => problem(store, me, op)) }];

function problem(store, me, op) {
  const owner = entity(op.type);
  const gone = Boolean(owner) && op.k !== 'new' && !store.get(op.type, op.rec);
  return {
    id: op.id,
    at: instant(op.t),
    title: subject(store, op),
    label: sortOf(store, op),
    href: gone ? null : pageOf(op),
    gone,
    what: whatOf(op),
    code: op.code,
    message: message(op.code),
    field: (owner && fieldOf(owner, op.field)?.label) ?? null,
    values: owner ? valuesOf(store, me, owner, op) : [],
    fix: owner ? fixOf(store, me, owner, op) : null,
  };
}

/** What the operation would have written, by field. */
function saidBy({ k, f, v }) {
  if (k === 'new' || k === 'do') return v && typeof v === 'object' && !Array.isArray(v) ? v : {};
  return f ? { [f]: v ?? null } : {};
}

const actionOf = (owner, op) => (op.k === 'do' && owner.actions.find((a) => a.name === op.f)) || null;

function valuesOf(store, me, owner, op) {
  const said = saidBy(op);
  const { fields } = actionOf(owner, op) ?? owner;
  const known = fields.filter((f) => !f.aside && !isEmpty(said[f.name]))
    .map((f) => ({ label: f.label, text: text(store, me, f, said[f.name]) }));
  const names = new Set(fields.map((f) => f.name));
  const gone = Object.keys(said).filter((name) => !names.has(name) && !isEmpty(said[name])).sort();
  return [...known, ...gone.map((name) => ({ label: name, text: plain(said[name], me) }))];
}

/** A value of a field that there is no more. */
const plain = (value, me) => (Array.isArray(value) ? value : [value])
  .map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(comma(me.lang));

function text(store, me, field, value) {
  const title = NAMED.includes(field.kind) ? textOf(store, field, value) : null;
  const whole = LISTS.includes(field.kind) && !Array.isArray(value);
  return [title || shown(field, whole ? [value] : value, me)].flat().join(comma(me.lang));
}

/** The form in which it can be put right. */
function fixOf(store, me, owner, op) {
  if (op.type === 'person' || op.type === 'conflict') return pageOf(op);
  if (op.k === 'new' && owner.attached) return null;
  if (op.k === 'new') {
    const said = saidBy(op);
    const parts = editable(owner).flatMap((f) => [shown(f, said[f.name], me)].flat().map((one) => [f.name, one]));
    return address(`/${owner.path}/new`, parts);
  }
  if (!store.get(op.type, op.rec)) return null;
  return `${pageOf(op)}/${actionOf(owner, op)?.noun ?? 'edit'}`;
}
