/** The options below a box to type in: one of them is marked, and the arrows move the mark. */
const isMarked = (option) => option.getAttribute('aria-selected') === 'true';
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {Element[]} options @param {?Element} option the one to mark, or none */
export function mark(input, options, option) {
  for (const other of options.filter(isMarked)) other.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
}

export const marked = (options) => options.find(isMarked);

/** Moves the mark if the key says so; whether it did. */
export function moved(key, input, options) {
  if (!STEPS[key] || !options.length) return false;
  const at = options.findIndex(isMarked);
  mark(input, options, options[(at + STEPS[key] + options.length) % options.length]);
  return true;
}
