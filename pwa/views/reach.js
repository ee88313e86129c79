/** How to reach whom a record is about; mirrors server/web/views/reach.py. */
import { titleOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';

const MAP = 'https://www.google.com/maps/dir/?api=1&destination=';
const ADDRESS = ['street', 'city', 'postcode', 'country'];
const WIDER = ['contact', 'account'];

/** The record and those it is about, the nearest first. */
export function around(store, owner, record) {
  const others = owner.fields
    .filter((f) => f.kind === 'ref' && WIDER.includes(f.target) && record[f.name])
    .map((f) => store.get(f.target, record[f.name]))
    .filter(Boolean);
  return [record, ...others.sort((a, b) => Number(a.type !== 'contact') - Number(b.type !== 'contact'))];
}

export function reachOf(store, owner, record) {
  const near = around(store, owner, record);
  const place = near.map(placeOf).find(Boolean);
  return {
    phones: near.find((r) => r.phones?.length)?.phones ?? [],
    email: near.find((r) => r.email)?.email ?? null,
    address: place ? { text: place, href: MAP + encodeURIComponent(place) } : null,
  };
}

/** A country alone is nowhere to go. */
const placeOf = (record) =>
  (record.street || record.city ? ADDRESS.map((name) => record[name]).filter(Boolean).join(', ') : '');

/** The list, and the customer file that the record belongs to, or what it is attached to. */
export function crumbsOf(store, owner, record) {
  const found = [{ label: owner.plural, href: `/${owner.path}/` }];
  const field = owner.parent ? fieldOf(owner, owner.parent) : null;
  const held = owner.attached ? record.rec : field && record[field.name];
  const parent = held ? entity(owner.attached ? record.of : field.target) : null;
  const file = parent && store.get(parent.type, held);
  if (file) found.push({ label: titleOf(parent, file) || 'No title', href: `/${parent.path}/${held}` });
  return found;
}
