/** A select of another record becomes a box to search in; the select stays what is posted. */
import { $, $$, each, make, on, within, word } from './dom.js';

export function startCombos() {
  each((part) => within(part, 'select[data-lookup]').forEach(equip));
  on('filled', 'form', (event, form) => $$('.combo', form).forEach(showChosen));
}

function equip(select) {
  if (select.closest('.combo')) return;
  const list = make('ul', { role: 'listbox', id: `o-${select.name}`, 'aria-label': word('found') });
  const box = make('div', { class: 'combo' }, searchBox(select, list), list);
  select.before(box);
  box.append(select);
  select.hidden = true;
  select.removeAttribute('id');
  listen(box, $('input', box), list);
  showChosen(box);
  window.htmx?.process(box);
}

function searchBox(select, list) {
  const input = make('input', {
    type: 'text', id: select.id, role: 'combobox', name: 'q', autocomplete: 'off', dir: 'auto',
    placeholder: word('search'), 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list',
    'hx-get': `${select.dataset.lookup}?pick=${encodeURIComponent(select.name)}`, 'hx-sync': 'replace',
    'hx-trigger': 'input changed delay:120ms, look', 'hx-target': `#${list.id}`, 'hx-swap': 'innerHTML',
    'hx-push-url': 'false',
  });
  for (const name of ['aria-required', 'aria-invalid', 'aria-describedby']) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  return input;
}

function showChosen(box) {
  const select = $('select', box);
  $('input', box).value = select.value ? select.selectedOptions[0].textContent : '';
}

function listen(box, input, list) {
  input.addEventListener('focus', () => {
    input.scrollIntoView({ block: 'center' });
    input.dispatchEvent(new Event('look'));
  });
  input.addEventListener('blur', () => setTimeout(close, 150, box));
  input.addEventListener('keydown', (event) => steer(event, box));
  input.addEventListener('input', () => !input.value && pick(box, '', ''));
  list.addEventListener('htmx:after:settle', () => {
    const open = document.activeElement === input;
    input.setAttribute('aria-expanded', String(open));
    if (!open) list.replaceChildren();
  });
  list.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[data-value]');
    event.preventDefault();
    if (option) pick(box, option.dataset.value, option.dataset.title);
  });
}

function close(box) {
  if (!box.isConnected) return;
  $('[role="listbox"]', box).replaceChildren();
  $('input', box).setAttribute('aria-expanded', 'false');
  showChosen(box);
}

function pick(box, value, title) {
  const select = $('select', box);
  if (value && ![...select.options].some((option) => option.value === value)) {
    select.append(make('option', { value }, title));
  }
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  if (value) close(box);
}

function steer(event, box) {
  const options = $$('[data-value]', box);
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    options[at]?.setAttribute('aria-selected', 'false');
    const next = options[(at + step + options.length) % options.length];
    next.setAttribute('aria-selected', 'true');
    next.scrollIntoView({ block: 'nearest' });
    $('input', box).setAttribute('aria-activedescendant', next.id);
  } else if (event.key === 'Enter' && options[at]) pick(box, options[at].dataset.value, options[at].dataset.title);
  else if (event.key === 'Escape' && options.length) close(box);
  else return;
  event.preventDefault();
}
