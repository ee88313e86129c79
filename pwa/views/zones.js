/** Instants and a person's clock; mirrors server/core/zones.py. */
import { DAY, dayOf } from './almanac.js';
import { fold } from './text.js';

const formatters = new Map();

function make(zone) {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' };
  return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    ...fields, minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone,
  });
}

/** Making a formatter is slow, so each is kept. UTC for a zone that does not exist. */
function formatter(zone) {
  let made = formatters.get(zone);
  if (!made) {
    try {
      made = make(zone || 'UTC');
    } catch {
      made = make('UTC');
    }
    formatters.set(zone, made);
  }
  return made;
}

/** Milliseconds since 1970 of an instant, or null. */
export function instantOf(iso) {
  const match = /^([1-8][0-9]{3}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?Z$/.exec(iso ?? '');
  const day = match && dayOf(match[1]);
  if (!match || day === null) return null;
  const [h, m, s] = match.slice(2).map(Number);
  return h < 24 && m < 60 && s < 60 ? day * DAY + ((h * 60 + m) * 60 + s) * 1000 : null;
}

const pad = (n) => String(n).padStart(2, '0');

function parts(ms, zone) {
  const found = {};
  for (const { type, value } of formatter(zone).formatToParts(ms)) found[type] = value;
  return found;
}

/** [date, HH:MM] on the clocks of the zone; null for what is no instant. */
export function local(iso, zone) {
  const ms = instantOf(iso);
  if (ms === null) return null;
  const at = parts(ms, zone);
  return [`${at.year}-${at.month}-${at.day}`, `${at.hour}:${at.minute}`];
}

/** The date in the zone at an instant; empty for what is no instant. */
export const today = (now, zone) => local(now, zone)?.[0] ?? '';

/** HH:MM of a typed 24-hour time in any digits, 9:05 or 09.05; else null. */
export function parseTime(text) {
  const match = /^([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-5][0-9])?$/.exec(fold(text));
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  return `${pad(Number(match[1]))}:${match[2]}`;
}

/** What the zone's clocks are ahead of UTC, in ms. */
function offset(ms, zone) {
  const at = parts(ms, zone);
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - ms;
}

/** The instant that the zone's clocks show; a repeated time is its first, a skipped one moves on. */
export function instantFromLocal(date, time, zone) {
  const [day, clock] = [dayOf(date), parseTime(time)];
  if (day === null || clock === null) return null;
  const [h, m] = clock.split(':').map(Number);
  const wall = day * DAY + (h * 60 + m) * 60000;
  const [before, after] = [offset(wall - DAY, zone), offset(wall + DAY, zone)];
  const found = [before, after].find((ahead) => offset(wall - ahead, zone) === ahead) ?? before;
  return `${new Date(wall - found).toISOString().slice(0, 19)}Z`;
}
