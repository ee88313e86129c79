/** Names, weeks, digits, Jalali and Hebrew days; mirrors server/core/almanac.py. */
import { feastOf, hebrewParts } from './hebrew.js';

export const DAY = 86400000;
const LANGS = ['en', 'he', 'fa', 'ar'];
const KNOWN = ['1800-01-01', '2122-12-31'];
const FARVARDIN_1 = 226895 - 719163; // days from 1970 to the day before 1 Farvardin 1
let names = {};

/** @param {object} table what server/core/almanac.py's table() gives */
export function configure(table) {
  names = table;
}

export const table = () => names;

/** ASCII digits as the person's language writes them. */
export function localise(text, lang) {
  const shown = names.digits[lang];
  return shown ? String(text).replace(/[0-9]/g, (d) => shown[d]) : String(text);
}

export const language = (person) => (LANGS.includes(person.lang) ? person.lang : 'en');

/** gregorian, jalali or gregorian+hebrew. */
export const calendarOf = (person) =>
  person.calendar || (person.lang === 'fa' ? 'jalali' : 'gregorian');

/** First weekday (0 Monday): Saturday of a Jalali month, else of a region, or of where most speak the language. */
export function weekStart(lang, region, calendar) {
  if (calendar === 'jalali') return 5;
  if (region) return names.first[region] ?? 0;
  return { he: 6, fa: 5, ar: 5 }[lang] ?? 0;
}

/** Weekdays of rest. */
export function weekend(lang, region) {
  const usual = { he: 'IL', fa: 'IR', ar: 'EG' }[lang];
  return names.weekend[region || usual] ?? [5, 6];
}

export const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
/** 0 for Monday to 6 for Sunday, of days since 1970. */
export const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7;

/** Days since 1970 of a date, null when there is none such in the years 1000 to 8999. */
export function make(year, month, day) {
  if (!(year >= 1000 && year <= 8999)) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY : null;
}

/** Days since 1970 of an ISO date, or null. */
export function dayOf(iso) {
  if (!/^[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(iso ?? '')) return null;
  return make(...iso.split('-').map(Number));
}

/** A day within the years whose Jalali leap days both sides know, or null. */
function knownDay(iso) {
  const day = dayOf(iso);
  return day !== null && KNOWN[0] <= iso && iso <= KNOWN[1] ? day : null;
}

const newYear = (y) => FARVARDIN_1 + 365 * (y - 1) + Math.floor((8 * (y - 1) + 29) / 33);

/** Jalali [year, month, day]; null outside 1800 to 2122. */
export function toJalali(iso) {
  const day = knownDay(iso);
  if (day === null) return null;
  let year = Number(iso.slice(0, 4)) - 621;
  if (day < newYear(year)) year--;
  const past = day - newYear(year);
  if (past < 186) return [year, Math.floor(past / 31) + 1, (past % 31) + 1];
  return [year, Math.floor((past - 186) / 30) + 7, ((past - 186) % 30) + 1];
}

export function fromJalali(year, month, day) {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null;
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const next = newYear(year) + before + day - 1;
  const iso = Math.abs(next) < 5e6 ? isoOf(next) : '';
  const back = toJalali(iso);
  return back && back[0] === year && back[1] === month && back[2] === day ? iso : null;
}

/** {text: כ׳ אדר, or 20 Adar, feast: a text|null} for a square of a calendar. */
export function hebrewDay(iso, lang) {
  const day = knownDay(iso);
  if (day === null) return null;
  const own = lang === 'he';
  const parts = hebrewParts(day, false);
  const shown = own ? hebrewParts(day, true).date : localise(parts.date, lang);
  return { text: `${shown} ${names.hebrew[own ? 'he' : 'en'][parts.place]}`, feast: feastOf(names.feasts, parts, weekdayOf(day)) };
}

/** כ׳ באדר תשפ״ה, or 20 Adar 5785 in other languages; empty outside 1800 to 2122. */
export function hebrewText(iso, lang) {
  const day = knownDay(iso);
  if (day === null) return '';
  const own = lang === 'he';
  const { date, year, place } = hebrewParts(day, own);
  const month = names.hebrew[own ? 'he' : 'en'][place];
  return own ? `${date} ב${month} ${year}` : localise(`${date} ${month} ${year}`, lang);
}
