/** Sums with dates and instants; mirrors server/web/views/moments.py. */
const DAY = 86_400_000;

/** Milliseconds since 1970 as YYYY-MM-DDTHH:MM:SSZ. */
export const instant = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const later = (at, seconds) => instant(Date.parse(at) + seconds * 1000);

export const plusDays = (day, days) => instant(Date.parse(day) + days * DAY).slice(0, 10);
