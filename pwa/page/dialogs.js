/** Sheets, menus and questions. */
import { $, $$, htmx, make, on, root, word } from './dom.js';

export function startDialogs() {
  root.dataset.js = '';
  on('click', '[data-open]', (event, opener) => {
    const dialog = document.getElementById(opener.dataset.open);
    if (!dialog || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    show(dialog);
  }, true);
  on('click', '[data-sheet]', (event, opener) => show(document.getElementById(opener.dataset.sheet)));
  on('click', '[data-close]', (event, button) => button.closest('dialog').close());
  document.addEventListener('click', ({ target }) => {
    if (target.matches('dialog:modal')) target.close();
    for (const menu of $$('details.menu[open]')) if (!menu.contains(target)) menu.open = false;
  });
  on('submit', 'dialog form', (event, form) => form.closest('dialog').close());
  on('submit', 'form[data-confirm]:not([data-agreed])', confirmFirst, true);
  document.addEventListener('htmx:before:swap', closeAll);
}

/** Open as a sheet; one that stands open in the page is taken out of it first. */
export function show(dialog) {
  if (dialog.open) dialog.close();
  dialog.showModal();
  // Not in a sheet of choices: the phone's keyboard would cover it.
  if (!dialog.matches('.filters')) $('textarea, input:not([type="hidden"]), .options :is(a, button)', dialog)?.focus();
}

/** Into the sheet's body a part of a page; whether it came. */
export async function fetchInto(sheet, href, select) {
  const body = `#${sheet.id}-body`;
  await htmx().ajax('GET', href, { source: body, target: body, swap: 'innerHTML ignoreTitle:true', select });
  return Boolean($(select, sheet));
}

function closeAll({ detail: { ctx } }) {
  if (ctx?.target?.id === 'main' && !ctx.place) for (const dialog of $$('dialog:modal')) dialog.close();
}

/**
 * Ask in a sheet.
 * @param {string} title
 * @param {Array<Node|string>} body
 * @param {Array<{label: string, kind?: string, run?: () => void}>} answers
 */
export function ask(title, body, answers) {
  const dialog = $('#ask');
  $('#ask-title').textContent = title;
  const foot = make('div', { class: 'sheet-foot' });
  for (const { label, kind = '', run } of answers) {
    const button = make('button', { type: 'button', class: `btn ${kind}` }, label);
    button.addEventListener('click', () => {
      dialog.close();
      run?.();
    });
    foot.append(button);
  }
  $('#ask-body').replaceChildren(...body, foot);
  dialog.showModal();
}

function confirmFirst(event, form) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const label = event.submitter?.textContent.trim() ?? word('discard');
  const agree = () => {
    form.dataset.agreed = '';
    form.requestSubmit(event.submitter);
  };
  const body = make('p', { class: 'quiet' }, form.dataset.confirm);
  ask(label, [body], [{ label: word('skip') }, { label, kind: 'danger', run: agree }]);
}
