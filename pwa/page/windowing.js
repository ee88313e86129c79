/**
 * A long list on a desktop: rows far from the view take no part in layout, and a row as high as all of
 * them stands in their place. They stay in the page, so that what is chosen among them stays chosen.
 */
import { $$, each, make } from './dom.js';

const [CHUNK, MANY, NEAR] = [50, 200, 2_000]; // rows; from how many on; pixels beyond the view
let chunks = []; // {rows, gap}: the rows, and what stands for them while they are away
let waits = false;

export function startWindowing() {
  // Morphed, what stood for rows may have become one of them.
  each((part) => (part === document.body || rowsOf().length !== known() || !isThere()) && divide());
  addEventListener('scroll', soon, { passive: true });
  addEventListener('beforeprint', bringAll);
}

const rowsOf = () => $$('table.ledger #rows > tr[data-id]');
const known = () => chunks.reduce((sum, { rows }) => sum + rows.length, 0);

const isThere = () => chunks.every(({ rows }) => rows[0].isConnected);

function divide() {
  bringAll();
  const rows = rowsOf();
  chunks = [];
  if (rows.length <= MANY || !matchMedia('(min-width: 1024px)').matches) return;
  for (let n = 0; n < rows.length; n += CHUNK) chunks.push({ rows: rows.slice(n, n + CHUNK), gap: null });
  soon();
}

function soon() {
  if (waits || !chunks.length) return;
  waits = true;
  requestAnimationFrame(arrange);
}

/** All is measured before anything is changed. */
function arrange() {
  waits = false;
  const places = chunks.map(placeOf);
  chunks.forEach((chunk, n) => {
    const { top, bottom } = places[n];
    const far = bottom < -NEAR || top > innerHeight + NEAR;
    if (far && !chunk.gap && !isHeld(chunk)) put(chunk, bottom - top);
    else if (!far && chunk.gap) bring(chunk);
  });
}

const placeOf = ({ rows, gap }) => (gap ? gap.getBoundingClientRect()
  : { top: rows[0].getBoundingClientRect().top, bottom: rows.at(-1).getBoundingClientRect().bottom });

/** What has the focus, or stands among groups, is not put away. */
const isHeld = ({ rows }) => rows.some((row) => row.contains(document.activeElement))
  || rows.some((row, n) => n && row.previousElementSibling !== rows[n - 1]);

function put(chunk, height) {
  chunk.gap = make('tr', { class: 'gap', 'aria-hidden': 'true' }, make('td'));
  chunk.gap.style.blockSize = `${height}px`;
  chunk.rows[0].before(chunk.gap);
  for (const row of chunk.rows) row.hidden = true;
}

function bring(chunk) {
  for (const row of chunk.rows) row.hidden = false;
  if (chunk.gap?.matches('.gap')) chunk.gap.remove();
  chunk.gap = null;
}

const bringAll = () => chunks.forEach(bring);

/** Before it is gone to. */
export function bringRow(row) {
  const chunk = row.hidden && chunks.find(({ rows }) => rows.includes(row));
  if (chunk) bring(chunk);
}
