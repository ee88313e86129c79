import { decode, stampOf } from './pack.js';
import { bring, spread } from './parts.js';
import { allOf, partsOfType } from './schema.js';
import { Table } from './table.js';

const TRIES = 5;

const pairs = (store, range) => [store.getAllKeys(range), store.getAll(range)];

/** Everything of these types that is to stand in memory, asked for at once. */
export const requestTypes = (state, tx, types) => Promise.all(types.map((type) => {
  const [pages, rows] = [tx.objectStore('pages'), tx.objectStore('rows')];
  const parts = state.whole.has(type) ? pairs(pages, allOf(partsOfType(type))) : [[], []];
  return Promise.all([...pairs(pages, allOf(type)), ...pairs(rows, allOf(type)), ...parts]);
}));

const readTypes = (state, types) => state.conn.run(['pages', 'rows'], 'readonly', (tx) => requestTypes(state, tx, types));

/** Rows of lines as they came. */
export const rowsOfLines = (bytes) => decode(bytes).split('\n').flatMap((line) => JSON.parse(line));

/** A page packed under other rules; in the form before this one it had its text inside. */
async function textOfStale(state, type, [, gen, n], page) {
  if (page.text) return page.text;
  const range = allOf(partsOfType(type), gen, n);
  const [keys, values] = await state.conn.run(['pages'], 'readonly', (tx) => Promise.all(pairs(tx.store, range)));
  const chunks = values.filter((_, i) => typeof keys[i].at(-1) === 'number');
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function addStale(state, table, key, page) {
  const text = await textOfStale(state, table.type, key, page);
  if (text.length !== (page.ends.at(-1) ?? 0)) throw new Gone();
  const rows = Array.from(page.ends, (end, i) => JSON.parse(decode(text.subarray(i ? page.ends[i - 1] : 0, end))));
  for (const row of rows) table.setBase(row[0], table.index.record(row), key[1]);
  table.loose += page.ends.length;
}

const isSame = (one, other) => String(one) === String(other);

/** Lines that no list of such pages names were left by the form before this one. */
function addLines(state, table, key, page) {
  const rows = rowsOfLines(page);
  table.addLines(rows, key, page.length);
  if (!state.fact('raw')?.some((one) => isSame(one, key))) table.loose += rows.length;
}

/** Another tab packed anew between two of our transactions. */
class Gone extends Error {}

function addRow(table, type, id, [gen, ver, doc]) {
  table.alone.add(id);
  if (table.genOf(id) > gen) return; // a reset has sent it again since
  if (doc || table.at.has(id)) table.setBase(id, doc && table.index.record([id, type, ver, doc]), gen);
  table.loose++;
}

/** Records of one type in memory: pages first, oldest gen first, then rows over them. */
async function tableOf(state, type, [pageKeys, pages, rowKeys, rows, partKeys, parts]) {
  const table = new Table(state.indexer(type), type);
  for (const [i, page] of pages.entries()) {
    const key = pageKeys[i];
    if (page.stamp === stampOf(table.index)) table.addPage(page, key);
    else if (page.ends) await addStale(state, table, key, page);
    else addLines(state, table, key, page);
    table.next = key[2] + 1;
  }
  spread(table.pages, partKeys, parts);
  table.loosen(rows.length);
  rowKeys.forEach(([, id], i) => addRow(table, type, id, rows[i]));
  const laid = state.entries.map(({ rec }) => table.at.get(rec)).filter((slot) => slot !== undefined);
  if (!(await bring(state.conn, table.lacking(laid)))) throw new Gone();
  return table;
}

/** @returns {Promise<[string, Table][]>} `given` is what requestTypes has read */
export async function loadTables(state, types, given = null) {
  for (let n = 1; ; n++) {
    const read = (n === 1 && given) || await readTypes(state, types);
    try {
      return await Promise.all(types.map(async (type, i) => [type, await tableOf(state, type, read[i])]));
    } catch (error) {
      if (!(error instanceof Gone) || n === TRIES) throw error;
    }
  }
}
