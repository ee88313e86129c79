/** Signing out: unsent work stops it and is listed; what was kept in the page is wiped. The worker
 * is asked, and takes the form, also where it does not control this page. */
import { $$, make, on, root, word } from './dom.js';
import { ask } from './dialogs.js';
import { forgetPerson } from './drafts.js';
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
  if (unsent && !form.hasAttribute('data-agreed')) return list(form, html);
  if (!unsent) forgetPerson(root.dataset.person);
  sessionStorage.clear();
  form.dataset.gone = '';
  return form.requestSubmit();
}

function list(form, html) {
  const unsent = $$('#waiting .entries, #uploads .entries', new DOMParser().parseFromString(html ?? '', 'text/html'));
  for (const foot of unsent.flatMap((one) => $$('.btns', one))) foot.remove();
  const body = [make('p', { class: 'quiet' }, word('unsentText')), ...unsent.map((one) => document.importNode(one, true))];
  const leave = () => {
    form.dataset.agreed = '';
    form.requestSubmit();
  };
  ask(word('unsent'), body, [
    { label: word('leave'), run: leave },
    { label: word('sendFirst'), kind: 'primary', run: poke },
  ]);
}
