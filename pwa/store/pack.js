// A packed page: 500 records and what is known of them, as few long strings, because IndexedDB
// charges by the value. `text` is JSON records, one a line; `ends` where each one stops.

export const SIZE = 500;

export function toJson({ id, type, ver, ...doc }) {
  return JSON.stringify([id, type, ver, doc]);
}

function endsOf(texts) {
  const ends = new Uint32Array(texts.length);
  let end = -1;
  texts.forEach((text, i) => { ends[i] = end += text.length + 1; });
  return ends;
}

const column = (bodies, value) => bodies.map(value).join('\n');

/**
 * @param {{record: object, text: string, key: string, words: string}[]} bodies
 * @param {object} index an indexer
 */
export function packBodies(bodies, index) {
  const refs = {};
  for (const by of index.refs) refs[by] = column(bodies, ({ record }) => record[by] ?? '');
  return {
    stamp: index.stamp,
    text: column(bodies, (body) => body.text),
    ends: endsOf(bodies.map((body) => body.text)),
    ids: column(bodies, (body) => body.record.id),
    keys: column(bodies, (body) => body.key),
    words: column(bodies, (body) => body.words),
    dead: bodies.flatMap(({ record }, i) => (record.deleted ? [i] : [])),
    refs,
  };
}

/** @param {Array} rows [id, type, ver, doc] */
export function pack(rows, index) {
  return packBodies(rows.map((row) => {
    const record = index.record(row);
    return { record, text: JSON.stringify(row), key: index.key(record), words: index.words(record) };
  }), index);
}

/** Reads what is stored: a line of the first load, or a page packed under other rules. */
export function unpacked(stored, index) {
  if (stored.stamp === index.stamp) return stored;
  const line = typeof stored === 'string' ? stored : `[${stored.text.replaceAll('\n', ',')}]`;
  return { ...pack(JSON.parse(line), index), raw: true };
}

export function textAt(page, i) {
  return page.text.slice(i ? page.ends[i - 1] + 1 : 0, page.ends[i]);
}
