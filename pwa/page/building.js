/** The builder of a list's conditions opens over the list. */
import { $, htmx, on } from './dom.js';
import { show } from './dialogs.js';

export function startBuilding() {
  on('click', 'a[data-build]', (event, link) => {
    const sheet = $('#build');
    if (!sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    open(sheet, link.getAttribute('href'));
  }, true);
}

async function open(sheet, href) {
  if ($('#filters:modal')) $('#filters').close();
  await htmx().ajax('GET', href, { source: '#build-body', target: '#build-body', swap: 'innerHTML ignoreTitle:true', select: '#builder' });
  if ($('#builder', sheet)) show(sheet);
}
