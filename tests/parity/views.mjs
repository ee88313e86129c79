/** The phone's half of views and forms, over records held in memory as tests/parity/memory.py does. */
import { mistakes } from '../../pwa/store/alike.js';
import * as answering from '../../pwa/views/answering.js';
import * as deeds from '../../pwa/views/deeds.js';
import * as filters from '../../pwa/views/filters.js';
import * as forms from '../../pwa/views/forms.js';
import * as views from '../../pwa/views/index.js';
import { entity, setManifest } from '../../pwa/views/manifest.js';
import { offerZones, settingsOwner } from '../../pwa/views/settings.js';
import * as typed from '../../pwa/views/typed.js';
import * as checks from '../../pwa/views/checks.js';
import { searched } from '../../pwa/views/skeleton.js';
import { fold, sortKey } from '../../pwa/views/text.js';
import { matching } from '../../pwa/store/matching.js';
import { createRenderer } from '../../pwa/runtime/index.js';

const held = { records: [], marks: {}, lang: 'en' };
let pages = { templates: {}, PLURALS: {}, catalogues: {} };

export function setup(tables, manifest) {
  filters.configure(tables);
  offerZones(tables.zones);
  setManifest(manifest);
}

export function hold(records, marks) {
  Object.assign(held, { records, marks });
}

/** Compiled templates and plural rules from a module, messages by language. */
export async function compiled(path, catalogues) {
  pages = { ...(await import(path)), catalogues };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const titleOf = (record) => record[entity(record.type).title] ?? null;

function keyOf(record, by) {
  if (by === entity(record.type).title) return sortKey(record[by] ?? '', 'fa');
  return record[by] ?? null;
}

function ordered(records, [by, dir]) {
  const turn = dir === 'desc' ? -1 : 1;
  return records
    .map((record) => [keyOf(record, by), record])
    .sort(([a, x], [b, y]) => (a === null) - (b === null) || turn * compare(a, b) || compare(x.id, y.id))
    .map(([, record]) => record);
}

/** One of the wanted values, or within `a..b`. */
function fits(record, [name, wanted]) {
  if (String(wanted).includes('..')) {
    const [low, high] = wanted.split('..');
    return record[name] !== null && low <= record[name] && (!high || record[name] <= `${high}~`);
  }
  return [record[name]].flat().filter((one) => one !== null).map(String).some((one) => [wanted].flat().includes(one));
}

/** Search text enough for these tests: a title, and how it sounds. */
const wordsOf = (r) => `${fold(titleOf(r) ?? '')} ${entity(r.type)?.twins ? searched(titleOf(r)) : ''}`;

const store = {
  get: (type, id) => held.records.find((r) => r.type === type && r.id === id) ?? null,
  title(type, id) {
    const record = store.get(type, id);
    return record && titleOf(record);
  },
  page(type, { words, filters: wanted, where, sort, after, limit }) {
    const found = ordered(held.records.filter((r) => r.type === type && !r.deleted
      && words.every((word) => wordsOf(r).includes(word))
      && Object.entries(wanted).every((pair) => fits(r, pair))
      && (!where || matching(entity(type), where)(r))), sort);
    const start = Number(after ?? 0);
    return { rows: found.slice(start, start + limit), next: start + limit < found.length ? String(start + limit) : null };
  },
  near: (type, asked, limit) => held.records.filter((r) => r.type === type && !r.deleted)
    .map((r) => ({ r, wrong: mistakes(asked, fold(titleOf(r))) })).filter(({ wrong }) => wrong !== null)
    .sort((a, b) => a.wrong - b.wrong || compare(a.r.id, b.r.id)).slice(0, limit).map(({ r }) => r),
  tally(type, asked, name) {
    const counts = {};
    for (const row of store.page(type, { ...asked, after: null, limit: 1e6 }).rows) {
      counts[row[name] ?? ''] = (counts[row[name] ?? ''] ?? 0) + 1;
    }
    return { counts, whole: true };
  },
  total: (type, asked) => ({ n: store.page(type, { ...asked, after: null, limit: 1e6 }).rows.length, whole: true }),
  related: (type, by, id, limit, order, filters = {}) =>
    ordered(held.records.filter((r) => r.type === type && !r.deleted && r[by] === id
      && Object.entries(filters).every((pair) => fits(r, pair))), order).slice(0, limit),
  pending: () => [],
  mark: (record) => held.marks[record.id] ?? null,
  people: () => held.records.filter((r) => r.type === 'person').map((r) => ({ value: r.id, label: r.name })),
};

let count = 0;
const SPECIAL = {
  store: () => store,
  uuid: () => () => `op-${++count}`,
  settings: () => settingsOwner(),
  entity: (type) => entity(type),
  field: ([type, name]) => entity(type).fields.find((f) => f.name === name),
  action: ([type, name]) => entity(type).actions.find((a) => a.name === name),
};

/** An argument {"@": [what, which]} stands for what JSON cannot carry. */
const revive = (arg) => (arg?.['@'] ? SPECIAL[arg['@'][0]](arg['@'][1]) : arg);

const MODULES = { views, forms, typed, checks, answering, deeds };
const camel = (name) => name.replace(/_([a-z])/g, (_, c) => c.toUpperCase());

export function run(fn, args) {
  const [where, name] = fn.split('.');
  count = 0;
  return MODULES[where][camel(name)](...args.map(revive)) ?? null;
}

/** [context, HTML] of a view with what every template gets beside it; null for no such record. */
export function page(fn, args, base) {
  const view = run(fn, args);
  if (!view) return null;
  const messages = pages.catalogues[base.lang];
  const plural = pages.PLURALS[base.lang];
  const catalog = messages && { messages, plural };
  const gettext = (id) => messages?.[id]?.[0] ?? id;
  const ngettext = (one, many, n) => messages?.[one]?.[plural(n)] ?? (n === 1 ? one : many);
  const render = createRenderer({
    templates: pages.templates, catalog, filters: filters.makeFilters(base.fmt, gettext, ngettext),
  });
  return [view[1], render(view[0], { ...base, ...view[1] })];
}
