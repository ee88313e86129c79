/**
 * Letters to change, add, drop or swap with their neighbour from one word to each beginning of the
 * other, the whole of it last. (Optimal string alignment distance.)
 * @param {string|string[]} word @param {string|string[]} to
 * @returns {number[]}
 */
export function steps(word, to) {
  let [before, last] = [null, Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= word.length; i++) {
    const line = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = word[i - 1] === to[j - 1];
      line[j] = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && word[i - 1] === to[j - 2] && word[i - 2] === to[j - 1]) {
        line[j] = Math.min(line[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, line];
  }
  return last;
}
