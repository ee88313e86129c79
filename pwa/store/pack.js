// A packed page: thousands of records and what is known of them, as a few large values, because
// IndexedDB charges by the value; and what is not needed for the first list as UTF-8, because it
// is read twice as fast as text. `text` is JSON records one after the other, `ends` where each stops.

export const SIZE = 5000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encode = (text) => encoder.encode(text);
export const decode = (bytes) => decoder.decode(bytes);

export function toJson({ id, type, ver, ...doc }) {
  return JSON.stringify([id, type, ver, doc]);
}

const column = (bodies, value) => bodies.map(value).join('\n');

function joined(texts) {
  const parts = texts.map(encode);
  const ends = new Uint32Array(parts.length);
  let end = 0;
  parts.forEach((part, i) => { ends[i] = end += part.length; });
  const text = new Uint8Array(end);
  parts.forEach((part, i) => text.set(part, i ? ends[i - 1] : 0));
  return { text, ends };
}

/**
 * @param {{record: any, text: string|Uint8Array, key: string, words: string}[]} bodies
 * @param {any} index an indexer
 */
export function packBodies(bodies, index) {
  const refs = {};
  for (const by of index.refs) refs[by] = encode(column(bodies, ({ record }) => record[by] ?? ''));
  return {
    stamp: index.stamp,
    ...joined(bodies.map((body) => body.text)),
    ids: column(bodies, (body) => body.record.id),
    keys: column(bodies, (body) => body.key),
    words: encode(column(bodies, (body) => body.words)),
    dead: bodies.flatMap(({ record }, i) => (record.deleted ? [i] : [])),
    refs,
  };
}

export function textAt({ text, ends }, i) {
  return decode(text.subarray(i ? ends[i - 1] : 0, ends[i]));
}

/** Every row of what is stored: lines of the first load, or a page packed under other rules. */
export function rowsOf(stored) {
  if (!stored.ends) return decode(stored).split('\n').flatMap((line) => JSON.parse(line));
  return Array.from(stored.ends, (_, i) => JSON.parse(textAt(stored, i)));
}
