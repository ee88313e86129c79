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
  document.addEventListener('paste', pasted);
  for (const type of ['dragover', 'dragleave', 'drop']) document.addEventListener(type, DRAG[type]);
  each((part) => within(part, '[data-upload]').forEach(draw));
}

/** The section that takes files on the page in front. */
const place = () => $('#peek:not([hidden]) #files[data-rec]') ?? $('#main #files[data-rec]');

function chosen(input) {
  if (!input.files.length) return;
  if (!controller()) return input.form.requestSubmit();
  const files = [...input.files];
  const { of, rec } = input.closest('#files').dataset;
  input.value = '';
  give(files, { of, rec });
}

function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length && place() && !event.target.matches?.('input, textarea')) begin(event, files);
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
    begin(event, [...event.dataTransfer.files]);
  },
};

function begin(event, files) {
  event.preventDefault();
  if (controller()) return give(files, { ...place().dataset });
  const input = $('[data-attach] input[multiple]', place());
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
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

const percent = (n) => new Intl.NumberFormat(root.lang, { style: 'percent' }).format(n / 100);

function draw(mark) {
  const n = come.get(mark.dataset.upload);
  if (n !== undefined) mark.replaceChildren(make('span', { class: 'progress' }, percent(n)));
}
