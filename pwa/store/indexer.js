import { sensitiveOf, veil } from './veil.js';

const PLAIN = { title: 'name', fields: [] };
const LISTS = new Set(['phones', 'tags', 'choices', 'people']);

export const isList = (kind) => LISTS.has(kind);
const oneLine = (text) => text.replaceAll('\n', ' ');

export function emptyOf({ kind }) {
  if (kind === 'bool') return false;
  return isList(kind) ? [] : null;
}

/** A record of nothing: what is not sent is empty. */
function blankOf(entity) {
  return Object.fromEntries(entity.fields.map((field) => [field.name, emptyOf(field)]));
}

function searchText(record, fields, { fold, searchForms }, region) {
  const parts = [];
  for (const { name, kind } of fields) {
    for (const value of [record[name]].flat()) {
      if (value) parts.push(kind === 'phone' || kind === 'phones' ? searchForms(value, region) : String(value));
    }
  }
  return oneLine(fold(parts.join(' ')));
}

/**
 * What a list needs to know of a record without reading it: its sort key, its search text and
 * the records it points to, equal to server/core/persisting.py. `stamp` changes whenever these
 * would come out differently.
 * @param {any} declared from the manifest; undefined before there is one
 * @param {any} text fold, sortKey and searchForms of pwa/views
 * @param {{lang?: string, region?: string}} org
 */
export function indexer(declared, text, { lang, region }) {
  const entity = declared ?? PLAIN;
  const searched = entity.fields.filter((field) => field.search);
  const refs = entity.fields.filter((field) => field.kind === 'ref').map((field) => field.name);
  const title = (record) => record[entity.title] ?? null;
  const sounds = (record) => (entity.twins ? ` ${text.sounds(title(record))}` : '').trimEnd();
  const blank = Object.freeze(blankOf(entity));
  const secrets = sensitiveOf(entity);
  return {
    entity,
    refs,
    title,
    stamp: JSON.stringify([text.VERSION ?? 1, lang, region, entity.title, searched.map((field) => [field.name, field.kind]), refs, Boolean(entity.twins), secrets.map((field) => field.name)]),
    areNamesakes: (one, other) => Boolean(one && other) && title(one) === title(other), // a key takes longer
    key: (record) => text.sortKey(title(record) ?? '', lang),
    words: (record) => searchText(record, searched, text, region) + sounds(record),
    record: ([id, type, ver, doc]) => veil({ ...blank, ...doc, id, type, ver }, secrets, emptyOf),
  };
}
