/** Links of an organisation on a record's page; mirrors server/web/views/links.py. */
import { isEmpty, textOf } from './cells.js';
import { fieldOf } from './manifest.js';
import { plain } from './money.js';
import { decimal } from './typed.js';

/** [{label, href}]; one whose value is not there is left out. */
export function linksOf(store, owner, record) {
  const found = [];
  for (const { label, parts } of owner.links ?? []) {
    const texts = parts.map((part) => partOf(store, owner, record, part));
    if (!texts.includes(null)) found.push({ label, href: texts.join('') });
  }
  return found;
}

function partOf(store, owner, record, part) {
  if (typeof part === 'string') return part;
  const field = fieldOf(owner, part[0]);
  const value = record[part[0]] ?? null;
  return field && !isEmpty(value) ? quoted(said(store, field, value)) || null : null;
}

const quoted = (text) => encodeURIComponent(text.toWellFormed?.() ?? text).replace(/[!'()*]/g, hex);
const hex = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** A value for other programs: as it is kept, but what is named by its title. */
function said(store, field, value) {
  if (field.kind === 'money') return plain(value, field.currency);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return decimal(value);
  const text = (field.target && textOf(store, field, value)) || value;
  return Array.isArray(text) ? text.join(',') : String(text);
}
