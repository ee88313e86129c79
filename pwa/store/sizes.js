/** Bytes of one type's records as they are kept: exact for those that are packed. */
export function bytesOf({ pages, shown, home }) {
  const packed = pages.reduce((sum, page) => sum + (page.ends.at(-1) ?? 0), 0);
  const loose = home.map((page, slot) => (page < 0 && shown[slot] ? JSON.stringify(shown[slot]).length : 0));
  return packed + loose.reduce((sum, n) => sum + n, 0);
}
