/** Small things: trying a theme on, copying a refused change. */
import { calendarOf } from '../views/calendars.js';
import { $, $$, on, root, word } from './dom.js';
import { toast } from './toasts.js';

export function startComforts() {
  // Persian goes with its own calendar; in sight, so that another can be chosen.
  on('change', '#settings-form [name="lang"]', (event, { value }) => {
    const calendar = $('#settings-form [name="calendar"]');
    const usual = calendarOf({ lang: value });
    if ([usual, calendar.value].includes('jalali')) calendar.value = usual;
  });
  on('change', '#settings-form [name="theme"]', (event, input) => { root.dataset.theme = input.value; });
  on('click', '[data-copy]', (event, button) => copy(button.closest('article')));
  on('click', '[data-copy-from]', (event, button) => put($(`#${button.dataset.copyFrom}`).textContent));
}

async function put(text) {
  await navigator.clipboard.writeText(text);
  toast(word('copied'), { icon: 'copy' });
}

async function copy(article) {
  const facts = $$('[data-copy-text] > div', article).map((fact) => `${$('dt', fact).textContent}: ${$('dd', fact).textContent}`);
  await put([$('h2', article).textContent, ...facts].join('\n'));
}
