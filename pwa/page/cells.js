/**
 * Cells of a list changed where they stand: Enter or the pen in it opens one, Enter saves, Escape
 * leaves it as it was, Tab saves and goes to the next. The input is that of the record's form, which
 * is posted as any form is, so that rules, rights and being offline are the same.
 */
import { $, $$, fetchPart, htmx, icon, make, on, root, word } from './dom.js';
import { rowLink } from './lists.js';
import { refresh } from './refresh.js';
import { toast } from './toasts.js';

const EDITABLE = 'td[data-edit]';
const AHEAD = { ArrowRight: 1, ArrowLeft: -1 };
const AROUND = { ArrowDown: 1, ArrowUp: -1 };
let open = null; // {cell, box, form, was}

export function startCells() {
  on('pointermove', '#rows tr[data-id]', offer);
  on('click', '.cell-pen', (event, pen) => edit(pen.closest('td')));
  on('keydown', `${EDITABLE}, #rows a[data-row]`, move);
  on('keydown', '.cell-edit', steer, true);
  document.addEventListener('pointerdown', ({ target }) => open && !target.closest?.('.cell-edit, dialog') && save(), true);
  document.addEventListener('scroll', () => open && place(open), true);
}

/** A pen in the cell below the mouse; a click beside it opens the record, as anywhere in the row. */
function offer(event, row) {
  if (event.pointerType !== 'mouse' || event.target.closest('.cell-pen')) return;
  const cell = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches(EDITABLE));
  if (cell && $('.cell-pen', cell)) return;
  for (const pen of $$('.cell-pen')) pen.remove();
  if (!cell || open) return;
  const pen = make('button', { type: 'button', class: 'cell-pen', tabindex: '-1', 'aria-label': word('change'), title: word('change') }, icon('pencil', 's'));
  const end = root.dir === 'rtl' ? 4 : cell.offsetWidth - 32;
  pen.style.setProperty('--x', `${cell.getBoundingClientRect().x - row.getBoundingClientRect().x + end}px`);
  cell.append(pen);
}

const cellsOf = (row) => (row ? $$(EDITABLE, row) : []);

/** The keys go from the row's link to its cells, and about them. */
function move(event, from) {
  if (event.target !== from || event.ctrlKey || event.metaKey || event.altKey || open) return;
  const row = from.closest('tr');
  const step = (AHEAD[event.key] ?? 0) * (root.dir === 'rtl' ? -1 : 1);
  const isCell = from.matches('td');
  if (step && (isCell || step > 0)) go(row, isCell ? from : null, step);
  else if (isCell && AROUND[event.key]) beside(from, AROUND[event.key])?.focus();
  else if (isCell && (event.key === 'Enter' || event.key === 'F2')) edit(from);
  else if (isCell && event.key === 'Escape') rowLink(row).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function go(row, cell, step) {
  const all = cellsOf(row);
  const next = cell ? all[all.indexOf(cell) + step] : all[0];
  (next ?? (step < 0 ? rowLink(row) : cell))?.focus();
}

/** The same column of the row below or above. */
function beside(cell, step) {
  const rows = $$('#rows tr[data-id]');
  const row = rows[rows.indexOf(cell.closest('tr')) + step];
  return row && $(`td[data-edit][data-field="${cell.dataset.field}"]`, row);
}

async function edit(cell) {
  const { id } = cell.closest('tr').dataset;
  const href = `${location.pathname}${id}`;
  try {
    const page = await fetchPart(`${href}/edit`);
    const field = $(`#record-form [data-field="${cell.dataset.field}"]`, page);
    if (field && cell.isConnected && !open) begin(cell, href, field, $('#record-form', page));
  } catch {
    toast(word(navigator.onLine ? 'trouble' : 'network'), { icon: 'circle-alert' });
  }
}

function begin(cell, href, field, whole) {
  const { field: name } = cell.dataset;
  const hidden = ['_t', '_base', '_was'].map((one) => make('input', { type: 'hidden', name: one, value: whole.elements[one].value }));
  hidden.push(make('input', { type: 'hidden', name: '_fields', value: name }));
  const form = make('form', { action: href, method: 'post', novalidate: '', autocomplete: 'off' }, ...hidden, document.importNode(field, true));
  const box = make('div', { popover: 'manual', class: 'cell-edit' }, form);
  for (const pen of $$('.cell-pen')) pen.remove();
  cell.dataset.editing = '';
  cell.append(box);
  open = { cell, box, form };
  htmx().process(form);
  box.showPopover();
  place(open);
  const input = $('input:not([type="hidden"]), select:not([hidden]), textarea', form);
  input?.focus();
  if (input?.matches('input:not([type="checkbox"], [type="radio"])')) input.select();
  open.was = said(form);
}

const said = (form) => new URLSearchParams(new FormData(form)).toString();

function place({ cell, box }) {
  const at = cell.getBoundingClientRect();
  const width = Math.max(at.width, box.offsetWidth);
  const start = root.dir === 'rtl' ? Math.max(8, at.right - width) : Math.min(at.left, innerWidth - width - 8);
  box.style.setProperty('--x', `${Math.max(8, start)}px`);
  box.style.setProperty('--y', `${Math.min(at.top, innerHeight - box.offsetHeight - 8)}px`);
  box.style.setProperty('--w', `${at.width}px`);
}

/** A list of suggestions that is open has the first word about Enter and Escape. */
function steer(event) {
  const { target, key } = event;
  if (target.getAttribute('aria-expanded') === 'true' && key !== 'Tab') return;
  const lines = target.matches('textarea') && !event.ctrlKey && !event.metaKey;
  if (key === 'Escape') close();
  else if (key === 'Enter' && !lines && !target.matches('button')) save();
  else if (key === 'Tab' && isEdge(event)) save(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Of several inputs of a cell Tab goes through all first. */
function isEdge({ target, shiftKey }) {
  const all = $$('input:not([type="hidden"]), select:not([hidden]), textarea, button', open.form).filter((one) => one.offsetParent);
  return target === all.at(shiftKey ? 0 : -1) || target.type === 'radio' || target.matches('[data-date]');
}

function close() {
  const { cell, box } = open ?? {};
  if (!cell) return;
  open = null;
  box.remove();
  delete cell.dataset.editing;
  cell.scrollLeft = 0; // what was in focus may have moved it
  cell.focus({ preventScroll: true });
}

/** @param {number} [step] to the cell that is edited next, if any */
async function save(step = 0) {
  const { cell, form, was } = open;
  if (form.dataset.going !== undefined) return;
  if (said(form) !== was) {
    form.dataset.going = '';
    const wrong = await post(form, cell.dataset.field);
    delete form.dataset.going;
    if (open?.form !== form) return;
    if (wrong) {
      tell(form, wrong);
      return;
    }
    refresh();
  }
  const all = cellsOf(cell.closest('tr'));
  close();
  const next = step ? all[all.indexOf(cell) + step] : null;
  if (next) edit(next);
}

/** What is wrong, or nothing: in the words of the form that comes back. */
async function post(form, name) {
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { 'HX-Request': 'true' } });
    if (answer.ok) return '';
    if (answer.status !== 422) return word('trouble');
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return ($(`#e-${CSS.escape(name)}`, page) ?? $('#errors li', page))?.textContent.trim() ?? word('trouble');
  } catch {
    return word('network');
  }
}

function tell(form, wrong) {
  $('.error', form)?.remove();
  const input = $('input:not([type="hidden"]), select:not([hidden]), textarea', form);
  $('.field', form).append(make('p', { class: 'error', id: 'cell-error', role: 'alert' }, wrong));
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', 'cell-error');
  input.focus();
  place(open);
}
