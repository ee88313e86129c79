/** On a wide screen a row opens beside the list; Enter or a second click opens it whole. */
import { $, htmx, on } from './dom.js';
import { chosenRow, rowLink } from './lists.js';

const wide = matchMedia('(min-width: 720px) and (min-height: 480px)');

export function startPeek() {
  on('click', 'a[data-row]', (event, link) => {
    if (!wide.matches || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!$('#peek') || $('#peek').dataset.href === link.getAttribute('href')) return;
    event.preventDefault();
    event.stopPropagation();
    peek(link.closest('tr'));
  }, true);
  on('click', '[data-peek-close]', closePeek);
  document.addEventListener('htmx:before:swap', (event) => {
    const { peeked } = event.detail.ctx;
    if (peeked && $('#peek')?.dataset.href !== peeked) event.preventDefault();
  });
}

export function peek(row) {
  const panel = $('#peek');
  if (!panel || !row) return;
  const href = rowLink(row).getAttribute('href');
  chosenRow()?.removeAttribute('aria-selected');
  row.setAttribute('aria-selected', 'true');
  panel.hidden = false;
  panel.dataset.href = href;
  $('[data-peek-open]', panel).setAttribute('href', href);
  htmx().ajax('GET', href, { target: '#peek-body', swap: 'innerHTML ignoreTitle:true', select: '#record' });
}

/** Show anew what is open, if it is still that when the answer comes. */
export function refreshPeek() {
  const { href } = $('#peek')?.dataset ?? {};
  if (!href || $('#peek').hidden) return;
  htmx().ajax('GET', href, { source: '#peek', target: '#peek-body', swap: 'innerMorph ignoreTitle:true', select: '#record', peeked: href });
}

/** Follow the chosen row, if the panel is open. */
export function peekOn(row) {
  if (wide.matches && $('#peek') && !$('#peek').hidden) peek(row);
}

export function closePeek() {
  const panel = $('#peek');
  if (!panel || panel.hidden) return false;
  panel.hidden = true;
  delete panel.dataset.href;
  const row = chosenRow();
  if (row && (document.activeElement === document.body || panel.contains(document.activeElement))) rowLink(row).focus({ preventScroll: true });
  return true;
}
