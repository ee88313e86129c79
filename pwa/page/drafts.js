/** What is typed into a form survives the app being killed: kept as typed, per person and page. */
import { show } from './dialogs.js';
import { $, $$, each, kept, on, root, within, word } from './dom.js';
import { aboutOf, fill, pairs, saidIn, typedIn } from './filling.js';
import { tellMeanwhile } from './meanwhile.js';
import { toast } from './toasts.js';
import { forgetSecrets, remembered, tellUnkept, withoutSecrets } from './unkept.js';

const WAIT_MS = 250;
const PREFIX = 'draft:';
const GONE = 'kesher-gone';
const timers = new WeakMap();
const untouched = new WeakMap(); // form → what is in it when it comes

export function startDrafts() {
  for (const type of ['input', 'change']) on(type, 'form[data-draft]', (event, form) => soon(form));
  addEventListener('pagehide', () => $$('form[data-draft][data-dirty]').forEach(keep));
  forgetGone();
  on('click', '[data-cancel]', (event, link) => forget(link.closest('form')));
  each((part) => within(part, 'form[data-draft]').forEach(open));
}

const mine = () => `${PREFIX}${root.dataset.person}:`;

/** Where a form stands; a sheet belongs to a record, which need not be the page in front. */
function place(form) {
  const sheet = form.closest('dialog');
  const page = $('[name="_back"]', form)?.value;
  return sheet && page ? `${page}#${sheet.id}` : location.pathname + location.search;
}

function open(form) {
  if (form.dataset.draftKey) return;
  form.dataset.draftKey = mine() + place(form);
  if (!$('#errors', form)) untouched.set(form, typedIn(form)); // what was refused is work as well
  const draft = kept.get(form.dataset.draftKey);
  if (draft && !$('#errors', form)) bringBack(form, draft);
}

function bringBack(form, found) {
  const key = form.dataset.draftKey;
  tellUnkept(key, found);
  const draft = remembered(key, found);
  if (JSON.stringify(pairs(form)) === JSON.stringify(draft.pairs)) return;
  fill(form, draft);
  form.dataset.dirty = '';
  const sheet = form.closest('dialog');
  if (sheet) return void (location.hash === `#${sheet.id}` && show(sheet)); // it lies there when that is opened
  tellMeanwhile();
  toast(word('restored'), {
    label: word('discard'), icon: 'history',
    run: () => { forget(form); location.reload(); },
  });
}

function soon(form) {
  form.dataset.dirty = '';
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), WAIT_MS));
}

function keep(form) {
  if (!form.dataset.draftKey) return;
  if (typedIn(form) === untouched.get(form)) return forget(form);
  const chosen = $$('select[data-lookup]', form).map((select) =>
    [select.name, select.value, select.selectedOptions[0]?.textContent ?? '']);
  const some = withoutSecrets(form.dataset.draftKey, form, pairs(form));
  kept.set(form.dataset.draftKey, { at: Date.now(), about: aboutOf(form), said: saidIn(form), chosen, ...some });
}

/** What this person has typed and not saved. @returns {Array<{key: string, href: string, at: number, about: string, said: string}>} */
export const drafts = () => kept.keys(mine())
  .map((key) => ({ key, href: key.slice(mine().length), ...kept.get(key) }))
  .sort((a, b) => b.at - a.at);

/** Of anybody who uses this browser. */
export const anybodys = () => kept.keys(PREFIX).length > 0;

/** @param {string} key of a draft that its person lets go of */
export function discard(key) {
  const form = $$('form[data-draft]').find((one) => one.dataset.draftKey === key);
  if (form) return void forget(form);
  kept.drop(key);
}

export function forget(form) {
  if (!form?.dataset.draftKey) return;
  clearTimeout(timers.get(form));
  delete form.dataset.dirty;
  kept.drop(form.dataset.draftKey);
  forgetSecrets(form.dataset.draftKey);
}

/** Only theirs: what others typed here is not theirs to lose. */
export const forgetPerson = (person) => kept.drop(`${PREFIX}${person}:`);

/** The worker has wiped somebody, from afar, while no page was open. */
async function forgetGone() {
  if (!(await globalThis.caches?.has(GONE))) return;
  for (const { url } of await (await caches.open(GONE)).keys()) forgetPerson(new URL(url).pathname.slice(1));
  await caches.delete(GONE);
}
