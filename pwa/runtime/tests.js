// Jinja's built-in tests. `this` is the render.
import { Lazy, Safe, isDict, isFloat, isNumber, isText, str } from './values.js';
import { isLower, isUpper } from './text.js';
import { eq, gt, gteq, isIn, lt, lteq, mod, ne } from './operators.js';

const isInteger = (v) => typeof v === 'number' && Number.isInteger(v);

export const tests = {
  boolean: (v) => typeof v === 'boolean',
  callable: (v) => typeof v === 'function' || typeof v?.call === 'function',
  defined: (v) => v !== undefined,
  undefined: (v) => v === undefined,
  none: (v) => v === null,
  true: (v) => v === true,
  false: (v) => v === false,
  divisibleby: (v, by) => eq(mod(v, by), 0),
  even: (v) => eq(mod(v, 2), 0),
  odd: (v) => eq(mod(v, 2), 1),
  escaped: (v) => v instanceof Safe,
  float: isFloat,
  integer: isInteger,
  number: isNumber,
  string: isText,
  mapping: isDict,
  sequence: (v) => (Array.isArray(v) && !(v instanceof Lazy)) || isText(v) || isDict(v),
  iterable: (v) => v === undefined || Array.isArray(v) || isText(v) || isDict(v),
  in: isIn,
  sameas: (a, b) => a === b,
  lower: (v) => isLower(str(v)),
  upper: (v) => isUpper(str(v)),
  filter(v) { return Object.hasOwn(this.filters, str(v)); },
  test(v) { return Object.hasOwn(this.tests, str(v)); },
  eq,
  equalto: eq,
  '==': eq,
  ne,
  '!=': ne,
  lt,
  lessthan: lt,
  '<': lt,
  le: lteq,
  '<=': lteq,
  gt,
  greaterthan: gt,
  '>': gt,
  ge: gteq,
  '>=': gteq,
};
