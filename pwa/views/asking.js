/** What the address of a list asks for; mirrors server/web/views/asking.py. */
import { address, one } from './addresses.js';
import { CHOSEN, labelOf } from './cells.js';
import { ALL, defaultOf, openStates, UNCLOSED } from './closing.js';
import { DATED, isRange, resolve } from './ranges.js';
import * as text from './text.js';

const LONGEST = 200; // characters of a search

export const searched = (query) => Array.from(text.clean(one(query, 'q'))).slice(0, LONGEST).join('');

/** `sort` and `dir` are those in force, `given` says whether the address named them. */
export function read(owner, me, query, defaultScope) {
  const complete = me.complete.includes(owner.type);
  const [sort, dir, scope] = ['sort', 'dir', 'scope'].map((name) => one(query, name));
  const given = owner.sorts.includes(sort);
  const asked = ['mine', 'all'].includes(scope) ? scope : defaultScope;
  return {
    q: searched(query),
    scope: complete ? 'mine' : asked,
    complete,
    given,
    sort: given ? sort : owner.order[0],
    dir: given ? (dir === 'desc' ? 'desc' : 'asc') : owner.order[1],
    after: one(query, 'after') || null,
    filters: filtersOf(owner, query),
  };
}

export const scopeOf = (...asked) => read(...asked).scope;

function filtersOf(owner, query) {
  const found = {};
  for (const field of owner.fields) {
    const offered = owner.filters.includes(field.name) || field.kind === 'ref';
    const value = text.clean(one(query, field.name));
    const standard = defaultOf(owner, field);
    if (offered && value && value !== standard && isAskable(field, value, standard)) found[field.name] = value;
  }
  return found;
}

function isAskable(field, value, standard) {
  if (standard && value === ALL) return true;
  if (DATED.includes(field.kind)) return isRange(field, value);
  if (CHOSEN.includes(field.kind) || field.kind === 'choices') return labelOf(field, value) !== null;
  return field.kind !== 'bool' || value === 'true' || value === 'false';
}

/** The address of the same list with something else about it. */
export function link(owner, asked, changed) {
  const wanted = { ...asked, ...changed };
  return address(`/${owner.path}/`, [
    ['q', wanted.q],
    ['scope', wanted.complete ? '' : wanted.scope],
    ...Object.entries(wanted.filters),
    ...(wanted.given ? [['sort', wanted.sort], ['dir', wanted.dir]] : []),
    ['after', wanted.after],
  ]);
}

/** What `store.page` is asked. */
export const toStore = (owner, asked, limit, me, now) => ({
  words: text.words(asked.q),
  filters: wantedOf(owner, asked.filters, me, now),
  sort: [asked.sort, asked.dir],
  after: asked.after,
  limit,
  scope: asked.scope,
});

/** Filters as values, or lists and stretches of them. */
function wantedOf(owner, filters, me, now) {
  const found = {};
  for (const field of owner.fields) {
    const standard = defaultOf(owner, field);
    const value = filters[field.name] ?? standard;
    if (standard && value === UNCLOSED) found[field.name] = openStates(owner);
    else if (value && !(standard && value === ALL)) {
      found[field.name] = DATED.includes(field.kind) ? resolve(field, value, me, now) : value;
    }
  }
  return found;
}
