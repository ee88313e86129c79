/** Today: one's tasks by when they are due, and what was worked on lately; mirrors today.py. */
import { local, today } from './calendars.js';
import { lately, page } from './looking.js';
import { entity } from './manifest.js';
import { plusDays } from './moments.js';
import { invites } from './notices.js';
import { around } from './reach.js';
import { phoneOf, row, stateOf } from './rows.js';

const [MANY, LATELY, SOON] = [200, 5, 7]; // tasks of one state; accounts; days
/** @type {[string, number][]} */
const HOURS = [['night', 5], ['morning', 12], ['afternoon', 18], ['evening', 22], ['night', 24]];

export function todayView(store, me, now) {
  const day = today(now, me.zone);
  const hour = Number((local(now, me.zone) ?? ['', '00:00'])[1].slice(0, 2));
  return ['today.html', {
    tasks: tasksOf(store, me, day),
    recent: lately(store, me, now, LATELY),
    invite: invites(store, me),
    greeting: HOURS.find(([, until]) => hour < until)[0],
  }];
}

/** Those that are not closed, by when they are due; beyond the next days they can wait. */
function tasksOf(store, me, day) {
  const found = { overdue: [], today: [], soon: [], none: [] };
  const owner = entity('task');
  for (const record of owner ? openOf(store, me, owner) : []) {
    const part = partOf(record.due, day);
    if (part) found[part].push(withPhone(store, me, day, owner, record));
  }
  return found;
}

function openOf(store, me, owner) {
  const values = (stateOf(owner)?.choices ?? []).map(([v]) => v).filter((v) => !owner.closed.includes(v));
  const found = values.flatMap((status) =>
    page(store, 'task', ['due', 'asc'], MANY, { filters: { assignee: me.id, status } }));
  const key = (r) => `${r.due ?? '~'} ${r.id}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function partOf(due, day) {
  if (due === null) return 'none';
  if (due <= day) return due === day ? 'today' : 'overdue';
  return due <= plusDays(day, SOON) ? 'soon' : null;
}

/** One tap calls whom the task is about. */
function withPhone(store, me, day, owner, record) {
  const found = row(store, me, day, owner, record);
  const sub = found.sub.filter((cell) => cell.name !== 'assignee'); // all are one's own
  return { ...found, sub, phone: around(store, owner, record).map(phoneOf).find(Boolean) ?? null };
}
