/** Signing out: work that is unsent or not even saved stops it and is listed; it stays for its person
 * alone. The worker is asked, and takes the form, also where it does not control this page. */
import { ready } from './counting.js';
import { $, $$, make, on, root, word } from './dom.js';
import { ask } from './dialogs.js';
import { listed } from './drafted.js';
import { anybodys, drafts } from './drafts.js';
import { askWorker, poke } from './worker.js';

export function startLeaving() {
  on('submit', 'form[data-signout]', (event, form) => {
    if (form.hasAttribute('data-gone')) return;
    event.preventDefault();
    signOut(form);
  });
  // What the browser has kept of a page may be of somebody who has left.
  addEventListener('pageshow', ({ persisted }) => persisted && root.dataset.person && location.reload());
}

async function signOut(form) {
  const { unsent = 0, html } = await askWorker({ type: 'unsent' });
  const typed = drafts();
  if ((unsent || typed.length) && !form.hasAttribute('data-agreed')) return list(form, unsent ? html ?? '' : null, typed);
  // The browser is not to forget what was typed, by this person or another; theirs keeps their name here.
  const { kept = await held() } = await askWorker({ type: 'leave', typed: typed.length > 0 });
  if (kept || anybodys()) form.append(make('input', { type: 'hidden', name: 'kept', value: typed.length ? 'mine' : 'others' }));
  sessionStorage.clear();
  form.dataset.gone = '';
  return form.requestSubmit();
}

/** A worker that does not answer may still have work of somebody's here. */
const held = async () => ((await globalThis.indexedDB?.databases?.()) ?? []).some(({ name }) => name.startsWith('kesher-'));

/** `html` is the page about sync where something is unsent, otherwise null. */
async function list(form, html, typed) {
  await ready();
  const leave = () => {
    form.dataset.agreed = '';
    form.requestSubmit();
  };
  const stay = html !== null
    ? { label: word('sendFirst'), run: poke }
    : { label: word('goOn'), run: () => location.assign(typed[0].href) };
  const body = [...(html === null ? [] : unsentIn(html)), ...(typed.length ? [quiet('unsavedText'), listed(typed)] : [])];
  ask(word(html === null ? 'unsaved' : 'unsent'), body, [{ label: word('leave'), run: leave }, { ...stay, kind: 'primary' }]);
}

const quiet = (name) => make('p', { class: 'quiet' }, word(name));

function unsentIn(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const refused = $$('#needs article[data-code]', page).map((one) => make('li', {}, $('header', one)));
  const unsent = $$('#waiting .entries, #uploads .entries', page);
  for (const foot of unsent.flatMap((one) => $$('.btns', one))) foot.remove();
  if (refused.length) unsent.unshift(make('ul', { class: 'entries' }, ...refused));
  return [quiet('unsentText'), ...unsent.map((one) => document.importNode(one, true))];
}
