/**
 * Columns of a list on a desktop: their headings are dragged, or moved with the keys, and their edges
 * change how wide they are. The person keeps it, unless the address says how it is.
 */
import { $, $$, each, on } from './dom.js';
import { ahead, arrange, headings, lineOf, mark, placeAt, setWidth, settle, widen } from './headings.js';

const [STEP, SLACK] = [16, 8]; // pixels
const KEEP_MS = 700; // after the last key until it is kept
let keeping = 0;
const arranged = new Map(); // by list, as long as the server may not know of it

export function startColumns() {
  each(() => $$('table.ledger').forEach(shown));
  on('pointerdown', 'th[data-column]', (event, th) => event.button === 0 && grip(event, th));
  on('keydown', '[data-sizer]', steer);
  on('click', '[form="as-usual"]', () => arranged.delete($('#arranging')?.dataset.list));
}

function shown(list) {
  const form = $('#arranging');
  const line = form?.method === 'post' && arranged.get(form.dataset.list);
  if (line) arrange(list, line);
  widen(list);
}

function grip(event, th) {
  if (event.target.closest('.choose') || !matchMedia('(min-width: 1024px)').matches) return;
  const sizing = event.target.closest('[data-sizer]');
  const [from, width] = [event.clientX, th.offsetWidth];
  const list = th.closest('table');
  if (sizing) settle(list);
  let moved = false;
  follow((x) => {
    if (!moved && Math.abs(x - from) < (sizing ? 1 : SLACK)) return;
    moved = true;
    if (sizing) setWidth(th, width + (x - from) * ahead());
    else mark(th, placeAt(th, x));
  }, (x) => {
    const to = moved && !sizing ? placeAt(th, x) : null;
    mark(th, null);
    if (!moved) return;
    swallowClick();
    if (to) move(th, to);
    if (sizing || to) keep(list);
  });
}

/** The document listens: whatever is shown anew loses the pointer. */
function follow(go, end) {
  const ending = new AbortController();
  const { signal } = ending;
  const finish = (run) => { ending.abort(); run(); };
  document.addEventListener('pointermove', ({ clientX }) => go(clientX), { signal });
  document.addEventListener('pointerup', ({ clientX }) => finish(() => end(clientX)), { signal });
  document.addEventListener('pointercancel', () => finish(() => end(Number.NaN)), { signal });
}

function move(th, { over, after }) {
  if (after) over.after(th);
  else over.before(th);
  arrange(th.closest('table'));
}

function steer(event, sizer) {
  const across = { ArrowRight: ahead(), ArrowLeft: -ahead() }[event.key];
  if (!across) return;
  event.preventDefault();
  event.stopPropagation();
  const th = sizer.closest('th');
  const list = th.closest('table');
  if (event.altKey) {
    const all = headings(list);
    const over = all[all.indexOf(th) + across];
    if (!over || all.indexOf(over) === 0 || all.indexOf(th) === 0) return;
    move(th, { over, after: across > 0 });
    sizer.focus();
  } else {
    settle(list);
    setWidth(th, Number(th.dataset.width) + across * STEP);
  }
  clearTimeout(keeping);
  keeping = setTimeout(keep, KEEP_MS, list);
}

/** The address says it where it did before; else the person keeps it, and what is shown is as it shall be. */
function keep(list) {
  const form = $('#arranging');
  if (!form) return;
  const line = lineOf(list);
  if (form.method === 'get') {
    $('[data-line]', form).value = line;
    form.requestSubmit();
    return;
  }
  const { list: kind, rest } = form.dataset;
  const value = [...(rest ? [rest] : []), `${kind} ${line}`].join('\n');
  $('[data-line]', form).value = value;
  fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' }).catch(() => {});
  form.elements._was.value = JSON.stringify({ columns: value });
  arranged.set(kind, line);
}

/** The click that comes of letting go is no wish to sort. */
function swallowClick() {
  const over = new AbortController();
  addEventListener('click', (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, signal: over.signal });
  setTimeout(() => over.abort());
}
