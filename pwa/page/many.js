/** Fields of several values: one input each, with a spare one at the end. */
import { $, $$, each, icon, make, on, within, word } from './dom.js';

export function startMany() {
  each((part) => within(part, '[data-many]').forEach(equip));
  on('input', '[data-many] input', (event, input) => spare(input.closest('[data-many]')));
  on('click', '[data-many] [data-drop]', (event, button) => drop(button.closest('.with-btn')));
}

function equip(box) {
  for (const line of $$('.with-btn', box)) {
    if ($('[data-drop]', line)) continue;
    const attributes = { type: 'button', class: 'btn ghost square', 'data-drop': '', 'aria-label': word('remove') };
    line.append(make('button', attributes, icon('x')));
  }
}

function spare(box) {
  if ($$('input', box).every((input) => input.value)) add(box);
}

function add(box) {
  const line = box.lastElementChild.cloneNode(true);
  $('input', line).value = '';
  $('input', line).removeAttribute('value');
  box.append(line);
}

function drop(line) {
  const box = line.parentElement;
  const input = $('input', line);
  input.value = '';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  if ($$('.with-btn', box).length > 1) line.remove();
  $$('input', box).at(-1).focus();
}

/** As many inputs of a name as there are values to put in. */
export function ensureRows(form, name, count) {
  const box = $(`[data-many="${name}"]`, form);
  while (box && $$('input', box).length < count) add(box);
}
