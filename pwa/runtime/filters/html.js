// Filters between text, HTML, URLs and JSON.
import { Safe, defined, esc, isDict, isFloat, isNumber, isText, iter, repr, safe, str } from '../values.js';
import { compareText } from '../text.js';
import { withNames } from './define.js';

const upperHex = (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
const percent = (v) => encodeURIComponent(str(v)).replace(/[!'()*]/g, upperHex);
const inQuery = (v) => percent(v).replace(/%20/g, '+');

const urlencode = (v) => {
  if (isText(v) || isNumber(v) || v === null) return percent(v).replace(/%2F/g, '/');
  const pairs = isDict(v) ? Object.entries(v) : iter(v);
  return pairs.map(([key, value]) => `${inQuery(key)}=${inQuery(value)}`).join('&');
};

const unicode = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
const jsonText = (v) => JSON.stringify(str(v)).replace(/[\x7f-\uffff]/g, unicode);

/** Python's `json.dumps(…, sort_keys=True)`. `gap` is the indent, or null for one line. */
const json = (v, gap, line) => {
  if (isText(v)) return jsonText(v);
  if (v === null || typeof v === 'boolean') return String(v);
  if (isFloat(v) || typeof v === 'number') return str(v);
  const inner = line + (gap ?? '');
  const list = Array.isArray(v);
  if (!list && !isDict(v)) throw new TypeError(`${repr(defined(v))} is not JSON`);
  const parts = list
    ? v.map((x) => json(x, gap, inner))
    : Object.keys(v).sort(compareText).map((key) => `${jsonText(key)}: ${json(v[key], gap, inner)}`);
  const [open, close] = list ? '[]' : '{}';
  if (!parts.length) return open + close;
  return gap === null ? open + parts.join(', ') + close : `${open}${inner}${parts.join(`,${inner}`)}${line}${close}`;
};

const tojson = withNames('indent', (v, indent = null) => {
  const text = indent === null ? json(v, null, '') : json(v, ' '.repeat(indent), '\n');
  return new Safe(text.replace(/[<>&']/g, unicode));
});

const escape = (v) => new Safe(esc(v));

export const html = {
  e: escape,
  escape,
  safe,
  tojson,
  urlencode,
};
