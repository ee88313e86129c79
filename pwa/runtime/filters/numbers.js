// Filters on numbers.
import { defined, isNumber, isText, str } from '../values.js';
import { neg } from '../operators.js';
import { parseNumber, parseWhole } from '../numbers.js';
import { withNames } from './define.js';

const toInt = withNames('default base', (v, other = 0, base = 10) => {
  const whole = isText(defined(v)) ? parseWhole(str(v), base) : undefined;
  const n = whole ?? parseNumber(v);
  return n === undefined || !Number.isFinite(n) ? other : Math.trunc(n) + 0;
});

export const numbers = {
  abs: (v) => (isNumber(defined(v)) && Number(v) < 0 ? neg(v) : v),
  int: toInt,
};
