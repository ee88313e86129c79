// PouchDB in the browser, on IndexedDB: what it says is written is.
import PouchDB from 'pouchdb-browser';

let local;
let remote;
const options = { batch_size: 1000, batches_limit: 4 };

export async function load({ name }) {
  local = new PouchDB(name, { auto_compaction: false });
  remote = new PouchDB(`${location.origin}/db/records`);
  await local.replicate.from(remote, options);
  return list();
}

/** The first page of a list: by id, for which it needs no index. */
async function list() {
  const { rows } = await local.allDocs({ limit: 50, include_docs: true });
  return rows[0].doc.name;
}

export async function push(ids, text) {
  const { rows } = await local.allDocs({ keys: ids, include_docs: true });
  await local.bulkDocs(rows.map(({ doc }, n) => ({ ...doc, street: `${text} ${n}` })));
  await local.replicate.to(remote, options);
}

export async function pull(id) {
  await local.replicate.from(remote, options);
  return (await local.get(id)).street;
}
