import { rowsOf } from './pack.js';
import { allOf } from './schema.js';
import { Table } from './table.js';

function read(state, type) {
  return state.conn.run(['pages', 'rows'], 'readonly', (tx) => {
    const pages = tx.objectStore('pages');
    const rows = tx.objectStore('rows');
    const range = allOf(type);
    return Promise.all([pages.getAllKeys(range), pages.getAll(range), rows.getAllKeys(range), rows.getAll(range)]);
  });
}

function addRow(table, type, id, [gen, ver, doc]) {
  if (table.genOf(id) > gen) return; // a reset has sent it again since
  if (doc || table.at.has(id)) table.setBase(id, doc && table.index.record([id, type, ver, doc]), gen);
  table.loose++;
}

/** Reads the records of one type into memory: pages first, oldest gen first, then rows over them. */
export async function loadTable(state, type) {
  const [pageKeys, pages, rowKeys, rows] = await read(state, type);
  const table = new Table(state.indexer(type));
  pageKeys.forEach(([, gen, n], i) => {
    if (pages[i].stamp === table.index.stamp) table.addPage(pages[i], gen);
    else table.addRows(rowsOf(pages[i]), gen);
    table.next = n + 1;
  });
  table.loosen(rows.length);
  rowKeys.forEach(([, id], i) => addRow(table, type, id, rows[i]));
  return table;
}
