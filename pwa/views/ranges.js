/** Stretches of days by name, in the person's own calendar and week; mirrors ranges.py. */
import { dayOf, weekdayOf } from './almanac.js';
import { calendarOf, instantFromLocal, monthOf, monthRange, today, weekStart } from './calendars.js';
import { later, plusDays } from './moments.js';

export const DATED = ['date', 'instant'];
/** An instant of a record is past, a date may be to come. @type {[string, string, string[]][]} */
const NAMES = [
  ['today', 'Today', DATED],
  ['week', 'This week', DATED],
  ['month', 'This month', DATED],
  ['overdue', 'Overdue', ['date']],
  ['next7', 'Next 7 days', ['date']],
];

/** [{value, label}] of what can be asked of a field with days, else none. */
export const namedRanges = ({ kind }) =>
  NAMES.filter(([, , kinds]) => kinds.includes(kind)).map(([value, label]) => ({ value, label }));

/** A name, or days with `..` between them of which one may be missing. */
export function isRange(field, value) {
  if (namedRanges(field).some((pair) => pair.value === value)) return true;
  const [low, high] = endsOf(value);
  if (high === undefined || !(low || high)) return false;
  return [low, high].every((end) => !end || (dayOf(end) !== null));
}

function endsOf(value) {
  const cut = value.indexOf('..');
  return cut < 0 ? [value] : [value.slice(0, cut), value.slice(cut + 2)];
}

/** What the store is asked: `a..b` of days, or for instants of the instants of those days. */
export function resolve({ kind }, value, me, now) {
  const [low, high] = endsOf(value.includes('..') ? value : days(value, me, now));
  if (kind === 'date') return `${low}..${high}`;
  const start = low ? instantFromLocal(low, '00:00', me.zone) : '';
  const end = high ? instantFromLocal(plusDays(high, 1), '00:00', me.zone) : '';
  return `${start}..${end ? later(end, -1) : ''}`;
}

function days(name, me, now) {
  const day = today(now, me.zone);
  if (name === 'week') {
    const past = (weekdayOf(dayOf(day)) - weekStart(me.lang, me.region) + 7) % 7;
    return `${plusDays(day, -past)}..${plusDays(day, 6 - past)}`;
  }
  if (name === 'month') {
    const calendar = calendarOf(me);
    const [first, last] = monthRange(...monthOf(day, calendar), calendar) ?? [day, day];
    return `${first}..${last}`;
  }
  if (name === 'overdue') return `..${plusDays(day, -1)}`;
  return `${day}..${name === 'next7' ? plusDays(day, 6) : day}`;
}
