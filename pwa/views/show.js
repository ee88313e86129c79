/** A record's page; mirrors server/web/views/show.py. */
import { attachmentsOf, tile } from './attachments.js';
import { cell, cellOf, isDraft, isEmpty, isVeiled, labelOf, titleOf } from './cells.js';
import { keepingOf } from './holding.js';
import { arranged } from './layouts.js';
import { linksOf } from './links.js';
import { isOpen, may } from './may.js';
import { quickOf } from './quick.js';
import { crumbsOf, reachOf } from './reach.js';
import { allRelated } from './related.js';
import { movesTo, possible, stateOf } from './rows.js';
import { timelineOf } from './timeline.js';

const HISTORY = ['created_at', 'created_by', 'updated_at', 'updated_by'];

export function showView(store, me, now, owner, rec) {
  const record = store.get(owner.type, rec);
  if (!record) return null;
  const open = !owner.readonly && !record.deleted && isOpen(owner, record, now);
  const living = open && may(me, store, record, 'change');
  const [state, own] = [stateOf(owner), `/${owner.path}/${rec}`];
  return ['entity/show.html', {
    entity: owner,
    record,
    title: titleOf(owner, record),
    mark: store.mark(record),
    groups: groupsOf(store, me, owner, record),
    links: record.deleted ? [] : linksOf(store, owner, record),
    files: attachmentsOf(store, me, owner, record),
    file: owner.attached ? tile(store, owner, record) : null,
    related: allRelated(store, me, now, owner, record),
    timeline: timelineOf(store, owner, record),
    actions: living ? actionsOf(owner, record) : [],
    state: state && cell(store, state, record[state.name]),
    states: state && living ? movesOf(state, record) : [],
    quick: record.deleted ? [] : quickOf(me, owner, record),
    edit: living ? `${own}/edit` : null,
    delete: !owner.readonly && may(me, store, record, 'delete'),
    crumbs: crumbsOf(store, owner, record),
    reach: reachOf(store, owner, record),
    keeping: keepingOf(store, me, owner, record),
  }];
}

/** What is filled in, under the headings of the fields; who made it and when comes last. */
function groupsOf(store, me, owner, record) {
  const found = new Map();
  for (const field of arranged(owner, me, owner.fields)) {
    const { name, kind } = field;
    const apart = [owner.title, 'deleted'].includes(name) || ['state', 'json'].includes(kind);
    const nothing = (isEmpty(record[name]) || record[name] === false) && !isVeiled(field, record);
    if (apart || field.aside || (nothing && !isDraft(field, record))) continue;
    const label = HISTORY.includes(name) ? 'Ownership' : field.group;
    if (!found.has(label)) found.set(label, { cells: [], columns: field.columns ?? 2 });
    found.get(label).cells.push(cellOf(store, field, record));
  }
  return Array.from(found, ([label, group]) => ({ label, ...group }));
}

/** The next step of the work is the one that moves its state; a closed record has none. */
function actionsOf(owner, record) {
  const found = possible(owner, record);
  const step = found.find((action) => movesTo(owner, action));
  return found.map((action) => ({
    label: action.label,
    icon: action.icon,
    href: `/${owner.path}/${record.id}/${action.noun}`,
    noun: action.noun,
    primary: action === step,
    direct: !action.fields.length,
  }));
}

const movesOf = (state, record) =>
  (state.states?.[record[state.name]] ?? []).map((value) => ({ value, label: labelOf(state, value) }));
