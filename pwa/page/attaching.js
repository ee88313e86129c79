/** Files for a record: from the camera, chosen, dropped or pasted. They are given to the worker one by
 * one, which keeps them before it says so; without a worker the form goes to the server. */
import { $, make, on, root, within, each, word } from './dom.js';
import { refresh } from './refresh.js';
import { toast } from './toasts.js';

const come = new Map(); // id of an upload → percent that the server has
const WHY = { quota: 'noRoom', unreadable: 'unreadable' };
const controller = () => navigator.serviceWorker?.controller;

export function startAttaching() {
  on('change', '[data-attach] input[type="file"]', (event, input) => chosen(input));
  each((part) => within(part, '[data-upload]').forEach(draw));
}

/** The section that takes files on the page in front. */
export const place = () => $('#peek:not([hidden]) #files[data-rec]') ?? $('#main #files[data-rec]');

function chosen(input) {
  if (!input.files.length) return;
  if (!controller()) return input.form.requestSubmit();
  const files = [...input.files];
  const { of, rec } = input.closest('#files').dataset;
  input.value = '';
  give(files, { of, rec });
}

export function begin(files) {
  if (controller()) return give(files, { ...place().dataset });
  const input = $('[data-attach] input[multiple]', place());
  const list = new DataTransfer();
  files.forEach((file) => list.items.add(file));
  input.files = list.files;
  return input.form.requestSubmit();
}

/** One after the other; what could not be kept stays in hand, to be tried again. */
async function give(files, about) {
  const close = toast(word('saving'), { icon: 'upload', ms: 0 });
  const failed = [];
  let why = null;
  for (const file of files) {
    const said = await keep(file, about);
    if (said.error) {
      failed.push(file);
      why = said.error;
    }
  }
  close();
  refresh();
  if (!failed.length) return void toast(word('saved'), { icon: 'check' });
  toast(word(WHY[why] ?? 'notKept'), { icon: 'circle-alert', ms: 0, label: word('again'), run: () => give(failed, about) });
}

function keep(file, { of, rec }) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    const worker = controller();
    if (!worker) return resolve({ error: 'unavailable' });
    worker.postMessage({ type: 'attach', file, of, rec }, [port2]);
  });
}

/** News of an upload, from the worker. */
export function showUpload({ id, came, size, gone }) {
  if (gone) {
    come.delete(id);
    refresh();
  } else {
    come.set(id, size ? Math.floor((100 * came) / size) : 100);
    for (const mark of document.querySelectorAll(`[data-upload="${id}"]`)) draw(mark);
  }
}

function draw(mark) {
  const n = come.get(mark.dataset.upload);
  const percent = new Intl.NumberFormat(root.lang, { style: 'percent' });
  if (n !== undefined) mark.replaceChildren(make('span', { class: 'progress' }, percent.format(n / 100)));
}
