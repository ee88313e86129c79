/** Records by their words, and the latest: what searches, warnings and Today ask; mirrors
 * server/web/views/looking.py. */
import { today } from './calendars.js';
import { titleOf } from './cells.js';
import { likeness } from './likeness.js';
import { entity } from './manifest.js';
import { rows } from './rows.js';
import { sought } from './skeleton.js';
import { fold } from './text.js';

const FAR = 4; // the rank of what has the words somewhere else than in its title
const SOUNDING = 20; // names that sound alike and are compared
const ALIKE = 75; // percent, from which on they are the same to somebody who types

/** The first page of a list. */
export const page = (store, type, sort, limit, { scope = 'mine', words = [], filters = {} } = {}) =>
  store.page(type, { words, filters, sort, after: null, limit, scope }).rows;

/** The latest that have all the words. */
export function having(store, owner, words, limit) {
  const latest = owner.sorts.includes('updated_at') ? ['updated_at', 'desc'] : owner.order;
  return words.length ? page(store, owner.type, latest, limit, { scope: 'all', words }) : [];
}

/** Whose names sound so, in whatever script; the most alike first. */
export function sounding(store, owner, name) {
  return having(store, owner, owner.twins ? sought(name) : [], SOUNDING)
    .map((one) => ({ one, same: likeness(name, titleOf(owner, one)) }))
    .filter(({ same }) => same >= ALIKE)
    .sort((a, b) => b.same - a.same)
    .map(({ one }) => one);
}

/** @returns {number} 0: it is the title; 1: the title opens with it; 2: words of the title do; 3:
 *  they have it within; FAR: it is elsewhere */
export function rank(asked, title) {
  const [name, whole] = [fold(title), asked.join(' ')];
  if (name.startsWith(whole)) return name === whole ? 0 : 1;
  if (asked.every((word) => ` ${name}`.includes(` ${word}`))) return 2;
  return asked.every((word) => name.includes(word)) ? 3 : FAR;
}

/** Customers that were worked on last. */
export function lately(store, me, now, most) {
  const owner = entity('account');
  return owner ? rows(store, me, today(now, me.zone), owner, page(store, 'account', ['updated_at', 'desc'], most)) : [];
}
