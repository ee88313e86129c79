const queues = new Map();

/** One at a time in all tabs and the worker; at least in this one where the browser has no locks. */
export function alone(name, work) {
  if (globalThis.navigator?.locks) return navigator.locks.request(name, work);
  const result = (queues.get(name) ?? Promise.resolve()).then(work);
  queues.set(name, result.catch(() => {}));
  return result;
}
