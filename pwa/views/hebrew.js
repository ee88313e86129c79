/**
 * The Hebrew calendar by its arithmetic: mean new moons (molad) and the four postponements.
 * The server takes the same from pyluach; a test walks both through all days that we show.
 */
const EPOCH = -1373428 - 719163; // days from 1970 to the day before 1 Tishri 1
const FROM_TISHRI = [6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5]; // places of months, Nisan being 0

const isLeap = (year) => (7 * year + 1) % 19 < 7;

/** Days from the epoch to the new year by its mean moon, kept off Sunday, Wednesday, Friday. */
function elapsed(year) {
  const months = Math.floor((235 * year - 234) / 19);
  const day = 29 * months + Math.floor((12084 + 13753 * months) / 25920);
  return (3 * (day + 1)) % 7 < 3 ? day + 1 : day;
}

/** Days since 1970 of 1 Tishri; years of 356 or 382 days are put right. */
function newYear(year) {
  const [before, at, after] = [elapsed(year - 1), elapsed(year), elapsed(year + 1)];
  let put = 0;
  if (after - at === 356) put = 2;
  else if (at - before === 382) put = 1;
  return EPOCH + at + put + 1;
}

/** [place, days] of the months of a year from Tishri; 12 and 13 are the Adars of a leap year. */
function monthsOf(year) {
  const length = newYear(year + 1) - newYear(year);
  const days = { 7: length % 10 === 5 ? 30 : 29, 8: length % 10 === 3 ? 29 : 30 };
  return FROM_TISHRI.flatMap((place) => {
    if (place === 11 && isLeap(year)) return [[12, 30], [13, 29]];
    return [[place, days[place] ?? (place % 2 ? 29 : 30)]];
  });
}

/** Numerals in letters, below 1000: 15 and 16 avoid the Name. */
function inLetters(n) {
  let text = 'ת'.repeat(Math.floor(n / 400)) + ['', 'ק', 'ר', 'ש'][Math.floor((n % 400) / 100)];
  const rest = n % 100;
  if (rest === 15 || rest === 16) text += rest === 15 ? 'טו' : 'טז';
  else text += ' יכלמנסעפצ'[Math.floor(rest / 10)].trim() + ' אבגדהוזחט'[rest % 10].trim();
  return text.length === 1 ? `${text}׳` : `${text.slice(0, -1)}״${text.slice(-1)}`;
}

/** {date, year, place} of days since 1970; in letters or as numbers. */
export function hebrewParts(day, letters) {
  let year = Math.floor((day - EPOCH) / 365.2468) + 2;
  while (newYear(year) > day) year--;
  let rest = day - newYear(year);
  for (const [place, days] of monthsOf(year)) {
    if (rest < days) {
      const date = rest + 1;
      return letters
        ? { date: inLetters(date), year: inLetters(year % 1000), place }
        : { date, year, place };
    }
    rest -= days;
  }
  throw new RangeError(`no Hebrew day ${day}`);
}

/** What is kept on a day, from the feasts of server/core/almanac.py. */
export function feastOf(feasts, { date, year, place }, weekday) {
  const on = `${place}-${date}`;
  const moved = year >= 5764 || place !== 1 ? `${on}/${weekday}` : '';
  return feasts?.[on] ?? feasts?.[moved] ?? null;
}
