/** A list as a board: a column for each value of a choice or state; mirrors server/web/views/board.py. */
import * as asking from './asking.js';
import { today } from './calendars.js';
import { ALL, UNCLOSED } from './closing.js';
import { fieldOf } from './manifest.js';
import { isOpen, may } from './may.js';
import { more, part, shares } from './parting.js';
import { row, stateOf } from './rows.js';

const CARDS = 20; // of a column at once

export function board(store, me, now, owner, asked) {
  const field = fieldOf(owner, asked.by);
  const wanted = question(owner, asked, me, now);
  const { counts, whole } = shares(store, owner, wanted, field);
  const chosen = wanted.filters[field.name];
  const pairs = [...field.choices, ...(field.required ? [] : [['', 'None']])];
  const shown = pairs.filter(([value]) => chosen === undefined || [chosen].flat().includes(value));
  return {
    by: { name: field.name, label: field.label, kind: field.kind },
    whole,
    stacks: shown.map(([value, label]) => ({
      value, label, n: counts[value] ?? 0, ...cardsOf(store, me, now, owner, { ...asked, col: value, after: null }),
    })),
  };
}

/** What closed states hide from a list has columns of its own here. */
function question(owner, asked, me, now) {
  let { filters } = asked;
  if ((filters[asked.by] ?? UNCLOSED) === UNCLOSED) {
    const { [asked.by]: _, ...rest } = filters;
    const closing = owner.closed.length && fieldOf(owner, asked.by) === stateOf(owner);
    filters = closing ? { ...filters, [asked.by]: ALL } : rest;
  }
  return asking.toStore(owner, { ...asked, filters }, CARDS, me, now);
}

/** {cards, next} of one column. */
export function cardsOf(store, me, now, owner, asked) {
  const asks = question(owner, asked, me, now);
  if (owner.closed.includes(asked.col) && !asked.given) asks.sort = ['updated_at', 'desc']; // what was closed last
  const page = store.page(owner.type, part(asks, asked.by, asked.col));
  return {
    by: { name: asked.by },
    here: asking.link(owner, asked, { after: null }),
    cards: page.rows.map((record) => card(store, me, now, owner, asked, record)),
    next: more(owner, asked, page),
  };
}

function card(store, me, now, owner, asked, record) {
  const field = fieldOf(owner, asked.by);
  const value = record[field.name];
  const free = field.in_form && !field.readonly && isOpen(owner, record, now);
  return {
    ...row(store, me, today(now, me.zone), owner, record),
    ver: record.ver,
    value: value ?? '',
    was: JSON.stringify({ [field.name]: value }),
    moves: free && may(me, store, record, 'change') ? movesOf(field, value) : [],
  };
}

/** Where the declaration lets it go. */
function movesOf({ choices, states, required }, value) {
  const pairs = choices.filter(([one]) => one !== value).map(([one, label]) => ({ value: one, label }));
  if (states) return pairs.filter((pair) => (states[value ?? ''] ?? []).includes(pair.value));
  return value && !required ? [...pairs, { value: '', label: 'None' }] : pairs;
}
