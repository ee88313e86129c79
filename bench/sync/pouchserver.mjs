// express-pouchdb on LevelDB, its usual store: `node pouchserver.mjs PORT FOLDER RECORDS RULES` with
// files of [[id, doc], …] and of {field: {max, values}}. Before each request a session is looked up in the
// store, and each document that comes is checked; conflicts and the log of changes are CouchDB's own.
import { readFileSync } from 'node:fs';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import leveldb from 'pouchdb-adapter-leveldb';
import PouchDBCore from 'pouchdb-core';
import mapreduce from 'pouchdb-mapreduce';
import replication from 'pouchdb-replication';

const [port, folder, file, ruleFile] = process.argv.slice(2);
const records = JSON.parse(readFileSync(file, 'utf8'));
const rules = Object.entries(JSON.parse(readFileSync(ruleFile, 'utf8')));

const PouchDB = PouchDBCore.plugin(leveldb).plugin(mapreduce).plugin(replication).defaults({ adapter: 'leveldb', prefix: `${folder}/` });
const couch = expressPouchDB(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` });
// After that: it serves those that were made since.
const db = new PouchDB('records');
const sessions = new PouchDB('sessions');
const BATCH = 1000;
for (let i = 0; i < records.length; i += BATCH) {
  await db.bulkDocs(records.slice(i, i + BATCH).map(([id, doc]) => ({ ...doc, _id: id })));
}
const session = crypto.randomUUID();
await sessions.put({ _id: session, person: records[0][1].owner });

async function signedIn(request, answer, next) {
  const given = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'none';
  const found = await sessions.get(given).catch(() => null);
  if (found) next();
  else answer.status(401).json({ error: 'unauthorized' });
}

const isFit = (value, { max, values }) => value === null || value === undefined
  || (typeof value === 'string' && value.length <= max && (!values || values.includes(value)));

function valid({ body }, answer, next) {
  const bad = (body?.docs ?? []).some((doc) => doc._id && rules.some(([name, rule]) => !isFit(doc[name], rule)));
  if (bad) answer.status(403).json({ error: 'forbidden' });
  else next();
}

const app = express();
app.get('/', (_, answer) => answer.cookie('session', session, { httpOnly: true }).type('html').send('<!doctype html><title>bench</title>'));
app.use('/db', signedIn, express.json({ limit: '100mb' }), valid, couch);
app.listen(Number(port), '127.0.0.1', () => console.log('ready'));
