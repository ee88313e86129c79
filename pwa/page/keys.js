/** The keyboard. Keys are known by their place (`event.code`): letters differ by layout. */
import { $, $$, on } from './dom.js';
import { show } from './dialogs.js';
import { choose, chosenRow, rowLink } from './lists.js';
import { openPalette } from './palette.js';
import { closePeek, peekOn } from './peek.js';
import { pickRow, unchoose } from './selecting.js';

const AFTER_G_MS = 1200;
let afterG = 0;

const click = (selector, within) => $(selector, within)?.click();

const KEYS = {
  Slash: (event) => (event.shiftKey ? show($('#keys')) : ($('#q') ? $('#q').focus() : openPalette())),
  KeyJ: () => peekOn(choose(1)),
  KeyK: () => peekOn(choose(-1)),
  KeyE: () => click('#main a[data-edit]') ?? editChosen(),
  KeyC: () => ($('#main [data-create]') ? click('#main [data-create]') : show($('#plus'))),
  KeyS: (event) => pickRow(chosenRow(), event.shiftKey),
  KeyX: () => chosenRow() && click('.tick', chosenRow()),
  KeyG: () => { afterG = Date.now(); },
};

export function startKeys() {
  if (!$('#keys')) return;
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') take(event, openPalette);
    else if (!idle(event)) return;
    else if (event.code === 'Escape') leave();
    else if (Date.now() - afterG < AFTER_G_MS) take(event, () => go(event.code));
    else if (KEYS[event.code]) take(event, () => KEYS[event.code](event));
  });
  on('keydown', '#q', (event, input) => {
    if (event.code === 'Escape') input.blur();
    else if (event.code === 'ArrowDown') take(event, () => choose(1));
  });
}

/** An open menu closes by itself, and first. */
function leave() {
  if (!$(':popover-open') && !closePeek()) unchoose();
}

function idle(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  return !event.target.closest('input, textarea, select, [contenteditable], dialog');
}

function take(event, run) {
  event.preventDefault();
  run();
}

function go(code) {
  afterG = 0;
  const letter = code.replace('Key', '').toLowerCase();
  $$('.rail [data-key]').find((link) => link.dataset.key === letter)?.click();
}

function editChosen() {
  const row = chosenRow();
  if (row) location.assign(`${rowLink(row).getAttribute('href')}/edit`);
}
