// Pictures made smaller, where the browser can: for lists, and to be sent if the person wants that.
const TINY = 80; // px of what travels within the record
const THUMB = 320;
const TINIEST = 2_900; // bytes
const DRAWN = /^image\/(jpeg|png|webp|avif|gif|heic|heif|bmp)$/;
const RECODED = /^image\/(jpeg|png|webp|heic|heif)$/;

const able = () => typeof OffscreenCanvas !== 'undefined' && typeof createImageBitmap !== 'undefined';

/** The picture upright and no larger than `longest`, as a Blob. */
async function drawn(picture, longest, type, quality) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((px) => Math.max(1, Math.round(px * scale)));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality });
}

function base64(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

async function tinyOf(picture) {
  for (const quality of [0.55, 0.35, 0.15]) {
    const blob = await drawn(picture, TINY, 'image/webp', quality);
    if (blob.size <= TINIEST && ['image/webp', 'image/png', 'image/jpeg'].includes(blob.type)) {
      return `data:${blob.type};base64,${base64(new Uint8Array(await blob.arrayBuffer()))}`;
    }
  }
  return null;
}

/** Drawn anew it says neither where it was taken nor which way up it is. */
async function smaller(picture, file, longest) {
  if (Math.max(picture.width, picture.height) <= longest) return file;
  const made = await drawn(picture, longest, 'image/jpeg', 0.85);
  const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`;
  return made.size < file.size ? new File([made], name, { type: made.type, lastModified: file.lastModified }) : file;
}

/**
 * What is kept of a file, with its small pictures if it is a picture that can be drawn here.
 * @param {File} file @param {string} size `original`, or the longest side in px
 * @returns {Promise<{file: File, tiny: string|null, thumb: Uint8Array|null}>}
 */
export async function prepare(file, size) {
  const plain = { file, tiny: null, thumb: null };
  if (!able() || !DRAWN.test(file.type)) return plain;
  let picture;
  try {
    picture = await createImageBitmap(file);
    const kept = RECODED.test(file.type) && /^\d+$/.test(size) ? await smaller(picture, file, Number(size)) : file;
    const thumb = await drawn(picture, THUMB, 'image/webp', 0.75);
    return { file: kept, tiny: await tinyOf(picture), thumb: new Uint8Array(await thumb.arrayBuffer()) };
  } catch {
    return plain; // damaged, or of a kind that this browser does not know
  } finally {
    picture?.close();
  }
}
