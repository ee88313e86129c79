/** How to reach whom a record is about; mirrors server/web/views/reach.py. */
import { labelOf, titleOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';

const ADDRESS = ['street', 'city', 'postcode'];
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
  return {
    phones: near.find((r) => r.phones?.length)?.phones ?? [],
    email: near.find((r) => r.email)?.email ?? null,
    address: near.map(placeOf).find(Boolean) ?? null,
  };
}

/** Parts of an address, and the country's name. A country alone is nowhere to go. */
function placeOf(record) {
  if (!record.street && !record.city) return null;
  const parts = ADDRESS.map((name) => record[name]).filter(Boolean);
  const [field, code] = [fieldOf(entity(record.type), 'country'), record.country];
  const name = field && code ? labelOf(field, code) : null;
  return { parts: name || !code ? parts : [...parts, code], country: name };
}

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
