/** The bell: how many notices wait, in the header and on the app's icon. */
import { $, root } from './dom.js';

let known = null;

/** @param {{unread?: number}} news */
export function showUnread({ unread }) {
  if (unread === undefined) return;
  known = unread;
  draw();
  const badge = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
  badge?.catch(() => {});
}

/** A page that comes in may be older than the worker's last news. */
function draw() {
  const bell = $('#bell');
  if (!bell || known === null) return;
  bell.dataset.unread = String(known);
  const count = $('.count', bell);
  count.hidden = !known;
  count.textContent = new Intl.NumberFormat(root.lang).format(known);
}

export function startBell() {
  document.addEventListener('htmx:after:swap', draw);
}
