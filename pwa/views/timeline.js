/** EVENT: what happened to a record and in its customer file; mirrors server/web/views/timeline.py. */
import { cell, labelOf, titleOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';
import { iconOf } from './rows.js';

const MOST = 50;
const NEWEST_CHANGE = ['at', 'desc'];
const NEWEST_MADE = ['created_at', 'desc'];
const CHANGES = {
  del: 'Deleted', restore: 'Restored', unite: 'Merged', merged: 'Merged into another', part: 'Merge undone',
};
const SILENT = ['new', 'created_at', 'created_by', 'updated_at', 'updated_by'];

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The newest events first, with what waits to be sent from here. Whoever has related lists is a file, with what is in it. */
export function timelineOf(store, owner, record) {
  const events = [born(store, owner, record, record), ...changesOf(store, owner, record)];
  for (const related of owner.related) {
    const target = entity(related.type);
    if (target) events.push(...ofRelated(store, target, related, record));
  }
  return events
    .filter((e) => e.at)
    .sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id))
    .slice(0, MOST);
}

/** What was done to one record after a version, the newest first. */
export const changesTo = (store, record, seen) =>
  store.related('change', 'rec', record.id, MOST, NEWEST_CHANGE)
    .filter((change) => change.ver > seen && !SILENT.includes(change.what))
    .map((change) => changed(store, change, record))
    .filter(Boolean);

/** What happened (with a time of its own), or that something was made. */
function ofRelated(store, target, { by }, record) {
  const happens = target.closes_after !== null && fieldOf(target, 'at');
  const order = happens ? NEWEST_CHANGE : NEWEST_MADE;
  return store.related(target.type, by, record.id, MOST, order)
    .map((one) => (happens ? happened(store, target, one) : born(store, target, one, record)));
}

function changesOf(store, owner, record) {
  const by = owner.parent || owner.attached ? 'rec' : 'file';
  const waiting = store.pending().filter((change) => change[by] === record.id);
  return [
    ...waiting.map((change) => changed(store, change, record, 'pending')),
    ...store.related('change', by, record.id, MOST, NEWEST_CHANGE)
      .filter((change) => !SILENT.includes(change.what))
      .map((change) => changed(store, change, record)),
  ].filter(Boolean);
}

const event = (store, at, by, more) => ({
  title: null, label: null, body: null, href: null, changes: [], mark: null,
  at, by, by_name: by ? store.title('person', by) : null, ...more,
});

function happened(store, target, one) {
  const kind = fieldOf(target, 'kind');
  return event(store, one.at, one.created_by, {
    id: one.id,
    icon: iconOf(target, one),
    kind: one.kind || target.type,
    title: titleOf(target, one),
    label: (kind && labelOf(kind, one.kind)) || target.label,
    body: one.body ?? null,
    href: `/${target.path}/${one.id}`,
    mark: store.mark(one),
  });
}

/** That a record was made; `about` is the one whose page this is. */
function born(store, owner, one, about) {
  const itself = one.id === about.id;
  return event(store, one.created_at, one.created_by, {
    id: one.id,
    icon: owner.icon,
    kind: 'change',
    title: owner.new,
    label: owner.new,
    body: itself ? null : titleOf(owner, one),
    href: itself ? null : `/${owner.path}/${one.id}`,
    mark: one.ver ? null : store.mark(one),
  });
}

function changed(store, change, about, mark = null) {
  const owner = entity(change.of);
  if (!owner) return null;
  const itself = change.rec === about.id;
  const label = owner.actions.find((a) => a.name === change.what)?.done ?? CHANGES[change.what] ?? 'Changed';
  const name = itself ? null : store.title(owner.type, change.rec);
  return event(store, change.at, change.created_by, {
    id: change.id,
    icon: 'history',
    kind: 'change',
    title: label,
    label,
    body: [name, change.note].filter(Boolean).join('\n') || null,
    href: itself ? null : `/${owner.path}/${change.rec}`,
    changes: fieldsOf(store, owner, change.fields ?? []),
    mark,
  });
}

const fieldsOf = (store, owner, changes) => changes
  .map(([name, before, after]) => [fieldOf(owner, name), before, after])
  .filter(([field]) => field && !SILENT.includes(field.name) && field.name !== 'deleted')
  .map(([field, before, after]) => ({
    label: field.label, kind: field.kind, before: cell(store, field, before), after: cell(store, field, after),
  }));
