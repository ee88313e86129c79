// Forms that were sent, for records held here: operations for the outbox, and a page to go on to.
// server/web/changing.py is its twin.
import * as forms from '../views/forms.js';
import * as views from '../views/index.js';
import { backTo } from '../views/addresses.js';
import { fileEntity, holdingId, holdingOf } from '../views/holding.js';
import { byPath, entity } from '../views/manifest.js';
import { subject } from '../views/telling.js';
import { uuid7 } from '../store/uuid7.js';
import { errorPage, moved, page } from './answers.js';
import { attach } from './files.js';
import { carried, settled, unmade } from './fixing.js';
import { syncNow, tell } from './present.js';
import { isOurs, readForm } from './requests.js';
import { showHeld } from './showing.js';
import { sweep, takeBack } from './sweeping.js';
import { keepView } from './views.js';

const RECORD = /^\/([a-z][a-z0-9-]*)\/(?:([\w-]+)(?:\/([a-z-]+))?)?$/;

/** @returns {Promise<Response|null>} null where the record is not held: the server must take it */
export async function change(visit) {
  const form = await readForm(visit.request.clone());
  if (!(await isOurs(form, visit))) return errorPage(403, visit);
  const asked = { ...visit, form, query: carried(visit.query, form), t: visit.store.now() };
  if (visit.path === '/settings') return setOwn(asked);
  const [, path, id, noun] = RECORD.exec(visit.path) ?? [];
  if (path === 'conflicts') return settle(asked, id);
  if (path === 'notices') return answerNotice(asked, id, noun);
  if (path === 'chosen') return takeBack(asked, id, noun);
  if (path === 'outbox') return handleUpload(asked, id, noun);
  if (path === 'problems') return handleProblem(asked, id, noun);
  if (path === 'views') return saveView(asked, id, noun);
  const owner = path && byPath(path);
  if (!owner) return null;
  if (!id) return owner.attached ? attachPosted(asked) : create(asked, owner);
  if (id === 'chosen') return sweep(asked, owner);
  const record = visit.store.get(owner.type, id);
  if (!record) return null;
  return (VERBS[noun ?? ''] ?? act)(asked, owner, record, noun);
}

const VERBS = { '': edit, deletion: remove, restoration: restore, keeping: keepFile, showing: showHeld };

/** Durable first, then on its way, then the next page. */
export async function done(visit, ops, target) {
  const { event, store, syncing, form } = visit;
  if (ops.length) {
    await keep({ store, syncing }, ops); // pages know of it before one can say that all was sent
    event.waitUntil(tellOthers(ops, event.clientId));
  }
  await settled(visit);
  event.waitUntil(syncNow());
  return moved(backTo(form) ?? target);
}

export async function keep({ store, syncing }, ops) {
  await store.load(ops.map((op) => op.type));
  await store.write(ops.map((op) => ({ ...op, title: subject(store, op) })));
  await tell({ type: 'state', ...syncing.news, ...store.status() });
  self.registration.sync?.register('outbox').catch(() => {});
}

/** Other tabs show what was saved, whether or not there is a network; this one goes on anyway. */
export const tellOthers = (ops, but = null) =>
  tell({ type: 'changed', types: [...new Set(ops.map((op) => op.type))], ids: ops.map((op) => op.rec) }, but);

const refused = (visit, view) => page(view, visit, 422);

async function create(visit, owner) {
  const { store, me, now, form, query, t } = visit;
  const { values, given, errors } = forms.parse(owner, form, me, null);
  if (Object.keys(errors).length) return refused(visit, views.formView(store, me, now, owner, null, query, given, errors));
  const rec = unmade(visit, owner) ?? uuid7(t);
  return done(visit, [forms.creation(owner, rec, values, me, now, uuid7, t)], `/${owner.path}/${rec}`);
}

async function edit(visit, owner, record) {
  const { store, me, now, form, query, t } = visit;
  const { values, given, errors } = forms.parse(owner, form, me, record);
  const [was, base] = forms.seen(owner, form, record);
  if (Object.keys(errors).length) {
    return refused(visit, views.formView(store, me, now, owner, record.id, query, given, errors, base, was));
  }
  const ops = forms.operations(owner, record.id, was, values, base, me, uuid7, t);
  return done(visit, ops, `/${owner.path}/${record.id}`);
}

function remove(visit, owner, record) {
  const op = forms.deletion(owner, record.id, baseOf(visit, record), uuid7, visit.t);
  return done(visit, [op], `/${owner.path}/`);
}

function restore(visit, owner, record) {
  const op = forms.restoration(owner, record.id, baseOf(visit, record), uuid7, visit.t);
  return done(visit, [op], `/${owner.path}/${record.id}`);
}

/** Have one's phones keep a customer file, or no longer. */
function keepFile(visit, owner, record) {
  const { store, me, form, t } = visit;
  if (owner.type !== fileEntity().type) return null;
  const held = holdingOf(store, me, record.id);
  const op = forms.keeping(me, held, holdingId(me.id, record.id), record.id, form.kept?.[0] === '1', uuid7, t);
  return done(visit, [op], `/${owner.path}/${record.id}`);
}

/** A named action, e.g. POST /tasks/<id>/handing-over. */
async function act(visit, owner, record, noun) {
  const { store, me, now, form, query, t } = visit;
  const action = owner.actions.find((one) => one.noun === noun);
  if (!action) return null;
  const { values, given, errors } = forms.parse(action, form, me, null);
  const base = baseOf(visit, record);
  if (Object.keys(errors).length) {
    return refused(visit, views.actionView(store, me, now, owner, record.id, action, query, given, errors, base));
  }
  return done(visit, [forms.doing(owner, action, record.id, values, base, uuid7, t)], `/${owner.path}/${record.id}`);
}

async function settle(visit, id) {
  const { store, me, form, t } = visit;
  const conflict = id && store.get('conflict', id);
  if (!conflict) return null;
  const record = store.get(conflict.of, conflict.rec);
  if (!record) return null;
  const { ops, given, errors } = forms.settling(conflict, entity(conflict.of), record, form, me, uuid7, t);
  if (Object.keys(errors).length) return refused(visit, views.conflictView(store, me, id, given, errors));
  return done(visit, ops, '/conflicts');
}

async function setOwn(visit) {
  const { store, me, form, t } = visit;
  const owner = views.settingsOwner();
  const person = store.get('person', me.id);
  const { values, given, errors } = forms.parse(owner, form, me, person);
  const [was, base] = forms.seen(owner, form, person);
  if (Object.keys(errors).length) return refused(visit, views.settingsView(store, me, given, errors));
  return done(visit, forms.operations(owner, person.id, was, values, base, me, uuid7, t), '/settings');
}

async function saveView(visit, id, noun) {
  await visit.store.load(['saved_view']);
  const found = keepView(visit, id, noun);
  if (found?.wrong) return errorPage(400, visit);
  return found && done(visit, found.ops, found.target);
}

/** What a person does about a notice; `/notices/reading` is about all of them. */
function answerNotice(visit, id, noun) {
  const { store, me, now, form, t } = visit;
  if (id === 'reading') {
    const waiting = views.latest(store, me, { read: 'false' });
    return done(visit, waiting.flatMap((notice) => views.reading(notice, uuid7, t)), '/notices');
  }
  const notice = id && store.get('notice', id);
  const ops = notice && views.answering(store, notice, noun, form.until?.[0] ?? '', me, now, uuid7, t);
  return ops ? done(visit, ops, '/notices') : null;
}

/** Files of a form that no script has a hand in. */
async function attachPosted(visit) {
  const sent = (await visit.request.clone().formData()).getAll('file').filter((one) => one instanceof File && one.name);
  const [of, rec] = [visit.form.of?.[0], visit.form.rec?.[0]];
  if (!byType(of) || !visit.store.get(of, rec)) return null;
  await attach(visit.here, sent, { of, rec });
  return done(visit, [], `/${byType(of).path}/${rec}`);
}

const byType = (type) => (entity(type)?.system || entity(type)?.attached ? null : entity(type));

/** A file that could not be sent goes out again, or is let go of for good. */
async function handleUpload(visit, id, noun) {
  const { store, here } = visit;
  if (!store.uploads().some((one) => one.id === id)) return moved('/outbox');
  if (noun === 'retrying') await here.sending.retry(id);
  else if (noun === 'discarding') await here.sending.drop(id);
  else return null;
  const record = noun === 'discarding' && store.get('file', id);
  const gone = record && !record.deleted && store.state.base('file', id);
  return done(visit, gone ? [forms.deletion(entity('file'), id, record.ver, uuid7, visit.t)] : [], '/outbox');
}

/** What was refused goes out again, or is let go of. */
async function handleProblem(visit, id, noun) {
  const { store } = visit;
  if (!store.problems().some((one) => one.id === id)) return moved('/problems');
  if (noun === 'retrying') await store.retry(id);
  else if (noun === 'discarding') await store.discard(id);
  else return null;
  return done(visit, [], '/problems');
}

/** The version that the person saw, as the form says; else the present one. */
function baseOf({ form }, record) {
  const said = form._base?.[0] ?? '';
  return /^[0-9]{1,15}$/.test(said) ? Number(said) : record.ver;
}
