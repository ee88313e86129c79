/** One box for everything, the most relevant first; mirrors server/web/views/search.py. */
import { address } from './addresses.js';
import { searched } from './asking.js';
import { today } from './calendars.js';
import { titleOf } from './cells.js';
import { having, lately, rank, sounding } from './looking.js';
import { manifest } from './manifest.js';
import { rows } from './rows.js';
import { words } from './text.js';

const [EACH, LOOKED] = [6, 100]; // of a kind shown; latest of a kind put in order of relevance

/**
 * Without words what was worked on last; where nothing has the words, what is spelled alike.
 * `held`: only what a device holds was looked at.
 */
export function searchView(store, me, now, query, held = false) {
  const q = searched(query);
  const asked = words(q);
  let groups = asked.length ? found(store, me, now, asked, q, fitting) : [];
  const alike = asked.length > 0 && !groups.length;
  if (alike) groups = found(store, me, now, asked, q, near);
  return [query.pick ? 'search_options.html' : 'search.html', {
    q, groups, alike: alike && groups.length > 0,
    everywhere: held && asked.length ? address('/search', [['q', q], ['scope', 'all']]) : null,
    recent: asked.length ? [] : lately(store, me, now, EACH),
  }];
}

/** Kinds of record that can be found by their words. */
const searchable = (me) => Object.values(manifest().entities).filter((one) =>
  !one.system && one.fields.some((field) => field.search) && (me.can[one.type]?.see ?? 'none') !== 'none');

function found(store, me, now, asked, q, look) {
  const ranked = [];
  searchable(me).forEach((owner, place) => {
    const records = look(store, owner, asked, q);
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

/** By how well their titles fit; where these are few, also those whose names sound so. */
function fitting(store, owner, asked, q) {
  const found = having(store, owner, asked, LOOKED)
    .map((one) => ({ one, at: rank(asked, titleOf(owner, one)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
  if (found.length >= EACH) return found;
  const ids = new Set(found.map((one) => one.id));
  return [...found, ...sounding(store, owner, q).filter((one) => !ids.has(one.id))];
}

const near = (store, owner, asked) => store.near(owner.type, asked, EACH);
