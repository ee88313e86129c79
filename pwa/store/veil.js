/**
 * What is sensitive stays behind a mask here as it does at the server: whoever reads a record finds
 * it empty, and its name in `_veiled`. Beside it, out of sight of views, stands what this device holds.
 */
const HELD = Symbol('held');

export const sensitiveOf = (entity) => (entity?.fields ?? []).filter((field) => field.sensitive);

/** Does a mask stand for the value? For yes and no alike, or it would tell which. */
const isTold = ({ name, kind }, record) => kind === 'bool' || !(record[name] === null || record[name] === undefined
  || record[name] === '' || (Array.isArray(record[name]) && !record[name].length));

export function veil(record, fields, emptyOf) {
  const there = record ? fields.filter((field) => isTold(field, record)) : [];
  if (!there.length) return record;
  const empty = Object.fromEntries(there.map((field) => [field.name, emptyOf(field)]));
  const held = Object.fromEntries(there.map(({ name }) => [name, record[name]]));
  const names = [...new Set([...(record._veiled ?? []), ...Object.keys(held)])].sort();
  return { ...record, ...empty, _veiled: names, [HELD]: [held, record._veiled] };
}

/** As it came. */
export function unveiled(record) {
  const [held, names] = record?.[HELD] ?? [];
  if (!held) return record;
  const { _veiled, [HELD]: gone, ...rest } = record;
  return { ...rest, ...held, ...(names && { _veiled: names }) };
}

/** What this device holds of a sensitive field: undefined for nothing. */
export const heldOf = (record, name) => record?.[HELD]?.[0][name];
