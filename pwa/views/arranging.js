/** How a list is shown: as rows, in groups of them, as a board or as a calendar; mirrors arranging.py. */
import { one } from './addresses.js';
import { dayOf } from './almanac.js';
import { NAMED } from './cells.js';
import { askable } from './operators.js';
import { DATED } from './ranges.js';
import { clean } from './text.js';

const SPANS = ['month', 'week', 'agenda'];
const LONGEST = 36; // characters of an id

/**
 * {look: '' for rows, 'board' or 'calendar', by: the field that makes groups, columns or days,
 * col: one of the groups or columns, at: a day of the calendar, span}
 */
export function lookOf(owner, query) {
  const wanted = one(query, 'look');
  const offered = ({ board: boardable, calendar: datable }[wanted] ?? groupable)(owner);
  if (!offered.length) return { look: '', by: '', col: null, at: '', span: '' };
  const look = ['board', 'calendar'].includes(wanted) ? wanted : '';
  const field = offered.find((f) => f.name === one(query, 'by')) ?? (look ? offered[0] : null);
  const [at, span, dated] = [one(query, 'at'), one(query, 'span'), look === 'calendar'];
  return {
    look,
    by: field?.name ?? '',
    col: field && !dated ? partOf(field, query) : null,
    at: dated && dayOf(at) !== null ? at : '',
    span: dated && SPANS.includes(span) ? span : '',
  };
}

/** The value of one group; empty for those without. */
function partOf({ choices }, query) {
  if (!query.col) return null;
  const col = clean(one(query, 'col'));
  if (!choices?.length) return Array.from(col).length <= LONGEST ? col : null;
  return ['', ...choices.map(([value]) => value)].includes(col) ? col : null;
}

/** The fields that can make the columns of a board, that of the record's state first. */
export function boardable(owner) {
  const found = askable(owner).filter((f) => ['state', 'choice'].includes(f.kind) && f.choices?.length);
  return [...found.filter((f) => f.kind === 'state'), ...found.filter((f) => f.kind !== 'state')];
}

/** Those that can make groups of rows. */
export const groupable = (owner) => [...boardable(owner), ...askable(owner).filter((f) => NAMED.includes(f.kind) && f.target)];

/** Those that can give records a place in a calendar, what may be moved there first. */
export function datable(owner) {
  const found = askable(owner).filter((f) => DATED.includes(f.kind));
  const fixed = (f) => f.readonly || !f.in_form;
  return [...found.filter((f) => !fixed(f)), ...found.filter(fixed)];
}
