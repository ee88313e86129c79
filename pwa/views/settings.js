/** A person's own settings, and the page with everything else; mirrors settings.py. */
import { calendarOf } from './calendars.js';
import { errorList, groups } from './inputs.js';
import { entity, fieldOf } from './manifest.js';

/** Time zones that are offered; any other that is chosen already stays. */
let zones = [];
const FIELDS = ['lang', 'calendar', 'zone', 'theme', 'phone'];
const NOTICES = ['quiet_from', 'quiet_to', 'names_in_notices'];
const PHOTOS = ['photo_size', 'photo_place', 'keep_files', 'keep_each'];
const BESIDE = ['columns']; // set by other pages than that of settings

/** Once: the zones that the server offers, too. */
export function offerZones(given) {
  zones = given;
}

/** As it is read: Asia/Hong Kong. */
const nameOf = (zone) => zone.replaceAll('_', ' ');

/** The person's entity with those fields that one may set for oneself. */
export function settingsOwner() {
  const owner = entity('person') ?? { type: 'person', fields: [] };
  const named = (names) => names.map((name) => fieldOf(owner, name)).filter(Boolean);
  const own = named(FIELDS).map((f) => ({ ...f, group: 'settings\u0004Yours' }));
  const beside = named(BESIDE).map((f) => ({ ...f, in_form: true }));
  return { ...owner, fields: [...own, ...named([...NOTICES, ...PHOTOS]), ...beside] };
}

export function settingsView(store, me, given = null, errors = null) {
  const fields = settingsOwner().fields.filter(({ name }) => !BESIDE.includes(name));
  const person = filled(fields, store.get('person', me.id) ?? {});
  const made = groups(store, me, fields, person, given ?? {}, errors ?? {});
  return ['settings.html', {
    action: '/settings',
    groups: made.map((g) => ({ ...g, inputs: g.inputs.map(offering) })),
    errors: errorList(fields, errors ?? {}),
  }];
}

/** What nobody has chosen is as it is by default, or by the language. */
function filled(fields, person) {
  const open = fields.filter((f) => f.kind === 'choice' && (person[f.name] ?? null) === null);
  const usual = Object.fromEntries(open.map((f) => [f.name, f.default]));
  return { ...person, ...usual, calendar: calendarOf(person) };
}

/** A zone is chosen from those of our customers; the one in force is always among them. */
function offering(one) {
  if (one.name !== 'zone') return one;
  const own = one.value && !zones.includes(one.value) ? [one.value] : [];
  const options = [...own, ...zones]
    .map((zone) => ({ value: zone, label: nameOf(zone), selected: zone === one.value }));
  return { ...one, kind: 'choice', options };
}

export const moreView = (store, me) => ['more.html', {}];
