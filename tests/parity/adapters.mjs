/** What takes or gives functions, put so that JSON can carry it. */
import { makeFilters } from '../../pwa/views/filters.js';

/** A template's filter with a catalogue {id: [forms]}; a text that is not in it stays English. */
export function filter(fmt, name, args, messages) {
  const gettext = (id) => messages[id]?.[0] ?? id;
  const ngettext = (one, many, n) => messages[one]?.[n === 1 ? 0 : 1] ?? (n === 1 ? one : many);
  return makeFilters(fmt, gettext, ngettext)[name](...args);
}

export const names = () => Object.keys(makeFilters({ lang: 'en', zone: 'UTC', now: '' }, String, String));
