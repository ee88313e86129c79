import { joined } from '../store/pack.js';

const MOST = 20_000; // records; with more of them memory counts, and they are read when they are shown

/** Reads the lines of a first load while the rest is on its way: `read` has what stands in each. */
export class Ahead {
  constructor() {
    this.decoder = new TextDecoder();
    this.rest = '';
    this.records = 0;
    /** @type {any[]} by line that has any text; none at all once it was given up */
    this.read = [];
  }

  /** @param {Uint8Array} bytes the next ones */
  take(bytes) {
    if (!this.decoder) return;
    const lines = (this.rest + this.decoder.decode(bytes, { stream: true })).split('\n');
    this.rest = lines.pop() ?? '';
    try {
      for (const line of lines) if (line) this.keep(JSON.parse(line));
    } catch {
      this.stop(); // whoever reads the whole says what is wrong
    }
  }

  keep(found) {
    this.read.push(found);
    this.records += found.length ?? 0;
    if (found.large || this.records > MOST) this.stop(); // what was read so far would be read in vain
  }

  stop() {
    this.decoder = null;
    this.read = [];
  }
}

/** The bytes of a body; those of a first load are read while more of them come. */
export async function bytesOf(response, ahead) {
  if (!ahead || !response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    ahead.take(next.value);
  }
  return joined(chunks);
}
