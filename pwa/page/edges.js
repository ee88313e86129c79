/** While something is in hand, what is larger than the screen scrolls at its edges, whichever way it runs. */
const [NEAR, STEP] = [56, 12]; // px

/** @param {{box: Element, across: boolean}} scrolled @returns {() => void} to be called when it was let go of */
export function scrollAtEdges({ box, across }) {
  const ending = new AbortController();
  let at = null;
  const follow = (event) => { at = event.touches?.[0] ?? event; };
  for (const type of ['pointermove', 'touchmove']) document.addEventListener(type, follow, { signal: ending.signal, passive: true });
  const step = () => {
    if (ending.signal.aborted) return;
    if (at && across) box.scrollBy({ left: towards(at.clientX, box.getBoundingClientRect()), behavior: 'instant' });
    else if (at) box.scrollBy({ top: towards(at.clientY, { left: 0, right: innerHeight }), behavior: 'instant' });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return () => ending.abort();
}

function towards(at, { left, right }) {
  if (at < left + NEAR) return -STEP;
  return at > right - NEAR ? STEP : 0;
}
