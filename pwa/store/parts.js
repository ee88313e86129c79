import { partsOfType } from './schema.js';
import { bytesAt, chunkOf, decode, partsOf } from './pack.js';

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

  text(i) {
    return decode(bytesAt(this.ends, this.parts.get(chunkOf(i)), i));
  }

  column(name) {
    return decode(this.parts.get(name)).split('\n');
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
