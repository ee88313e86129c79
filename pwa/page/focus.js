/** Where the keyboard is after a page or a part of it has changed: never nowhere. */
import { $, $$, on } from './dom.js';

const fine = matchMedia('(pointer: fine)');
const LINKS = '#main :is(a[data-row], .rows a.name)';
let control = ''; // what stood in focus in the page before
let opened = ''; // the row that was opened last

export function startFocus() {
  on('click', LINKS, (event, link) => { opened = link.getAttribute('href'); }, true);
  document.addEventListener('htmx:before:swap', remember);
  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    if (ctx.target === document.body) whenLost(row);
    else if (ctx.target?.id === 'main' && ctx.swap?.startsWith('innerHTML')) whenLost(settle);
  });
  document.addEventListener('toggle', ({ target, newState }) => {
    if (newState === 'closed' && target.matches?.('[popover]') && target.contains(document.activeElement)) {
      $(`[popovertarget="${target.id}"]`)?.focus({ preventScroll: true });
    }
  }, true);
}

/** A filter or another control of a form: it comes again under its name. */
function remember() {
  const { activeElement: active } = document;
  control = active?.name && active.matches('#main :is(select, input)') ? `#main [name="${CSS.escape(active.name)}"]` : '';
}

function whenLost(find) {
  const { activeElement: active } = document;
  if (active && active !== document.body && active.isConnected) return;
  (find() ?? $('#main')).focus({ preventScroll: true });
}

const settle = () => $('#main #errors') ?? (control ? $(control) : null) ?? first();

/** Whoever asked for a new record wants to write; on glass that would open the keyboard. */
const first = () => (fine.matches && location.pathname.endsWith('/new') ? $('#record-form .field :is(input, textarea)') : null);

/** Back in a list: at the row that was opened. */
const row = () => $$(LINKS).find((link) => link.getAttribute('href') === opened);
