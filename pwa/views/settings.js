/** A person's own settings, and the page with everything else; mirrors settings.py. */
import { errorList, groups } from './inputs.js';
import { entity, fieldOf } from './manifest.js';

const FIELDS = ['lang', 'calendar', 'zone', 'theme', 'phone'];

/** The person's entity with those fields that one may set for oneself. */
export function settingsOwner() {
  const owner = entity('person') ?? { type: 'person', fields: [] };
  const fields = FIELDS.map((name) => fieldOf(owner, name)).filter(Boolean);
  return { ...owner, fields: fields.map((f) => ({ ...f, group: 'Yours' })) };
}

/** `device`: {held: [{label, n}], last, version} of a device that holds records. */
export function settingsView(store, me, given = null, errors = null, device = null) {
  const { fields } = settingsOwner();
  const person = store.get('person', me.id) ?? {};
  return ['settings.html', {
    action: '/settings',
    groups: groups(store, me, fields, person, given ?? {}, errors ?? {}),
    errors: errorList(fields, errors ?? {}),
    device,
  }];
}

export const moreView = () => ['more.html', {}];
