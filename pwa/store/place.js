import { encode } from './pack.js';

// A place in a list, [key, id], as text for the address bar; equal to server/web/window.py.

export function packPlace(place) {
  const bytes = encode(JSON.stringify(place));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function read(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** The place, or null for the beginning: also when somebody made the text up. */
export function unpackPlace(text) {
  if (!text) return null;
  try {
    const place = read(text);
    const [key, id] = Array.isArray(place) && place.length === 2 ? place : [];
    return typeof id === 'string' && (key === null || typeof key !== 'object') ? place : null;
  } catch {
    return null;
  }
}
