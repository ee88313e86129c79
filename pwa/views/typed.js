/** Values as they stand in a form, and what people type as values; mirrors server/web/views/typed.py. */
import { calendarOf, instantFromLocal, local, parseDate, parseTime, showDate } from './calendars.js';
import { isEmpty } from './cells.js';
import * as money from './money.js';
import * as phones from './phones.js';
import { clean, digits } from './text.js';

export const LISTS = ['phones', 'tags', 'choices', 'people'];
const BETWEEN = /[,،;؛\n]/;
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const WITH_TIME = /^([^\n]*) ([0-9]{1,2}[:.][0-9]{2})$/;
const DECIMAL = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;
const GROUPED = /^-?[0-9]{1,3}([,٬][0-9]{3})+(\.[0-9]+)?$/;
const TRUE = ['1', 'true', 'on', 'yes'];

/** What the inputs hold: a string, or a list of strings. */
export function shown({ kind, currency }, value, me) {
  if (LISTS.includes(kind)) return [...(value ?? [])];
  if (kind === 'bool') return value ? '1' : '';
  if (isEmpty(value)) return '';
  if (kind === 'date') return showDate(value, me, 'input');
  if (kind === 'instant') return shownInstant(value, me);
  if (kind === 'number') return decimal(value);
  if (kind === 'money') return money.plain(value, currency);
  return String(value);
}

/** Without an exponent, and no more decimals than it has. */
export const decimal = (value) => value.toFixed(6).replace(/\.?0+$/, '');

function shownInstant(value, me) {
  const there = local(value, me.zone);
  return there ? `${showDate(there[0], me, 'input')} ${there[1]}` : '';
}

/** What was typed, to be shown again as it is. */
export function raw({ kind }, typed) {
  if (LISTS.includes(kind)) return typed.filter(Boolean);
  if (kind === 'instant') return rawInstant(typed);
  return typed[0] ?? '';
}

/** The form's template takes the last six characters for the time. */
function rawInstant(typed) {
  const [day, time] = dayAndTime(typed);
  return day ? `${day} ${parseTime(time) || '00:00'}` : '';
}

function dayAndTime(typed) {
  const day = first(typed);
  if (typed.length > 1) return [day, clean(typed[1])];
  return WITH_TIME.exec(digits(day))?.slice(1) ?? [day, ''];
}

const first = (typed) => clean(typed[0]);

/** Lists may be typed with commas or on lines of their own. */
const parts = (typed) => typed.flatMap((one) => one.split(BETWEEN)).map(clean).filter(Boolean);

const fine = (value) => [value, null];
const orCode = (text, value, code) => [value, text && !value ? code : null];

const READERS = {
  url(field, typed) {
    const address = first(typed);
    return fine((address && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(address) ? `https://${address}` : address) || null);
  },
  bool: (field, typed) => fine(typed.some((one) => TRUE.includes(one))),
  integer(field, typed) {
    const number = digits(first(typed));
    if (!number) return fine(null);
    return /^-?[0-9]{1,15}$/.test(number) ? fine(Number(number)) : [null, 'bad_number'];
  },
  /** Decimals after a point or a comma; thousands may be set apart. */
  number(field, typed) {
    let number = digits(first(typed)).replaceAll('٫', '.');
    if (GROUPED.test(number)) number = number.replace(/[,٬]/g, '');
    number = number.replaceAll(',', '.');
    if (!number) return fine(null);
    return DECIMAL.test(number) ? fine(Number(number)) : [null, 'bad_number'];
  },
  money: ({ currency }, typed) => (first(typed) ? money.parse(first(typed), currency) : fine(null)),
  date(field, typed, me) {
    const day = first(typed);
    return orCode(day, day ? parseDate(day, calendarOf(me)) : null, 'bad_date');
  },
  instant(field, typed, me) {
    if (INSTANT.test(first(typed))) return fine(first(typed));
    const [day, time] = dayAndTime(typed);
    if (!day && !time) return fine(null);
    const at = instantFromLocal(parseDate(day, calendarOf(me)), time || '00:00', me.zone);
    return [at, at ? null : 'bad_date'];
  },
  phone(field, typed, me) {
    const number = first(typed);
    return orCode(number, number ? phones.normalise(number, me.region) : null, 'bad_phone');
  },
  phones(field, typed, me) {
    const numbers = parts(typed).map((one) => phones.normalise(one, me.region));
    return numbers.includes(null) ? [null, 'bad_phone'] : fine(numbers);
  },
  tags: (field, typed) => fine(parts(typed)),
  choices: (field, typed) => fine(typed.filter(Boolean)),
  people: (field, typed) => fine(typed.filter(Boolean)),
};

const text = (field, typed) => fine(first(typed) || null);

/** [value, code]: the value of what was typed into the inputs of one name, or what is wrong. */
export const read = (field, typed, me) => (READERS[field.kind] ?? text)(field, typed, me);
