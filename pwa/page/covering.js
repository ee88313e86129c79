/** With a PIN set, what is shown is covered while the app is in the background, and stays covered if
 * it has been there too long. */
import { root } from './dom.js';
import { askWorker } from './worker.js';

let minutes = 0;

export async function startCovering() {
  document.addEventListener('visibilitychange', () => (document.hidden ? cover() : uncover()));
  ({ minutes = 0 } = await askWorker({ type: 'lock' }));
}

function cover() {
  if (minutes && root.dataset.person) root.dataset.covered = '';
}

async function uncover() {
  if (!root.hasAttribute('data-covered')) return;
  const { locked } = await askWorker({ type: 'lock' });
  if (locked) location.reload();
  else delete root.dataset.covered;
}
