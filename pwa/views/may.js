/** May the person do this? Decides which buttons show; mirrors server/web/views/may.py. */
import { entity, fieldOf } from './manifest.js';
import { later } from './moments.js';

export const level = (me, type, action) => me.can[type]?.[action] ?? 'none';

export const mayCreate = (me, type) => level(me, type, 'create') !== 'none';

export const mayExport = (me, type) => level(me, type, 'export') !== 'none';

/** @param {'change'|'delete'} action */
export function may(me, store, record, action) {
  const reach = level(me, record.type, action);
  if (reach === 'none') return false;
  // What may be seen is what is there.
  if (reach === 'all' || reach === level(me, record.type, 'see')) return true;
  return lineOf(store, record).some((one) => within(me, reach, one));
}

/** Not yet closed by its age. */
export const isOpen = (owner, record, now) =>
  owner.closes_after === null || !record.created_at || later(record.created_at, owner.closes_after) >= now;

/** The record and those whose keys it carries: what it is attached to, its file. */
function lineOf(store, record) {
  const attached = entity(record.type)?.attached && entity(record.of);
  const bearer = attached ? store.get(record.of, record.rec) : record;
  return [record, bearer, bearer && fileOf(store, bearer)];
}

function fileOf(store, record) {
  const owner = entity(record.type);
  const field = owner && fieldOf(owner, owner.parent);
  const held = field && record[field.name];
  return held ? store.get(field.target, held) : null;
}

function within(me, reach, record) {
  const owner = record && entity(record.type);
  if (!owner) return false;
  const people = [me.id, ...(me.reports ?? [])];
  const named = owner.fields.filter((f) => f.grants).flatMap((f) => record[f.name]);
  if (people.some((one) => named.includes(one))) return true;
  const teams = reach === 'own' ? [] : [me.team, ...(reach === 'branch' ? (me.teams ?? []) : [])];
  return record.team !== null && teams.includes(record.team);
}
