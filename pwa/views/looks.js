/** The ways a list can be shown, to choose from; mirrors looks.py. */
import { link } from './asking.js';
import { boardable, datable, groupable } from './arranging.js';

/** @type {[string, (owner: any) => any[]][]} */
const FIELDS = [['', groupable], ['board', boardable], ['calendar', datable]];

/**
 * [{look, by, label, href, active}]: of each look by the fields that can make it; the first are plain
 * rows, whose label is empty
 */
export function looks(owner, asked) {
  const found = FIELDS.flatMap(([look, fields]) => fields(owner).map(({ name, label }) => [look, name, label]));
  return [['', '', ''], ...found].map(([look, by, label]) => ({
    look,
    by,
    label,
    active: look === asked.look && by === asked.by,
    href: link(owner, asked, { look, by, span: '', at: '', after: null }),
  }));
}
