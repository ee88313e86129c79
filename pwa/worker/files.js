// Files at their addresses, from here where they are here; taking new ones; what people decide of those
// that could not be sent.
import { TABLES } from '../generated/tables.js';
import { get, stream } from '../files/pieces.js';
import { evict } from '../files/keeping.js';
import { take } from '../files/taking.js';
import { errorPage } from './answers.js';
import { isOverdue } from './lease.js';
import { isLocked } from './locking.js';
import { present, syncNow, tell } from './present.js';

const FILE = /^\/files\/([0-9a-f-]{36})\/(original|preview|thumb)$/;
const { shown: SHOWN, locked: LOCKED, pdf: PDF } = TABLES.files;
const NOT_HERE = TABLES.files.not_here;

export const isFile = (url, request) => request.method === 'GET' && FILE.test(url.pathname);

export async function serveFile(event, url) {
  const [, id, look] = FILE.exec(url.pathname);
  const here = await present().catch(() => null);
  if (here && ((await isLocked()) || isOverdue(here))) return new Response(null, { status: 423 });
  const local = here?.store.meta('me') ? await localOf(here, id, look, event.request, url) : null;
  if (local) return local;
  try {
    return await fetch(event.request);
  } catch {
    return (look !== 'original' && here && (await tinyOf(here.store, id))) || errorPage(503, null, NOT_HERE);
  }
}

/** The thumbnail made here, or the bytes that are here; null where neither is. */
async function localOf({ store }, id, look, request, url) {
  const { conn, uploads } = store.state;
  if (look === 'thumb') {
    const thumb = await get(conn, 'thumb', id);
    if (thumb) return new Response(thumb, { headers: headersOf('image/webp') });
  }
  const entry = uploads.get(id) ?? (await get(conn, 'kept', id));
  if (!entry || (look !== 'original' && !entry.mime?.startsWith('image/'))) return null;
  await store.load(['file']);
  const record = store.get('file', id);
  return record ? give(conn, entry, record, request, url) : null;
}

function headersOf(mime) {
  return {
    'Content-Type': mime,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': mime === 'application/pdf' ? PDF : LOCKED,
    'X-Content-Type-Options': 'nosniff',
    'X-Rendered-By': 'worker',
  };
}

/** As the server gives it: in ranges, and what is not to be shown only to be saved. */
function give(conn, { id, size, mime }, { name }, request, url) {
  const plain = SHOWN.includes(mime);
  const how = plain && !url.searchParams.has('save') ? 'inline' : 'attachment';
  const headers = {
    ...headersOf(plain ? mime : 'application/octet-stream'),
    'Accept-Ranges': 'bytes',
    'Content-Disposition': `${how}; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = to ? Math.min(Number(to) + 1, size) : size;
  const part = from !== undefined && start < end;
  const said = { ...headers, 'Content-Length': String(end - start), ...(part && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }) };
  return new Response(stream(conn, id, part ? start : 0, end), { status: part ? 206 : 200, headers: said });
}

/** The small picture that travels within the record. */
async function tinyOf(store, id) {
  await store.load(['file']);
  const tiny = store.get('file', id)?.thumb;
  const [, mime, body] = /^data:(image\/\w+);base64,(.*)$/.exec(tiny ?? '') ?? [];
  if (!body) return null;
  return new Response(Uint8Array.from(atob(body), (c) => c.charCodeAt(0)), { headers: headersOf(mime) });
}

/** Keeps files one by one; what was evictable gives way before a person is told that there is no room. */
export async function attach(here, files, about) {
  const { store, who } = here;
  await store.load(['file', 'person', about.of]);
  const size = store.get('person', who.person)?.photo_size ?? 'original';
  const ops = [];
  for (const file of files) {
    const once = () => take(store, file, about, size);
    ops.push(await once().catch(async (error) => {
      if (error.code !== 'quota' || !(await evict(store.state.conn))) throw error;
      return once();
    }));
    await tell({ type: 'changed', types: ['file'], ids: [about.rec] });
    await tell({ type: 'state', ...here.syncing.news, ...store.status() });
  }
  return ops;
}

/** A page gives a file, and hears what became of it. */
export async function hearFile({ file, of, rec }, answer) {
  try {
    const here = await present();
    if (!here) throw Object.assign(new Error('nobody is here'), { code: 'unavailable' });
    await attach(here, [file], { of, rec });
    answer({ done: true });
    await syncNow();
  } catch (error) {
    answer({ error: error.code ?? 'unavailable' });
  }
}
