/** ROW: a record as one line of a list; mirrors server/web/views/rows.py. */
import { cell, cells, isEmpty, kindOf, titleOf } from './cells.js';
import { may } from './may.js';

/** @param {string} today the date in the person's zone; `columns` are those of the entity unless given */
export const rows = (store, me, today, owner, records, columns = owner.columns) =>
  records.map((record) => row(store, me, today, owner, record, columns));

export function row(store, me, today, owner, record, columns = owner.columns) {
  const state = stateOf(owner);
  const due = record.due ?? null;
  const closed = state !== null && owner.closed.includes(record[state.name]);
  const href = `/${owner.path}/${record.id}`;
  const change = may(me, store, record, 'change');
  const finish = change ? finishing(owner, record) : null;
  return {
    id: record.id,
    type: owner.type,
    href,
    title: titleOf(owner, record),
    label: kindOf(owner, record),
    sub: cells(store, owner, record, owner.sub).filter((c) => !isEmpty(c.value)),
    cells: cells(store, owner, record, columns),
    mark: store.mark(record),
    icon: iconOf(owner, record),
    state: state && cell(store, state, record[state.name]),
    due,
    late: Boolean(due && !closed && due < today),
    phone: phoneOf(record),
    avatar: hasPhones(owner),
    change,
    done: finish ? `${href}/${finish.noun}` : null,
  };
}

export const stateOf = (owner) => owner.fields.find((f) => f.kind === 'state') ?? null;

export const iconOf = (owner, record) => owner.icons[record.kind] ?? owner.icon;

export const phoneOf = (record) => (record.phones?.length ? record.phones[0] : record.phone) || null;

/** People and companies have a face; papers have an icon. */
export const hasPhones = (owner) => owner.fields.some((f) => f.kind === 'phones');

/** The action that closes the record at one tap. */
export const finishing = (owner, record) =>
  possible(owner, record).find((a) => !a.fields.length && owner.closed.includes(movesTo(owner, a))) ?? null;

/** Actions that the record's state allows. */
export function possible(owner, record) {
  const state = stateOf(owner);
  const moves = state?.states?.[record[state.name]] ?? [];
  return owner.actions.filter((a) => [null, ...moves].includes(movesTo(owner, a)));
}

/** The state to which an action moves its record. */
export function movesTo(owner, action) {
  const state = stateOf(owner);
  const move = action.effects.find(([, field, [source]]) => field === state?.name && source === 'value');
  return move ? move[2][1] : null;
}
