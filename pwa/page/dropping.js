/** Files that are dropped or pasted on the page of a record. */
import { begin, place } from './attaching.js';

export function startDropping() {
  document.addEventListener('paste', pasted);
  for (const type of ['dragover', 'dragleave', 'drop']) document.addEventListener(type, DRAG[type]);
}

function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || !place() || event.target.matches?.('input, textarea')) return;
  event.preventDefault();
  begin(files);
}

const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files') && !event.target.closest?.('input[type="file"]');

const DRAG = {
  dragover(event) {
    if (!carries(event)) return;
    event.preventDefault(); // or the browser would open the file in place of the page
    if (place()) place().dataset.drop = '';
    else event.dataTransfer.dropEffect = 'none';
  },
  dragleave(event) {
    if (!event.relatedTarget && place()) delete place().dataset.drop;
  },
  drop(event) {
    if (!carries(event)) return;
    event.preventDefault();
    if (!place()) return;
    delete place().dataset.drop;
    begin([...event.dataTransfer.files]);
  },
};
