/** What stands in a sensitive field, once it is logged that it is shown; mirrors server/web/views/showing.py. */
import { cell, titleOf } from './cells.js';
import { fieldOf } from './manifest.js';

/** The field, if it is shown at a tap. */
export function tapped(owner, name) {
  const field = fieldOf(owner, name);
  return field?.tapped ? field : null;
}

export const showingView = (store, owner, record, field, value) => ['entity/showing.html', {
  entity: owner,
  record,
  title: titleOf(owner, record),
  cell: cell(store, { ...field, sensitive: false }, value),
  back: `/${owner.path}/${record.id}`,
}];
