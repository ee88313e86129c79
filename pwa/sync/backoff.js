const FIRST = 2_000;
const MOST = 300_000;

/**
 * Milliseconds to wait after the n-th failure in a row (from 1): doubling up to five minutes, and
 * half of it by chance, lest all phones return together when the server does.
 */
export function backoff(n, random = Math.random) {
  const full = Math.min(MOST, FIRST * 2 ** (n - 1));
  return Math.round(full / 2 + (full / 2) * random());
}
