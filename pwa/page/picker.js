/** A month to pick a day from, in the person's calendar; typing stays possible. */
import {
  calendarOf, fromJalali, localise, monthGrid, showDate, toJalali, today, weekStart,
} from '../views/calendars.js';
import { ready } from './counting.js';
import { toast } from './toasts.js';
import { $, each, icon, make, person, root, within, word } from './dom.js';

export function startPicker() {
  each((part) => within(part, 'input[data-date]').forEach(equip));
}

function equip(input) {
  if (input.nextElementSibling?.matches('[data-pick]')) return;
  const button = make('button', { type: 'button', class: 'btn square', 'data-pick': '', 'aria-label': word('pick') }, icon('calendar'));
  input.after(button);
  button.addEventListener('click', () => open(input));
}

const monthOf = (iso, calendar) =>
  (calendar === 'jalali' ? toJalali(iso).slice(0, 2) : [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))]);

const ascii = (text) => text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (d) => d.charCodeAt(0) & 15);

/** The ISO date that stands in the input, or null; what is odd is left to the form's own reader. */
function typed(text, calendar) {
  const [a, month, b] = ascii(text).match(/[0-9]+/g) ?? [];
  if (!b) return null;
  const [year, day] = a.length === 4 ? [a, b] : [b, a];
  if (calendar === 'jalali' && Number(year) < 1700) return fromJalali(Number(year), Number(month), Number(day));
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return toJalali(iso) ? iso : null;
}

async function open(input) {
  if (!(await ready())) {
    toast(word('network'), { icon: 'cloud-off' });
    return;
  }
  const who = person();
  const calendar = calendarOf(who) === 'jalali' ? 'jalali' : 'gregorian';
  const now = today(new Date().toISOString().slice(0, 19) + 'Z', who.zone);
  const chosen = typed(input.value, calendar);
  const state = { who, calendar, now, chosen, input, focus: chosen ?? now };
  const dialog = make('dialog', { class: 'sheet', 'aria-label': word('pick') });
  state.dialog = dialog;
  document.body.append(dialog);
  dialog.addEventListener('close', () => { dialog.remove(); input.focus(); });
  dialog.addEventListener('keydown', (event) => steer(event, state));
  draw(state);
  dialog.showModal();
  focusDay(state);
}

function draw(state) {
  const [year, month] = monthOf(state.focus, state.calendar);
  const turn = (step, label, name) => {
    const button = make('button', { type: 'button', class: 'btn ghost square', 'aria-label': label }, icon(name, 'flip'));
    button.addEventListener('click', () => { turnMonth(state, step); draw(state); });
    return button;
  };
  const head = make('header', {}, turn(-1, word('previous'), 'chevron-left'), make('b', { 'aria-live': 'polite' }, title(state)), turn(1, word('next'), 'chevron-right'));
  const foot = make('div', { class: 'sheet-foot' }, quick(word('clear'), () => choose(state, '')), quick(word('today'), () => choose(state, state.now)));
  const box = make('div', { class: 'calendar' }, head, grid(state, year, month), foot);
  state.dialog.replaceChildren(box);
}

const title = ({ focus, who }) => showDate(focus, who, 'month');

function quick(label, run) {
  const button = make('button', { type: 'button', class: 'btn' }, label);
  button.addEventListener('click', run);
  return button;
}

function grid(state, year, month) {
  const weeks = monthGrid(year, month, state.calendar, weekStart(state.who.lang, state.who.region, state.calendar));
  const short = new Intl.DateTimeFormat(state.who.lang, { weekday: 'narrow', timeZone: 'UTC' });
  const head = weeks[0].map(({ date }) => make('th', { scope: 'col' }, short.format(Date.parse(date))));
  const rows = weeks.map((week) => make('tr', {}, ...week.map((day) => make('td', {}, dayButton(state, day)))));
  return make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

function dayButton(state, { date, day, inside }) {
  const kind = `${inside ? '' : 'out'} ${date === state.now ? 'today' : ''}`.trim();
  const button = make('button', {
    type: 'button', class: kind || null, 'data-day': date, tabindex: date === state.focus ? '0' : '-1',
    'aria-pressed': String(date === state.chosen), 'aria-label': showDate(date, state.who, 'weekday'),
  }, localise(day, state.who.lang));
  button.addEventListener('click', () => choose(state, date));
  return button;
}

function choose({ input, who, dialog }, date) {
  input.value = date && showDate(date, who, 'input');
  for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
  dialog.close();
}

export const shift = (iso, days) => new Date(Date.parse(iso) + days * 86400000).toISOString().slice(0, 10);

/** The same day of the month before or after, or its last. */
function turnMonth(state, step) {
  const [year, month] = monthOf(state.focus, state.calendar);
  let day = state.focus;
  while (String(monthOf(day, state.calendar)) === String([year, month])) day = shift(day, step);
  state.focus = day;
}

function steer(event, state) {
  const ahead = root.dir === 'rtl' ? -1 : 1;
  const days = { ArrowDown: 7, ArrowUp: -7, ArrowRight: ahead, ArrowLeft: -ahead }[event.key];
  if (days) state.focus = shift(state.focus, days);
  else if (event.key === 'PageDown' || event.key === 'PageUp') turnMonth(state, event.key === 'PageDown' ? 1 : -1);
  else return;
  event.preventDefault();
  draw(state);
  focusDay(state);
}

const focusDay = ({ dialog, focus }) => ($(`[data-day="${focus}"]`, dialog) ?? $('button', dialog)).focus();
