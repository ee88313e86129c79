/** The bar below a list of which records are chosen, and the sheet that says what to do to them. */
import { uuid7 } from '../store/uuid7.js';
import { counted, ready } from './counting.js';
import { fetchInto, show } from './dialogs.js';
import { $, $$, each, on, within, word } from './dom.js';
import { chosenIds, onChosen, unchoose } from './selecting.js';

const MOST_UNITED = 20; // one after the other; server/duplicates/merging.py takes no more
const AT_ONCE = 200; // that can be taken back by the toast: more are a job, with a page of its own

export function startSweeping() {
  onChosen(showBar);
  on('click', '[data-sweep]', (event, button) => open(button));
  on('change', '#bulkbar [name="_all"]', () => showBar(chosenIds().length));
  on('click', '[data-unite]', (event, button) => location.assign(`${button.dataset.unite}?${chosenIds().map((id) => `id=${id}`).join('&')}`));
  on('submit', '#chosen-form', (event, form) => prepare(form), true);
  each((part) => within(part, '#chosen-sheet').forEach(tellHowMany));
  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    if (ctx.request?.form?.id === 'chosen-form' && ctx.response?.raw.redirected) unchoose();
  });
}

const every = () => Boolean($('#bulkbar [name="_all"]')?.checked);
const howMany = () => (every() ? word('every') : counted('chosen', chosenIds().length));

/** @param {number} n @param {number} [shown] rows that the list shows so far */
async function showBar(n, shown = 0) {
  const bar = $('#bulkbar');
  if (!bar) return;
  bar.hidden = !n && !('choosing' in document.documentElement.dataset);
  document.documentElement.toggleAttribute('data-bulkbar', !bar.hidden);
  const whole = $('.every', bar);
  if (shown) whole.hidden = !(n && n === shown && $('tr.more')) && !every();
  if (!n) $('input', whole).checked = false;
  for (const button of $$('[data-sweep]', bar)) button.disabled = !n;
  for (const button of $$('[data-unite]', bar)) button.disabled = n < 2 || n > MOST_UNITED;
  if (await ready()) $('[data-chosen-count]', bar).textContent = howMany();
}

function open(button) {
  const query = new URLSearchParams(location.search);
  query.set('_do', button.dataset.sweep);
  query.set('_field', button.dataset.field ?? '');
  const sheet = $('#chosen');
  fetchInto(sheet, `${location.pathname}chosen?${query}`, '#chosen-sheet').then((came) => came && show(sheet));
}

async function tellHowMany(sheet) {
  if (await ready()) $('[data-how-many]', sheet).textContent = howMany();
}

/** By its number a sweep is found again, to be taken back. */
function prepare(form) {
  const id = uuid7();
  form.elements._run.value = id;
  if (every() || chosenIds().length > AT_ONCE) form.dataset.toast = 'none';
  else form.dataset.undoHref = `/chosen/${id}/undoing`;
}
