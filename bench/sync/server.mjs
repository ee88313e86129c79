// The peers' servers, in memory: `node server.mjs PORT RECORDS` with a file of [[id, doc], …].
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import memory from 'pouchdb-adapter-memory';
import PouchDBCore from 'pouchdb-core';
import mapreduce from 'pouchdb-mapreduce';
import replication from 'pouchdb-replication';

const [port, file] = process.argv.slice(2);
const records = JSON.parse(readFileSync(file, 'utf8'));

const PouchDB = PouchDBCore.plugin(memory).plugin(mapreduce).plugin(replication).defaults({ adapter: 'memory' });
const couch = expressPouchDB(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${tmpdir()}/kesher-bench-pouch.log` });
// After that: it serves those that were made since.
const db = new PouchDB('records');
const BATCH = 1000;
for (let i = 0; i < records.length; i += BATCH) {
  await db.bulkDocs(records.slice(i, i + BATCH).map(([id, doc]) => ({ ...doc, _id: id })));
}

let clock = 1;
const held = new Map(records.map(([id, doc]) => [id, { at: 1, raw: { ...doc, id } }]));

function pulled(since) {
  const changed = [...held.values()].filter(({ at }) => at > since).map(({ raw }) => raw);
  return { changes: { accounts: { created: since ? [] : changed, updated: since ? changed : [], deleted: [] } }, timestamp: clock };
}

function pushed({ accounts }) {
  clock++;
  for (const { _status, _changed, ...raw } of [...accounts.created, ...accounts.updated]) {
    held.set(raw.id, { at: clock, raw: { ...held.get(raw.id)?.raw, ...raw } });
  }
  return {};
}

const app = express();
app.get('/', (_, answer) => answer.type('html').send('<!doctype html><title>bench</title>'));
app.post('/watermelon/pull', express.json(), ({ body }, answer) => answer.json(pulled(body.since)));
app.post('/watermelon/push', express.json({ limit: '100mb' }), ({ body }, answer) => answer.json(pushed(body)));
app.use('/db', couch);
app.listen(Number(port), '127.0.0.1', () => console.log('ready'));
