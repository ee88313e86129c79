// RFC 9562, version 7: 48 bits of milliseconds, 12 bits of counter, 62 bits of chance. Ids made
// here sort in the order they were made, also within a millisecond or when the clock steps back.
let last = 0;
let count = 0;

const hex = (n, digits) => n.toString(16).padStart(digits, '0');

function tick(now) {
  if (now > last) {
    last = now;
    count = 0;
  } else if (++count > 0xfff) {
    last++;
    count = 0;
  }
}

/** @param {number} [now] milliseconds since 1970 */
export function uuid7(now = Date.now()) {
  tick(now);
  const time = hex(last, 12);
  const chance = crypto.getRandomValues(new Uint8Array(8));
  chance[0] = (chance[0] & 0x3f) | 0x80;
  const tail = Array.from(chance, (byte) => hex(byte, 2)).join('');
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}`;
  return `${head}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
