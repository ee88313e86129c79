/** What is typed and not saved, as a list: on the page about sync, and before signing out. */
import { ready } from './counting.js';
import { $, $$, each, icon, make, on, within, word } from './dom.js';
import { discard, drafts } from './drafts.js';
import { age } from './pill.js';

export function startDrafted() {
  each((part) => within(part, '#drafts').forEach(draw));
  on('click', '[data-drop-draft]', (event, button) => {
    discard(button.dataset.dropDraft);
    $$('#drafts').forEach(draw);
  });
}

async function draw(section) {
  const some = drafts();
  section.hidden = !some.length;
  if (some.length && (await ready())) $('.card', section).replaceChildren(listed(some, true));
}

/** @param {ReturnType<typeof drafts>} some @param {boolean} drop whether they can be let go of here */
export const listed = (some, drop = false) => make('ul', { class: 'entries' }, ...some.map((one) => entry(one, drop)));

function entry({ key, href, about, said, at }, drop) {
  const text = make('div', { class: 'text' }, make('b', {}, make('a', { href }, make('bdi', {}, about || href))));
  if (said) text.append(make('p', { class: 'small quiet' }, make('bdi', {}, said)));
  const when = new Date(at).toISOString();
  const head = make('header', {}, make('span', { class: 'mark' }, icon('pencil')), text, make('time', { class: 'small faint', datetime: when }, age(when)));
  if (!drop) return make('li', {}, head);
  const button = make('button', { type: 'button', class: 'btn danger', 'data-drop-draft': key }, icon('trash-2', 's'), word('discard'));
  return make('li', {}, head, make('div', { class: 'btns' }, button));
}
