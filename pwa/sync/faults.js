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
