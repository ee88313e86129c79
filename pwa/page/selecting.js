/**
 * Records chosen in a list: by their boxes, with Shift from one to another, on glass by holding a
 * finger on a row. The set is what counts: rows come and go, and are morphed into one another.
 */
import { $, $$, on, root } from './dom.js';
import { rowsShown } from './lists.js';

const HOLD_MS = 450;
const SLACK = 10; // pixels that a finger may stray while it rests
const chosen = new Set();
const listeners = [];
let last = null; // the id that was chosen or let go of last
let held = 0;

/** Run after every change of what is chosen. */
export const onChosen = (run) => listeners.push(run);
export const chosenIds = () => [...chosen];

export function startSelecting() {
  on('click', '.choose', (event) => event.stopPropagation());
  on('click', '.choose [name="_rec"]', (event, box) => pick(box, event.shiftKey));
  on('change', '[data-pick-all]', (event, box) => pickAll(box.checked));
  on('click', '[data-unchoose]', unchoose);
  on('click', '[data-choosing-on]', (event, button) => {
    button.closest('[popover]').hidePopover();
    begin();
  });
  on('click', '[data-choosing] tr[data-id] a[data-row]', toggleRow, true);
  on('pointerdown', '.ledger tr[data-id]', hold);
  on('contextmenu', '[data-choosing] .ledger tr[data-id]', (event) => event.preventDefault());
  document.addEventListener('htmx:after:swap', reconcile);
}

const boxOf = (row) => (row ? $('.choose [name="_rec"]', row) : null);
const boxes = () => rowsShown().map(boxOf).filter(Boolean);

function pick(box, ranging) {
  const all = boxes();
  const [from, to] = [all.findIndex(({ value }) => value === last), all.indexOf(box)].sort((a, b) => a - b);
  for (const one of ranging && from >= 0 ? all.slice(from, to + 1) : [box]) set(one, box.checked);
  last = box.value;
  told();
}

function set(box, on) {
  box.checked = on;
  if (on) chosen.add(box.value);
  else chosen.delete(box.value);
}

function pickAll(on) {
  for (const box of boxes()) set(box, on);
  told();
}

export function pickRow(row, ranging) {
  const box = boxOf(row);
  if (!box) return;
  box.checked = !box.checked || ranging;
  pick(box, ranging);
}

export function unchoose() {
  if (!chosen.size && !('choosing' in root.dataset)) return;
  delete root.dataset.choosing;
  chosen.clear();
  last = null;
  reconcile();
}

/** Boxes stand where a finger reaches them, and a tap on a row chooses it. */
function begin() {
  root.dataset.choosing = '';
  told();
}

function toggleRow(event, link) {
  if (matchMedia('(pointer: fine)').matches && event.detail !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  pickRow(link.closest('tr'), false);
}

/** A finger that rests on a row begins to choose; what it does afterwards is no tap. */
function hold(event, row) {
  clearTimeout(held);
  if (event.pointerType === 'mouse' || 'choosing' in root.dataset || !boxOf(row)) return;
  const ending = new AbortController();
  const end = () => { clearTimeout(held); ending.abort(); };
  held = setTimeout(() => {
    begin();
    pickRow(row, false);
    navigator.vibrate?.(10);
    swallowClick();
  }, HOLD_MS);
  const strayed = (move) => Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > SLACK && end();
  document.addEventListener('pointermove', strayed, { signal: ending.signal });
  for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, end, { signal: ending.signal });
}

/** The click that may come of lifting the finger; with the next touch it is over. */
function swallowClick() {
  const over = new AbortController();
  addEventListener('pointerdown', () => over.abort(), { capture: true, signal: over.signal });
  addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
    over.abort();
  }, { capture: true, signal: over.signal });
}

/** Only what can be seen is chosen: a list that has changed may show fewer. */
function reconcile() {
  const all = boxes();
  const shown = new Set(all.map(({ value }) => value));
  for (const id of chosen) if (!shown.has(id)) chosen.delete(id);
  for (const box of all) box.checked = chosen.has(box.value);
  if (!$('#rows')) delete root.dataset.choosing;
  told();
}

function told() {
  const all = boxes();
  for (const box of $$('[data-pick-all]')) {
    box.checked = all.length > 0 && chosen.size === all.length;
    box.indeterminate = chosen.size > 0 && !box.checked;
  }
  for (const run of listeners) run(chosen.size, all.length);
}
