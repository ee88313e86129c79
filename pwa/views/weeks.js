/** The days of a calendar, in the person's own; mirrors weeks.py. */
import { dayOf, weekdayOf } from './almanac.js';
import { calendarOf, monthGrid, monthOf, table, today, weekStart } from './calendars.js';
import { plusDays } from './moments.js';

const AGENDA = 28; // days

/** The day that is asked for, and weeks of {date, day, inside}; an agenda is one long week. */
export function weeksOf(me, now, span, wanted) {
  const calendar = calendarOf(me);
  const known = wanted ? monthOf(wanted, calendar) : null;
  const day = known ? wanted : today(now, me.zone);
  const month = known ?? monthOf(day, calendar);
  if (span === 'agenda') return [day, [Array.from({ length: AGENDA }, (_, n) => plain(plusDays(day, n)))]];
  let weeks = month ? monthGrid(...month, calendar, weekStart(me.lang, me.region, calendar)) : [];
  if (span === 'week') {
    weeks = weeks.filter((week) => week.some((one) => one.date === day)).map((week) => week.map((one) => ({ ...one, inside: true })));
  }
  return [day, weeks.length ? weeks : [[plain(day)]]];
}

const plain = (date) => ({ date, day: Number(date.slice(8)), inside: true });

export function namesOf(me, week) {
  const [wide, narrow] = [table().weekdays[me.lang], table().narrow[me.lang]];
  return week.map(({ date }) => weekdayOf(dayOf(date))).map((at) => ({ wide: wide[at], narrow: narrow[at] }));
}

/** Whoever reads Hebrew knows its days beside those of the calendar that is worked by. */
export function hasHebrew(me) {
  const calendar = calendarOf(me);
  return calendar === 'gregorian+hebrew' || (me.lang === 'he' && calendar === 'gregorian');
}
