/** While something is in hand, what is wider than the screen scrolls at its edges, whichever way it runs. */
const [NEAR, STEP] = [56, 12]; // px

/** @param {HTMLElement} box @returns {() => void} to be called when it was let go of */
export function scrollAtEdges(box) {
  const ending = new AbortController();
  let x = null;
  const follow = (event) => { x = (event.touches?.[0] ?? event).clientX; };
  for (const type of ['pointermove', 'touchmove']) document.addEventListener(type, follow, { signal: ending.signal, passive: true });
  const step = () => {
    if (ending.signal.aborted) return;
    if (x !== null) box.scrollBy({ left: towards(box, x) * STEP, behavior: 'instant' });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return () => ending.abort();
}

function towards(box, x) {
  const { left, right } = box.getBoundingClientRect();
  if (x < left + NEAR) return -1;
  return x > right - NEAR ? 1 : 0;
}
