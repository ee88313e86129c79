/** What the address of a list asks for; mirrors server/web/views/asking.py. */
import { address, one } from './addresses.js';
import * as criteria from './criteria.js';
import { filtersOf, wantedOf } from './narrowing.js';
import { askable, problem, resolved } from './operators.js';
import * as text from './text.js';

const LONGEST = 200; // characters of a search
const MOST_COLUMNS = 15;
export const NOTHING = { join: 'and', of: [] };

export const searched = (query) => Array.from(text.clean(one(query, 'q'))).slice(0, LONGEST).join('');

/**
 * `sort` and `dir` are those in force, `given` says whether the address named them. `where` are
 * conditions as a line, `tree` the same; what can't be read asks for nothing, and `fault` says why.
 */
export function read(owner, me, query, defaultScope) {
  const complete = me.complete.includes(owner.type);
  const [sort, dir, scope] = ['sort', 'dir', 'scope'].map((name) => one(query, name));
  const given = owner.sorts.includes(sort);
  const asked = ['mine', 'all'].includes(scope) ? scope : defaultScope;
  const asks = criteria.read(one(query, 'where'));
  const fault = problem(owner, asks);
  const tree = fault ? NOTHING : asks;
  return {
    q: searched(query),
    scope: complete ? 'mine' : asked,
    complete,
    given,
    sort: given ? sort : owner.order[0],
    dir: given ? (dir === 'desc' ? 'desc' : 'asc') : owner.order[1],
    after: one(query, 'after') || null,
    filters: filtersOf(owner, query, tree),
    where: criteria.write(tree),
    tree,
    fault,
    cols: columnsOf(owner, (query.cols ?? []).join(',')),
    ...lookOf(owner, query),
  };
}

/** {look: '' for a list or 'board', by: the field that makes its columns, col: one of them}. */
function lookOf(owner, query) {
  const fields = boardable(owner);
  if (one(query, 'look') !== 'board' || !fields.length) return { look: '', by: '', col: null };
  const field = fields.find((f) => f.name === one(query, 'by')) ?? fields[0];
  const col = one(query, 'col');
  const known = query.col && ['', ...field.choices.map(([value]) => value)].includes(col);
  return { look: 'board', by: field.name, col: known ? col : null };
}

/** The fields that can make the columns of a board, that of the record's state first. */
export function boardable(owner) {
  const found = askable(owner).filter((f) => ['state', 'choice'].includes(f.kind) && f.choices?.length);
  return [...found.filter((f) => f.kind === 'state'), ...found.filter((f) => f.kind !== 'state')];
}

/** The columns that were chosen, or none. What tells records apart is always there. */
function columnsOf(owner, given) {
  const known = askable(owner).map((f) => f.name);
  const names = [...new Set(given.split(','))].filter((name) => known.includes(name) && name !== owner.title);
  return names.slice(0, MOST_COLUMNS);
}

export const scopeOf = (...asked) => read(...asked).scope;

/** The address of the same list with something else about it. */
export const link = (owner, asked, changed) => address(`/${owner.path}/`, parts({ ...asked, ...changed }));

/** The query of an address as pairs, of which some may be empty. */
export const parts = (asked) => [
  ['q', asked.q],
  ['scope', asked.complete ? '' : asked.scope],
  ...Object.entries(asked.filters),
  ['where', asked.where],
  ['cols', asked.cols.join(',')],
  ['look', asked.look],
  ['by', asked.by],
  ...(asked.given ? [['sort', asked.sort], ['dir', asked.dir]] : []),
  ['after', asked.after],
];

/** The same as inputs that a form carries; what it asks for begins anew. */
export const hidden = (asked) => parts(asked)
  .filter(([name, value]) => value && name !== 'after')
  .map(([name, value]) => ({ name, value }));

/** What `store.page` is asked. */
export const toStore = (owner, asked, limit, me, now) => ({
  words: text.words(asked.q),
  filters: wantedOf(owner, asked.filters, me, now),
  where: resolved(owner, asked.tree, me, now),
  sort: [asked.sort, asked.dir],
  after: asked.after,
  limit,
  scope: asked.scope,
});
