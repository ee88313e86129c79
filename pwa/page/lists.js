/** Lists: links that keep what is typed, and which row is chosen. */
import { $, $$, each, on, within } from './dom.js';
import { bringRow } from './windowing.js';

export function startLists() {
  on('click', 'a[data-keep]', (event, link) => keepWords(link), true);
  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.matches?.('#q') || ctx.target?.id === 'rows') delete paged().paged;
  });
  each((part) => {
    if (part.matches?.('tr[data-id]')) paged().paged = '';
    for (const chips of within(part, '[data-kind-chips]')) chips.hidden = false;
  });
  // Rows follow the typing: leaving the box must not fetch all anew under the keyboard.
  on('change', '#q', (event) => event.stopPropagation(), true);
  on('click', '[data-show-kind]', (event, chip) => showKind(chip));
}

const paged = () => ($('#rows') ?? document.createElement('i')).dataset;

/** Typing changes rows only, so sort links and chips were made for earlier words. */
function keepWords(link) {
  const url = new URL(link.href);
  const words = $('#q')?.value;
  if (words === undefined) return;
  url.searchParams.set('q', words);
  link.setAttribute('href', url.pathname + url.search);
}

export const rowsShown = () => $$('#main :is(tr[data-id], .rows > li[data-id])');
export const rowLink = (row) => $('a[data-row], a.name', row);
export const chosenRow = () => $('#main [aria-selected="true"]:is(tr, li)');

/** @param {1|-1} step down or up */
export function choose(step) {
  const rows = rowsShown();
  const from = rows.indexOf(chosenRow());
  const next = rows[from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step))];
  if (!next) return null;
  rows[from]?.removeAttribute('aria-selected');
  bringRow(next);
  next.setAttribute('aria-selected', 'true');
  rowLink(next).focus();
  next.scrollIntoView({ block: 'nearest' });
  return next;
}

function showKind(chip) {
  const section = chip.closest('#timeline');
  const kind = chip.dataset.showKind;
  for (const other of $$('[data-show-kind]', section)) other.setAttribute('aria-pressed', String(other === chip));
  for (const event of $$('[data-kinds] > li', section)) event.toggleAttribute('data-off', Boolean(kind) && event.dataset.kind !== kind);
}
