/** Names after an @ in long texts: those that are held here, so without a network too. */
import { $$, fetchPart, make, on, word } from './dom.js';

const BEFORE = /(^|[\s([{"'،,;:.!?־-])@([^\s@]{0,30}(?: [^\s@]{1,30})?)$/u;
let asked = 0;

export function startMentions() {
  on('input', 'textarea', (event, text) => look(text));
  on('keydown', 'textarea[data-mention]', steer, true);
  on('focusout', 'textarea[data-mention]', (event, text) => setTimeout(close, 150, text));
}

/** The words between the last @ and the caret, or null. */
const typed = (text) => BEFORE.exec(text.value.slice(0, text.selectionStart))?.[2] ?? null;

async function look(text) {
  const words = typed(text);
  if (words === null) return close(text);
  const turn = ++asked;
  const part = await fetchPart(`/mentions?q=${encodeURIComponent(words)}`).catch(() => null);
  if (turn !== asked || document.activeElement !== text) return undefined;
  const names = part ? $$('[data-value]', part).map((option) => option.dataset.title) : [];
  return names.length ? show(text, names) : close(text);
}

const listOf = (text) => (text.hasAttribute('data-mention') ? text.nextElementSibling : null);

function show(text, names) {
  close(text);
  const id = `${text.id || text.name}-names`;
  const options = names.map((name, n) => make('li', { role: 'option', id: `${id}-${n}`, 'aria-selected': String(!n), 'data-name': name }, make('bdi', {}, name)));
  const list = make('ul', { class: 'names', role: 'listbox', id, 'aria-label': word('found') }, ...options);
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[data-name]');
    if (option) choose(text, option.dataset.name);
  });
  text.after(list);
  text.setAttribute('data-mention', '');
  text.setAttribute('aria-controls', id);
  text.setAttribute('aria-activedescendant', `${id}-0`);
}

function close(text) {
  listOf(text)?.remove();
  for (const name of ['data-mention', 'aria-controls', 'aria-activedescendant']) text.removeAttribute(name);
}

function choose(text, name) {
  const end = text.selectionStart;
  const start = end - typed(text).length;
  text.setRangeText(`${name} `, start, end, 'end');
  close(text);
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

function steer(event, text) {
  const options = $$('[data-name]', listOf(text) ?? document.createElement('ul'));
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    options[at].setAttribute('aria-selected', 'false');
    const next = options[(at + step + options.length) % options.length];
    next.setAttribute('aria-selected', 'true');
    text.setAttribute('aria-activedescendant', next.id);
  } else if (['Enter', 'Tab'].includes(event.key) && options[at]) choose(text, options[at].dataset.name);
  else if (event.key === 'Escape') close(text);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
