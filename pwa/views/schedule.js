/**
 * A list as a calendar, in the person's own: a month, a week, or what comes next; mirrors schedule.py.
 * DAY = {date, day, inside, today, off, hebrew: {text, feast}|null, n, cards: [CARD], more: href|null, create: href|null}
 * CARD = a ROW with {ver, value, was, free: bool (may be moved)}
 */
import { address } from './addresses.js';
import { dayOf, hebrewDay, weekdayOf } from './almanac.js';
import { link, toStore } from './asking.js';
import { local, today, weekend } from './calendars.js';
import { fieldOf } from './manifest.js';
import { isOpen, may, mayCreate } from './may.js';
import { plusDays } from './moments.js';
import { resolve } from './ranges.js';
import { row } from './rows.js';
import { hasHebrew, namesOf, weeksOf } from './weeks.js';

const MOST = 400; // records at once
const [IN_MONTH, IN_DAY] = [4, 60]; // cards of a day in a month, and elsewhere
const SPANS = [['month', 'Month'], ['week', 'Week'], ['agenda', 'Agenda']];

/**
 * {by: {name, label, kind}, span, at, until, prev, next_, here: hrefs, spans: [{value, label, href,
 * active}], names: [{narrow, wide}], weeks: [[DAY]], whole: bool}
 */
export function schedule(store, me, now, owner, given) {
  const field = fieldOf(owner, given.by);
  const span = given.span || 'month';
  const [at, weeks] = weeksOf(me, now, span, given.at);
  const asked = { ...given, at, span };
  const page = store.page(owner.type, question(me, now, owner, asked, weeks, field));
  const found = {};
  for (const record of page.rows) (found[placeOf(me, field, record)] ??= []).push(record);
  let days = weeks.map((week) => week.map((day) => dayIn(store, me, now, owner, asked, day, found[day.date] ?? [])));
  if (span === 'agenda') days = [days[0].filter((day) => day.n || day.today)];
  return {
    by: { name: field.name, label: field.label, kind: field.kind },
    span,
    at,
    until: weeks.at(-1).at(-1).date,
    weeks: days,
    names: namesOf(me, weeks[0].slice(0, 7)),
    whole: page.next === null,
    ...ways(owner, asked, weeks),
    list_here: link(owner, asked, { after: null }),
  };
}

function question(me, now, owner, asked, weeks, field) {
  const { [field.name]: _, ...filters } = asked.filters;
  const found = toStore(owner, { ...asked, filters, after: null }, MOST, me, now);
  const stretch = resolve(field, `${weeks[0][0].date}..${weeks.at(-1).at(-1).date}`, me, now);
  return { ...found, filters: { ...found.filters, [field.name]: stretch }, sort: [field.name, 'asc'] };
}

function placeOf(me, { name, kind }, record) {
  const there = kind === 'instant' ? local(record[name], me.zone) : null;
  return there ? there[0] : record[name];
}

function dayIn(store, me, now, owner, asked, day, records) {
  const most = asked.span === 'month' ? IN_MONTH : IN_DAY;
  // The last takes no more room than the words that it is there.
  const shown = records.length === most + 1 ? most + 1 : most;
  const href = link(owner, asked, { span: 'agenda', at: day.date, after: null });
  return {
    ...day,
    today: day.date === today(now, me.zone),
    off: weekend(me.lang, me.region).includes(weekdayOf(dayOf(day.date))),
    hebrew: hasHebrew(me) ? hebrewDay(day.date, me.lang) : null,
    n: records.length,
    cards: records.slice(0, shown).map((one) => card(store, me, now, owner, asked.by, one)),
    more: records.length > shown ? href : null,
    href,
    create: createHref(me, owner, asked.by, day.date),
  };
}

const card = (store, me, now, owner, by, record) => ({
  ...row(store, me, today(now, me.zone), owner, record),
  ver: record.ver,
  value: record[by],
  was: JSON.stringify({ [by]: record[by] }),
  free: isFree(fieldOf(owner, by)) && isOpen(owner, record, now) && may(me, store, record, 'change'),
});

const isFree = (field) => field.in_form && !field.readonly;

function createHref(me, owner, by, date) {
  const field = fieldOf(owner, by);
  const fits = field.kind === 'date' && isFree(field) && !owner.readonly && !owner.attached;
  return fits && mayCreate(me, owner.type) ? address(`/${owner.path}/new`, [[by, date]]) : null;
}

/** Before, after, today, and by other spans. */
function ways(owner, asked, weeks) {
  const inside = weeks.flat().filter((day) => day.inside).map((day) => day.date);
  const to = (at) => link(owner, asked, { at, after: null });
  return {
    prev: to(plusDays(inside[0], asked.span === 'month' ? -1 : -inside.length)),
    next_: to(plusDays(inside.at(-1), 1)),
    here: to(''),
    spans: SPANS.map(([value, label]) => ({
      value, label, active: value === asked.span, href: link(owner, asked, { span: value, after: null }),
    })),
  };
}
