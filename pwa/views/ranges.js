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
/** @type {[string, string, string[]][]} */
const MORE = [
  ['today', 'Today', DATED],
  ['yesterday', 'Yesterday', DATED],
  ['tomorrow', 'Tomorrow', ['date']],
  ['this-week', 'This week', DATED],
  ['last-week', 'Last week', DATED],
  ['next-week', 'Next week', ['date']],
  ['this-month', 'This month', DATED],
  ['last-month', 'Last month', DATED],
  ['next-month', 'Next month', ['date']],
  ['this-quarter', 'This quarter', DATED],
  ['last-quarter', 'Last quarter', DATED],
  ['next-quarter', 'Next quarter', ['date']],
  ['this-year', 'This year', DATED],
  ['last-year', 'Last year', DATED],
  ['next-year', 'Next year', ['date']],
  ['overdue', 'Overdue', ['date']],
];
const STEPS = { last: -1, this: 0, next: 1 };
const DAYS = { today: [0, 0], yesterday: [-1, -1], tomorrow: [1, 1], next7: [0, 6] };
const MONTHS = { month: 1, quarter: 3, year: 12 };

const offered = (names, { kind }) =>
  names.filter(([, , kinds]) => kinds.includes(kind)).map(([value, label]) => ({ value, label }));

/** [{value, label}] of what can be asked of a field with days, else none. */
export const namedRanges = (field) => offered(NAMES, field);

/** The same of all names there are. */
export const allRanges = (field) => offered(MORE, field);

/** A name, or days with `..` between them of which one may be missing. */
export function isRange(field, value) {
  if (offered([...NAMES, ...MORE], field).some((pair) => pair.value === value)) return true;
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

/** The last so many days, today among them; with a number below zero the next. */
export function lastDays(n, me, now) {
  const day = today(now, me.zone);
  return n > 0 ? `${plusDays(day, 1 - n)}..${day}` : `${day}..${plusDays(day, -n - 1)}`;
}

function days(name, me, now) {
  const day = today(now, me.zone);
  if (name === 'overdue') return `..${plusDays(day, -1)}`;
  if (DAYS[name]) return DAYS[name].map((n) => plusDays(day, n)).join('..');
  const [unit, step] = name.split('-').reverse();
  if (MONTHS[unit]) return months(day, MONTHS[unit], STEPS[step] ?? 0, me);
  const past = (weekdayOf(dayOf(day)) - weekStart(me.lang, me.region, calendarOf(me)) + 7) % 7;
  const start = 7 * (STEPS[step] ?? 0) - past;
  return `${plusDays(day, start)}..${plusDays(day, start + 6)}`;
}

/** So many months in a row as the year is divided into them. */
function months(day, span, step, me) {
  const calendar = calendarOf(me);
  const month = monthOf(day, calendar);
  if (!month) return `${day}..${day}`;
  const start = Math.floor((month[0] * 12 + month[1] - 1) / span) * span + step * span;
  const [first, last] = [start, start + span - 1].map((n) => monthRange(Math.floor(n / 12), (n % 12) + 1, calendar));
  return first && last ? `${first[0]}..${last[1]}` : `${day}..${day}`;
}
