/** How many records a list has; mirrors server/web/views/counting.py. */

/** {n, whole}, at least n where it is not whole; null further down the list, whose head tells already. */
export function counted(store, owner, question, page) {
  if (question.after) return null;
  const n = page.rows.length;
  if (!page.next) return { n, whole: true };
  const found = store.total(owner.type, question);
  return { ...found, n: Math.max(found.n, n) };
}

/** Of a list in groups, which are counted anyway. */
export const summed = ({ counts, whole }) => ({ n: Object.values(counts).reduce((a, b) => a + b, 0), whole });
