/** Saved views of a list: those offered, the one that is open, what a list opens with; mirrors saved.py. */
import { address, one } from './addresses.js';
import * as asking from './asking.js';
import { entity, fieldOf } from './manifest.js';
import { listed } from './options.js';

const KIND = 'saved_view';
const MOST = 50; // of a list
const APART = ['view', 'after', 'col', 'pick']; // not of what a view asks
const NEAREST = ['own', 'team', 'all']; // who it is for: the nearest is what the list opens with

/** [query, view]: the query, with what the view asks where that is asked for alone; and the view. */
export function opened(store, me, owner, query) {
  const wanted = one(query, 'view');
  let view = viewOf(store, owner, wanted);
  const names = Object.keys(query);
  if (!names.length) view = nearest(viewsOf(store, owner)).find((each) => opensFor(me, each)) ?? null;
  const alone = view && names.every((name) => name === 'view');
  const { view: _, ...rest } = alone ? queryOf(view) : query;
  const name = view?.id ?? (wanted === 'all' ? 'all' : '');
  return [name ? { ...rest, view: [name] } : rest, view];
}

function queryOf({ asks: line }) {
  const found = Object.create(null); // a view may have been made up: no name of it is another thing's
  for (const [name, value] of new URLSearchParams(line ?? '')) {
    if (!APART.includes(name)) (found[name] ??= []).push(value);
  }
  return found;
}

/**
 * {views: [{id, name, href, active, shared, usual}], view: {id, name, ver, href, audience, usual, role,
 * mine: bool (may be changed), changed: bool}|null, bare: href of the list without one, asks: what
 * is shown as a line, special: bool (it is not the plain list), audiences, may_open,
 * roles: [{value, label}] for which it may open}
 */
export function saved(store, me, owner, asked, view, scope) {
  const found = viewsOf(store, owner);
  const audiences = fieldOf(entity(KIND) ?? { fields: [] }, 'audience')?.choices ?? [];
  return {
    views: found.map((each) => offered(owner, each, view)),
    view: view && found.some((each) => each.id === view.id) ? open(me, owner, asked, view, scope) : null,
    bare: address(`/${owner.path}/`, [['view', 'all']]),
    asks: asks(owner, asked),
    special: asks(owner, { ...asked, complete: true }) !== '',
    audiences: audiences.map(([value, label]) => ({ value, label })),
    may_open: administers(me),
    roles: administers(me) ? listed(store, 'role') : [],
  };
}

/** What a view of this list would ask. */
function asks(owner, asked) {
  const link = asking.link(owner, { ...asked, view: '' }, { after: null, at: '' });
  return link.includes('?') ? link.slice(link.indexOf('?') + 1) : '';
}

/** What a form may say: others' lists open with what administrators say. */
export function settled(me, values, before = null) {
  const audience = values.audience || before?.audience;
  if (administers(me)) return values;
  const { role: _, ...told } = values;
  return audience === 'own' || !told.usual ? told : { ...told, usual: false };
}

function viewOf(store, owner, id) {
  const view = id ? store.get(KIND, id) : null;
  return view && view.of === owner.type && !view.deleted ? view : null;
}

function viewsOf(store, owner) {
  return store.page(KIND, {
    words: [], filters: { of: owner.type }, where: asking.NOTHING, sort: ['name', 'asc'], after: null, limit: MOST, scope: 'mine',
  }).rows;
}

const opensFor = (me, { usual, role }) => Boolean(usual && (!role || me.roles.includes(role)));

/** Those that may open the list, one's own first, and what is for a role before what is for all who see it. */
const nearest = (views) => {
  const rank = ({ audience, role }) => 2 * NEAREST.indexOf(audience ?? 'all') + Number(!role);
  return [...views].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
};

const offered = (owner, each, view) => ({
  id: each.id,
  name: each.name,
  shared: each.audience !== 'own',
  usual: each.usual,
  active: view?.id === each.id,
  href: address(`/${owner.path}/`, [['view', each.id]]),
});

function open(me, owner, asked, view, scope) {
  const before = asking.read(owner, me, queryOf(view), scope);
  return {
    id: view.id,
    name: view.name,
    ver: view.ver,
    audience: view.audience,
    usual: view.usual,
    role: view.role,
    mine: view.owner === me.id || administers(me),
    changed: asks(owner, before) !== asks(owner, asked),
    href: address(`/${owner.path}/`, [['view', view.id]]),
  };
}

const administers = (me) => me.can[KIND]?.change === 'all';
