/** Which fields a form asks for, as its conditions say; mirrors server/web/views/revealing.py. */
import { holds } from '../store/formulas.js';
import { address } from './addresses.js';
import { isEmpty, isVeiled } from './cells.js';
import { editable } from './manifest.js';
import { read } from './typed.js';

/** The fields of its form that are shown or required under a condition. */
export const conditional = (owner) => editable(owner).filter((f) => f.seen_if || f.needed_if);

export const isSeen = (field, known) => !field.seen_if || holds(field.seen_if, known);

export const isNeeded = (field, known) => Boolean(field.required || (field.needed_if && holds(field.needed_if, known)));

/** What is not shown is not read; what is required by a condition is. */
export function byCondition(owner, values, errors, record) {
  const known = { ...record, ...values };
  for (const field of conditional(owner)) {
    const { name } = field;
    if (!isSeen(field, known)) {
      delete values[name];
      delete errors[name];
    } else if (isNeeded(field, known) && !isThere(field, known, name in values)) errors[name] ??= 'required';
  }
}

/** What a mask stands for is there, unless it has just been emptied. */
const isThere = (field, known, isGiven) => !isEmpty(known[field.name]) || (!isGiven && isVeiled(field, known));

/** What becomes of a form by what has been typed; of the record that is changed, `self`. */
export function revealingView(store, me, owner, query) {
  const rec = query.self?.[0];
  const known = { ...((rec && store.get(owner.type, rec)) || {}) };
  for (const field of editable(owner)) {
    if (!Object.hasOwn(query, field.name)) continue;
    const [value, code] = read(field, query[field.name], me);
    known[field.name] = code ? null : value;
  }
  return ['entity/revealing.html', states(owner, known)];
}

/** Names, for a page to show by. */
function states(owner, known) {
  const found = conditional(owner);
  const seen = found.filter((f) => isSeen(f, known));
  return {
    unseen: found.filter((f) => !seen.includes(f)).map((f) => f.name),
    needed: seen.filter((f) => isNeeded(f, known)).map((f) => f.name),
  };
}

/** Where a form asks, when which of its inputs change, and how it is at first. */
export function asking(owner, rec, known) {
  const names = [...new Set(conditional(owner).flatMap((f) => namesIn([f.seen_if, f.needed_if])))].sort();
  const fields = names.map((name) => `#record-form [name='${name}']`).join(', ');
  const href = address(`/${owner.path}/revealing`, [['self', rec]]);
  return names.length ? { href, fields, ...states(owner, known) } : null;
}

/** The fields that a tree names. */
function namesIn(tree) {
  if (!Array.isArray(tree) || !tree.length) return [];
  if (tree[0] === 'get' || tree[0] === 'amount') return [tree[1]];
  return tree[0] === 'lit' || tree[0] === 'num' ? [] : tree.flatMap(namesIn);
}
