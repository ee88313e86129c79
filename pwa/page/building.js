/** The builder of a list's conditions opens over the list. */
import { $, on } from './dom.js';
import { fetchInto, show } from './dialogs.js';

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
  if (await fetchInto(sheet, href, '#builder')) show(sheet);
}
