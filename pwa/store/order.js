const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Nothing comes after everything, in both directions. */
export function compareKeys(a, b, down = false) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return down ? compare(b, a) : compare(a, b);
}

/** Slots of a table by one key and then id, kept in order while records come and go. */
export class Order {
  constructor(keys, ids, slots, down = false) {
    this.keys = keys;
    this.ids = ids;
    this.down = down;
    this.slots = slots.sort((a, b) => this.compare(a, keys[b], ids[b]));
  }

  compare(slot, key, id) {
    return compareKeys(this.keys[slot], key, this.down) || compare(this.ids[slot], id);
  }

  /** The place of the first record at or after (key, id). */
  place(key, id) {
    let low = 0;
    let high = this.slots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(this.slots[middle], key, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  remove(slot) {
    const at = this.place(this.keys[slot], this.ids[slot]);
    if (this.slots[at] === slot) this.slots.splice(at, 1);
  }

  insert(slot) {
    this.slots.splice(this.place(this.keys[slot], this.ids[slot]), 0, slot);
  }
}

/** Sorts [key, record] pairs. */
export const sortPairs = (pairs, down) =>
  pairs.sort(([a, one], [b, two]) => compareKeys(a, b, down) || compare(one.id, two.id));
