/** Money is a whole number of its currency's smallest units; mirrors server/core/money.py. */
import { localise } from './almanac.js';
import { digits } from './text.js';

export const GROUP = { fa: '٬', ar: '٬' };
export const POINT = { fa: '٫', ar: '٫' };
const RTL = ['he', 'fa', 'ar'];
const GROUPED = /^-?[0-9]{1,3}([,٬][0-9]{3})+(\.[0-9]+)?$/;
const AMOUNT = /^(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?$/;
let tables = { whole: [], thousandths: [], signs: {}, names: {} };
let signed = / /g;

/** Once: what table() of money.py gives. */
export function configure(given) {
  tables = given;
  signed = new RegExp(`[${Object.values(given.signs).join('')} \u00a0\u200e\u200f]`, 'g');
}

export function decimals(currency) {
  if (tables.whole.includes(currency)) return 0;
  return tables.thousandths.includes(currency) ? 3 : 2;
}

/** What stands beside an amount: ₪, ریال, or the code. */
export const sign = (currency, lang) =>
  tables.names[lang]?.[currency] || tables.signs[currency] || currency || '';

/** 1250.00: for inputs. */
export function plain(value, currency) {
  const n = decimals(currency);
  const all = String(Math.abs(value)).padStart(n + 1, '0');
  const whole = n ? `${all.slice(0, -n)}.${all.slice(-n)}` : all;
  return value < 0 ? `-${whole}` : whole;
}

/** [minor units, null] of what was typed, or [null, code]. */
export function parse(typed, currency) {
  let number = digits(typed).replace(signed, '').replaceAll('٫', '.').replaceAll('−', '-');
  if (GROUPED.test(number)) number = number.replace(/[,٬]/g, '');
  const found = AMOUNT.exec(number.replaceAll(',', '.'));
  if (!found) return [null, 'bad_number'];
  const [n, part] = [decimals(currency), (found[3] ?? '').replace(/0+$/, '')];
  if (part.length > n) return [null, 'too_fine'];
  return [Number(`${found[1]}${found[2]}${part.padEnd(n, '0')}`) || 0, null];
}

/** ₪1,250.00; from right to left the sign comes after the number, and marks keep both in place. */
export function show(value, lang, currency) {
  if (!Number.isInteger(value)) return localise(value, lang);
  const [whole, part] = plain(Math.abs(value), currency).split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, GROUP[lang] ?? ',');
  const number = localise(part === undefined ? grouped : `${grouped}${POINT[lang] ?? '.'}${part}`, lang);
  const beside = sign(currency, lang);
  if (RTL.includes(lang)) {
    const minus = value < 0 ? '\u200e-' : '';
    return beside ? `\u200f${minus}${number}\u00a0\u200f${beside}` : `${minus}${number}`;
  }
  return `${value < 0 ? '-' : ''}${beside}${beside.length > 1 ? '\u00a0' : ''}${number}`;
}
