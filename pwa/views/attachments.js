/** TILE: a file as it hangs on a record; mirrors server/web/views/attachments.py. */
import { manifest } from './manifest.js';
import { mayCreate } from './may.js';

const MOST = 200;
const KINDS = [['image/', 'image'], ['video/', 'film'], ['audio/', 'music'], ['application/pdf', 'pdf']];
const ENDINGS = [
  ['.jpg', 'image'], ['.jpeg', 'image'], ['.png', 'image'], ['.webp', 'image'], ['.gif', 'image'],
  ['.heic', 'image'], ['.mp4', 'film'], ['.mov', 'film'], ['.mp3', 'music'], ['.m4a', 'music'], ['.pdf', 'pdf'],
];

/** The entity whose records hang on others. */
export const attached = () => Object.values(manifest().entities).find((one) => one.attached) ?? null;

/** What hangs on a record, the newest first; null where nothing can. */
export function attachmentsOf(store, me, owner, record) {
  const kind = attached();
  if (!kind || owner.attached) return null;
  const found = store.related(kind.type, 'rec', record.id, MOST, kind.order);
  const add = mayCreate(me, kind.type) && !record.deleted;
  return {
    entity: kind,
    action: add ? `/${kind.path}/` : null,
    of: owner.type,
    rec: record.id,
    tiles: found.map((one) => tile(store, kind, one)),
  };
}

export function tile(store, owner, record) {
  const href = `/${owner.path}/${record.id}`;
  return {
    id: record.id,
    href,
    title: record.name,
    note: record.note,
    at: record.taken_at || record.created_at,
    by_name: record.created_by ? store.title('person', record.created_by) : null,
    mark: store.mark(record),
    look: lookOf(record),
    size: record.stored_size || record.size,
    width: record.width,
    height: record.height,
    tiny: record.thumb,
    there: record.arrived_at !== null,
    original: `${href}/original`,
    preview: `${href}/preview`,
    thumb: `${href}/thumb`,
  };
}

/** image, pdf, film, music or file: by what the server saw; until then by the name. */
export function lookOf({ mime, name, thumb }) {
  if (mime) return KINDS.find(([start]) => mime.startsWith(start))?.[1] ?? 'file';
  if (thumb) return 'image';
  const low = (name ?? '').toLowerCase();
  return ENDINGS.find(([end]) => low.endsWith(end))?.[1] ?? 'file';
}
