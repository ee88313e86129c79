/** Where we are: what stands marked in the menus, where the keyboard is, and what Back means. */
import { $, $$, on } from './dom.js';

export function startNavigation() {
  document.addEventListener('htmx:after:history:update', markPlace);
  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    markPlace();
    if (ctx.target?.id === 'main' && ctx.swap?.startsWith('innerHTML')) settleFocus();
  });
  on('click', 'a[data-back]', goBack, true);
  hideTabsWhileTyping();
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

function settleFocus() {
  const active = document.activeElement;
  if (!active || active === document.body || !active.isConnected) {
    ($('#main #errors') ?? $('#main')).focus({ preventScroll: true });
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
  document.addEventListener('focusin', ({ target }) => {
    if (touch.matches && target.matches(typing)) dataset.keyboard = '';
    else delete dataset.keyboard;
  });
  document.addEventListener('focusout', () => { delete dataset.keyboard; });
}
