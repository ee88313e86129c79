/** Show anew what is on the page, by morphing, when records below it have changed. */
import { $, htmx } from './dom.js';

let wanted = 0;

/** Soon, and once for a burst of news. */
export function refresh() {
  clearTimeout(wanted);
  wanted = setTimeout(now, 80);
}

/** Not while a person types, chooses, or has scrolled through more than the first page. */
function busy() {
  const active = document.activeElement;
  return Boolean(
    $('dialog:modal, :popover-open') || $('#record-form') || $('#settings-form') || $('[data-paged]')
    || document.hidden || active?.matches('#main :is(input, textarea, select)'),
  );
}

function now() {
  if (busy()) {
    later();
    return;
  }
  // A source of its own: what the body asks for, going back among it, must not wait for this.
  htmx().ajax('GET', place(), { source: '#main', target: '#main', swap: 'innerMorph', place: place() });
}

const place = () => location.pathname + location.search;

/** The answer comes too late for a person who has gone on, or begun to type. */
document.addEventListener('htmx:before:swap', (event) => {
  const asked = event.detail.ctx.place;
  if (!asked) return;
  if (asked !== place() || busy()) event.preventDefault();
});

let waiting = false;
function later() {
  if (waiting) return;
  waiting = true;
  const again = () => {
    waiting = false;
    refresh();
  };
  for (const type of ['focusout', 'visibilitychange']) document.addEventListener(type, again, { once: true });
}
