/** A value against its declaration; mirrors server/core/kinds.py by way of server/web/views/checks.py. */
import { isEmpty, labelOf } from './cells.js';
import { clean } from './text.js';

// White space as Python's patterns and str.split() know it in cleaned text.
const W = '\\t\\n\\x20\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${W}]+`, 'g');
const PART = `[^${W}@"<>(),;:\\\\[\\].]`;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const ID = [UUID, 'bad_reference'];
const PHONE = [/^\+[1-9][0-9]{6,14}$/, 'bad_phone'];
const PATTERNS = {
  email: [new RegExp(`^(?:${PART}|\\.)+@${PART}+(?:\\.${PART}+)+$`), 'bad_email'],
  url: [new RegExp(`^https?://[^${W}<>"]+$`, 'iu'), 'bad_url'],
  phone: PHONE, phones: PHONE, ref: ID, person: ID, team: ID, people: ID,
};
const CHOOSE = ['choice', 'choices', 'state', 'language'];
const MOST = 100;
const LARGEST = 1e9;

/** [value, code]: the value as it will be kept, or a code. */
export function check(field, value) {
  if (field.required && isEmpty(value)) return [value, 'required'];
  if (value === null || field.kind === 'bool' || field.kind === 'json') return [value, null];
  if (field.kind === 'integer' || field.kind === 'money') return [value, outOf(field, value)];
  if (field.kind === 'number') return [value, outOf({ min: -LARGEST, max: LARGEST, ...bounded(field) }, value)];
  if (Array.isArray(value)) return checkList(field, value);
  const [kept, code] = checkText(field, value, field.max);
  return code ? [value, code] : [kept, null];
}

const bounded = ({ min, max }) => ({ ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) });

function outOf({ min, max }, value) {
  const fits = value >= (min ?? Number.MIN_SAFE_INTEGER) && value <= (max ?? Number.MAX_SAFE_INTEGER);
  return fits ? null : 'bounds';
}

function checkList(field, list) {
  if (list.length > MOST) return [list, 'too_long'];
  const element = { ...field, required: false };
  const checked = list.map((one) => checkText(element, one, field.max || 100));
  const wrong = checked.find(([, code]) => code);
  return wrong ? [list, wrong[1]] : [[...new Set(checked.map(([kept]) => kept))].filter((one) => one !== null), null];
}

function checkText(field, value, max) {
  const { kind, required } = field;
  const text = kind === 'longtext' ? clean(value) : clean(value).replace(SPACES, ' ').replace(/^ | $/g, '');
  if (!text) return [null, required ? 'required' : null];
  if (max && Array.from(text).length > max) return [null, 'too_long'];
  const [pattern, code] = PATTERNS[kind] ?? [];
  if (pattern && !pattern.test(text)) return [null, code];
  if (CHOOSE.includes(kind) && labelOf(field, text) === null) return [null, 'not_a_choice'];
  if ((kind === 'date' || kind === 'instant') && !isDate(kind, text)) return [null, 'bad_date'];
  return [text, null];
}

function isDate(kind, text) {
  const whole = kind === 'date' ? `${text}T00:00:00Z` : text;
  const at = new Date(whole);
  return !Number.isNaN(at.getTime()) && `${at.toISOString().slice(0, 19)}Z` === whole && !whole.startsWith('0000');
}

/** A state may only move where its declaration says. */
export function checkMove(field, record, value) {
  if (field.kind !== 'state' || !record || value === record[field.name]) return null;
  return (field.states?.[record[field.name]] ?? []).includes(value) ? null : 'illegal_transition';
}
