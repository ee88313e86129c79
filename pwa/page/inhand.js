/** What a morph leaves alone: what a person types, chooses, has opened or is shown stays as it is. */
import { htmx } from './dom.js';

const TYPED = 'input, textarea, select';
const OPEN = 'dialog[open], [popover]:popover-open, [data-dragging], [data-editing], .shown';
const APART = '.choose'; // what is chosen is known by its record, see selecting.js
const FORMS = '#record-form, #settings-form, form[data-dirty]';
// Attributes that the page's script has set, and where
const OURS = {
  'open': 'details',
  'aria-selected': 'tr, li',
  'aria-pressed': '[data-show-kind]',
  'data-off': '[data-kinds] > li',
  'hidden': '[data-kind-chips]',
  'data-paged': '#rows',
  'data-ready': '[data-cards]',
};

let guarding = false;

export function guardMorph() {
  if (guarding) return;
  guarding = true;
  htmx().registerExtension('in-hand', {
    htmx_before_morph_node: (node) => !isInHand(node),
    htmx_before_morph_attr: (node, { attrName }) => !(OURS[attrName] && node.matches(OURS[attrName])),
  });
}

function isInHand(node) {
  if (node.matches(OPEN) || node.matches(FORMS)) return true;
  if (node.matches('form')) return [...node.elements].some(isTyped);
  return node.matches(TYPED) && isTyped(node);
}

function isTyped(input) {
  if (!input.matches(TYPED) || input.type === 'hidden' || input.closest(APART)) return false;
  return input === document.activeElement || isChanged(input);
}

export function isChanged(input) {
  if (input.type === 'checkbox' || input.type === 'radio') return input.checked !== input.defaultChecked;
  if (!input.options) return input.value !== input.defaultValue;
  const options = [...input.options];
  const usual = Math.max(0, options.findIndex((option) => option.defaultSelected));
  return input.multiple
    ? options.some((option) => option.selected !== option.defaultSelected)
    : input.selectedIndex !== usual;
}
