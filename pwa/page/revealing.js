/** Fields of a form come and go with what is typed, as their conditions say. */
import { $, $$, each, htmx, make, within } from './dom.js';

export function startRevealing() {
  each((part) => {
    within(part, '[data-unseen]').forEach(apply);
    // A draft that was brought back says something else than the form that came.
    for (const asks of within(part, '#revealing')) {
      if ('dirty' in asks.closest('form').dataset) htmx().trigger(asks, 'reveal');
    }
  });
}

function apply(told) {
  const [unseen, needed] = [told.dataset.unseen, told.dataset.needed].map((names) => names.split(' '));
  for (const field of $$('.field', told.closest('form'))) {
    const { field: name } = field.dataset;
    field.hidden = unseen.includes(name);
    mark(field, needed.includes(name));
  }
}

function mark(field, needed) {
  const star = $('.req', field);
  const control = $('input, select, textarea', field);
  if (needed && !star) {
    $('label, .label', field).append(' ', make('span', { class: 'req', 'aria-hidden': 'true', 'data-now': '' }, '*'));
    control?.setAttribute('aria-required', 'true');
  } else if (!needed && star && 'now' in star.dataset) {
    star.remove();
    control?.removeAttribute('aria-required');
  }
}
