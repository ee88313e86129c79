// Changes of many records, all of which are held here: operations for the outbox, and an account by
// which they are taken back. What is not held, and all that match, is the server's to change; so are very
// many, while it is within reach.
import { uuid7 } from '../store/uuid7.js';
import { one as first } from '../views/addresses.js';
import { checkMove } from '../views/checks.js';
import * as deeds from '../views/deeds.js';
import * as forms from '../views/forms.js';
import * as views from '../views/index.js';
import { entity, fieldOf } from '../views/manifest.js';
import { isOpen, may } from '../views/may.js';
import { page } from './answers.js';
import { done } from './changing.js';
import { defaultScope } from './requests.js';

const AT_ONCE = 200; // records: a phone sends what it changes one by one
const MOST = 2_000; // that are named one by one
const KEPT = 10; // accounts, the latest
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const sweepsOf = ({ store }) => store.meta('sweeps') ?? [];
const find = (visit, id) => sweepsOf(visit).find((one) => one.id === id);

/** The page of one that was made here, or null. */
export function sweepPage(visit, id) {
  const found = find(visit, id);
  return found ? views.sweepView(visit.store, found) : null;
}

/** @returns {Promise<Response>} */
export async function sweep(visit, owner) {
  const { store, me, form } = visit;
  const { deed, given, errors } = deeds.read(owner, form, me);
  const ids = [...new Set(form._rec ?? [])];
  const code = form._all ? null : miscounted(ids.length);
  const wrong = deed && code ? { _rec: code } : errors;
  if (Object.keys(wrong).length) return again(visit, owner, given, wrong);
  const records = ids.map((id) => store.get(owner.type, id));
  const held = !form._all && !records.includes(null);
  if (held && ids.length <= AT_ONCE) return carryOut(visit, owner, deed, records);
  const answer = await byServer(visit);
  if (answer) return answer;
  return held ? carryOut(visit, owner, deed, records) : again(visit, owner, given, { _rec: 'not_held' });
}

const miscounted = (n) => (n ? (n > MOST ? 'many_chosen' : null) : 'none_chosen');

/** Its answer, or null where it is out of reach. */
async function byServer({ request, event, syncing }) {
  const answer = await fetch(request.clone()).catch(() => null);
  if (answer) event.waitUntil(syncing.soon()); // what it was told without us may be of what is held here
  return answer;
}

function again(visit, owner, given, errors) {
  const { store, me, form, query } = visit;
  const asked = { ...query, _do: form._do ?? [], _field: form._field ?? [] };
  const view = views.chosenView(store, me, owner, asked, defaultScope(), given, errors);
  return view && page(view, visit, 422);
}

async function carryOut(visit, owner, deed, records) {
  const { me, form, now, t } = visit;
  const [ops, back, faults] = [[], [], []];
  for (const record of records) {
    const why = whyNot(visit, owner, deed, record);
    const some = why ? [] : deeds.operations(owner, deed, record, me, uuid7, t);
    if (why) faults.push([record.id, ...why]);
    if (some.length) back.push([record.id, deeds.changes(deed, record)]);
    ops.push(...some);
  }
  const given = first(form, '_run');
  const id = ID.test(given) && !find(visit, given) ? given : uuid7(t);
  const [total, changed, refused] = [records.length, back.length, faults.length];
  await keep(visit, {
    id, type: owner.type, deed, at: now, by: null, status: 'done', error: null, total, done: total, changed,
    same: total - changed - refused, refused, undone: 0, kept: 0, faults, back,
  });
  const tell = refused || total > AT_ONCE; // too many for a message that goes by
  return done(tell ? { ...visit, form: {} } : visit, ops, tell ? `/chosen/${id}` : `/${owner.path}/`);
}

/** What the door would say, as far as it can be known here: [field, code], or null. */
function whyNot({ store, me, now }, owner, deed, record) {
  if (record.deleted) return [null, 'gone'];
  if (!may(me, store, record, deed.do === 'del' ? 'delete' : 'change')) return [null, 'forbidden'];
  if (!isOpen(owner, record, now)) return [null, 'closed'];
  const field = fieldOf(owner, deed.field);
  const code = field && checkMove(field, record, deed.value);
  return code ? [field.name, code] : null;
}

const keep = (visit, sweep) => visit.store.meta('sweeps', [sweep, ...sweepsOf(visit).filter(({ id }) => id !== sweep.id)].slice(0, KEPT));

/** @returns {Promise<Response>|null} null where it was not made here */
export function takeBack(visit, id, noun) {
  const found = find(visit, id);
  if (!found || noun !== 'undoing') return null;
  return found.status === 'done' ? undo(visit, found) : done({ ...visit, form: {} }, [], `/chosen/${id}`);
}

async function undo(visit, found) {
  const [ops, faults] = [[], []];
  for (const [rec, changes] of found.back) {
    const { some, why } = undone(visit, found, rec, changes);
    ops.push(...some);
    if (why) faults.push([rec, ...why]);
  }
  const kept = faults.length;
  await keep(visit, { ...found, status: 'undone', kept, undone: found.back.length - kept, faults });
  return done({ ...visit, form: {} }, ops, `/chosen/${found.id}`);
}

/** Operations that put a record back; what was changed since is kept, and what one may no longer change. */
function undone({ store, me, t }, { type }, rec, changes) {
  const [owner, record] = [entity(type), store.get(type, rec)];
  const [[name, [before, after]]] = Object.entries(changes);
  if (!record || (record.deleted && name !== 'deleted')) return { some: [], why: [null, 'gone'] };
  const field = fieldOf(owner, name);
  const free = field && !field.readonly && may(me, store, record, name === 'deleted' ? 'delete' : 'change');
  if (!free) return { some: [], why: [field ? name : null, 'forbidden'] };
  if (name === 'deleted') return { some: record.deleted ? [forms.restoration(owner, rec, record.ver, uuid7, t)] : [] };
  const now = record[name];
  const isSet = field.merge === 'set';
  if (!isSet && JSON.stringify(now) !== JSON.stringify(after)) return { some: [], why: [name, 'changed'] };
  const value = isSet ? without(now, before, after) : before;
  return { some: forms.operations(owner, rec, record, { [name]: value }, record.ver, me, uuid7, t) };
}

/** One by one, so that what others have added since stays. */
function without(now, before, after) {
  const rest = now.filter((value) => before.includes(value) || !after.includes(value));
  return [...rest, ...before.filter((value) => !after.includes(value) && !now.includes(value))];
}
