/**
 * What a person can be told when the phone cannot keep something. `code` is one of
 * quota (no room left), timeout (the database did not answer), closed (wiped, or a newer
 * version of the app took over), unavailable (anything else), unknown_type, unknown_operation.
 */
export class StoreError extends Error {
  constructor(code, cause) {
    super(code, { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Another tab or worker wrote since this memory was filled: fill it again, then repeat. */
export class Stale extends Error {}

const CODES = { QuotaExceededError: 'quota', VersionError: 'closed' };

export function typed(error) {
  if (error instanceof StoreError || error instanceof Stale) return error;
  return new StoreError(CODES[error?.name] ?? 'unavailable', error);
}
