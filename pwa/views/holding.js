/** What the phone holds, and why each customer file is there; mirrors server/web/views/holding.py. */
import { address, one } from './addresses.js';
import { searched } from './asking.js';
import { today } from './calendars.js';
import { titleOf } from './cells.js';
import { entity, fieldOf, manifest } from './manifest.js';
import { later, plusDays } from './moments.js';
import { words } from './text.js';

const [PAGE, MANY, DAY] = [50, 50, 86_400]; // files; records of work at one; seconds

/** `device`: {held: [{label, n, bytes}], other, n, bytes} of a device that holds records. */
export function holdingView(store, me, now, query, device = null) {
  const [owner, q] = [fileEntity(), searched(query)];
  const page = store.page(owner.type, {
    words: words(q), filters: {}, sort: [owner.title, 'asc'], after: one(query, 'after') || null, limit: PAGE, scope: 'mine',
  });
  return ['holding.html', {
    entity: owner,
    q,
    device,
    files: page.rows.map((record) => file(store, me, now, owner, record)),
    next: page.next ? address('/holding', [['q', q], ['after', page.next]]) : null,
  }];
}

/** What this device holds, only its worker asks. `other` are bytes of kinds that only the program knows. */
export function heldBy(store) {
  const kinds = Object.values(manifest().entities).map((e) => ({ ...e, n: store.count(e.type), bytes: store.bytes(e.type) }));
  const shown = kinds.filter((kind) => !kind.system);
  const sum = (name, of) => of.reduce((total, kind) => total + kind[name], 0);
  const held = shown.map(({ plural, n, bytes }) => ({ label: plural, n, bytes }));
  return { held, other: sum('bytes', kinds) - sum('bytes', shown), n: sum('n', shown), bytes: sum('bytes', kinds) };
}

/** The kind of record that is held with all that belongs to it. */
export const fileEntity = () => entity(fieldOf(entity('holding'), 'file').target);

/** Whether a customer file is kept by hand, and where to say so. */
export function keepingOf(store, me, owner, record) {
  if (owner.type !== fileEntity().type || record.deleted) return null;
  return { href: `/${owner.path}/${record.id}/keeping`, kept: Boolean(holdingOf(store, me, record.id)?.kept) };
}

/** The id of a person's holding of a file: as server/core/holding.py makes it. */
export function holdingId(person, of) {
  const [a, b] = [person, of].map((id) => Array.from(id.replaceAll('-', ''), (digit) => parseInt(digit, 16)));
  const both = a.map((digit, i) => digit ^ b[i]);
  both[12] = 8;
  both[16] = 8 | (both[16] & 3);
  const hex = both.map((digit) => digit.toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const holdingOf = (store, me, of) => store.get('holding', holdingId(me.id, of));

const file = (store, me, now, owner, record) => ({
  id: record.id,
  href: `/${owner.path}/${record.id}`,
  title: titleOf(owner, record),
  mark: store.mark(record),
  reasons: reasonsOf(store, me, now, record),
  keeping: keepingOf(store, me, owner, record),
});

const reason = (kind, name = null, at = null) => ({ kind, name, at });

/** REASON: {kind, name, at}; kind is kept, own, work, report, team or opened. */
export function reasonsOf(store, me, now, record) {
  const [held, { holds }, { owner, team }] = [holdingOf(store, me, record.id), me, record];
  const own = owner === me.id;
  return [
    held?.kept ? reason('kept') : null,
    own ? reason('own') : null,
    workAt(store, me, now, record),
    !own && holds.people.includes(owner) ? reason('report', store.title('person', owner)) : null,
    team && holds.teams.includes(team) ? reason('team', store.title('team', team)) : null,
    held?.opened ? reason('opened', null, held.opened) : null,
  ].filter(Boolean);
}

/** The first work there that is near, if there is any. */
function workAt(store, me, now, record) {
  for (const spec of Object.values(manifest().entities)) {
    const { shares, parent } = spec;
    if (!shares || !parent || fieldOf(spec, parent).target !== record.type) continue;
    const order = [shares.due ?? spec.title, 'asc'];
    const near = store.related(spec.type, parent, record.id, MANY, order)
      .find((work) => me.holds.people.includes(work[shares.person]) && isNear(me, now, shares, work));
    if (near) return reason('work', titleOf(spec, near), shares.due ? near[shares.due] : null);
  }
  return null;
}

/** As server/core/nearness.py has it. */
function isNear(me, now, shares, work) {
  if (!shares.open.includes(work[shares.state])) return (work.updated_at ?? '') > later(now, -me.holds.after * DAY);
  const due = shares.due ? work[shares.due] : null;
  return due === null || due.slice(0, 10) <= plusDays(today(now, me.org.zone), me.holds.ahead);
}
