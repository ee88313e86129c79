// RFC 9562, version 7: 48 bits of milliseconds, 12 bits of counter, 62 bits of chance. Ids made
// here sort in the order they were made, also within a millisecond or when the clock steps back.
const CHANCE = 8; // bytes of an id
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = new Uint8Array(CHANCE * 64); // asking for each id by itself takes longer than all the rest of it
let used = pool.length;
let last = 0;
let count = 0;

function tick(now) {
  if (now > last) {
    last = now;
    count = 0;
  } else if (++count > 0xfff) {
    last++;
    count = 0;
  }
}

/** Where in the pool chance stands that nobody has had. */
function draw() {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += CHANCE;
  return used - CHANCE;
}

/** @param {number} [now] milliseconds since 1970 */
export function uuid7(now = Date.now()) {
  tick(now);
  const time = last.toString(16).padStart(12, '0');
  const at = draw();
  const byte = (n) => HEX[pool[at + n]];
  const variant = HEX[(pool[at] & 0x3f) | 0x80];
  const tail = byte(2) + byte(3) + byte(4) + byte(5) + byte(6) + byte(7);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${HEX[count >> 8][1]}${HEX[count & 0xff]}-${variant}${byte(1)}-${tail}`;
}
