const END = '\uffff';
const ALL = [['', END]];

/**
 * The stretches of the order of titles, in the sequence in which a list walks through them: the
 * person's own script before the others. Descending is the whole of it backwards.
 */
function spansOf(order, { down, ranges }) {
  const spans = (ranges?.length ? ranges : ALL).map(([low, high]) => (
    { low, high, start: order.place(low, ''), end: order.place(high, ''), down }
  ));
  return down ? spans.reverse() : spans;
}

function* stretch(order, { start, end, down }) {
  if (down) for (let i = end - 1; i >= start; i--) yield order.slots[i];
  else for (let i = start; i < end; i++) yield order.slots[i];
}

/** What is left after (key, id), which need not be there any more. */
function rest(order, span, [key, id]) {
  const at = order.place(key, id);
  if (span.down) return { ...span, end: at };
  return { ...span, start: order.ids[order.slots[at]] === id ? at + 1 : at };
}

/** Slots by title, after `mark` = [key, id] when given. */
export function* walkTitles(order, query, mark) {
  const spans = spansOf(order, query);
  const first = mark ? spans.findIndex(({ low, high }) => low <= mark[0] && mark[0] < high) : 0;
  if (first < 0) return;
  yield* stretch(order, mark ? rest(order, spans[first], mark) : spans[first]);
  for (const span of spans.slice(first + 1)) yield* stretch(order, span);
}

/** Slots by any other field: the order knows its direction. */
export function* walk(order, mark) {
  const all = { start: 0, end: order.slots.length, down: false };
  yield* stretch(order, mark ? rest(order, all, mark) : all);
}
