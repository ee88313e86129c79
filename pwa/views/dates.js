/** Dates and instants as a person reads them; mirrors server/core/dates.py. */
import {
  calendarOf, dayOf, hebrewText, language, localise, table, toJalali, weekdayOf,
} from './almanac.js';
import { instantOf, local } from './zones.js';

const COMMA = { fa: '، ', ar: '، ' };
const pad = (n) => String(n).padStart(2, '0');

function numeric(iso, [y, m, d], lang, style) {
  if (lang === 'en') return style === 'short' ? `${d} ${table().short.en[m - 1]} ${y}` : iso;
  if (lang === 'fa') return `${y}/${pad(m)}/${pad(d)}`;
  return [d, m, y].join(lang === 'he' ? '.' : '/');
}

function styled(iso, jalali, lang, style) {
  const [y, m, d] = jalali ?? iso.split('-').map(Number);
  if (style === 'short' || style === 'input') {
    return localise(jalali ? `${y}/${pad(m)}/${pad(d)}` : numeric(iso, [y, m, d], lang, style), lang);
  }
  const month = table()[jalali ? 'jalali' : 'months'][lang][m - 1];
  if (style === 'month') return `${month} ${localise(y, lang)}`;
  const text = localise(`${d} ${lang === 'he' ? 'ב' : ''}${month} ${y}`, lang);
  if (style !== 'weekday') return text;
  const comma = lang === 'fa' ? ' ' : (COMMA[lang] ?? ', ');
  return `${table().weekdays[lang][weekdayOf(dayOf(iso))]}${comma}${text}`;
}

/** Styles: short, long, weekday, month, input. What is no date is shown as it is. */
export function showDate(iso, person, style = 'short') {
  if (dayOf(iso) === null) return iso ?? '';
  const [lang, calendar] = [language(person), calendarOf(person)];
  const shown = styled(iso, calendar === 'jalali' ? toJalali(iso) : null, lang, style);
  if (calendar === 'gregorian+hebrew' && (style === 'long' || style === 'weekday')) {
    const hebrew = hebrewText(iso, lang);
    return hebrew ? `${shown} · ${hebrew}` : shown;
  }
  return shown;
}

/** Date and 24-hour time in the person's zone. */
export function showInstant(iso, person, style = 'short') {
  const there = local(iso, person.zone);
  if (!there) return iso ?? '';
  const lang = language(person);
  return `${showDate(there[0], person, style)}${COMMA[lang] ?? ', '}${localise(there[1], lang)}`;
}

/** 24-hour time in the person's zone, of an instant; of a bare time, the time itself. */
export function showTime(iso, person) {
  return localise(local(iso, person.zone)?.[1] ?? iso ?? '', language(person));
}

function clockAgo(minutes, past, ngettext) {
  const n = Math.floor(minutes / 60);
  if (n && past) return [ngettext('%(num)s h ago', '%(num)s h ago', n), n];
  if (n) return [ngettext('in %(num)s h', 'in %(num)s h', n), n];
  if (past) return [ngettext('%(num)s min ago', '%(num)s min ago', minutes), minutes];
  return [ngettext('in %(num)s min', 'in %(num)s min', minutes), minutes];
}

function daysAgo(days, past, ngettext) {
  if (past) return ngettext('%(num)s day ago', '%(num)s days ago', days);
  return ngettext('in %(num)s day', 'in %(num)s days', days);
}

/** How long before or after `now`; a date when that is a week or more. */
export function ago(iso, now, person, gettext, ngettext) {
  const [then, at] = [instantOf(iso), instantOf(now)];
  if (then === null || at === null) return iso ?? '';
  const minutes = Math.floor(Math.abs(at - then) / 60000);
  if (minutes === 0) return gettext('just now');
  let [text, n] = ['', 0];
  if (minutes < 24 * 60) {
    [text, n] = clockAgo(minutes, at > then, ngettext);
  } else {
    const ends = [now, iso].map((end) => dayOf(local(end, person.zone)[0]));
    n = Math.max(1, Math.abs(ends[0] - ends[1]));
    if (n > 6) return showDate(local(iso, person.zone)[0], person);
    if (n === 1) return at > then ? gettext('yesterday') : gettext('tomorrow');
    text = daysAgo(n, at > then, ngettext);
  }
  return text.replaceAll('%(num)s', localise(n, language(person)));
}
