/** Lists whose order a person changes: a grip is dragged, or moved with the arrow keys. */
import { on } from './dom.js';

const TO = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' };

export function startSorting() {
  on('keydown', '[data-grip]', (event, grip) => {
    const item = grip.closest('li');
    const other = TO[event.key] && item[TO[event.key]];
    if (!other) return;
    event.preventDefault();
    move(item, other);
    grip.focus();
  });
  on('pointerdown', '[data-grip]', (event, grip) => drag(grip.closest('li')));
}

const move = (item, other) => (item.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? other.after(item) : other.before(item));

/** The document listens: whatever is moved within the page loses the pointer. */
function drag(item) {
  const ending = new AbortController();
  const follow = ({ clientY }) => {
    const over = [...item.parentElement.children].find((one) => one !== item && isOver(one, clientY));
    if (over) move(item, over);
  };
  document.addEventListener('pointermove', follow, { signal: ending.signal });
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => ending.abort(), { signal: ending.signal });
}

/** Past its middle, so that items of different heights do not change places again and again. */
function isOver(one, y) {
  const { top, height } = one.getBoundingClientRect();
  return Math.abs(y - (top + height / 2)) < height / 4;
}
