/** What is in a form, and putting it back. */
import { $, make } from './dom.js';
import { ensureRows } from './many.js';

const SAID = 80; // characters of it that a list shows

export const pairs = (form) =>
  [...new FormData(form)].filter(([name, value]) => name !== '_t' && typeof value === 'string');

export const typedIn = (form) => JSON.stringify(pairs(form).filter(([name]) => !name.startsWith('_')));

/** What the page calls it, and the record that it is about. */
export function aboutOf(form) {
  const sheet = form.closest('dialog');
  const said = sheet ? [$('h2', sheet), $('#main h1')] : [$('#main h1'), $('#main .daybar bdi')];
  return said.map((one) => one?.textContent.trim()).filter(Boolean).join(' · ');
}

export const saidIn = (form) => [...form.elements]
  .find((input) => input.matches(':is(textarea, input[type="text"]):not([data-secret] *)') && input.value.trim()
    && input.value !== input.defaultValue)
  ?.value.trim().slice(0, SAID) ?? '';

/** `_base` and `_was` come back too: what the person saw is what their change is measured against. */
export function fill(form, { pairs: old, chosen }) {
  for (const [name, value, label] of chosen) offer($(`select[name="${name}"]`, form), value, label);
  const values = Map.groupBy ? Map.groupBy(old, ([name]) => name) : group(old);
  for (const [name, list] of values) ensureRows(form, name, list.length);
  for (const input of form.elements) {
    if (values.has(input.name) || !input.closest('[data-secret]')) set(input, values.get(input.name), form);
  }
  form.dispatchEvent(new Event('filled', { bubbles: true }));
}

function group(list) {
  const found = new Map();
  for (const pair of list) found.set(pair[0], [...(found.get(pair[0]) ?? []), pair]);
  return found;
}

function set(input, list, form) {
  if (!input.name || input.name === '_t' || input.type === 'submit') return;
  const values = (list ?? []).map(([, value]) => value);
  if (input.type === 'checkbox' || input.type === 'radio') input.checked = values.includes(input.value);
  else if (values.length) input.value = values[sameNamed(form, input).indexOf(input)] ?? '';
}

const sameNamed = (form, input) => [...form.elements].filter((other) => other.name === input.name);

function offer(select, value, label) {
  if (select && value && ![...select.options].some((option) => option.value === value)) {
    select.append(make('option', { value }, label));
  }
}
