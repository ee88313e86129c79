/** Where we are: what stands marked in the menus, and what Back means. */
import { $, $$, on } from './dom.js';

const SKELETON_MS = 200;
const TAP_MS = 300;

export function startNavigation() {
  document.addEventListener('htmx:after:history:update', markPlace);
  document.addEventListener('htmx:after:swap', markPlace);
  on('click', 'a[data-back]', goBack, true);
  showWaiting();
  hideTabsWhileTyping();
}

/** Records held here answer sooner; a page of the server's may take its time. */
function showWaiting() {
  let timer = 0;
  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (ctx.target?.id !== 'main' || ctx.request?.method === 'POST' || !ctx.swap?.startsWith('innerHTML')) return;
    clearTimeout(timer);
    timer = setTimeout(() => { $('#main').dataset.waiting = ''; }, SKELETON_MS);
  });
  for (const type of ['swap', 'request']) {
    document.addEventListener(`htmx:after:${type}`, ({ detail: { ctx } }) => ctx.target?.id === 'main' && done());
  }
  document.addEventListener('htmx:error', done);
  function done() {
    clearTimeout(timer);
    delete $('#main').dataset.waiting;
  }
}

const leads = (href) => location.pathname === href || (href.endsWith('/') && location.pathname.startsWith(href));

function markPlace() {
  for (const link of $$('.rail a.item, .tabs a')) {
    const places = link.dataset.tab?.split(' ') ?? [link.getAttribute('href')];
    const here = !link.classList.contains('plus') && places.some(leads);
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Back is the page before, if we came from there: its place and filters are still known. */
function goBack(event, link) {
  const before = window.navigation?.entries?.()[window.navigation.currentEntry.index - 1];
  if (!before || new URL(before.url).pathname !== new URL(link.href).pathname) return;
  event.preventDefault();
  event.stopPropagation();
  history.back();
}

function hideTabsWhileTyping() {
  const typing = 'input:not([type="checkbox"], [type="radio"]), textarea';
  const touch = matchMedia('(pointer: coarse)');
  const { dataset } = document.documentElement;
  let timer = 0;
  document.addEventListener('focusin', ({ target }) => {
    if (!touch.matches || !target.matches(typing)) return;
    clearTimeout(timer);
    dataset.keyboard = '';
  });
  // Late: a button that moved from under the finger would lose its tap.
  document.addEventListener('focusout', () => {
    clearTimeout(timer);
    timer = setTimeout(() => { delete dataset.keyboard; }, TAP_MS);
  });
}
