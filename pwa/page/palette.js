/** Search from anywhere: places of the app at once, and records as the letters come. */
import { $, $$, fetchPart, icon, make, word } from './dom.js';
import { show } from './dialogs.js';

const SOURCES = [['/accounts/', 'building-2'], ['/contacts/', 'user'], ['/tasks/', 'list-checks']];
const WAIT_MS = 90;
let round = 0;

export function startPalette() {
  const dialog = $('#palette');
  if (!dialog) return;
  const input = $('#palette-input');
  let timer = 0;
  dialog.addEventListener('toggle', () => dialog.open && start(input));
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(find, WAIT_MS, input.value.trim());
  });
  input.addEventListener('keydown', (event) => steer(event));
}

export const openPalette = () => $('#palette') && show($('#palette'));

function start(input) {
  input.value = '';
  find('');
}

async function find(words) {
  const mine = ++round;
  const places = $$('.rail a.item, #plus .options a').map(place).filter(({ title }) => title.toLocaleLowerCase().includes(words.toLocaleLowerCase()));
  fill(words ? [] : places, places.length ? word('go') : '');
  if (!words) return;
  const found = (await Promise.all(SOURCES.map((source) => search(source, words)))).flat();
  if (mine === round) fill([...found, ...places], '');
}

/** A link of the menus, by its own name and picture. */
const place = (link) => ({
  href: link.getAttribute('href'), title: link.title || link.textContent.trim(),
  icon: $('use', link)?.getAttribute('href').split('#')[1] ?? 'settings',
});

async function search([path, name], words) {
  try {
    const page = await fetchPart(`${path}?q=${encodeURIComponent(words)}&pick=palette`);
    return $$('[data-value]', page).slice(0, 6).map((option) => ({
      href: path + option.dataset.value, title: option.dataset.title, sub: $('small', option)?.textContent, icon: name,
    }));
  } catch {
    return [];
  }
}

function fill(items, heading) {
  const list = $('#palette-list');
  list.replaceChildren(...items.map(line));
  if (heading) list.prepend(make('h3', { role: 'presentation' }, heading));
  if (!items.length && $('#palette-input').value) list.append(make('p', { class: 'empty' }, word('none')));
  mark($('[role="option"]', list));
}

function line({ href, title, sub, icon: name }, n) {
  const text = make('span', { class: 'text' }, make('bdi', {}, title));
  if (sub) text.append(make('small', {}, make('bdi', {}, sub)));
  const option = make('li', { role: 'option', id: `found-${n}`, 'data-href': href, 'aria-selected': 'false' }, icon(name), text);
  option.addEventListener('click', () => go(option));
  return option;
}

function mark(option) {
  for (const other of $$('#palette-list [aria-selected="true"]')) other.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  $('#palette-input').setAttribute('aria-activedescendant', option?.id ?? '');
  option?.scrollIntoView({ block: 'nearest' });
}

function steer(event) {
  const options = $$('#palette-list [role="option"]');
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(options[(at + step + options.length) % options.length]);
  else if (event.key === 'Enter' && options[at]) go(options[at]);
  else return;
  event.preventDefault();
}

/** Through a link, so that htmx takes it like any other. */
function go(option) {
  $('#palette').close();
  const link = make('a', { href: option.dataset.href, hidden: '' });
  $('#main').append(link);
  window.htmx.process(link);
  link.click();
}
