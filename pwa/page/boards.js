/** Where the cards of a board may go, and how. */
import { $, $$ } from './dom.js';

export const BOX = '.board';
export const scrolled = (list) => ({ box: list.closest(BOX), across: true });

export const targets = (card) => $$('[data-move-to]', card).map((button) => button.dataset.moveTo);

export function move(card, value) {
  const button = $$('[data-move-to]', card).find((one) => one.dataset.moveTo === value);
  button?.form.requestSubmit(button);
}

/** The next card of the column, or the first of the next column that has one. */
export function towards(card, across, along) {
  if (along) {
    const cards = $$('.deal', card.parentElement);
    const other = cards[cards.indexOf(card) + along];
    return other && $('.name', other);
  }
  const stacks = $$('.stack');
  for (let at = stacks.indexOf(card.closest('.stack')) + across; stacks[at]; at += across) {
    const first = $('.deal .name', stacks[at]);
    if (first) return first;
  }
}

/** The nearest column to which the card may be moved. */
export function take(card, across) {
  const values = $$('.stack').map((stack) => stack.dataset.stack);
  const open = targets(card);
  for (let at = values.indexOf(card.dataset.value) + across; across && at in values; at += across) {
    if (open.includes(values[at])) return values[at];
  }
}
