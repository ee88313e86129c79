// Newstyle gettext. A catalogue: {messages: {'id' or 'context\u0004id': [forms]}, plural: n => index}.
import { mark, plain, str } from './values.js';
import { takesNames } from './access.js';
import { format } from './format.js';

const key = (context, id) => (context === null ? id : `${context}\u0004${id}`);

/** The English without its context, which a label may carry: `context\u0004id`. */
const bare = (id) => id.slice(id.lastIndexOf('\u0004') + 1);

/** A text in the language of a catalogue. */
export const said = (catalog, id) => catalog?.messages[id]?.[0] || bare(id);

const one = (catalog, context, id) => said(catalog, key(context, id));
const counted = (catalog, context, id, many, n) =>
  catalog?.messages[key(context, id)]?.[catalog.plural(n)] || (n === 1 ? id : many);

/** Puts the named values in. Without any, `%%` still becomes `%`, as on the server. */
const filled = (text, named, escaping) =>
  format(mark(Object.keys(named).length ? text : text.replace(/%(?!%)|%%/g, '%%'), escaping), named);

const count = (n) => Number(plain(n));

const gettext = takesNames(function gettext([id], named, escaping) {
  return filled(one(this.catalog, null, str(id)), named, escaping);
});

const ngettext = takesNames(function ngettext([id, many, n], named, escaping) {
  const text = counted(this.catalog, null, str(id), str(many), count(n));
  return filled(text, { num: n, ...named }, escaping);
});

const pgettext = takesNames(function pgettext([context, id], named, escaping) {
  return filled(one(this.catalog, str(context), str(id)), { context, ...named }, escaping);
});

const npgettext = takesNames(function npgettext([context, id, many, n], named, escaping) {
  const text = counted(this.catalog, str(context), str(id), str(many), count(n));
  return filled(text, { context, num: n, ...named }, escaping);
});

export const translations = { _: gettext, gettext, ngettext, pgettext, npgettext };
