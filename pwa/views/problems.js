/** Operations that the server refused; mirrors server/web/views/problems.py. */
import { address } from './addresses.js';
import { isEmpty, NAMED, textOf } from './cells.js';
import { comma } from './filters.js';
import { entity, fieldOf, message } from './manifest.js';
import { instant } from './moments.js';
import { together } from './refused.js';
import { pageOf, sortOf, subject, whatOf } from './telling.js';
import { LISTS, shown } from './typed.js';

const WHOLE = ['new', 'set', 'do']; // operations that say a whole value
const FALLEN = ['group', 'depends']; // with something else

/** `problems` are operations with `code` and `field`, why they were refused. */
export const problemsView = (store, me, problems) =>
  ['problems.html', { entries: [...gathered(problems).values()].map((ops) => problem(store, me, ops)) }];

function gathered(problems) {
  const [found, name] = [new Map(), together(problems)];
  for (const op of problems) found.set(name(op), [...(found.get(name(op)) ?? []), op]);
  return found;
}

/** All that was refused of a record, or one deed. */
function problem(store, me, ops) {
  const op = ops.find((one) => one.k === 'new') ?? ops[0];
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
    reasons: reasonsOf(owner, ops),
    values: owner ? unique(ops.flatMap((one) => valuesOf(store, me, owner, one))) : [],
    fix: owner ? fixOf(store, owner, op) : null,
  };
}

/** Why, each reason once; what only fell with the others has none of its own. */
function reasonsOf(owner, ops) {
  const own = ops.filter((op) => !FALLEN.includes(op.code));
  return unique((own.length ? own : ops).map((op) => (
    { code: op.code, field: (owner && fieldOf(owner, op.field ?? op.f)?.label) ?? null, message: message(op.code) })));
}

const unique = (found) => [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];

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

/** The form in which it can be put right; `refilled` tells what to fill it with. */
function fixOf(store, owner, op) {
  if (op.type === 'person' || op.type === 'conflict') return pageOf(op);
  if (op.k === 'new' ? owner.attached : !store.get(op.type, op.rec)) return null;
  const form = op.k === 'new' ? `/${owner.path}/new` : `${pageOf(op)}/${actionOf(owner, op)?.noun ?? 'edit'}`;
  return address(form, [['_fix', op.id]]);
}

/**
 * What refused operations of one record said, as one would type it into the form of its entity or action.
 * @returns {Record<string, string[]>} a query
 */
export function refilled(me, fields, ops) {
  const said = Object.assign({}, ...ops.filter((op) => WHOLE.includes(op.k)).map(saidBy));
  const told = fields.filter((f) => !isEmpty(said[f.name]));
  return Object.fromEntries(told.map((f) => [f.name, [shown(f, said[f.name], me)].flat()]));
}
