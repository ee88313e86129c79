import { Links } from './links.js';
import { Order } from './order.js';
import { chunkOf, refPart, WORDS } from './pack.js';
import { Absent, Lines, Packed } from './parts.js';

const TITLE = '';
const FEW = 2; // records asked for one by one, after which all are brought
const MANY = 200; // beyond this, sorting afresh beats moving one by one

/**
 * The records of one type in memory. A record has a slot; columns are arrays by slot. What is
 * shown is the base with the outbox folded in; where they differ the base stands in `bases`.
 * Of packed pages only what lists need is there at once; readers of the rest may throw Absent.
 */
export class Table {
  constructor(index, type) {
    this.index = index;
    this.type = type;
    this.at = new Map();
    this.ids = [];
    this.keys = [];
    this.hay = []; // search text; undefined: still in its page; null: not made yet
    this.shown = []; // undefined: still in its page; null: no such record
    this.live = [];
    this.gens = [];
    this.home = [];
    this.pages = [];
    this.bases = new Map();
    this.orders = new Map();
    this.links = new Map();
    this.alone = new Set(); // ids of those that stand in `rows`, also when a page has overtaken them
    this.loose = 0; // records that stand in `rows`, or in a page packed under other rules
    this.next = 0;
    this.edits = 0;
    this.singles = 0;
  }

  addPage(head, key) {
    const ids = head.ids ? head.ids.split('\n') : [];
    const keys = head.keys.split('\n');
    this.join(new Packed(this.type, key, head, this.ids.length), ids, keys.slice(0, ids.length), head.dead);
  }

  /** @param {Array} rows [id, type, ver, doc] that are not packed, as they came together in so many bytes */
  addLines(rows, key, size) {
    const dead = rows.flatMap((row, i) => (row[3].deleted ? [i] : []));
    const keys = rows.map((row) => this.index.key(row[3]));
    this.join(new Lines(this.index, key, rows, size, this.ids.length), rows.map((row) => row[0]), keys, dead);
  }

  join(page, ids, keys, dead) {
    const { start, gen } = page;
    this.pages.push(page);
    for (let i = 0; i < ids.length; i++) {
      this.ids.push(ids[i]);
      this.keys.push(keys[i]);
      this.gens.push(gen);
      this.home.push(this.pages.length - 1);
      this.live.push(true);
      const old = this.at.get(ids[i]);
      if (old !== undefined) this.bury(old);
      this.at.set(ids[i], start + i);
    }
    this.shown.length = this.ids.length;
    for (const i of dead) this.live[start + i] = false;
  }

  bury(slot) {
    this.shown[slot] = null;
    this.live[slot] = false;
  }

  /** Parts of pages, not in memory, that hold these records. */
  lacking(slots) {
    const names = this.pages.map(() => new Set());
    for (const slot of slots) {
      const page = this.pages[this.home[slot]];
      if (page && this.shown[slot] === undefined) names[this.home[slot]].add(chunkOf(slot - page.start));
    }
    return this.pages.flatMap((page, i) => page.lacking([...names[i]]));
  }

  missing() {
    return this.pages.flatMap((page) => page.missing(this.index.refs));
  }

  need(wants) {
    if (wants.length) throw new Absent(wants);
  }

  needAll(name) {
    this.need(this.pages.flatMap((page) => page.lacking([name])));
  }

  record(slot) {
    const known = this.shown[slot];
    if (known !== undefined) return known;
    const page = this.pages[this.home[slot]];
    const lacking = page.lacking([chunkOf(slot - page.start)]);
    if (lacking.length && ++this.singles > FEW) this.need(this.missing());
    this.need(lacking);
    return (this.shown[slot] = this.index.record(page.row(slot - page.start)));
  }

  /** Several at once. */
  records(slots) {
    this.need(this.lacking(slots));
    return slots.map((slot) => this.record(slot));
  }

  get(id) {
    const slot = this.at.get(id);
    return slot === undefined ? null : this.record(slot);
  }

  /** The version of the base, without reading it; -1 for none. */
  verOf(id) {
    if (this.bases.has(id)) return this.bases.get(id)?.ver ?? -1;
    const slot = this.at.get(id);
    if (slot === undefined || this.shown[slot] === null) return -1;
    const page = this.pages[this.home[slot]];
    return page ? page.vers[slot - page.start] : this.shown[slot].ver;
  }

  base(id) {
    return this.bases.has(id) ? this.bases.get(id) : this.get(id);
  }

  genOf(id) {
    return this.gens[this.at.get(id)] ?? -1;
  }

  /** @param {any} record what the server last said of it */
  setBase(id, record, gen) {
    this.edits++;
    this.show(id, record);
    this.bases.delete(id);
    const slot = this.at.get(id);
    this.gens[slot] = gen;
    this.home[slot] = -1;
  }

  /** Shows `record` in place of the base; null shows nothing. */
  overlay(id, record) {
    if (!this.bases.has(id)) this.bases.set(id, this.get(id));
    this.show(id, record);
  }

  uncover(id) {
    if (!this.bases.has(id)) return;
    this.show(id, this.bases.get(id));
    this.bases.delete(id);
  }

  show(id, record) {
    let slot = this.at.get(id);
    if (slot === undefined) this.at.set(id, (slot = this.ids.length));
    else this.lift(slot);
    this.ids[slot] = id;
    this.home[slot] ??= -1;
    if (!this.index.areNamesakes(record, this.shown[slot])) this.keys[slot] = record ? this.index.key(record) : '';
    this.shown[slot] = record;
    this.live[slot] = Boolean(record) && !record.deleted;
    this.hay[slot] = null;
    if (this.live[slot]) this.lay(slot, record);
  }

  lift(slot) {
    if (!this.live[slot]) return;
    for (const order of this.orders.values()) order.remove(slot);
    for (const links of this.links.values()) links.remove(slot);
  }

  lay(slot, record) {
    for (const order of this.orders.values()) {
      if (order.name !== TITLE) order.keys[slot] = record[order.name] ?? null;
      order.insert(slot);
    }
    for (const [by, links] of this.links) links.insert(slot, record[by]);
  }

  /** Call before changing many records. */
  loosen(changes) {
    if (changes < MANY) return;
    this.orders.clear();
    this.links.clear();
  }

  liveSlots() {
    const slots = [];
    for (let slot = 0; slot < this.live.length; slot++) if (this.live[slot]) slots.push(slot);
    return slots;
  }

  /** By title without a name, else by the values of a field. */
  order(name = TITLE, down = false) {
    const known = `${down ? '-' : ''}${name}`;
    let order = this.orders.get(known);
    if (!order) {
      const slots = this.liveSlots();
      const keys = name === TITLE ? this.keys : [];
      if (name !== TITLE) this.records(slots).forEach((record, i) => { keys[slots[i]] = record[name] ?? null; });
      this.orders.set(known, (order = new Order(keys, this.ids, slots, down)));
      order.name = name;
    }
    return order;
  }

  linked(by, id) {
    let links = this.links.get(by);
    if (!links) this.links.set(by, (links = this.readLinks(by)));
    return this.records(links.at(id));
  }

  readLinks(by) {
    const links = new Links();
    this.needAll(refPart(by));
    const columns = this.pages.map((page) => page.column(refPart(by)));
    for (const slot of this.liveSlots()) {
      const home = this.shown[slot] ? -1 : this.home[slot];
      links.insert(slot, home < 0 ? this.shown[slot][by] : columns[home][slot - this.pages[home].start]);
    }
    return links;
  }

  words(slot) {
    if (this.hay[slot] === undefined) this.unpackWords();
    return (this.hay[slot] ??= this.index.words(this.record(slot)));
  }

  unpackWords() {
    this.needAll(WORDS);
    for (const page of this.pages) {
      const words = page.column(WORDS);
      for (let i = 0; i < words.length; i++) {
        if (this.hay[page.start + i] === undefined) this.hay[page.start + i] = words[i];
      }
    }
  }

  count() {
    let n = 0;
    for (const live of this.live) if (live) n++;
    return n;
  }

  versions() {
    return [...this.at.keys()].map((id) => [id, this.verOf(id)]).filter(([, ver]) => ver >= 0);
  }
}
