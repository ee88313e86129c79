import { deleteDB, openDB } from 'idb';
import { Stale, StoreError, typed } from './errors.js';

const PATIENCE = 4000; // iOS can lose the IndexedDB server under a living worker: opens then hang
const LOST = new Set(['InvalidStateError', 'UnknownError', 'TimeoutError']);

export function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('timeout')), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const isLost = (error) => LOST.has(error?.name) || error?.code === 'timeout';

/** One database, opened when needed, reopened once when the browser lost it. */
export class Connection {
  constructor(name, upgrade, onClosed = () => {}) {
    this.name = name;
    this.upgrade = upgrade;
    this.onClosed = onClosed;
    this.opening = null;
    this.closed = false;
  }

  open() {
    if (this.closed) return Promise.reject(new StoreError('closed'));
    this.opening ??= within(PATIENCE, openDB(this.name, 1, {
      upgrade: this.upgrade,
      // A newer worker, or a wipe elsewhere, waits for us: give way for good.
      blocking: () => { this.close(); this.onClosed(); },
      terminated: () => { this.opening = null; },
    })).catch((error) => {
      this.opening = null;
      throw typed(error);
    });
    return this.opening;
  }

  /**
   * Runs `work(tx)` in one transaction and waits until it is durable. `work` may await requests
   * of `tx` and nothing else: a fetch in here would end the transaction.
   */
  async run(stores, mode, work, options) {
    try {
      return await this.attempt(stores, mode, work, options);
    } catch (error) {
      if (this.closed || !isLost(error.cause ?? error)) throw error;
      this.opening = null;
      return this.attempt(stores, mode, work, options);
    }
  }

  async attempt(stores, mode, work, options) {
    const db = await this.open();
    let tx;
    try {
      tx = db.transaction(stores, mode, options);
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      abandon(tx);
      throw error instanceof Stale ? error : typed(tx?.error ?? error);
    }
  }

  close() {
    this.closed = true;
    this.opening?.then((db) => db.close(), () => {});
    this.opening = null;
  }

  async wipe() {
    this.close();
    await within(PATIENCE, deleteDB(this.name));
  }
}

function abandon(tx) {
  tx?.done.catch(() => {});
  try {
    tx?.abort();
  } catch {
    // It had ended by itself.
  }
}

const ignore = () => {}; // a failed request fails its transaction, which is where it is heard

/** Requests whose answers nobody needs. */
export function put(tx, store, value, key) {
  tx.objectStore(store).put(value, key).catch(ignore);
}

export function remove(tx, store, key) {
  tx.objectStore(store).delete(key).catch(ignore);
}
