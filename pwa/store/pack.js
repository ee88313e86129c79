// A packed page: up to SIZE records in order of title, as a few large values, because IndexedDB
// charges by the value. Its head has what a list needs of every record, as columns. Its parts are
// read when somebody wants to see them: CHUNK records' JSON texts one after the other, as bytes;
// the search texts; the ids that a field points to.

export const SIZE = 5000;
const FORM = 2; // raised whenever a packed page comes out differently
const CHUNK = 64; // so many stay below 64 KiB, beyond which Chromium keeps a value in a file
export const WORDS = 'words';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encode = (text) => encoder.encode(text);
export const decode = (bytes) => decoder.decode(bytes);

export const stampOf = (index) => `${FORM} ${index.stamp}`;
export const refPart = (by) => `ref ${by}`;
export const chunkOf = (i) => Math.floor(i / CHUNK);

/** Every part that a page has, by name. */
export function partsOf({ ends }, refs) {
  const chunks = Array.from({ length: Math.ceil(ends.length / CHUNK) }, (_, k) => k);
  return [...chunks, WORDS, ...refs.map(refPart)];
}

const column = (bodies, value) => bodies.map(value).join('\n');

export function joined(parts) {
  const text = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    text.set(part, end);
    end += part.length;
  }
  return text;
}

/** A record about to be packed: [id, type, ver, doc], and its JSON as text or bytes. */
export function bodyOf(index, row, text = JSON.stringify(row)) {
  const [id, , ver, doc] = row;
  return { id, ver, doc, bytes: typeof text === 'string' ? encode(text) : text, key: index.key(doc), words: index.words(doc) };
}

/** In order of title. */
export const byKey = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1);

/**
 * @param {any[]} given what bodyOf makes
 * @returns {{head: any, parts: [string|number, Uint8Array][]}}
 */
export function packBodies(given, index) {
  const bodies = given.sort(byKey);
  const ends = new Uint32Array(bodies.length);
  let end = 0;
  bodies.forEach(({ bytes }, i) => { ends[i] = end += bytes.length; });
  const head = {
    stamp: stampOf(index), ends, ids: column(bodies, ({ id }) => id), keys: column(bodies, ({ key }) => key),
    vers: bodies.map(({ ver }) => ver), dead: bodies.flatMap(({ doc }, i) => (doc.deleted ? [i] : [])),
  };
  const chunks = [];
  for (let i = 0; i < bodies.length; i += CHUNK) chunks.push([chunkOf(i), joined(bodies.slice(i, i + CHUNK).map(({ bytes }) => bytes))]);
  const words = [WORDS, encode(column(bodies, (body) => body.words))];
  return { head, parts: [...chunks, words, ...index.refs.map((by) => [refPart(by), encode(column(bodies, ({ doc }) => doc[by] ?? ''))])] };
}

/** The bytes of the i-th record, out of the chunk it stands in. */
export function bytesAt(ends, chunk, i) {
  const first = chunkOf(i) * CHUNK;
  const before = first ? ends[first - 1] : 0;
  return chunk.subarray((i ? ends[i - 1] : 0) - before, ends[i] - before);
}
