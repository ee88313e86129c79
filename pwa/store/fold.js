import { effects } from './effects.js';
import { result } from './formulas.js';
import { emptyOf } from './indexer.js';
import { instant } from './instant.js';
import { USUAL } from './usual.js';
import { sensitiveOf, unveiled, veil } from './veil.js';

const DEFAULTS = {
  me: (op, ctx) => ctx.me?.id ?? null,
  my_team: (op, ctx) => ctx.me?.team ?? null,
  now: (op) => instant(op.t),
  today: (op) => instant(op.t).slice(0, 10),
};

function initial(field, op, ctx) {
  const wanted = field.readonly ? null : field.default ?? null;
  if (wanted === null) return emptyOf(field);
  return wanted === USUAL[field.kind] ? DEFAULTS[wanted](op, ctx) : wanted;
}

function born(op, ctx) {
  const record = { id: op.rec, type: op.type, ver: 0, owner: null, team: null, deleted: false };
  for (const field of ctx.entity?.fields ?? []) {
    record[field.name] = op.v?.[field.name] ?? initial(field, op, ctx);
  }
  return { ...op.v, ...record, created_at: instant(op.t), created_by: ctx.me?.id ?? null };
}

const listed = (value) => (Array.isArray(value) ? value : [value]);
const withAll = (list, added) => [...new Set([...(list ?? []), ...added])];
const without = (list, gone) => (list ?? []).filter((element) => !gone.includes(element));

const CHANGES = {
  set: (record, op) => ({ [op.f]: op.v ?? null }),
  inc: (record, op) => ({ [op.f]: (record[op.f] ?? 0) + op.d }),
  add: (record, op) => ({ [op.f]: withAll(record[op.f], listed(op.v)) }),
  rem: (record, op) => ({ [op.f]: without(record[op.f], listed(op.v)) }),
  del: () => ({ deleted: true }),
  do: effects,
};

/** In the words of today: the app may have been renewed while this waited. */
function renamed(op, former) {
  if (op.k === 'do' || !former) return op;
  if (op.k !== 'new') return { ...op, f: former[op.f] ?? op.f };
  return { ...op, v: Object.fromEntries(Object.entries(op.v ?? {}).map(([name, value]) => [former[name] ?? name, value])) };
}

const touched = (op, { me }) => ({ updated_at: instant(op.t), updated_by: me?.id ?? null });

function step(record, op, ctx) {
  if (op.k === 'new') return record ?? { ...born(op, ctx), ...touched(op, ctx) };
  if (!record || op.k === 'look') return record; // nothing held to change; nothing changed
  return { ...record, ...CHANGES[op.k](record, op, ctx), ...touched(op, ctx) };
}

/**
 * What a person sees: the base with their own operations on it, in order.
 * @param {any} base
 * @param {any[]} ops
 * @param {{entity?: any, me?: any}} ctx
 * @returns {any}
 */
export function fold(base, ops, ctx) {
  if (!ops.length) return base;
  const made = ops.reduce((record, op) => step(record, renamed(op, ctx.entity?.former), ctx), unveiled(base));
  return made && veil(reckoned(made, ctx.entity), sensitiveOf(ctx.entity), emptyOf);
}

/** Fields whose values follow from others, as the server will find them: each after what it follows from. */
function reckoned(record, entity) {
  const found = { ...record };
  for (const name of entity?.reckoned ?? []) {
    const field = entity.fields.find((one) => one.name === name);
    if (field) found[name] = result(field.formula, found); // what is hidden from this person is not in the fields
  }
  return found;
}
