/** A person's notices, and the names that may be mentioned; mirrors notices.py. */
import { labelOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';
import { may } from './may.js';
import { finishing, iconOf } from './rows.js';
import { fold, words } from './text.js';

const [MANY, NAMES] = [100, 8];
const WORK = ['assigned', 'due', 'overdue', 'reminder'];

/** The latest first; `unread` counts what is not yet read among them. */
export function noticesView(store, me) {
  const entries = latest(store, me, {}).map((one) => entry(store, me, one));
  return ['notices.html', {
    entries, unread: entries.filter((e) => !e.read).length, invite: invites(store, me),
  }];
}

/** One's notices, those that satisfy the filters. */
export function latest(store, me, filters) {
  if (!entity('notice')) return [];
  const asked = { words: [], filters: { owner: me.id, ...filters }, sort: ['at', 'desc'], after: null, limit: MANY, scope: 'mine' };
  return store.page('notice', asked).rows;
}

/** Has somebody given them work? Then it is time to ask whether a device may notify them. */
export const invites = (store, me) => latest(store, me, { kind: 'assigned' }).length > 0;

function entry(store, me, notice) {
  const spec = entity('notice');
  const kind = fieldOf(spec, 'kind');
  const [owner, record] = about(store, notice) ?? [null, null];
  const waiting = Boolean(record && isWork(notice, record, me.id) && may(me, store, record, 'change') && finishing(owner, record));
  return {
    id: notice.id,
    kind: notice.kind,
    icon: iconOf(spec, notice),
    label: kind && labelOf(kind, notice.kind),
    title: record && store.title(owner.type, record.id),
    href: record && addressOf(notice, owner),
    by_name: notice.by ? store.title('person', notice.by) : null,
    at: notice.at,
    read: notice.read,
    done: waiting,
    snooze: waiting && fieldOf(owner, 'remind_at') !== null,
  };
}

/** May it be done, or put off, from the notice? Not when it has gone to somebody else since. */
const isWork = (notice, record, person) => WORK.includes(notice.kind) && record.assignee === person;

/** [entity, record] that a notice is about; a conflict's is the record it is in. */
export function about(store, notice) {
  let { of, rec } = notice;
  const conflict = of === 'conflict' ? store.get('conflict', rec) : null;
  if (conflict) ({ of, rec } = conflict);
  const owner = entity(of);
  const record = owner && !owner.system ? store.get(of, rec) : null;
  return record ? [owner, record] : null;
}

export const addressOf = (notice, owner) =>
  `/${notice.of === 'conflict' ? 'conflicts' : owner.path}/${notice.rec}`;

/** People of whose name some word begins like each of those typed. */
export function mentionsView(store, query) {
  const wanted = words(query.q?.[0] ?? '');
  const found = store.people().filter((one) => begins(fold(one.label), wanted)).slice(0, NAMES);
  const options = found.map((one) => ({ value: one.value, title: one.label, sub: null }));
  return ['entity/options.html', { options, name: 'mention' }];
}

const begins = (name, wanted) => wanted.every((word) => name.split(' ').some((part) => part.startsWith(word)));
