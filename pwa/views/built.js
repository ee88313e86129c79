/** The values of one condition in the builder; mirrors server/web/views/built.py. */
import { calendarOf, parseDate, showDate } from './calendars.js';
import { CHOSEN } from './cells.js';
import { MYSELF } from './conditions.js';
import { entity, message } from './manifest.js';
import { BARE, COUNTED, FROM_TO, NUMERIC, ONESELF } from './operators.js';
import { choices, YES_NO } from './options.js';
import { allRanges, DATED } from './ranges.js';
import { clean, digits } from './text.js';
import { read } from './typed.js';

const PHONES = ['phone', 'phones'];
const PICKED = [...CHOSEN, 'choices', 'person', 'people', 'team'];

function inputOf({ kind }, op) {
  if (BARE.includes(op)) return 'none';
  if (COUNTED.includes(op)) return 'count';
  if (DATED.includes(kind)) return FROM_TO.includes(op) ? 'days' : 'day';
  if (NUMERIC.includes(kind)) return FROM_TO.includes(op) ? 'numbers' : 'number';
  if (kind === 'ref') return 'lookup';
  if (kind === 'bool') return 'yesno';
  if (PICKED.includes(kind)) return 'picks';
  return ['tags', 'phones'].includes(kind) ? 'tags' : 'text';
}

/** [values, code]: the values that inputs stand for, or what is wrong with them. */
export function typedValues(field, op, given, me) {
  const [asked, plain] = [inputOf(field, op), given.map(clean)];
  if (asked === 'none') return [[], null];
  if (asked === 'days') return typedDays(plain, me);
  if (asked === 'day') return typedDay(plain, me);
  if (['number', 'numbers', 'count'].includes(asked)) return [typedNumbers(asked, plain), null];
  if (PHONES.includes(field.kind)) {
    const [found, code] = read({ ...field, kind: 'phones' }, plain, me);
    return [found ?? [], code];
  }
  if (asked === 'tags') return [read({ ...field, kind: 'tags' }, plain, me)[0], null];
  return [plain.filter(Boolean), null];
}

function typedNumbers(asked, plain) {
  const numbers = plain.map((one) => digits(one).replaceAll(',', ''));
  const ends = [...numbers, ''].slice(0, 2).join('..');
  const wanted = asked === 'numbers' ? [ends === '..' ? '' : ends] : numbers.slice(0, 1);
  return wanted.filter(Boolean);
}

/** Both ends of a stretch as they were typed, of which one may be missing. */
function typedDays(given, me) {
  const ends = [...given, '', ''].slice(0, 2).map((one) => (one ? parseDate(one, calendarOf(me)) : ''));
  if (ends.includes(null)) return [[], 'bad_date'];
  return [ends[0] || ends[1] ? [`${ends[0]}..${ends[1]}`] : [], null];
}

/** A name, or else the date that was typed. */
function typedDay(given, me) {
  const [name, day] = [...given, '', ''];
  if (name || !day) return [name ? [name] : [], null];
  const found = parseDate(day, calendarOf(me));
  return found ? [[found], null] : [[], 'bad_date'];
}

/** How the values are asked for, and what stands there. */
export function valueInputs(store, me, field, row, code) {
  if (!field) return { input: 'none', values: [], options: [], lookup: null, error: null };
  const asked = inputOf(field, row.op);
  let values = row.given ?? shownValues(asked, row.values, me);
  if (['day', 'days', 'numbers'].includes(asked)) values = [...values, '', ''];
  const target = field.kind === 'ref' ? entity(field.target) : null;
  return {
    input: asked,
    values: values.length ? values : [''],
    options: optionsOf(store, field, asked, values),
    lookup: target ? `/${target.path}/` : null,
    error: code ? message(code) : null,
  };
}

const endsOf = ([value]) => (value ? [value.slice(0, value.indexOf('..')), value.slice(value.indexOf('..') + 2)] : []);

function shownValues(asked, values, me) {
  if (asked === 'day') {
    const day = values[0] ?? '';
    return /^[0-9]/.test(day) ? ['', showDate(day, me, 'input')] : [day];
  }
  if (asked === 'days') return endsOf(values).map((end) => (end ? showDate(end, me, 'input') : ''));
  if (asked === 'numbers') return endsOf(values);
  return asked === 'tags' ? [values.join(', ')] : values;
}

const ours = (options) => options.map((o) => ({ ...o, ours: true }));

/** [{value, label, selected, ours}]: ours are translated. */
function optionsOf(store, field, asked, values) {
  return offeredOf(store, field, asked, values).map((o) => ({ ...o, selected: values.includes(o.value) }));
}

function offeredOf(store, field, asked, values) {
  const { kind, target } = field;
  if (asked === 'day') return ours(allRanges(field));
  if (asked === 'yesno') return ours(YES_NO);
  if (asked === 'lookup') {
    return values.map((value) => ({ value, label: value && store.title(target, value), ours: false })).filter((o) => o.label);
  }
  if (asked !== 'picks') return [];
  const own = ONESELF[kind];
  const chosen = (choices(store, field) ?? []).map((o) => ({ ...o, ours: [...CHOSEN, 'choices'].includes(kind) }));
  return [...(own ? ours([{ value: own, label: MYSELF[own] }]) : []), ...chosen];
}
