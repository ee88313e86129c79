/** Dragging, by touch and mouse: a bundle of its own, which pages load where there is something to drag. */
import Sortable from 'sortablejs/modular/sortable.core.esm.js';
import { scrollAtEdges } from './edges.js';

const USUAL = {
  animation: 140, delay: 180, delayOnTouchOnly: true, touchStartThreshold: 6, forceFallback: true, fallbackTolerance: 4,
};

/**
 * @param {HTMLElement} list of one column or day
 * @param {{targets: (card: HTMLElement) => string[], mark: (values: string[]|null) => void,
 *   drop: (card: HTMLElement, value: string) => void, scrolled: {box: Element, across: boolean}}} doing
 */
export function dragCards(list, { targets, mark, drop, scrolled }) {
  let [open, rest] = [[], () => {}];
  Sortable.create(list, {
    ...USUAL,
    group: 'cards',
    sort: false,
    draggable: '[data-movable]',
    filter: 'button, input, .popup',
    preventOnFilter: false,
    onStart({ item }) {
      open = targets(item);
      mark(open);
      rest = scrollAtEdges(scrolled);
    },
    onMove: ({ from, to }) => from === to || open.includes(to.dataset.cards),
    onEnd({ item, from, to }) {
      mark(null);
      rest();
      if (from !== to) drop(item, to.dataset.cards);
    },
  });
}
