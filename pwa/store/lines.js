import { decode } from './pack.js';

const NEWLINE = 10;
const TOGETHER = 10; // lines of one type that are kept as one value
const TYPE = /^\s*\[\s*\[\s*"(?:[^"\\]|\\.)*"\s*,\s*"([^"\\]+)"/;

/** The bytes of each line that has any. */
export function* linesOf(bytes) {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** The type of a line `[[id,type,ver,doc],…]`, without parsing it. */
export const typeOfLine = (line) => TYPE.exec(decode(line.subarray(0, 300)))?.[1];

function slice(run) {
  const [first, last] = [run[0], run.at(-1)];
  return new Uint8Array(first.buffer).slice(first.byteOffset, last.byteOffset + last.length);
}

/**
 * Neighbouring lines of one type as one piece of the bytes they came in.
 * @param {Uint8Array[]} lines views of one buffer, in order
 * @param {any[][]} [read] what stands in these lines, if it was read while they came
 * @returns {{type: string, bytes: Uint8Array, rows: any[]}[]}
 */
export function pieces(lines, read = []) {
  const found = [];
  let run = [];
  let rows = [];
  let type;
  const flush = () => {
    if (run.length) found.push({ type, bytes: slice(run), rows });
    [run, rows] = [[], []];
  };
  for (const [i, line] of lines.entries()) {
    const next = typeOfLine(line);
    if (next !== type || run.length === TOGETHER) flush();
    if (!next) continue; // a cursor on the way, or an empty list: what is kept must not span it
    type = next;
    run.push(line);
    if (read[i]) rows = rows.concat(read[i]);
  }
  flush();
  return found;
}
