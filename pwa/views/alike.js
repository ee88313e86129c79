/** Who is known already like the one being typed; mirrors server/web/views/alike.py. */
import { address, one } from './addresses.js';
import { titleOf } from './cells.js';
import { having, rank, sounding } from './looking.js';
import { editable } from './manifest.js';
import { row } from './rows.js';
import { fold, words } from './text.js';
import { decimal, read } from './typed.js';

const [MOST, LOOKED] = [3, 20];
const PHONES = ['phone', 'phones'];
const OPENS = 1; // the rank of a title that opens with the words
const SHORT = 4; // letters of a name that too many are like

/** By name, phone or e-mail, as far as they are typed; `self` is the record in the form. */
export function alikeView(store, me, owner, query) {
  const given = {};
  for (const field of telling(owner)) {
    const [value, code] = read(field, query[field.name] ?? [], me);
    if (!code) given[field.name] = value;
  }
  const likely = knownAlike(store, owner, given, one(query, 'self')).slice(0, MOST);
  return ['entity/alike.html', {
    alike: likely.map(({ record, same }) => ({ row: row(store, me, '', owner, record), same })),
  }];
}

/** {record, same: [labels]} of those that share something, the most of it first. */
function knownAlike(store, owner, given, but) {
  const found = new Map();
  for (const field of telling(owner)) {
    if (Object.hasOwn(given, field.name)) look(store, owner, field, given[field.name], found);
  }
  found.delete(but);
  return [...found.values()].sort((a, b) => b.same.length - a.same.length);
}

/** Where a form asks for them, and with which of its inputs. */
export function askingAlike(owner, rec) {
  const fields = telling(owner).map((f) => `#record-form [name='${f.name}']`);
  return fields.length ? { href: address(`/${owner.path}/alike`, [['self', rec]]), fields: fields.join(', ') } : null;
}

/** The fields by which records are told apart; of papers there may be many alike. And those of which an
 *  organisation wants to be warned. */
function telling(owner) {
  const by = owner.twins ? [...PHONES, 'email'] : [];
  return editable(owner).filter((f) => !f.sensitive
    && (by.includes(f.kind) || f.sole || (owner.twins && f.name === owner.title)));
}

function look(store, owner, field, value, found) {
  for (const each of [value].flat()) {
    for (const record of each ? sameAs(store, owner, field, each) : []) {
      if (!found.has(record.id)) found.set(record.id, { record, same: [] });
      const { same } = found.get(record.id);
      if (!same.includes(field.label)) same.push(field.label);
    }
  }
}

function sameAs(store, owner, field, value) {
  if (field.sole) return exactly(store, owner, field, value);
  if (field.name === owner.title) return named(store, owner, value);
  const asked = PHONES.includes(field.kind) ? [value.replace(/^\++/, '')] : words(value);
  return having(store, owner, asked, LOOKED)
    .filter((r) => [r[field.name]].flat().some((held) => fold(held) === fold(value)));
}

/** Of one word only the same name, of more those that have them all; whatever sounds so in any
 *  script; else what is spelled so but for a letter or two. */
function named(store, owner, name) {
  const asked = words(name);
  if (asked.join('').length < SHORT) return [];
  const most = asked.length === 1 ? OPENS : OPENS + 1;
  const found = having(store, owner, asked, LOOKED).filter((r) => rank(asked, titleOf(owner, r)) <= most)
    .concat(sounding(store, owner, name));
  if (found.length) return found;
  return asked.length > 1 ? store.near(owner.type, asked, MOST) : [];
}

function exactly(store, owner, field, value) {
  const text = field.kind === 'number' ? decimal(value) : value;
  const where = { join: 'and', of: [{ field: field.name, op: 'is', values: [text] }] };
  const asked = { words: [], filters: {}, where, sort: owner.order, after: null, limit: LOOKED, scope: 'all' };
  return store.page(owner.type, asked).rows;
}
