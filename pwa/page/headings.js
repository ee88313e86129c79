/** The headings of a list and the cells below them: how wide they are, and in what order. */
import { $, $$, root } from './dom.js';

const [NARROWEST, WIDEST] = [60, 900]; // pixels

/** Which way lines run. */
export const ahead = () => (root.dir === 'rtl' ? -1 : 1);
export const headings = (list) => $$('thead th[data-column]', list);

/** As addresses say it: city:180,relation */
export const lineOf = (list) =>
  headings(list).map(({ dataset: { column, width } }) => (width ? `${column}:${width}` : column)).join(',');

export function setWidth(th, width) {
  th.dataset.width = String(Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)));
  widen(th.closest('table'));
}

/** All as wide as they are: so one alone changes. */
export function settle(list) {
  for (const one of headings(list)) one.dataset.width ||= String(one.offsetWidth);
  widen(list);
}

/** What room is left belongs to the end. */
export function widen(list) {
  const all = headings(list);
  if (!all.some((one) => one.dataset.width)) return;
  list.dataset.arranged = '';
  for (const one of all) one.style.inlineSize = one.dataset.width ? `${one.dataset.width}px` : '';
  const taken = all.reduce((sum, one) => sum + Number(one.dataset.width ?? 0), 0);
  const rest = list.parentElement.clientWidth - taken;
  $('thead th.end', list).style.inlineSize = all.every((one) => one.dataset.width) && rest > 146 ? `${rest}px` : '';
}

/** Cells under their headings; with a line, the headings first. */
export function arrange(list, line = '') {
  for (const token of line ? line.split(',') : []) {
    const [name, width] = token.split(':');
    const th = headings(list).find((one) => one.dataset.column === name);
    if (!th) continue;
    if (width) th.dataset.width = width;
    $('thead th.end', list).before(th);
  }
  const names = headings(list).map(({ dataset }) => dataset.column);
  for (const row of $$('tbody tr[data-id]', list)) {
    const cells = new Map($$('td[data-field]', row).map((cell) => [cell.dataset.field, cell]));
    const order = names.map((name) => cells.get(name)).filter(Boolean);
    if (order.some((cell, n) => order[n + 1] && cell.nextElementSibling !== order[n + 1])) $('td.end', row).before(...order);
  }
}

/** Beside which heading it would come to stand: {over, after}. What tells records apart stays first. */
export function placeAt(th, x) {
  const over = headings(th.closest('table')).slice(1).find((one) => isAt(one.getBoundingClientRect(), x));
  if (!over || over === th || th === headings(th.closest('table'))[0]) return null;
  const { left, width } = over.getBoundingClientRect();
  return { over, after: (x - left - width / 2) * ahead() > 0 };
}

const isAt = ({ left, right }, x) => x >= left && x < right;

export function mark(th, place) {
  for (const one of headings(th.closest('table'))) delete one.dataset.over;
  th.toggleAttribute('data-held', Boolean(place));
  if (place) place.over.dataset.over = place.after ? 'after' : 'before';
}
