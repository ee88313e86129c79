import { partsOfType } from './schema.js';
import { bytesAt, chunkOf, decode, partsOf, refPart, WORDS } from './pack.js';

/** Thrown by a reader: these parts of packed pages are not in memory. Bring them, and read again. */
export class Absent extends Error {
  constructor(wants) {
    super('not in memory');
    this.wants = wants;
  }
}

/** A packed page in memory: its head, and those parts that were brought. */
export class Packed {
  constructor(type, [, gen, n], head, start) {
    Object.assign(this, { type, gen, n, start, ends: head.ends, vers: head.vers });
    this.parts = new Map();
  }

  /** @returns {[Packed, string|number][]} the parts not in memory, of those named */
  lacking(names) {
    return names.filter((name) => !this.parts.has(name)).map((name) => [this, name]);
  }

  missing(refs) {
    return this.lacking(partsOf(this, refs));
  }

  row(i) {
    return JSON.parse(decode(bytesAt(this.ends, this.parts.get(chunkOf(i)), i)));
  }

  column(name) {
    return decode(this.parts.get(name)).split('\n');
  }
}

/** A page that stands as it came, in memory: of its records only what lists need was made. */
export class Lines {
  constructor(index, [type, gen, n], rows, size, start) {
    Object.assign(this, { index, type, gen, n, rows, start, vers: rows.map((row) => row[2]), ends: [size], parts: new Map() });
  }

  lacking() {
    return [];
  }

  missing() {
    return [];
  }

  row(i) {
    return this.rows[i];
  }

  column(name) {
    if (name === WORDS) return this.rows.map((row) => this.index.words(this.index.record(row)));
    const by = this.index.refs.find((field) => refPart(field) === name);
    return this.rows.map((row) => row[3][by] ?? '');
  }
}

const keyOf = ([page, name]) => [partsOfType(page.type), page.gen, page.n, name];

function take(page, name, bytes) {
  if (bytes) page.parts.set(name, bytes);
  return Boolean(bytes);
}

/**
 * Brings parts of packed pages into memory.
 * @param {any} conn
 * @param {[Packed, string|number][]} wants
 * @returns {Promise<boolean>} false if some are not there any more: another tab has packed anew
 */
export async function bring(conn, wants) {
  if (!wants.length) return true;
  const found = await conn.run(['pages'], 'readonly', (tx) => Promise.all(wants.map((want) => tx.store.get(keyOf(want)))));
  return wants.map(([page, name], i) => take(page, name, found[i])).every(Boolean);
}

/** Puts parts that were read together into the pages they are of. */
export function spread(pages, keys, values) {
  const known = new Map(pages.map((page) => [`${page.gen} ${page.n}`, page]));
  keys.forEach(([, gen, n, name], i) => known.get(`${gen} ${n}`)?.parts.set(name, values[i]));
}
