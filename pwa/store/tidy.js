import { put, remove } from './connection.js';
import { bodyOf, byKey, decode, packBodies, SIZE } from './pack.js';
import { linesOf } from './lines.js';
import { allOf, pagesOf, partsOfType } from './schema.js';
import { unveiled } from './veil.js';

const LOOSE = 300; // single records of a type, or
const SHARE = 20; // one in so many, before all of it is packed anew
const PAGES = 20;
const STEP = 100; // records
const RELAXED = { durability: 'relaxed' };
const pause = () => new Promise((resolve) => setTimeout(resolve));

const isSame = (one, other) => String(one) === String(other);

function putPage(tx, [type, gen, n], { head, parts }) {
  put(tx, 'pages', head, [type, gen, n]);
  for (const [name, bytes] of parts) put(tx, 'pages', bytes, [partsOfType(type), gen, n, name]);
}

/** In small steps, so that pages are answered in between. */
async function inSteps(items, work) {
  for (const [i, item] of items.entries()) {
    work(item);
    if (i % STEP === STEP - 1) await pause();
  }
}

/** Packs one page that stands as it came. */
async function packLines(state, key) {
  const lines = await state.conn.run(['pages'], 'readonly', (tx) => tx.store.get(key));
  const index = state.indexer(key[0]);
  const bodies = [];
  for (const line of linesOf(lines ?? [])) {
    await inSteps(JSON.parse(decode(line)), (row) => bodies.push(bodyOf(index, row)));
  }
  const packed = packBodies(bodies, index);
  return state.mutate(['pages'], (tx, facts) => {
    const raw = state.fact('raw') ?? [];
    facts.raw = raw.filter((one) => !isSame(one, key));
    const [type] = key;
    if (lines && facts.raw.length < raw.length) putPage(tx, key, packed); // else it has gone meanwhile
    const isLast = state.table(type) && !facts.raw.some((one) => one[0] === type);
    return () => (isLast ? state.take([type]) : undefined);
  }, RELAXED);
}

const bare = ({ id, type, ver, ...doc }) => [id, type, ver, doc];

async function bodiesOf(table) {
  const bodies = [];
  await inSteps([...table.at.keys()], (id) => {
    const record = table.base(id);
    if (record) bodies.push(bodyOf(table.index, bare(unveiled(record))));
  });
  return bodies.sort(byKey);
}

/** Packs all of a type anew, so that the next start is fast. */
async function packTable(state, type, table) {
  await state.bring(table.missing());
  const { edits } = table;
  const bodies = await bodiesOf(table);
  return state.mutate(['pages', 'rows'], (tx, facts) => {
    // Other records came in between: leave it for next time.
    if (state.table(type) !== table || table.edits !== edits || state.fact('sweep')) return () => {};
    const gen = state.fact('gen') ?? 0;
    for (const range of pagesOf(type)) remove(tx, 'pages', range);
    remove(tx, 'rows', allOf(type));
    for (let i = 0, n = table.next; i < bodies.length; i += SIZE, n++) {
      putPage(tx, [type, gen, n], packBodies(bodies.slice(i, i + SIZE), table.index));
    }
    facts.raw = (state.fact('raw') ?? []).filter((key) => key[0] !== type);
    return () => state.take([type]);
  }, RELAXED);
}

/** Much stands alone, has been overtaken by newer pages, or is spread over many small ones. */
function isUntidy({ loose, ids, at, pages }) {
  const overtaken = ids.length - at.size;
  return loose >= Math.max(LOOSE, at.size / SHARE) || overtaken > Math.max(LOOSE, at.size / 2)
    || pages.length > PAGES + (2 * at.size) / SIZE;
}

/** Packs lines and single records away. */
export async function tidy(state) {
  for (const key of state.fact('raw') ?? []) if (!state.fact('sweep')) await packLines(state, key);
  for (const [type, table] of [...state.tables]) {
    if (isUntidy(table) && !state.fact('sweep')) await packTable(state, type, table);
  }
}
