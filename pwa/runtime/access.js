// Attributes, items and calls.
import { Namespace, defined, isDict, isNumber, isText, repr, str, wrap } from './values.js';
import { callText, dictMethod, isTextMethod, listMethod } from './methods.js';
import { chars } from './text.js';

const own = (v, name) => (Object.hasOwn(v, name) ? v[name] : undefined);

/** What an object of the runtime shows of itself: the names in its class's `shown`. */
const shown = (v, name) => {
  if (!v.constructor.shown?.includes(name)) return undefined;
  return typeof v[name] === 'function' ? v[name].bind(v) : v[name];
};

/** `v.name`: a method goes before a dict's own key, as in Python. */
export const attr = (v, name) => {
  if (isDict(v)) return dictMethod(v, name) ?? own(v, name);
  if (defined(v, name) === null) return undefined;
  if (isText(v)) return isTextMethod(name) ? (...args) => callText(v, name, args, null) : undefined;
  if (Array.isArray(v)) return shown(v, name) ?? listMethod(v, name);
  if (typeof v === 'function') return v.attributes && own(v.attributes, name);
  if (v instanceof Namespace) return own(v, name);
  return v.names ? own(v.names, name) : shown(v, name);
};

export const setAttr = (v, name, value) => {
  if (!(v instanceof Namespace)) throw new TypeError('not a namespace');
  v[name] = value;
};

const dictItem = (v, key) => {
  const name = str(key);
  if (Object.hasOwn(v, name)) return v[name];
  return isText(key) ? dictMethod(v, name) : undefined;
};

/** `v[key]`: an item, else an attribute of that name. */
export const item = (v, key) => {
  if (isDict(v)) return dictItem(v, key);
  if (defined(v, key) === null) return undefined;
  if ((Array.isArray(v) || isText(v)) && isNumber(key)) {
    const items = isText(v) ? chars(str(v)) : v;
    return wrap(v, items[key < 0 ? items.length + Number(key) : Number(key)]);
  }
  return isText(key) ? attr(v, str(key)) : undefined;
};

/**
 * Calls a value. A function marked `named` takes `(args, named, escaping)` with the render as
 * `this`; any other takes positional arguments.
 */
export function call(f, args, named, escaping, name) {
  defined(f, name);
  if (typeof f === 'object' && f !== null && typeof f.call === 'function') return f.call(...args);
  if (typeof f !== 'function') throw new TypeError(`${name} (${repr(f)}) is not callable`);
  if (f.named) return f.call(this, args, named ?? {}, escaping);
  if (named && Object.keys(named).length) throw new TypeError(`${name} takes no named arguments`);
  return f(...args);
}

export function method(v, name, args, named, escaping) {
  if (isText(v) && isTextMethod(name)) return callText(v, name, args, named);
  return call.call(this, attr(v, name), args, named, escaping, name);
}

/** Marks a function as taking `(args, named, escaping)`. */
export const takesNames = (f) => Object.assign(f, { named: true });

/** Reads `a.b.0` of a value; an undefined step becomes `other`, if that is given. */
export const reader = (path, other = null) => {
  if (path === null || path === undefined) return (v) => v;
  const steps = str(path).split('.').map((x) => (/^\d+$/.test(x) ? Number(x) : x));
  const fallback = other ?? undefined;
  return (v) => steps.reduce((at, step) => {
    const found = item(at, step);
    return found === undefined ? fallback : found;
  }, v);
};

