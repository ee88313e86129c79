/** One box for everything: what can be done from here at once, and records as the letters come. */
import { $, $$, fetchPart, make, word } from './dom.js';
import { asOptions, commands } from './commands.js';
import { show } from './dialogs.js';
import { mark, marked, moved } from './listbox.js';

const WAIT_MS = 60;
const ALL_WAIT_MS = 200; // what is held is there at once; all the rest is asked for in a pause
const FIRST = 3; // commands that open with what was typed, before any records
let round = 0;
let offered = [];
let shown = null; // the words whose results stand there
let hurried = false; // Enter came before them

export function startPalette() {
  const dialog = $('#palette');
  if (!dialog) return;
  const input = $('#palette-input');
  let timer = 0;
  dialog.addEventListener('toggle', () => turned(dialog, input));
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(find, WAIT_MS, input.value.trim());
  });
  input.addEventListener('keydown', steer);
  $('#palette-list').addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) go(option);
  });
}

export const openPalette = () => $('#palette') && show($('#palette'));

/** Emptied when it closes: whoever is quick has typed before the browser says that it is open. */
function turned(dialog, input) {
  if (!dialog.open) {
    input.value = '';
    hurried = false;
    return;
  }
  offered = commands();
  find(input.value.trim());
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function find(words) {
  const mine = ++round;
  const typed = words.toLocaleLowerCase();
  const fitting = offered.filter(({ title }) => title.toLocaleLowerCase().includes(typed));
  const first = typed ? fitting.filter(({ title }) => title.toLocaleLowerCase().startsWith(typed)).slice(0, FIRST) : [];
  const rest = fitting.filter((one) => !first.includes(one));
  const draw = (found) => mine === round && fill(words, [...asOptions(first), ...found, ...asOptions(rest)]);
  const held = await records(words, '');
  draw(held ?? []);
  if (!words || !navigator.serviceWorker?.controller || !navigator.onLine) return;
  await pause(ALL_WAIT_MS);
  const all = mine === round && (await records(words, '&scope=all'));
  if (all) draw(all);
}

async function records(words, scope) {
  try {
    const page = await fetchPart(`/search?pick=1&q=${encodeURIComponent(words)}${scope}`);
    return [...$('body', page).children].filter((one) => one.matches('li'));
  } catch {
    return null;
  }
}

/** What was chosen with the keys stays chosen when more comes in. */
function fill(words, items) {
  const before = options();
  const chosen = before[0] === marked(before) ? null : marked(before)?.id;
  $('#palette-list').replaceChildren(...items);
  const now = options();
  if (!now.length) $('#palette-list').append(make('li', { role: 'presentation', class: 'empty' }, word('none')));
  mark($('#palette-input'), now, now.find(({ id }) => id === chosen) ?? now[0]);
  shown = words;
  if (hurried) enter(marked(now));
}

const options = () => $$('#palette-list [role="option"]');

function enter(option) {
  hurried = $('#palette-input').value.trim() !== shown;
  if (option && !hurried) go(option);
}

function steer(event) {
  if (event.key === 'Enter') enter(marked(options()));
  else if (!moved(event.key, event.target, options())) return;
  event.preventDefault();
}

/** Through a link, so that htmx takes it like any other. */
function go(option) {
  $('#palette').close();
  if (option.dataset.do) {
    offered[option.dataset.do].run();
    return;
  }
  const link = make('a', { href: option.dataset.href, hidden: '' });
  $('#main').append(link);
  window.htmx.process(link);
  link.click();
}
