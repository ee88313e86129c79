/** An entry as the protocol sends it. */
export function bare(entry) {
  const op = {};
  for (const name of ['id', 'g', 'k', 'type', 'rec', 'f', 'v', 'd', 'base', 't']) {
    if (entry[name] !== undefined) op[name] = entry[name];
  }
  return op;
}
