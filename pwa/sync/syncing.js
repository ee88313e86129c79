import { instant } from '../store/instant.js';
import { backoff } from './backoff.js';
import { Fault, noted, SignIn } from './faults.js';
import { alone } from './lock.js';
import { blank, round } from './round.js';

const CAREFUL = 100; // operations in a request after one that did not come through

/**
 * Keeps one person's store in step with the server. `tell` hears
 * {type: 'state', pending, failed, conflicts, last, offline, signin, stale, message} and
 * {type: 'changed', types, ids}; {type: 'ended', code} when the device may go on no longer, and
 * {type: 'wipe', people} when unsent work of others that it keeps has to go.
 */
export class Syncing {
  /** @param {any} store @param {any} net see round @param {(event: any) => void} tell */
  constructor(store, net, tell = () => {}) {
    this.store = store;
    this.net = net;
    this.tell = tell;
    /** @type {any} */
    this.timer = undefined;
    this.running = null;
    this.next = null;
    this.tidying = null;
    this.failures = 0;
    this.faults = []; // for whoever is asked to help
    this.stopped = false;
    this.news = { offline: false, signin: false, stale: false, message: null };
  }

  /** A round now, or after the one that is running. Call it after each write, when `online`, when
   * a page becomes visible. Never rejects for want of a network. */
  soon() {
    if (this.stopped) return Promise.resolve();
    clearTimeout(this.timer);
    if (this.running) return (this.next ??= this.running.catch(() => {}).then(() => this.start()));
    return this.start();
  }

  /** A round, unless one is under way or has failed: what was cut short is not left to a timer. */
  async begin() {
    if (!this.running && !this.failures && !this.news.signin) await this.soon();
  }

  /** The server has this version; what a round under way brings, which may be it, is awaited. */
  async hear(ver) {
    await this.running?.catch(() => {});
    if (ver > (this.store.meta('ver') ?? 0)) await this.soon();
  }

  start() {
    this.next = null;
    this.running = this.once().finally(() => { this.running = null; });
    return this.running.then(() => this.tidy());
  }

  /** Once at a time, and what there is to send does not wait for it. */
  tidy() {
    if (this.stopped) return undefined;
    this.tidying ??= this.store.tidy().finally(() => { this.tidying = null; });
    return this.tidying;
  }

  async once() {
    const sum = blank();
    try {
      await alone(`sync-${this.store.name}`, () => round(this.store, this.net, sum));
      this.failures = 0;
      this.net.limit = undefined;
      this.news = { offline: false, signin: false, stale: sum.stale, message: sum.message };
      if (sum.wipe.length) await this.tell({ type: 'wipe', people: sum.wipe });
    } catch (error) {
      if (this.stopped) return;
      await this.failed(error);
    } finally {
      this.changed(sum);
    }
    if (!this.stopped) this.state();
  }

  async failed(error) {
    if (error instanceof SignIn) {
      this.news = { ...this.news, offline: false, signin: true };
      if (error.code !== 'signed_out') await this.tell({ type: 'ended', code: error.code });
      return; // a timer would only ask the same: signing in comes from a page
    }
    if (!(error instanceof Fault)) throw error;
    this.news = { ...this.news, offline: true };
    this.faults = noted(this.faults, error, instant(this.store.now()));
    this.net.limit = CAREFUL;
    this.timer = setTimeout(() => this.soon(), backoff(++this.failures));
    this.timer.unref?.();
  }

  changed({ types, ids, me }) {
    if (types.size || me) this.tell({ type: 'changed', types: [...types], ids: [...ids] });
  }

  state() {
    this.tell({ type: 'state', ...this.store.status(), ...this.news });
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
