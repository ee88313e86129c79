/** Boards: cards moved by touch, mouse and keyboard. */
import { $, $$, each, on, root, within } from './dom.js';

const equipped = new WeakSet();
let focused = null; // the card that the keyboard moved, to be found again when the board is shown anew

export function startBoards() {
  each((part) => {
    const lists = within(part, '[data-cards]').filter((list) => !equipped.has(list));
    if (lists.length) equip(lists);
  });
  on('keydown', '.deal', steer);
  document.addEventListener('htmx:after:swap', () => {
    if (focused && $(`.deal[data-id="${focused}"]`)) $(`.deal[data-id="${focused}"] .name`).focus();
    focused = null;
  });
}

async function equip(lists) {
  for (const list of lists) equipped.add(list);
  const { dragCards } = await import(root.dataset.dragging).catch(() => ({}));
  for (const list of dragCards ? lists : []) {
    dragCards(list, { targets, mark, drop: move });
    list.dataset.ready = '';
  }
}

const targets = (card) => $$('[data-move-to]', card).map((button) => button.dataset.moveTo);

/** Where a card may go, while it is in hand. */
function mark(values) {
  $('.board').toggleAttribute('data-dragging', Boolean(values));
  for (const stack of $$('.stack')) stack.toggleAttribute('data-open', Boolean(values?.includes(stack.dataset.stack)));
}

function move(card, value) {
  const button = $$('[data-move-to]', card).find((one) => one.dataset.moveTo === value);
  button?.form.requestSubmit(button);
}

/** Arrows go from card to card, with Alt they take the card along. */
function steer(event, card) {
  const towards = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (root.dir === 'rtl' ? -1 : 1);
  const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.target.closest('.popup') || !(towards || along)) return;
  event.preventDefault();
  if (along) neighbour($$('.deal', card.parentElement), card, along)?.focus();
  else if (event.altKey) take(card, towards);
  else beside(card, towards);
}

function neighbour(cards, card, step) {
  const other = cards[cards.indexOf(card) + step];
  return other && $('.name', other);
}

function beside(card, step) {
  const stacks = $$('.stack');
  for (let at = stacks.indexOf(card.closest('.stack')) + step; stacks[at]; at += step) {
    const first = $('.deal .name', stacks[at]);
    if (first) return first.focus();
  }
}

function take(card, step) {
  const values = $$('.stack').map((stack) => stack.dataset.stack);
  const open = targets(card);
  for (let at = values.indexOf(card.dataset.value) + step; at in values; at += step) {
    if (!open.includes(values[at])) continue;
    focused = card.dataset.id;
    return move(card, values[at]);
  }
}
