// WatermelonDB on LokiJS and IndexedDB, against a server that keeps everything in memory. Loki
// writes to IndexedDB later, so what is measured is not yet durable.
import { appSchema, Database, Model, Q, tableSchema } from '@nozbe/watermelondb';
import loki from '@nozbe/watermelondb/adapters/lokijs';
import { synchronize } from '@nozbe/watermelondb/sync';

const LokiJSAdapter = /** @type {any} */ (loki).default ?? loki; // a module of the older kind

class Account extends Model {
  static table = 'accounts';
}

let database;

async function ask(path, body) {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  return answer.json();
}

const sync = () => synchronize({
  database,
  pullChanges: ({ lastPulledAt }) => ask('/watermelon/pull', { since: lastPulledAt ?? 0 }),
  pushChanges: ({ changes }) => ask('/watermelon/push', changes),
  sendCreatedAsUpdated: true,
});

export async function load({ name, fields }) {
  const columns = fields.map((field) => ({ name: field, type: 'string', isOptional: true }));
  const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'accounts', columns })] });
  const adapter = new LokiJSAdapter({ schema, dbName: name, useWebWorker: false, useIncrementalIndexedDB: true });
  database = new Database({ adapter, modelClasses: [Account] });
  await sync();
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

export const ready = async () => {};
