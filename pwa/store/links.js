/** Which slots point at a record through one field; `of` remembers where each slot pointed. */
export class Links {
  constructor() {
    this.slots = new Map();
    this.of = [];
  }

  insert(slot, id) {
    this.of[slot] = id;
    if (!id) return;
    const found = this.slots.get(id);
    if (found) found.push(slot);
    else this.slots.set(id, [slot]);
  }

  remove(slot) {
    const found = this.slots.get(this.of[slot]);
    if (!found) return;
    const at = found.indexOf(slot);
    if (at >= 0) found.splice(at, 1);
  }

  at(id) {
    return this.slots.get(id) ?? [];
  }
}
