// The files of this version, kept together: a page never meets a script of another version.
import { FILES, VERSION } from '../generated/build.js';

const CACHE = `kesher-${VERSION}`;
export const ASSETS = Object.fromEntries(
  Object.entries(FILES).map(([name, made]) => [name, `/static/dist/${made}`]),
);

export async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(Object.values(ASSETS).filter((url) => url.endsWith('worker.js') === false));
}

export async function tidyCaches() {
  const names = await caches.keys();
  const ours = (name) => [CACHE, 'kesher-ended', 'kesher-gone'].includes(name);
  await Promise.all(names.filter((name) => !ours(name)).map((name) => caches.delete(name)));
}

/** A built file: the name tells the content, so a kept copy is as good as a new one. */
export async function serveBuilt(event) {
  return (await caches.match(event.request)) ?? fetch(event.request);
}

/** The install manifest: the server's, or the last one seen. */
export async function serveManifest(event) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(event.request);
    if (answer.ok) await cache.put(event.request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(event.request);
    if (kept) return kept;
    throw error;
  }
}

/** A built JSON file, by its plain name. */
export async function readJson(name) {
  const kept = await caches.match(ASSETS[name]);
  return (kept ?? (await fetch(ASSETS[name]))).json();
}
