/** After a form was taken: say so, offer to undo it, and let go of its draft. */
import { $, fetchPart, on, word } from './dom.js';
import { forget } from './drafts.js';
import { offerInstall } from './install.js';
import { untaken } from './reaching.js';
import { refresh } from './refresh.js';
import { toast } from './toasts.js';

const token = () => $('meta[name="csrf"]').content;

const isTaken = ({ request, response }) => request?.method === 'POST' && response.raw.redirected && response.raw.ok;

export function startSaving() {
  // Before the page comes in that may have the same form again, which would bring the draft back.
  // What it says of the way back is kept too: a morph may make the form of another step of it.
  document.addEventListener('htmx:before:swap', ({ detail: { ctx } }) => {
    if (!isTaken(ctx)) return;
    forget(ctx.request.form);
    ctx.told = { ...ctx.request.form?.dataset };
  });
  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    if (isTaken(ctx)) saved(ctx.request.form, ctx.told);
    else if (ctx.request?.method === 'POST' && ctx.response.raw.status === 422) $('#errors')?.focus();
  });
  on('submit', 'li form, tr form', (event, form) => form.closest('li, tr').setAttribute('data-going', ''));
  document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    untaken(ctx && (navigator.onLine ? 'trouble' : 'network'));
  });
  if (location.hash === '#saved') said({});
}

function saved(form, told) {
  if (!form) return;
  said(told ?? form.dataset);
  offerInstall();
}

/** What is only here is never called sent. */
function said({ toast: name, undoHref, undoName, undoValue }) {
  if (name === 'none') return;
  const local = Boolean($('#pill[data-worker]'));
  const text = { done: word('done'), deleted: word('deleted') }[name] ?? word(local ? 'saved' : 'stored');
  const run = undoHref && (() => undo(undoHref, undoName, undoValue));
  toast(text, { icon: 'check', ...(run ? { label: word('undo'), run } : {}) });
}

/** Post the way back; a changed field needs the version that the change made. */
async function undo(href, name, value) {
  const form = new URLSearchParams({ _t: token() });
  try {
    if (name) {
      const page = await fetchPart(href);
      form.set('_base', $('[name="_base"]', page)?.value ?? '');
      form.set('_was', '{}');
      form.set('_fields', name);
      form.set(name, value);
    }
    const answer = await fetch(href, { method: 'POST', body: form, headers: { 'HX-Request': 'true' } });
    if (!answer.ok) throw new Error(answer.status);
    toast(word('undone'), { icon: 'undo-2' });
    refresh();
  } catch {
    toast(word('trouble'), { icon: 'circle-alert' });
  }
}
