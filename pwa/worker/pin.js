// A PIN as it is kept: only what tells a right one from a wrong one, and how often one was wrong.
const ROUNDS = 600_000; // of PBKDF2
const TRIES = 10;
const FREE = 3; // tries without a pause

async function derive(code, salt, rounds) {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, key, 256);
  return new Uint8Array(bits);
}

export async function makePin(code) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, rounds: ROUNDS, hash: await derive(code, salt, ROUNDS), tries: 0, until: 0 };
}

export async function isRight(pin, code) {
  const hash = await derive(code, pin.salt, pin.rounds);
  return hash.every((byte, i) => byte === pin.hash[i]);
}

/** Seconds until the next try: none for the first three, then three times as long each time. */
const pause = (tries) => (tries < FREE ? 0 : Math.min(3600, 5 * 3 ** (tries - FREE)));

export function tried(pin) {
  const tries = pin.tries + 1;
  return { ...pin, tries, until: Date.now() + pause(tries) * 1000 };
}

/** @returns {{wait: number, left: number}} seconds to wait before a try, and tries left */
export const standingOf = (pin) => ({
  wait: Math.max(0, Math.ceil(((pin?.until ?? 0) - Date.now()) / 1000)),
  left: TRIES - (pin?.tries ?? 0),
});
