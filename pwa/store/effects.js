import { instant } from './instant.js';

const SOURCES = {
  arg: (name, op) => op.v?.[name] ?? null,
  me: (_, op, ctx) => ctx.me?.id ?? null,
  value: (value) => value,
  now: (_, op) => instant(op.t),
};

/** What a named action changes: the manifest's effects, the same that the server carries out. */
export function effects(record, op, ctx) {
  const action = ctx.entity?.actions?.find((one) => one.name === op.f || one.noun === op.f);
  const changes = {};
  for (const [verb, field, [source, detail]] of action?.effects ?? []) {
    const value = SOURCES[source](detail, op, ctx);
    const held = (changes[field] ?? record[field]) ?? [];
    changes[field] = verb === 'add' ? [...new Set([...held, value])] : value;
  }
  return changes;
}
