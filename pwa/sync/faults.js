/**
 * A request that did not come through: try again later, nothing is known to be wrong. `reason` is
 * network, http, garbled (a proxy's page, or an answer cut short) or stuck.
 */
export class Fault extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.name = 'Fault';
    this.reason = reason;
  }
}

/**
 * 401. `code` is signed_out (the work stays, and waits for the same person to sign in), ended (the
 * records have to go, and the work stays) or wiped (everything of this person has to go).
 */
export class SignIn extends Error {
  constructor(code = 'signed_out') {
    super(code);
    this.code = code;
  }
}

/** 409: another device goes by the same name. Nothing was taken. */
export class Cloned extends Error {}

/** 413: fewer operations at once. */
export class TooLarge extends Error {}

const KEEP = 20;

/** The faults so far, newest first, and one more; the same again and again is one line. */
export function noted(faults, { reason, cause }, at) {
  const told = typeof cause === 'number' ? `${reason} ${cause}` : reason;
  const [last, ...before] = faults;
  const same = last?.reason === told;
  const line = same ? { ...last, n: last.n + 1, until: at } : { at, until: at, reason: told, n: 1 };
  return [line, ...(same ? before : faults)].slice(0, KEEP);
}
