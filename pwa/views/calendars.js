/** Dates as people enter and pick them, and the front door to time; mirrors server/core/calendars.py. */
import { fromJalali, isoOf, dayOf, make, toJalali, weekdayOf } from './almanac.js';
import { fold } from './text.js';

export {
  calendarOf, configure, fromJalali, hebrewDay, hebrewText, localise, table, toJalali, weekend, weekStart,
} from './almanac.js';
export { ago, showDate, showInstant, showTime } from './dates.js';
export { instantFromLocal, local, parseTime, today } from './zones.js';

function isoFrom(year, month, day, calendar) {
  if (calendar === 'jalali') return fromJalali(year, month, day);
  const made = make(year, month, day);
  return made === null ? null : isoOf(made);
}

/** ISO date of a typed one in any digits, else null: 1403/12/30, 2025-03-20, 20.3.2025. */
export function parseDate(text, calendar) {
  const match = /^([0-9]{1,4}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{1,4})$/.exec(fold(text));
  if (!match) return null;
  const [, first, month, last] = match;
  let [y, d] = [first, last];
  if (last.length === 4 && first.length <= 2) [y, d] = [last, first];
  else if (first.length !== 4 || last.length > 2) return null;
  const jalali = calendar === 'jalali' && Number(y) < 1700;
  return isoFrom(Number(y), Number(month), Number(d), jalali ? 'jalali' : 'gregorian');
}

/** [year, month] of a date in the calendar. */
export function monthOf(iso, calendar) {
  if (calendar === 'jalali') return toJalali(iso)?.slice(0, 2) ?? null;
  const day = parseDate(iso, 'gregorian');
  return day ? [Number(day.slice(0, 4)), Number(day.slice(5, 7))] : null;
}

/** [first, last] day, ISO; null for a month that is not. */
export function monthRange(year, month, calendar) {
  const first = isoFrom(year, month, 1, calendar);
  const last = [31, 30, 29, 28].map((day) => isoFrom(year, month, day, calendar)).find(Boolean);
  return first && last ? [first, last] : null;
}

/** Weeks of seven {date, day, inside}; empty for a month that is not. */
export function monthGrid(year, month, calendar, firstWeekday) {
  const ends = monthRange(year, month, calendar)?.map(dayOf);
  if (!ends) return [];
  const start = ends[0] - ((weekdayOf(ends[0]) - firstWeekday + 7) % 7);
  const cell = (day) => {
    const date = isoOf(day);
    const jalali = calendar === 'jalali' ? toJalali(date) : null;
    return { date, day: jalali?.[2] ?? Number(date.slice(8)), inside: day >= ends[0] && day <= ends[1] };
  };
  const weeks = Math.floor((ends[1] - start + 7) / 7);
  return Array.from({ length: weeks }, (_, w) => Array.from({ length: 7 }, (_, i) => cell(start + 7 * w + i)));
}
