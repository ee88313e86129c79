import { isList } from './indexer.js';

const STRETCHES = new Set(['date', 'instant', 'integer', 'money', 'number']);
export const NUMBERS = new Set(['integer', 'money', 'number']);

const asks = (wanted) => wanted !== undefined && wanted !== '' && !(Array.isArray(wanted) && !wanted.length);

function bounds(wanted) {
  if (typeof wanted === 'object') return [wanted.from, wanted.to];
  const cut = wanted.indexOf('..');
  return [wanted.slice(0, cut), wanted.slice(cut + 2)];
}

const isStretch = (kind, wanted) => STRETCHES.has(kind) && !Array.isArray(wanted)
  && (typeof wanted === 'object' || String(wanted).includes('..'));

/** Both ends belong to it and may be left out; a day as the end of instants is the whole day. */
function within(kind, wanted) {
  const read = NUMBERS.has(kind) ? Number : String;
  const [low, high] = bounds(wanted).map((end) => (end ? read(end) : null));
  const upto = (value) => (typeof value === 'string' ? value.slice(0, String(high).length) : value);
  return (value) => value !== null && (low === null || value >= low) && (high === null || upto(value) <= high);
}

/** Mirrors server/core/conditions.py, and takes null, lists and {from, to} besides. */
export function test(kind, wanted) {
  if (wanted === null) return (value) => value === null || (Array.isArray(value) && !value.length);
  if (kind === 'bool') return (value) => Boolean(value) === (wanted === true || wanted === 'true');
  if (isStretch(kind, wanted)) return within(kind, wanted);
  const any = new Set([wanted].flat().map(String));
  if (isList(kind)) return (value) => value.some((one) => any.has(one));
  return (value) => value !== null && any.has(String(value));
}

/**
 * @param {any} filters field name → wanted value; '' and undefined ask for nothing, null asks
 *   for records without a value, a list for any of its values, 'a..b' for a stretch
 * @returns {((record: any) => boolean)|null} null when everything matches
 */
export function matcher(filters, entity) {
  const tests = [];
  for (const [name, wanted] of Object.entries(filters ?? {})) {
    if (!asks(wanted)) continue;
    const field = entity.fields.find((one) => one.name === name);
    const fits = test(field?.kind, wanted);
    tests.push((record) => fits(record[name] ?? null));
  }
  return tests.length ? (record) => tests.every((fits) => fits(record)) : null;
}
