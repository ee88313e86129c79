/** What the platform itself says, for the tests to measure ours against. */
const collators = {};
const instants = {};

function collator(lang) {
  collators[lang] ??= new Intl.Collator(lang, { numeric: true, ignorePunctuation: true, sensitivity: 'base' });
  return collators[lang];
}

/** -1, 0, 1 for two names, word by word, since we let a space come before any letter. */
export function compare(a, b, lang) {
  const [x, y] = [a.split(' '), b.split(' ')];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const c = collator(lang).compare(x[i], y[i]);
    if (c) return Math.sign(c);
  }
  return Math.sign(x.length - y.length);
}

/** [year, month, day] of a date in the platform's Persian or Hebrew calendar. */
export function inCalendar(iso, calendar) {
  instants[calendar] ??= new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    year: 'numeric', month: calendar === 'hebrew' ? 'long' : 'numeric', day: 'numeric', timeZone: 'UTC',
  });
  const parts = instants[calendar].formatToParts(new Date(`${iso}T12:00:00Z`));
  return ['year', 'month', 'day'].map((type) => parts.find((p) => p.type === type).value);
}
