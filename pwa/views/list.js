/** Lists of any entity; mirrors server/web/views/list.py. */
import { address, one } from './addresses.js';
import * as asking from './asking.js';
import { board, cardsOf } from './board.js';
import { filterAddress } from './builder.js';
import { today } from './calendars.js';
import { cells, isEmpty, titleOf } from './cells.js';
import { doable, offers } from './chosen.js';
import { arrangingOf, column, offeredOf } from './columns.js';
import { conditions } from './conditions.js';
import { counted } from './counting.js';
import { leaves } from './criteria.js';
import { filtersOffered } from './filtering.js';
import { groups, rowsOf } from './grouping.js';
import { looks } from './looks.js';
import { fieldOf } from './manifest.js';
import { mayCreate, mayExport } from './may.js';
import { rows } from './rows.js';
import { opened, saved } from './saved.js';
import { schedule } from './schedule.js';
import { words } from './text.js';

const [PAGE, PICKS] = [50, 8];
const PARTS = {
  'entity/list.html': 'entity/rows.html', 'entity/board.html': 'entity/stacks.html', 'entity/calendar.html': 'entity/weeks.html',
};
const SCOPES = [['mine', 'Mine'], ['all', 'All']];

/** `fallback`: all was asked for, and what is held is shown, `asOf` an instant. */
export function listView(store, me, now, owner, given, defaultScope = 'all', fallback = false, asOf = null) {
  const [query, view] = opened(store, me, owner, given);
  const asked = asking.read(owner, me, query, defaultScope);
  if (asked.col !== null) return partOf(store, me, now, owner, asked);
  const head = {
    ...headOf(store, me, owner, asked), fallback, as_of: asOf, ...saved(store, me, owner, asked, view, defaultScope),
  };
  if (asked.look === 'board') return ['entity/board.html', { ...head, ...board(store, me, now, owner, asked) }];
  if (asked.look === 'calendar') return ['entity/calendar.html', { ...head, ...schedule(store, me, now, owner, asked) }];
  return ['entity/list.html', { ...head, ...rowsIn(store, me, now, owner, asked) }];
}

function rowsIn(store, me, now, owner, asked) {
  const { columns } = asked;
  if (asked.by) return { rows: [], next: null, ...groups(store, me, now, owner, asked, columns) };
  const question = asking.toStore(owner, asked, PAGE, me, now);
  const page = store.page(owner.type, question);
  const next = page.next ? asking.link(owner, asked, { after: page.next }) : null;
  const found = rows(store, me, today(now, me.zone), owner, page.rows, columns);
  const count = counted(store, owner, question, page);
  return { rows: found, next, groups: [], grouped: false, whole: true, left: 0, count };
}

/** Is it a page that follows on another? */
const goesOn = (asked) => asked.after !== null;

/** More of one group or column. */
function partOf(store, me, now, owner, asked) {
  if (asked.look === 'board') return ['entity/cards.html', { entity: owner, ...cardsOf(store, me, now, owner, asked) }];
  const found = rowsOf(store, me, now, owner, asked, asked.columns);
  return ['entity/rows.html', { entity: owner, bulk: offers(me, owner), count: null, anew: false, going_on: goesOn(asked), ...found }];
}

/** All around the records. */
function headOf(store, me, owner, asked) {
  const { columns } = asked;
  return {
    entity: owner,
    title: owner.plural,
    q: asked.q,
    scope: asked.scope,
    scopes: asked.complete ? [] : SCOPES.map((scope) => scopeOf(owner, asked, ...scope)),
    filters: filtersOffered(store, owner, asked),
    active_filters: Object.keys(asked.filters).length + leaves(asked.tree).length,
    conditions: conditions(store, owner, asked),
    fault: asked.fault,
    count: null,
    anew: false,
    going_on: goesOn(asked),
    where: asked.where,
    cols: asked.cols.join(','),
    hidden: asking.hidden(asked),
    usual: asking.link(owner, asked, { cols: [], after: null }),
    arranging: arrangingOf(store, me, owner, asked),
    offered: offeredOf(owner, columns),
    builder: filterAddress(owner, asked),
    sort: asked.given ? asked.sort : '',
    dir_: asked.given ? asked.dir : '',
    columns: columns.map((name) => fieldOf(owner, name)).filter(Boolean).map((f) => column(owner, asked, f)),
    looks: looks(owner, asked),
    bulk: asked.look ? null : offers(me, owner),
    look: asked.look,
    by_field: asked.by,
    inline: doable(owner, 'set').map(({ name }) => name),
    create: createHref(me, owner, asked),
    export: exportHref(me, owner, asked),
    import_: createHref(me, owner, asked) ? `/imports/new?of=${owner.type}` : null,
  };
}

/** Only the rows of the same list. */
export function rowsView(...args) {
  const [template, whole] = listView(...args);
  const context = { ...whole, anew: true };
  if (context.groups?.length) return ['entity/groups.html', context];
  return [PARTS[template] ?? template, context];
}

/** What a form's picker offers for the words typed. */
export function optionsView(store, owner, query) {
  const asked = {
    words: words(asking.searched(query)), filters: {}, sort: owner.order, after: null, limit: PICKS, scope: 'all',
  };
  const options = store.page(owner.type, asked).rows
    .map((r) => ({ value: r.id, title: titleOf(owner, r), sub: beside(store, owner, r) }));
  return ['entity/options.html', { options, name: one(query, 'pick') }];
}

/** What tells two of the same name apart, where it needs no translation. */
const beside = (store, owner, record) =>
  cells(store, owner, record, owner.sub)
    .filter((c) => ['text', 'ref', 'autonumber'].includes(c.kind))
    .map((c) => c.text || c.value)
    .filter((s) => !isEmpty(s))
    .join(' · ');

function scopeOf(owner, asked, value, label) {
  const href = asking.link(owner, asked, { scope: value, after: null });
  return { value, label, href, active: asked.scope === value };
}

/** The same list as a file. */
function exportHref(me, owner, asked) {
  const there = `/${owner.path}/`;
  const list = asking.link(owner, asked, { after: null });
  return mayExport(me, owner.type) ? `${there}export${list.slice(there.length)}` : null;
}

function createHref(me, owner, asked) {
  if (owner.readonly || owner.attached || !mayCreate(me, owner.type)) return null;
  const refs = owner.fields.filter((f) => f.kind === 'ref');
  return address(`/${owner.path}/new`, refs.map(({ name }) => [name, asked.filters[name]]));
}
