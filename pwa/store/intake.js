import { put, remove } from './connection.js';
import { BULK, dropAlone, putRows, rawOf } from './putting.js';
import { pagesBefore } from './schema.js';

export const NOTHING = { gen: 0, rows: [], gone: [], swept: [] };

/** Only newer than what is held; after a reset whatever comes is right. */
function isNews(state, gen, [id, type, ver]) {
  const table = state.table(type);
  return table.genOf(id) < gen || ver >= table.verOf(id);
}

function putGone(state, tx, gen, ids) {
  const gone = [];
  for (const id of ids) {
    const type = state.findType(id);
    if (!type || state.table(type).verOf(id) < 0) continue;
    put(tx, 'rows', [gen, null, null], [type, id]);
    gone.push([id, type]);
  }
  return gone;
}

/** At the end of a reset: what was not sent again is no longer this person's. */
function sweep(state, tx, facts, gen, rows) {
  const seen = new Set(rows.map((row) => row[0]));
  const swept = [];
  for (const [type, table] of state.tables) {
    for (const range of pagesBefore(type, gen)) remove(tx, 'pages', range);
    for (const [id, slot] of table.at) {
      if (table.gens[slot] >= gen || seen.has(id)) continue;
      dropAlone(state, tx, type, id);
      swept.push([id, type]);
    }
  }
  facts.raw = rawOf(state, facts).filter((key) => key[1] >= gen);
  return swept;
}

/** Puts an answer's records into the transaction. */
export function intake(state, tx, facts, answer) {
  const gen = (state.fact('gen') ?? 0) + (answer.reset ? 1 : 0);
  const rows = (answer.rows ?? []).filter((row) => isNews(state, gen, row));
  putRows(state, tx, facts, gen, rows, answer.pieces);
  const gone = putGone(state, tx, gen, answer.gone ?? []);
  const sweeping = answer.reset || state.fact('sweep');
  const ended = answer.more === false; // undefined in what was no pull
  const swept = sweeping && ended ? sweep(state, tx, facts, gen, rows) : [];
  facts.gen = gen;
  facts.sweep = Boolean(sweeping && !ended);
  facts.types = [...new Set([...(state.fact('types') ?? []), ...rows.map((row) => row[1])])];
  return { gen, rows, gone, swept };
}

/** Which of these records stand by themselves now. */
function noteAlone({ alone }, rows, gone, swept) {
  for (const [id] of rows) if (rows.length < BULK) alone.add(id); else alone.delete(id);
  for (const [id] of gone) alone.add(id);
  for (const [id] of swept) alone.delete(id);
}

/** The same into memory, once it is durable. */
export function remember(state, { gen, rows, gone, swept }) {
  const changed = [...rows, ...gone, ...swept];
  for (const [type, table] of state.tables) {
    const [mine, ...parts] = [changed, rows, gone, swept].map((some) => some.filter((row) => row[1] === type));
    noteAlone(table, ...parts);
    table.loosen(mine.length);
    for (const row of mine) table.setBase(row[0], row[3] ? table.index.record(row) : null, gen);
    table.loose += mine.length;
  }
  const touched = changed.map(([rec, type]) => ({ type, rec }));
  state.refold(touched);
  return touched;
}
