/** The filters that a list offers beside its search; mirrors server/web/views/filtering.py. */
import * as asking from './asking.js';
import { defaultOf } from './closing.js';
import { filterOptions } from './options.js';

/** A reference only while it is asked for, since there is no list to offer. */
export function filtersOffered(store, owner, asked) {
  const all = owner.fields.map((field) => {
    const standard = defaultOf(owner, field);
    return { field, standard, value: asked.filters[field.name] ?? standard };
  });
  const named = ({ name, kind }) => owner.filters.includes(name) && kind !== 'ref';
  const shown = all.filter((one) => (one.value || named(one.field)) && !isSpread(asked, one));
  return shown.map(({ field, standard, value }) => {
    const { name, label, kind } = field;
    const options = filterOptions(store, field, value, standard);
    return { name, label, kind, value, default: standard, options, without: without(owner, asked, name) };
  });
}

/**
 * A board that has columns for all states also has those that are closed: to say there that what is
 * shown is not closed would be wrong.
 */
const isSpread = ({ look, by }, { field, standard, value }) =>
  look === 'board' && by === field.name && Boolean(standard) && value === standard;

/** The list without one of its filters. */
function without(owner, asked, name) {
  const { [name]: _, ...filters } = asked.filters;
  return asking.link(owner, asked, { filters, after: null });
}
