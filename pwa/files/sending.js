// The queue of files: beside that of records and never before it, one file at a time, the oldest first.
import { put, remove } from '../store/connection.js';
import { backoff } from '../sync/backoff.js';
import { Fault, SignIn } from '../sync/faults.js';
import { alone } from '../sync/lock.js';
import { forget, PIECE, pieceOf } from './pieces.js';
import { add, begin, Unfit } from './tus.js';

const MOST = 8; // pieces of one request, once things go well
const TRIES = 3; // until damage on the way needs a person
const DAY = 86_400_000; // ms for which a deleted file may come back

export class Sending {
  /** @param {any} store @param {any} net @param {(news: any) => void} tell @param {() => Promise<void>} arrived */
  constructor(store, net, tell, arrived) {
    this.store = store;
    this.net = net;
    this.tell = tell;
    this.arrived = arrived;
    this.running = null;
    /** @type {any} */
    this.timer = undefined;
    this.failures = 0;
    this.stopped = false;
    this.again = false;
    this.progress = new Map(); // id → bytes that the server has
  }

  get state() { return this.store.state; }

  /** Now, unless it is at it. Never rejects for want of a network. */
  soon() {
    if (this.stopped) return Promise.resolve();
    clearTimeout(this.timer);
    this.again = true;
    this.running ??= alone(`files-${this.store.name}`, () => this.run()).finally(() => { this.running = null; });
    return this.running;
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async run() {
    await this.store.load(['file']);
    try {
      while (this.again) {
        this.again = false; // until somebody asks meanwhile
        for (const entry of [...this.state.uploads.values()]) {
          if (this.stopped) return;
          await this.look(entry);
        }
      }
      this.failures = 0;
    } catch (error) {
      if (error instanceof SignIn || this.stopped) return;
      if (!(error instanceof Fault)) throw error;
      this.timer = setTimeout(() => this.soon(), backoff(++this.failures));
    }
  }

  /** What is next for one file: its record goes first, and stays the master. */
  async look(entry) {
    const shown = this.store.get('file', entry.id);
    const base = this.state.base('file', entry.id);
    if (base?.arrived_at) return this.settle(entry);
    if (shown?.deleted) return this.pause(entry, shown);
    if (entry.state === 'failed') return undefined;
    if (!base) return this.withoutRecord(entry);
    if (entry.state === 'paused') await this.change({ ...entry, state: 'waiting' });
    return this.send(entry).catch((error) => this.refused(entry, error));
  }

  pause(entry, { updated_at: at }) {
    if (this.state.now() - Date.parse(at) > DAY) return this.drop(entry.id);
    return entry.state === 'paused' ? undefined : this.change({ ...entry, state: 'paused' });
  }

  /** Its record was refused, or is no longer this person's: only they can say what becomes of it. */
  withoutRecord(entry) {
    const waits = this.state.entriesOf(entry.id).length;
    return waits ? undefined : this.fail(entry, 'missing');
  }

  async send(entry) {
    let came = await begin(this.net, entry);
    for (let many = 1; came < entry.size && !this.stopped; many = Math.min(MOST, many * 2)) {
      this.say(entry, came);
      came = (await add(this.net, entry, came, await this.bytes(entry, came, many))) ?? (await begin(this.net, entry));
    }
    this.say(entry, came);
    if (came !== entry.size) return undefined;
    await this.arrived(); // what the server says of it comes with the records
    return this.state.base('file', entry.id)?.arrived_at ? this.settle(entry) : undefined;
  }

  async bytes({ id, size }, from, many) {
    const end = Math.min(size, (Math.floor(from / PIECE) + many) * PIECE);
    const parts = [];
    for (let n = Math.floor(from / PIECE); n * PIECE < end; n++) {
      const bytes = await pieceOf(this.state.conn, id, n);
      if (!bytes) throw new Unfit('damaged');
      parts.push(bytes.subarray(Math.max(0, from - n * PIECE)));
    }
    return new Blob(parts);
  }

  say({ id, size }, came) {
    this.progress.set(id, came);
    this.tell({ type: 'upload', id, came, size });
  }

  async refused(entry, error) {
    if (!(error instanceof Unfit)) throw error;
    if (error.code !== 'damaged' || entry.tries + 1 >= TRIES) return this.fail(entry, error.code);
    await this.change({ ...entry, tries: entry.tries + 1 });
    throw new Fault('damaged', error);
  }

  async fail(entry, code) {
    await this.change({ ...entry, state: 'failed', code });
    this.tell({ type: 'changed', types: ['file'], ids: [entry.id] });
    this.tell({ type: 'state', ...this.store.status() });
  }

  /** @param {string} id of one that needs a person */
  async retry(id) {
    const entry = this.state.uploads.get(id);
    if (entry) await this.change({ ...entry, state: 'waiting', code: null, tries: 0 });
    this.tell({ type: 'state', ...this.store.status() });
  }

  change(entry) {
    return this.state.mutate(['blobs'], (tx) => {
      put(tx, 'blobs', entry, ['upload', entry.id]);
      return () => this.state.uploads.set(entry.id, entry);
    });
  }

  /** The server has it and has checked it: from now on it may be evicted. */
  settle({ id, size, mime }) {
    const kept = { id, size, mime, sha256: this.state.base('file', id).stored, own: true };
    return this.state.mutate(['blobs'], (tx) => {
      remove(tx, 'blobs', ['upload', id]);
      put(tx, 'blobs', kept, ['kept', id]);
      return () => this.gone(id);
    });
  }

  drop(id) {
    return this.state.mutate(['blobs'], (tx) => {
      forget(tx, id);
      return () => this.gone(id);
    });
  }

  gone(id) {
    this.state.uploads.delete(id);
    this.progress.delete(id);
    this.tell({ type: 'upload', id, gone: true });
    this.tell({ type: 'state', ...this.store.status() });
  }
}
