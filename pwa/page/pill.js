/** The sync pill: what waits, what needs the person, and how fresh things are. */
import { $, root, setIcon, word } from './dom.js';

let state = null;

/** @param {{pending: number, failed: number, conflicts: number, last: ?string, offline: boolean}} news */
export function showState(news) {
  state = news;
  draw();
}

export const pendingNow = () => state?.pending ?? Number($('#pill')?.dataset.pending ?? 0);

const number = (n) => new Intl.NumberFormat(root.lang).format(n);

function look({ pending, failed, conflicts, offline }) {
  const bad = failed + conflicts;
  if (bad) return ['failed', 'circle-alert', `${number(bad)} ${word('needs')}`];
  const name = offline ? 'cloud-off' : pending ? 'clock' : 'cloud-check';
  if (pending) return ['pending', name, `${number(pending)} ${word('waiting')}`];
  return offline ? ['offline', name, word('offline')] : ['synced', name, word('synced')];
}

/** The same words on every page that comes in: the worker's last news outlive a swap. */
export function draw() {
  const pill = $('#pill');
  if (!pill || !state) return;
  const [kind, name, text] = look(state);
  pill.hidden = false;
  Object.assign(pill.dataset, {
    state: kind, pending: state.pending, failed: state.failed, conflicts: state.conflicts,
    last: state.last ?? '',
  });
  pill.href = state.failed ? '/problems' : state.conflicts ? '/conflicts' : '/outbox';
  setIcon($('.icon', pill), name);
  $('.pill-text', pill).textContent = text;
  age(pill);
}

function age(pill) {
  const shown = $('.pill-age', pill) ?? pill.appendChild(Object.assign(document.createElement('span'), { className: 'pill-age' }));
  shown.textContent = state.last ? ago(Date.now() - Date.parse(state.last)) : '';
}

function ago(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60000));
  if (!minutes) return word('now');
  const format = new Intl.RelativeTimeFormat(root.lang, { style: 'short' });
  return minutes < 60 ? format.format(-minutes, 'minute') : format.format(-Math.floor(minutes / 60), 'hour');
}

export function startPill() {
  setInterval(draw, 30000);
  document.addEventListener('htmx:after:swap', draw);
}
