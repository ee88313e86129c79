// What this device holds, for the page about sync: counts and sizes, never records.
import { VERSION } from '../generated/build.js';

/** @returns {Promise<any>} `room` of docs/developer/design.md */
export async function roomOf({ store, syncing }) {
  const { storage } = navigator;
  const [{ usage = null, quota = null } = {}, persistent = null] = await Promise.all([
    storage?.estimate?.().catch(() => ({})), storage?.persisted?.().catch(() => null),
  ]);
  const { entities } = store.meta('manifest');
  await store.open(Object.keys(entities));
  return {
    version: VERSION, device: syncing.net.device, agent: navigator.userAgent, usage, quota, persistent,
    held: Object.keys(entities).map((type) => ({ type, n: store.count(type), bytes: store.bytes(type) })),
    log: store.meta('log') ?? [], faults: syncing.faults, ver: store.meta('ver') ?? 0,
  };
}
