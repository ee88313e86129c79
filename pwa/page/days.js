/** Where what stands in a calendar may go, and how. */
import { $, $$ } from './dom.js';
import { shift } from './picker.js';

export const BOX = '.calendar-view';
export const scrolled = () => ({ box: document.scrollingElement, across: false });

export const targets = () => $$('.calendar-view [data-cards]').map((list) => list.dataset.cards);

/** Its date is typed for the person, and its time stays. */
export function move(card, value) {
  const input = $('[data-to]', card);
  if (!input) return;
  input.value = value;
  input.form.requestSubmit();
}

/** The next card, or the first of another day. */
export function towards(card, across, along) {
  const cards = $$('.deal');
  if (along) return nameIn(cards[cards.indexOf(card) + along]);
  const others = across > 0 ? cards.slice(cards.indexOf(card)) : cards.slice(0, cards.indexOf(card)).reverse();
  return nameIn(others.find((one) => one.dataset.value !== card.dataset.value));
}

const nameIn = (card) => card && $('.name', card);

/** A day, or a week, before or after. */
export const take = (card, across, along) => ('movable' in card.dataset ? shift(card.dataset.value, across + 7 * along) : null);
