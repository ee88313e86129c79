/** A select of another record becomes a box to search in; the select stays what is posted. */
import { $, $$, each, make, on, within, word } from './dom.js';
import { mark, marked, moved } from './listbox.js';

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

const chosen = (box) => {
  const select = $('select', box);
  return select.value ? select.selectedOptions[0].textContent : '';
};

/** What is looked for: nothing in particular while the box shows what is chosen. */
const words = (box) => {
  const { value } = $('input', box);
  return value === chosen(box) ? '' : value;
};

function showChosen(box) {
  $('input', box).value = chosen(box);
}

function listen(box, input, list) {
  input.addEventListener('focus', () => {
    input.scrollIntoView({ block: 'center' });
    input.select();
    input.dispatchEvent(new Event('look'));
  });
  input.addEventListener('blur', () => setTimeout(left, 150, box));
  input.addEventListener('keydown', (event) => steer(event, box));
  input.addEventListener('input', () => {
    delete box.dataset.enter;
    if (!input.value) pick(box, '', '');
  });
  input.addEventListener('htmx:config:request', ({ detail: { ctx } }) => ctx.request.body.set('q', words(box)));
  input.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => answered(box, ctx.request.action));
  list.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[data-value]');
    event.preventDefault();
    if (option) choose(box, option);
  });
}

/** Enter may have come before the answer to what was typed last. */
function answered(box, action) {
  const list = $('[role="listbox"]', box);
  list.dataset.words = new URL(action, location.href).searchParams.get('q');
  $('input', box).setAttribute('aria-expanded', 'true');
  $('input', box).removeAttribute('aria-activedescendant');
  const first = words(box) && fresh(box) ? $('[data-value]', list) : null;
  if (first && 'enter' in box.dataset) choose(box, first);
  else if (first) mark($('input', box), $$('[data-value]', box), first);
  if (fresh(box)) delete box.dataset.enter;
  left(box);
}

function left(box) {
  if (document.activeElement !== $('input', box) && !('enter' in box.dataset)) close(box);
}

/** Whether the list answers what stands in the box now. */
const fresh = (box) => $('[role="listbox"]', box).dataset.words === words(box);

function close(box) {
  if (!box.isConnected) return;
  const list = $('[role="listbox"]', box);
  list.replaceChildren();
  delete list.dataset.words;
  delete box.dataset.enter;
  $('input', box).setAttribute('aria-expanded', 'false');
  showChosen(box);
}

const choose = (box, { dataset: { value, title } }) => pick(box, value, title);

function pick(box, value, title) {
  const select = $('select', box);
  if (value && ![...select.options].some((option) => option.value === value)) {
    select.append(make('option', { value }, title));
  }
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  if (value) close(box);
}

/** Enter belongs to the list: it never sends a form that is half filled in. */
function steer(event, box) {
  const options = fresh(box) ? $$('[data-value]', box) : [];
  if (event.key === 'Enter') enter(box, marked(options));
  else if (event.key === 'Escape' && $('[role="option"]', box)) close(box);
  else if (!moved(event.key, $('input', box), options)) return;
  event.preventDefault();
}

function enter(box, option) {
  if (option) choose(box, option);
  else if (words(box) && !fresh(box)) box.dataset.enter = '';
}
