/** Short messages at the foot of the page, with at most one thing to do about them. */
import { $, icon, make, word } from './dom.js';

const UNDO_MS = 8000;
const PLAIN_MS = 4000;

/**
 * @param {string} text
 * @param {{label?: string, run?: () => void, icon?: string, ms?: number}} options without `ms` it
 *   stays 8 s with something to do, otherwise 4 s; `ms: 0` stays until tapped
 */
export function toast(text, { label, run, icon: name, ms = run ? UNDO_MS : PLAIN_MS } = {}) {
  const box = make('div', { class: 'toast' }, make('span', { class: 'msg' }, text));
  if (name && $('#icon')) box.prepend(icon(name));
  const close = () => box.remove();
  if (run) box.append(button(label, () => { close(); run(); }));
  else if (!ms) box.append(button(word('close'), close));
  $('#toasts').append(box);
  while ($('#toasts').children.length > 3) $('#toasts').firstElementChild.remove();
  if (ms) stay(box, ms, close);
  return close;
}

function button(label, run) {
  const made = make('button', { type: 'button' }, label);
  made.addEventListener('click', run);
  return made;
}

/** Time stops while a person points at it or has the keyboard in it. */
function stay(box, ms, close) {
  let timer = setTimeout(close, ms);
  const hold = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(close, ms); };
  for (const type of ['pointerenter', 'focusin']) box.addEventListener(type, hold);
  for (const type of ['pointerleave', 'focusout']) box.addEventListener(type, go);
}
