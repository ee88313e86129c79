// The requests of tus 1.0.0 that an upload is made of; see server/files/uploads.py.
import { Fault, SignIn } from '../sync/faults.js';

const PATIENCE = 180_000; // ms for one piece
const STREAM = 'application/offset+octet-stream';

/** The server will not take it: `code` is missing, too_large or damaged. */
export class Unfit extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const FINAL = { 403: 'missing', 404: 'missing', 413: 'too_large', 400: 'missing', 460: 'damaged' };

async function ask(net, method, path, headers, body) {
  let response;
  try {
    response = await net.fetch(`/files/uploads/${path}`, {
      method, body, credentials: 'same-origin', redirect: 'error', signal: AbortSignal.timeout(PATIENCE),
      headers: { ...net.headers, ...headers, 'Tus-Resumable': '1.0.0' },
    });
  } catch (cause) {
    throw new Fault('network', cause);
  }
  if (response.status === 401) throw new SignIn();
  return response;
}

/** How much the server has: from what it says, or it does not speak tus. */
function offsetOf(response) {
  const said = response.headers.get('Upload-Offset');
  if (!response.ok || said === null) throw new Fault('http', response.status);
  return Number(said);
}

/** Begins, or goes on with what was begun; how much is there. */
export async function begin(net, { id, size }) {
  const head = await ask(net, 'HEAD', id, {});
  if (head.ok && head.headers.get('Upload-Offset') !== null) return offsetOf(head);
  if (head.status !== 404) throw new Fault('http', head.status);
  const made = await ask(net, 'POST', '', { 'Upload-Length': String(size), 'Upload-Metadata': `file ${btoa(id)}` });
  if (FINAL[made.status]) throw new Unfit(FINAL[made.status]);
  return offsetOf(made);
}

/** Sends the next bytes; how much is there now. */
export async function add(net, { id }, offset, bytes) {
  const response = await ask(net, 'PATCH', id, { 'Upload-Offset': String(offset), 'Content-Type': STREAM }, bytes);
  if (response.status === 460) throw new Unfit('damaged');
  if ([404, 409].includes(response.status)) return null; // look again what is there
  return offsetOf(response);
}
