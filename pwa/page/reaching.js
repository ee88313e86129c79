/** What only the server can do waits for it: where it is out of reach, the page stays as it was filled in. */
import { $$, on, word } from './dom.js';
import { toast } from './toasts.js';

const PATIENCE = 5000; // ms
const HERE = ['/login', '/logout', '/pin', '/settings', '/unlocking']; // the worker answers these, or nothing is lost by them
const ALONE = `form[hx-boost="false"][method="post"]:not(${HERE.map((path) => `[action="${path}"]`)})`;

export function startReaching() {
  document.addEventListener('htmx:before:response', stay);
  on('submit', ALONE, askFirst, true);
}

/** What was sent was not taken: nothing is on its way any more, and why is said, if that is known. */
export function untaken(why) {
  for (const row of $$('[data-going]')) row.removeAttribute('data-going');
  if (why) toast(word(why), { icon: 'cloud-off' });
}

/** The worker could not pass it on: its page that says so is not put in the place of a form. */
function stay(event) {
  const { request, response } = event.detail.ctx;
  if (request.method !== 'POST' || response.status !== 503 || response.raw.headers.get('X-Rendered-By') !== 'worker') return;
  event.preventDefault();
  untaken('network');
}

/** A form that is sent by the browser itself would be gone with its page. */
async function askFirst(event, form) {
  if ('reached' in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  if (!(await isThere())) return untaken('network');
  form.dataset.reached = '';
  form.requestSubmit(submitter);
  return form.removeAttribute('data-reached');
}

async function isThere() {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}
