// WatermelonDB on LokiJS and IndexedDB, with the options its documentation recommends. Loki writes to IndexedDB when
// half a second has passed; here each step ends with a save of its own, as ours and PouchDB's end durable.
import { appSchema, Database, Model, Q, tableSchema } from '@nozbe/watermelondb';
import loki from '@nozbe/watermelondb/adapters/lokijs';
import { synchronize } from '@nozbe/watermelondb/sync';

const LokiJSAdapter = /** @type {any} */ (loki).default ?? loki; // a module of the older kind

class Account extends Model {
  static table = 'accounts';
}

let database;
let adapter;

async function ask(path, body) {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const saved = () => new Promise((done, failed) => {
  adapter._driver.loki.saveDatabase((error) => (error ? failed(error) : done()));
});

async function sync() {
  await synchronize({
    database,
    pullChanges: ({ lastPulledAt }) => ask('/pull', { since: lastPulledAt ?? 0 }),
    pushChanges: ({ changes, lastPulledAt }) => ask('/push', { changes, lastPulledAt }),
  });
  await saved();
}

export async function load({ name, fields }) {
  const columns = fields.map((field) => ({ name: field, type: 'string', isOptional: true }));
  const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'accounts', columns })] });
  adapter = new LokiJSAdapter({ schema, dbName: name, useWebWorker: false, useIncrementalIndexedDB: true });
  database = new Database({ adapter, modelClasses: [Account] });
  await sync();
  return list();
}

/** The first page of a list. */
async function list() {
  const found = await database.get('accounts').query(Q.sortBy('name', Q.asc), Q.take(50)).fetch();
  return found[0]._raw.name;
}

export async function push(ids, text) {
  const records = await database.get('accounts').query(Q.where('id', Q.oneOf(ids))).fetch();
  await database.write(() => database.batch(...records.map((record, n) => record.prepareUpdate((one) => one._setRaw('street', `${text} ${n}`)))));
  await sync();
}

export async function pull(id) {
  await sync();
  return (await database.get('accounts').find(id))._raw.street;
}
