import { matcher, NUMBERS } from './match.js';
import { matching } from './matching.js';
import { sortPairs } from './order.js';
import { packPlace, unpackPlace } from './place.js';
import { walk, walkTitles } from './spans.js';

const LIMIT = 50;

/** A sort is [name, 'asc'|'desc']; without one, by title. */
function sortOf(sort, entity) {
  const [name, direction] = sort ?? ['', 'asc'];
  return { name, down: direction === 'desc', byTitle: !name || name === entity.title };
}

const placeOf = (order, slot) => packPlace([order.keys[slot], order.ids[slot]]);

/** Words, filters by field, and `where`, a tree of conditions or null. */
function tester(table, { words, filters, where }, text) {
  const wanted = Array.isArray(words) ? words : text.words(words);
  const tests = [matcher(filters, table.index.entity), where?.of.length ? matching(table.index.entity, where) : null].filter(Boolean);
  return (slot) => wanted.every((word) => table.words(slot).includes(word))
    && (!tests.length || tests.every((fits) => fits(table.record(slot))));
}

/** A place that can be one in this order, else null: somebody made it up. */
function placeIn(entity, { name, byTitle }, after) {
  const place = unpackPlace(after);
  if (!place || (!byTitle && place[0] === null)) return place;
  const kind = byTitle ? 'text' : entity.fields.find((one) => one.name === name)?.kind;
  return typeof place[0] === (NUMBERS.has(kind) ? 'number' : 'string') ? place : null;
}

function slotsOf(table, query) {
  const sort = sortOf(query.sort, table.index.entity);
  const { name, down, byTitle } = sort;
  const mark = placeIn(table.index.entity, sort, query.after);
  if (!byTitle) {
    const order = table.order(name, down);
    return { order, slots: walk(order, mark) };
  }
  const order = table.order();
  return { order, slots: walkTitles(order, { down, ranges: query.ranges }, mark) };
}

/**
 * One page of a list, synchronously. `scope` is not looked at: what is held is what is shown.
 * @returns {{rows: any[], next: string|null}}
 */
export function page(table, query, text) {
  const fits = tester(table, query, text);
  const limit = query.limit || LIMIT;
  const { order, slots } = slotsOf(table, query);
  const found = [];
  let next = null;
  for (const slot of slots) {
    if (!fits(slot)) continue;
    if (found.length === limit) {
      next = placeOf(order, found.at(-1));
      break;
    }
    found.push(slot);
  }
  return { rows: found.map((slot) => table.record(slot)), next };
}

/** Slots of all that is asked for, in no order. */
function fitting(table, query, text) {
  return table.liveSlots().filter(tester(table, query, text));
}

/** {counts: {value: n}, whole}: how many have each value of a field; no value is ''. */
export function tally(table, query, name, text) {
  const counts = {};
  for (const slot of fitting(table, query, text)) {
    const value = table.record(slot)[name] ?? '';
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return { counts, whole: true };
}

/** {n, whole}: how many there are. */
export function total(table, query, text) {
  return { n: fitting(table, query, text).length, whole: true };
}

/** Records that point at `id` through the field `by`, by title or in the order given; ties by id. */
export function related(table, by, id, limit, sort, filters) {
  const { name, down, byTitle } = sortOf(sort, table.index.entity);
  const key = (record) => (byTitle ? table.keys[table.at.get(record.id)] : record[name] ?? null);
  const fits = matcher(filters, table.index.entity) ?? (() => true);
  const pairs = table.linked(by, id).filter(fits).map((record) => [key(record), record]);
  return sortPairs(pairs, down).slice(0, limit ?? Infinity).map(([, record]) => record);
}
