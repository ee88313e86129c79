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

/** 401: the work stays, and waits for the same person to sign in. */
export class SignIn extends Error {}

/** 413: fewer operations at once. */
export class TooLarge extends Error {}
