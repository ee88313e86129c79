/** What can be done from where the person is: places, new records, and what this record offers. */
import { $, $$, icon, make, word } from './dom.js';

const OFFERED = [
  ['#main .record-head .only-wide :is(a, button), #more-menu :is(a, button)', 'here'],
  ['.rail a.item, #plus .options a', 'go'],
];

/** @returns {{at: number, title: string, icon: ?string, group: 'here'|'go', run: () => void}[]} */
export function commands() {
  const known = new Set();
  return OFFERED.flatMap(([selector, group]) => $$(selector).map((button) => ({
    title: button.title || button.textContent.trim(),
    icon: $('use', button)?.getAttribute('href').split('#')[1],
    group,
    run: () => button.click(),
  }))).filter(({ title }) => title && !known.has(title) && known.add(title))
    .map((one, at) => ({ ...one, at }));
}

/** As options of a list, under a heading for each group. */
export function asOptions(some) {
  return ['here', 'go'].flatMap((group) => {
    const found = some.filter((one) => one.group === group);
    return found.length ? [make('li', { role: 'presentation', class: 'kind' }, word(group)), ...found.map(option)] : [];
  });
}

const option = ({ at, title, icon: name }) => make('li', { role: 'option', id: `do-${at}`, 'data-do': at, 'aria-selected': 'false' },
  icon(name ?? 'settings'), make('span', { class: 'text' }, title));
