import { put, remove } from './connection.js';
import { packBodies, SIZE } from './pack.js';
import { allOf } from './schema.js';

const LOOSE = 300;
const STEP = 250; // records
const pause = () => new Promise((resolve) => setTimeout(resolve));

function write(state, type, table) {
  return state.mutate(['pages', 'rows'], (tx) => {
    // Another tab's records came in between: leave it for next time.
    if (state.table(type) !== table || state.fact('sweep')) return () => false;
    const gen = state.fact('gen') ?? 0;
    const bodies = table.bodies();
    remove(tx, 'pages', allOf(type));
    remove(tx, 'rows', allOf(type));
    let n = 0;
    for (let i = 0; i < bodies.length; i += SIZE) {
      put(tx, 'pages', packBodies(bodies.slice(i, i + SIZE), table.index), [type, gen, n++]);
    }
    return () => {
      table.loose = 0;
      table.next = n;
      return true;
    };
  }, { durability: 'relaxed' });
}

/** Packs away single rows and unparsed lines, in order of title, so that the next start is fast. */
export async function tidy(state) {
  for (const type of [...state.tables.keys()]) {
    const table = state.table(type);
    if (table.loose < LOOSE || state.fact('sweep')) continue;
    await steps(table, (slot) => table.words(slot));
    await write(state, type, table);
  }
}

/** In small steps, so that pages are answered in between. */
async function steps(table, work) {
  for (let slot = 0; slot < table.ids.length; slot++) {
    if (table.live[slot]) work(slot);
    if (slot % STEP === STEP - 1) await pause();
  }
}

/** Parses in small steps what the first list did not need. */
export async function warm(state, types) {
  for (const type of types) {
    const table = state.table(type);
    if (table) await steps(table, (slot) => table.record(slot));
  }
}
