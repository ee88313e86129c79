/** Cards moved by touch, mouse and keyboard: between the columns of boards and the days of calendars. */
import * as boards from './boards.js';
import * as days from './days.js';
import { $, each, on, root, within } from './dom.js';

const equipped = new WeakSet();
let focused = null; // the card that the keyboard moved, to be found again when all is shown anew

export function startCards() {
  each((part) => {
    const lists = within(part, '[data-cards]').filter((list) => !equipped.has(list));
    if (lists.length) equip(lists);
  });
  on('keydown', '.deal', steer);
  on('click', '.calendar-view.month .deal', openDay);
  document.addEventListener('htmx:after:swap', () => {
    if (focused && $(`.deal[data-id="${focused}"]`)) $(`.deal[data-id="${focused}"] .name`).focus();
    focused = null;
  });
}

/** In a month on a phone cards are too small to be aimed at: a tap opens their day. */
function openDay(event, card) {
  if (event.target.closest('a, button, .popup') || matchMedia('(min-width: 1024px)').matches) return;
  $('h3 a', card.closest('.day')).click();
}

const kindOf = (card) => (card.closest(days.BOX) ? days : boards);

async function equip(lists) {
  for (const list of lists) equipped.add(list);
  const { dragCards } = await import(root.dataset.dragging).catch(() => ({}));
  for (const list of dragCards ? lists : []) {
    const { targets, move, BOX, scrolled } = kindOf(list);
    const mark = (values) => show(list.closest(BOX), values);
    dragCards(list, { targets, mark, drop: move, scrolled: scrolled(list) });
    list.dataset.ready = '';
  }
}

/** Where a card may go, while it is in hand. */
function show(box, values) {
  box.toggleAttribute('data-dragging', Boolean(values));
  for (const list of box.querySelectorAll('[data-cards]')) {
    list.parentElement.toggleAttribute('data-open', Boolean(values?.includes(list.dataset.cards)));
  }
}

/** Arrows go from card to card, with Alt they take the card along. */
function steer(event, card) {
  const ahead = root.dir === 'rtl' ? -1 : 1;
  const [across, along] = [{ ArrowRight: ahead, ArrowLeft: -ahead }[event.key] ?? 0, { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0];
  if (event.target.closest('.popup') || !(across || along)) return;
  event.preventDefault();
  const { take, towards, move } = kindOf(card);
  if (!event.altKey) return towards(card, across, along)?.focus();
  const value = take(card, across, along);
  if (!value) return;
  focused = card.dataset.id;
  move(card, value);
}
