/** One box for everything, the most relevant first; mirrors server/web/views/search.py. */
import { address } from './addresses.js';
import { searched } from './asking.js';
import { today } from './calendars.js';
import { titleOf } from './cells.js';
import { entity, manifest } from './manifest.js';
import { rows } from './rows.js';
import { fold, words } from './text.js';

const [EACH, LOOKED] = [6, 100]; // of a kind shown; latest of a kind put in order of relevance
const FAR = 4; // the rank of what has the words somewhere else than in its title

/**
 * Without words what was worked on last; where nothing has the words, what is spelled alike.
 * `held`: only what a device holds was looked at.
 */
export function searchView(store, me, now, query, held = false) {
  const q = searched(query);
  const asked = words(q);
  let groups = asked.length ? found(store, me, now, asked, q, having) : [];
  const alike = asked.length > 0 && !groups.length;
  if (alike) groups = found(store, me, now, asked, q, near);
  return [query.pick ? 'search_options.html' : 'search.html', {
    q, groups, alike: alike && groups.length > 0,
    everywhere: held && asked.length ? address('/search', [['q', q], ['scope', 'all']]) : null,
    recent: asked.length ? [] : recent(store, me, now),
  }];
}

/** Kinds of record that can be found by their words. */
const searchable = (me) => Object.values(manifest().entities).filter((one) =>
  !one.system && one.fields.some((field) => field.search) && (me.can[one.type]?.see ?? 'none') !== 'none');

function found(store, me, now, asked, q, look) {
  const ranked = [];
  searchable(me).forEach((owner, place) => {
    const records = look(store, owner, asked);
    if (!records.length) return;
    const best = Math.min(...records.map((one) => rank(asked, titleOf(owner, one))));
    ranked.push({ best, place, owner, records });
  });
  const day = today(now, me.zone);
  return ranked.sort((a, b) => a.best - b.best || a.place - b.place).map(({ owner, records }) => ({
    entity: owner,
    rows: rows(store, me, day, owner, records.slice(0, EACH)),
    all: records.length > EACH ? address(`/${owner.path}/`, [['q', q]]) : null,
  }));
}

/** The latest that have all the words, by how well their titles fit. */
function having(store, owner, asked) {
  const latest = owner.sorts.includes('updated_at') ? ['updated_at', 'desc'] : owner.order;
  const wanted = { words: asked, filters: {}, sort: latest, after: null, limit: LOOKED, scope: 'all' };
  return store.page(owner.type, wanted).rows
    .map((one) => ({ one, at: rank(asked, titleOf(owner, one)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

const near = (store, owner, asked) => store.near(owner.type, asked, EACH);

/** @returns {number} 0: it is the title; 1: the title opens with it; 2: words of the title do; 3:
 *  they have it within; FAR: it is elsewhere */
export function rank(asked, title) {
  const [name, whole] = [fold(title), asked.join(' ')];
  if (name.startsWith(whole)) return name === whole ? 0 : 1;
  if (asked.every((word) => ` ${name}`.includes(` ${word}`))) return 2;
  return asked.every((word) => name.includes(word)) ? 3 : FAR;
}

function recent(store, me, now) {
  const owner = entity('account');
  if (!owner) return [];
  const wanted = { words: [], filters: {}, sort: ['updated_at', 'desc'], after: null, limit: EACH, scope: 'mine' };
  return rows(store, me, today(now, me.zone), owner, store.page(owner.type, wanted).rows);
}
