/** The filters of our templates; mirrors server/web/filters.py. */
import * as calendars from './calendars.js';
import { language, localise } from './almanac.js';
import { initials } from './initials.js';
import * as money from './money.js';
import { GROUP, POINT } from './money.js';
import * as phones from './phones.js';
import * as skeleton from './skeleton.js';
import * as text from './text.js';
import { instantOf } from './zones.js';

const NUM = { num: '%(num)s' }; // left for us to fill in the person's digits
/** What stands between names in a row, with its space. */
export const comma = (lang) => (lang === 'fa' || lang === 'ar' ? '، ' : ', ');

const direction = (lang) => (['he', 'fa', 'ar'].includes(lang) ? 'rtl' : 'ltr');

/** Once, before anything else here is used: what tables() of server/web/filters.py gives. */
export function configure(tables) {
  text.configure(tables.text);
  skeleton.configure(tables.names);
  phones.configure(tables.phones);
  calendars.configure(tables.almanac);
  money.configure(tables.money);
}

/** In a text from right to left, a mark keeps the sign at the left of its number. */
function minus(value, lang) {
  if (value >= 0) return '';
  return direction(lang) === 'rtl' ? '\u200e-' : '-';
}

function number(value, lang) {
  if (!Number.isFinite(value)) return localise(value, lang);
  const [whole, part] = Number.isInteger(value)
    ? [String(Math.abs(value)), '']
    : Math.abs(value).toFixed(6).replace(/\.?0+$/, '').split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, GROUP[lang] ?? ',');
  return minus(value, lang) + localise(part ? `${grouped}${POINT[lang] ?? '.'}${part}` : grouped, lang);
}

function duration(minutes, lang, ngettext) {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const parts = [];
  if (hours) parts.push([ngettext('%(num)s h', '%(num)s h', hours), hours]);
  if (rest || !hours) parts.push([ngettext('%(num)s min', '%(num)s min', rest), rest]);
  const shown = parts.map(([part, n]) => part.replaceAll('%(num)s', localise(n, lang)));
  return minus(minutes, lang) + shown.join(' ');
}

/** How much a file weighs: 3.4 MB. */
function size(value, lang, gettext) {
  const units = [gettext('B'), gettext('kB'), gettext('MB'), gettext('GB')];
  const n = [1, 2, 3].filter((k) => Math.abs(value) >= 1000 ** k).length;
  const tenths = (BigInt(Math.abs(value)) * 10n) / 1000n ** BigInt(n);
  const whole = tenths / 10n;
  const shown = n && whole < 10n ? `${whole}${POINT[lang] ?? '.'}${tenths % 10n}` : String(whole);
  return `${minus(value, lang)}${localise(shown, lang)} ${units[n]}`;
}

const nothing = (value) => value === null || value === undefined || value === '';

/** Empty for nothing; `names` are those by which a template may give the arguments. */
function filter(show, names = []) {
  return Object.assign((value, ...args) => (nothing(value) ? '' : show(value, ...args)), { names });
}

/**
 * @param {{lang: string, zone: string, calendar: ?string, region: ?string, now: string}} fmt
 * @param {(id: string) => string} gettext
 * @param {(one: string, many: string, n: number, named?: object) => string} ngettext
 * @returns {Record<string, (value: any, ...args: any[]) => string>}
 */
export function makeFilters(fmt, gettext, ngettext) {
  const lang = language(fmt);
  const counted = (one, many, n) => String(ngettext(one, many, n, NUM));
  const said = (id) => String(gettext(id));
  const date = (value, style) => {
    const on = instantOf(value) === null ? value : calendars.today(value, fmt.zone);
    return calendars.showDate(on, fmt, style);
  };
  return {
    date: filter(date, ['style']),
    day: filter((value) => date(value, 'weekday')),
    instant: filter((value, style) => calendars.showInstant(value, fmt, style), ['style']),
    time: filter((value) => calendars.showTime(value, fmt)),
    ago: filter((value) => calendars.ago(value, fmt.now, fmt, said, counted)),
    number: filter((value) => number(value, lang)),
    money: filter((value, currency) => money.show(value, lang, currency), ['currency']),
    digits: filter((value) => localise(value, lang)),
    phone: filter((value) => phones.show(value, fmt.region)),
    tel: filter((value) => phones.tel(String(value))),
    initials: filter((value) => initials(String(value))),
    duration: filter((value) => duration(value, lang, counted)),
    size: filter((value) => size(value, lang, said)),
    dir: filter((value) => direction(value)),
    comma: filter((value) => comma(value)),
  };
}
