/** Back from the dialler: how did it go? Two taps, and the call is in the file. */
import { $, fetchPart, on, word } from './dom.js';
import { show } from './dialogs.js';

const KEY = 'call';
const LEAST_MS = 3000;

export function startCalls() {
  on('click', 'a[data-call]', (event, link) => {
    const record = link.dataset.record ?? $('a[href]', link.closest('[data-id]:not(article)') ?? document.createElement('i'))?.getAttribute('href');
    sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), record: record ?? location.pathname }));
  });
  document.addEventListener('visibilitychange', () => document.hidden || back());
  addEventListener('pageshow', back);
}

function back() {
  const call = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  if (!call || Date.now() - call.at < LEAST_MS) return;
  sessionStorage.removeItem(KEY);
  question(call.record).catch(() => {});
}

/** The record's own sheet for logging a call, wherever the person is now. */
async function question(record) {
  let sheet = location.pathname === record ? $('#quick-call') : null;
  if (!sheet) {
    const found = $('#quick-call', await fetchPart(record));
    if (!found) return;
    document.getElementById('quick-call')?.remove();
    sheet = document.importNode(found, true);
    $('#main').append(sheet);
    window.htmx.process(sheet);
  }
  const heading = $('h2', sheet);
  if (heading) heading.textContent = word('how');
  show(sheet);
}
