// What every template gets, see docs/developer/design.md. Equal to server/web/rendering.py.

const PERSONAL = ['lang', 'calendar', 'zone', 'theme'];

/** The person with what they changed about themselves here, whether or not it was sent yet. */
export function personal(me, person) {
  const own = PERSONAL.filter((name) => person?.[name]).map((name) => [name, person[name]]);
  const found = { ...me, ...Object.fromEntries(own), name: person?.name ?? me.name, columns: (person ?? me).columns ?? '' };
  return { ...found, dir: direction(found.lang) };
}

export const direction = (lang) => (['he', 'fa', 'ar'].includes(lang) ? 'rtl' : 'ltr');

const STRANGER = { zone: 'UTC', calendar: 'gregorian', region: 'US' };

export function baseContext({ me, path, now, partial, sync, lang }, { nav, assets }) {
  const known = me ?? { ...STRANGER, lang: lang ?? 'en' };
  const { zone, calendar, region } = known;
  return {
    lang: known.lang, dir: direction(known.lang), me, fmt: { lang: known.lang, zone, calendar, region, now }, now,
    theme: me ? me.theme : 'auto', csrf: me ? me.csrf : '',
    nav: nav.map((one) => ({ ...one, active: path.startsWith(one.href) })),
    path, sync, notice: null, assets, partial,
  };
}
