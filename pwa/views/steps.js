/** The rows of the builder of conditions, as posted and after a tap; mirrors server/web/views/steps.py. */
import { one } from './addresses.js';
import { fieldOf } from './manifest.js';
import { askable, operators } from './operators.js';

export const MOST = 30; // rows

/** What was posted, or null before anything was. */
export function rowsOf(owner, query) {
  if (!one(query, 'c.do') && !query['c0.f']) return null;
  const found = [];
  for (let n = 0; n <= MOST; n++) if (query[`c${n}.f`]) found.push(readRow(owner, query, n));
  return found.slice(0, MOST);
}

function readRow(owner, query, n) {
  const field = fieldOf(owner, one(query, `c${n}.f`));
  const group = Array.from(one(query, `c${n}.g`)).slice(0, 3).join('');
  if (!field || !askable(owner).includes(field)) return { n, group, field: '', op: '', given: [] };
  const op = one(query, `c${n}.o`);
  const ops = operators(field).map(([name]) => name);
  const given = (query[`c${n}.v`] ?? []).slice(0, 60);
  return { n, group, field: field.name, op: ops.includes(op) ? op : ops[0], given };
}

export function fromTree({ of }) {
  const rows = of.flatMap((part, at) => (part.of ?? [part]).map((leaf) => ({ group: part.of ? String(at) : '', ...leaf })));
  return rows.map((row, n) => ({ ...row, n }));
}

/** The rows after a tap; a new one has no field yet. */
export function stepped(rows, done) {
  const cut = done.indexOf('.');
  const [verb, which] = cut < 0 ? [done, ''] : [done.slice(0, cut), done.slice(cut + 1)];
  if (verb === 'drop') return rows.filter((row) => String(row.n) !== which);
  const taken = rows.map((row) => row.group);
  const free = Array.from({ length: MOST + 2 }, (_, n) => String(n)).find((n) => !taken.includes(n));
  const group = new Map([['add', Array.from(which).slice(0, 3).join('')], ['group', free]]).get(verb);
  if ((group === undefined && (rows.length || done)) || rows.length >= MOST) return rows;
  const blank = { n: -1, group: group ?? '', field: '', op: '', given: [] };
  return [...rows, ...(verb === 'group' ? [blank, blank] : [blank])];
}
