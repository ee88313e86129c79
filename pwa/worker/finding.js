// Which view an address has, of what is held here.
import * as views from '../views/index.js';
import { byPath } from '../views/manifest.js';
import { moved } from './answers.js';
import { fixing } from './fixing.js';
import { aimsAt, defaultScope } from './requests.js';
import { sweepPage } from './sweeping.js';

export const LIST = /^\/([a-z][a-z0-9-]*)\/$/;
export const RECORDS = /^\/([a-z][a-z0-9-]*)\/(?:([\w-]+)(?:\/([a-z-]+))?)?$/;
const ALIKE = /^\/[a-z][a-z0-9-]*\/alike$/; // whoever is like this one may be anywhere

export const SERVER = Symbol('only the server can answer');

const PLAIN = {
  '/today': ({ store, me, now }) => views.todayView(store, me, now),
  '/more': ({ store, me }) => views.moreView(store, me),
  '/outbox': ({ store, me, now, room }) => views.outboxView(store, me, now, {
    entries: store.outbox(), sent: store.meta('sent') ?? [], upto: store.meta('upto') ?? 0, problems: store.problems(),
    uploads: store.uploads(), sweeps: store.meta('sweeps') ?? [], room,
  }),
  '/problems': ({ store, me }) => views.problemsView(store, me, store.problems()),
  '/conflicts': ({ store, me }) => views.conflictsView(store, me),
  '/notices': ({ store, me }) => views.noticesView(store, me),
  '/mentions': ({ store, query }) => views.mentionsView(store, query),
  '/holding': ({ store, me, now, query }) => views.holdingView(store, me, now, query, views.heldBy(store)),
  '/search': ({ store, me, now, query }) => views.searchView(store, me, now, query, true),
  '/settings': ({ store, me }) => views.settingsView(store, me),
};

/** A view, an answer that leads elsewhere, or SERVER. */
export function viewOf(visit) {
  const plain = PLAIN[visit.path];
  if (plain) return plain(visit);
  const [, path, id, noun] = RECORDS.exec(visit.path) ?? [];
  if (!path) return SERVER;
  if (path === 'conflicts') return views.conflictView(visit.store, visit.me, id) ?? SERVER;
  if (path === 'chosen') return sweepPage(visit, id) ?? SERVER;
  const owner = byPath(path);
  if (!owner) return SERVER;
  return id ? recordView(visit, owner, id, noun) : listView(visit, owner);
}

function recordView(visit, owner, id, noun) {
  const { store, me, now, query } = visit;
  if (id === 'filter') return builderOf(store, me, owner, query);
  if (id === 'chosen') return views.chosenView(store, me, owner, query, defaultScope()) ?? SERVER;
  if (id === 'revealing') return views.revealingView(store, me, owner, query);
  if (id === 'alike') return views.alikeView(store, me, owner, query);
  if (id === 'new') return views.formView(store, me, now, owner, null, fixing(visit, owner));
  if (!noun) return recordOf(store, me, now, owner, id);
  if (noun === 'edit') return views.formView(store, me, now, owner, id, fixing(visit, owner)) ?? SERVER;
  const action = owner.actions.find((one) => one.noun === noun);
  return (action && views.actionView(store, me, now, owner, id, action, fixing(visit, action))) ?? SERVER;
}

/** Of one that was merged into another, the other. */
function recordOf(store, me, now, owner, id) {
  const heir = views.heirOf(store, owner, id);
  return heir ? moved(heir) : (views.showView(store, me, now, owner, id) ?? SERVER);
}

/** Whoever looks for more than the phone holds; the first suggestions are of what it holds. */
const searchesAll = ({ query }) => Boolean(query.scope) || (!query.pick && defaultScope() === 'all');

/** The builder of a list's conditions; when they are ready, the list. */
function builderOf(store, me, owner, query) {
  const view = views.builderView(store, me, owner, query, defaultScope());
  return view[1].go ? moved(view[1].go) : view;
}

const asksForAll = ({ store, me, query }, owner) => !query.pick
  && views.scopeOf(owner, me, views.opened(store, me, owner, query)[0], defaultScope()) === 'all';

function listView(visit, owner) {
  const { store, me, now, query, request } = visit;
  if (query.pick) return views.optionsView(store, owner, query);
  const look = aimsAt(request, 'rows') ? views.rowsView : views.listView;
  const fallback = asksForAll(visit, owner);
  return look(store, me, now, owner, query, defaultScope(), fallback, fallback ? store.status().last : null);
}

/** Is more asked for than is held here? */
export function wantsAll(visit) {
  if (visit.path === '/search') return searchesAll(visit);
  const owner = byPath(LIST.exec(visit.path)?.[1]);
  return ALIKE.test(visit.path) || Boolean(owner && asksForAll(visit, owner));
}
