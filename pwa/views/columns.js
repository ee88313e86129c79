/** The columns of a list: their headings, and which may be chosen; mirrors server/web/views/columns.py. */
import { keptLine, others } from './arranged.js';
import * as asking from './asking.js';
import { askable } from './operators.js';

/** The columns that a list may have: those it has, in their order, and then the others. */
export function offeredOf(owner, columns) {
  const labels = new Map(askable(owner).filter((f) => f.name !== owner.title).map((f) => [f.name, f.label]));
  const names = [...columns.filter((name) => labels.has(name)), ...[...labels.keys()].filter((name) => !columns.includes(name))];
  return names.map((name) => ({ name, label: labels.get(name), chosen: columns.includes(name) }));
}

export function column(owner, asked, { name, label, kind }) {
  const sorted = asked.sort === name ? asked.dir : null;
  const turned = { sort: name, dir: sorted === 'asc' ? 'desc' : 'asc', given: true, after: null };
  const href = owner.sorts.includes(name) ? asking.link(owner, asked, turned) : null;
  return { name, label, kind, href, sorted, width: asked.widths[name] ?? null };
}

/** What a page needs to keep how columns are arranged: {own, kept, rest, was, base}. */
export function arrangingOf(store, me, owner, asked) {
  const person = store.get('person', me.id) ?? {};
  return {
    own: !asked.cols.length,
    kept: Boolean(keptLine(me, owner)),
    rest: others(me, owner),
    was: JSON.stringify({ columns: person.columns ?? null }),
    base: person.ver ?? 0,
  };
}
