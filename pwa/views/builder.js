/** The builder of a list's conditions; mirrors server/web/views/builder.py, which says how. */
import { address, one } from './addresses.js';
import * as asking from './asking.js';
import { typedValues, valueInputs } from './built.js';
import * as criteria from './criteria.js';
import { fieldOf } from './manifest.js';
import { askable, fault, operators, problem } from './operators.js';
import { fromTree, MOST, rowsOf, stepped } from './steps.js';

const OTHER = { and: 'or', or: 'and' };

export function builderView(store, me, owner, query, defaultScope = 'all') {
  const asked = asking.read(owner, me, query, defaultScope);
  const done = one(query, 'c.do');
  const said = one(query, 'c.join');
  const join = OTHER[said] ? said : asked.tree.join;
  const rows = stepped(rowsOf(owner, query) ?? fromTree(asked.tree), done);
  const [tree, faults] = treeOf(owner, join, rows, me);
  const wrong = done === 'go' && faults.some(Boolean);
  const go = asking.link(owner, asked, { where: criteria.write(tree), after: null });
  return ['entity/builder.html', {
    entity: owner,
    title: 'Filter',
    join,
    other: OTHER[join],
    groups: groupsOf(store, me, owner, rows, wrong ? faults : []),
    fields: askable(owner).map(({ name, label }) => ({ value: name, label })),
    hidden: asking.hidden({ ...asked, where: '' }),
    fault: rows.length ? null : asked.fault,
    most: rows.length >= MOST,
    list: asking.link(owner, asked, { where: '', after: null }),
    go: done === 'go' && !wrong ? go : null,
  }];
}

/** The tree of the rows, and for each the code of what is wrong with it. */
function treeOf(owner, join, rows, me) {
  const parts = new Map();
  const faults = rows.map((row, at) => {
    const field = fieldOf(owner, row.field);
    if (!field) return null;
    const [values, code] = row.values ? [row.values, null] : typedValues(field, row.op, row.given, me);
    const key = row.group || `-${at}`;
    if (!parts.has(key)) parts.set(key, { join: OTHER[join], of: [] });
    parts.get(key).of.push({ field: row.field, op: row.op, values });
    return code ?? fault(field, row.op, values);
  });
  const tree = criteria.tidy({ join, of: [...parts.values()] });
  return [problem(owner, tree) ? asking.NOTHING : tree, faults];
}

/** Rows in their groups; one of its own stands in a group without a key. */
function groupsOf(store, me, owner, rows, faults) {
  const found = new Map();
  rows.forEach((row, at) => {
    const key = row.group || `-${at}`;
    if (!found.has(key)) found.set(key, { key: row.group, rows: [] });
    found.get(key).rows.push(rowOf(store, me, owner, row, at, faults[at] ?? null));
  });
  return [...found.values()];
}

function rowOf(store, me, owner, row, n, code) {
  const field = fieldOf(owner, row.field);
  return {
    n,
    field: row.field,
    label: field?.label ?? '',
    group: row.group,
    op: row.op,
    ops: field ? operators(field).map(([value, label]) => ({ value, label })) : [],
    ...valueInputs(store, me, field, row, code),
  };
}

/** Where the builder of a list is. */
export const filterAddress = (owner, asked) =>
  address(`/${owner.path}/filter`, asking.parts({ ...asked, after: null }));
