/** The sync pill: what waits, what needs the person, and how fresh things are. */
import { ago } from '../views/dates.js';
import { counted, form, ready } from './counting.js';
import { $, person, setIcon, word } from './dom.js';

let state = null;

/** @param {{pending: number, failed: number, conflicts: number, last: ?string, offline: boolean}} news */
export function showState(news) {
  state = news;
  draw();
}

export const pendingNow = () => state?.pending ?? Number($('#pill')?.dataset.pending ?? 0);

function look({ pending, failed, conflicts, offline }) {
  const bad = failed + conflicts;
  if (bad) return ['failed', 'circle-alert', counted('needs', bad)];
  const name = offline ? 'cloud-off' : pending ? 'clock' : 'cloud-check';
  if (pending) return ['pending', name, counted('waiting', pending)];
  return offline ? ['offline', name, word('offline')] : ['synced', name, word('synced')];
}

/** The same words on every page that comes in: the worker's last news outlive a swap. */
export async function draw() {
  if (!state) return;
  if (!(await ready())) return;
  const pill = $('#pill');
  if (!pill) return;
  const [kind, name, text] = look(state);
  pill.hidden = false;
  pill.dataset.worker = '';
  Object.assign(pill.dataset, {
    state: kind, pending: state.pending, failed: state.failed, conflicts: state.conflicts,
    last: state.last ?? '',
  });
  setIcon($('.icon', pill), name);
  $('.pill-text', pill).textContent = text;
  showAge(pill);
}

function showAge(pill) {
  const shown = $('.pill-age', pill) ?? pill.appendChild(Object.assign(document.createElement('span'), { className: 'pill-age' }));
  shown.textContent = state.last ? age(state.last) : '';
}

const SAID = {
  'just now': 'now', yesterday: 'yesterday', '%(num)s min ago': 'minutes', '%(num)s h ago': 'hours', '%(num)s day ago': 'days',
};

/** As the template says it. A clock that is behind the server's has seen it just now. */
export function age(last) {
  const now = new Date(Math.max(Date.now(), Date.parse(last))).toISOString();
  return ago(last, now, person(), (id) => word(SAID[id]), (id, _, n) => form(SAID[id], n));
}

export function startPill() {
  setInterval(draw, 30000);
  document.addEventListener('htmx:after:swap', draw);
}
