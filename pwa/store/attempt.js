import { put } from './connection.js';
import { Stale } from './errors.js';

/**
 * Makes all requests of a change at once, without a wait for the first: they count for nothing should
 * another tab have written since memory was filled. Raises Stale.
 * @param {string} stamp that of memory
 * @param {(tx, facts) => (() => any)} work
 * @param {any} facts names and values of meta that change with it
 */
export async function attempt(tx, stamp, work, facts) {
  const asked = tx.objectStore('meta').get('stamp');
  const expectFresh = async () => { if ((await asked) !== stamp) throw new Stale(); };
  let after;
  try {
    after = work(tx, facts);
    for (const [name, value] of Object.entries(facts)) put(tx, 'meta', value, name);
  } catch (error) {
    await expectFresh();
    throw error;
  }
  await expectFresh();
  tx.commit?.(); // now, and not when the last answer is here, which nobody needs
  return after;
}
