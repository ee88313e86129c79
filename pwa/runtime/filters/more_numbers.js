// Seldom used filters on numbers.
import { Float, defined, float, isFloat, isNumber } from '../values.js';
import { fixed, parseNumber, round as rounded } from '../numbers.js';
import { withNames } from './define.js';

const toFloat = withNames('default', (v, other = new Float(0)) => {
  const n = parseNumber(defined(v));
  return n === undefined ? other : float(n);
});

const ROUNDINGS = { ceil: Math.ceil, floor: Math.floor };

const round = withNames('precision method', (v, precision = 0, method = 'common') => {
  if (!isNumber(defined(v))) throw new TypeError('only numbers can be rounded');
  if (method === 'common') {
    const result = rounded(Number(v), precision);
    return isFloat(v) ? float(result) : result;
  }
  const unit = 10 ** precision;
  return float(ROUNDINGS[method](Number(v) * unit) / unit);
});

const filesizeformat = withNames('binary', (v, binary = false) => {
  const base = binary ? 1024 : 1000;
  const bytes = parseNumber(v);
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const letters = [...(binary ? 'KMGTPEZY' : 'kMGTPEZY')];
  const last = letters.length - 1;
  const at = letters.findIndex((_, i) => i === last || bytes < base ** (i + 2));
  return `${fixed((base * bytes) / base ** (at + 2), 1)} ${letters[at]}${binary ? 'iB' : 'B'}`;
});

export const moreNumbers = { filesizeformat, float: toFloat, round };
