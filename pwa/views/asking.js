/** What the address of a list asks for; mirrors server/web/views/asking.py. */
import { address, one } from './addresses.js';
import { arranged, keptLine } from './arranged.js';
import * as criteria from './criteria.js';
import { lookOf } from './arranging.js';
import { filtersOf, wantedOf } from './narrowing.js';
import { problem, resolved } from './operators.js';
import * as text from './text.js';

const LONGEST = 200; // characters of a search
export const NOTHING = { join: 'and', of: [] };

export const searched = (query) => Array.from(text.clean(one(query, 'q'))).slice(0, LONGEST).join('');

/**
 * `sort` and `dir` are those in force, `given` says whether the address named them. `where` are
 * conditions as a line, `tree` the same; what can't be read asks for nothing, and `fault` says why.
 * `view` is the id of a saved one, or all for none.
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
    ...columnsOf(owner, me, query),
    ...lookOf(owner, query),
    view: one(query, 'view'),
  };
}

/** {cols: those that the address says, columns: names of those that are shown, widths} */
function columnsOf(owner, me, query) {
  const said = arranged(owner, (query.cols ?? []).join(','));
  const shown = said.cols.length ? said : arranged(owner, keptLine(me, owner));
  return { cols: said.cols, columns: shown.names.length ? shown.names : owner.columns, widths: shown.widths };
}

export const scopeOf = (...asked) => read(...asked).scope;

/** The address of the same list with something else about it. */
export const link = (owner, asked, changed) => address(`/${owner.path}/`, parts({ ...asked, ...changed }));

/** The query of an address as pairs, of which some may be empty. */
export function parts(asked) {
  const found = facts(asked);
  // A view alone stands for all that it asks, and nothing at all for the usual one.
  const view = found.some(([, value]) => value) ? asked.view : 'all';
  return asked.view ? [...found, ['view', view]] : found;
}

const facts = (asked) => [
  ['q', asked.q],
  ['scope', asked.complete ? '' : asked.scope],
  ...Object.entries(asked.filters),
  ['where', asked.where],
  ['cols', asked.cols.join(',')],
  ['look', asked.look],
  ['by', asked.by],
  ['span', asked.span],
  ['at', asked.at],
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
