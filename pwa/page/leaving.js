/** Signing out: unsent work stops it and is listed; what was kept in the page is wiped. */
import { $, fetchPart, make, on, word } from './dom.js';
import { ask } from './dialogs.js';
import { forgetAll } from './drafts.js';
import { pendingNow } from './pill.js';
import { poke } from './worker.js';

export function startLeaving() {
  on('submit', 'form[data-signout]', (event, form) => {
    if (!form.hasAttribute('data-agreed') && pendingNow() > 0) {
      event.preventDefault();
      list(form);
      return;
    }
    forgetAll();
    sessionStorage.clear();
  });
}

async function list(form) {
  const unsent = await fetchPart('/outbox').then((page) => $('.entries', page)).catch(() => null);
  const body = [make('p', { class: 'quiet' }, word('unsentText')), ...(unsent ? [document.importNode(unsent, true)] : [])];
  const leave = () => {
    form.dataset.agreed = '';
    form.requestSubmit();
  };
  ask(word('unsent'), body, [
    { label: word('leave'), kind: 'danger', run: leave },
    { label: word('sendFirst'), kind: 'primary', run: poke },
  ]);
}
