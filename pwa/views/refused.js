/** What was refused of one record is one thing to look at; equal to `together` of server/web/views/problems.py. */
const ALONE = ['do', 'del', 'look'];

/**
 * The name of what an operation stands and falls with: changes of one record are put right at once, and with a record
 * that was never made goes all that was done to it. Actions and deletions are matters of their own.
 * @param {any[]} refused all operations that were
 * @returns {(op: any) => string}
 */
export function together(refused) {
  const unmade = new Set(refused.filter((op) => op.k === 'new').map((op) => op.rec));
  return (op) => (ALONE.includes(op.k) && !unmade.has(op.rec) ? op.id : op.rec);
}
