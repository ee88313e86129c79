// Seldom used filters on lists and dicts.
import { defined, iter, lazy } from '../values.js';
import { dictItems } from '../methods.js';
import { withNames } from './define.js';
import { inOrder, keyOf } from './lists.js';

const dictsort = withNames('case_sensitive by reverse', (v, caseSensitive = false, by = 'key', reverse = false) =>
  inOrder(dictItems(defined(v)), keyOf((pair) => pair[by === 'value' ? 1 : 0], caseSensitive), reverse));

const batch = withNames('linecount fill_with', (v, count, fill = null) => {
  const items = iter(v);
  const rows = [];
  for (let i = 0; i < items.length; i += count) rows.push([...items.slice(i, i + count)]);
  while (fill !== null && rows.length && rows.at(-1).length < count) rows.at(-1).push(fill);
  return lazy(rows);
});

const slice = withNames('slices fill_with', (v, slices, fill = null) => {
  const items = [...iter(v)];
  const each = Math.floor(items.length / slices);
  const longer = items.length % slices;
  return lazy(Array.from({ length: slices }, (_, i) => {
    const part = items.splice(0, each + (i < longer ? 1 : 0));
    return fill !== null && i >= longer ? [...part, fill] : part;
  }));
});

export const moreLists = { batch, dictsort, slice };
