/** The lock of this device; only its worker has such a page. */
const say = (text) => text; // marks it for translation, which the template does

export const PIN = {
  minutes: [2, 5, 15, 60],
  wait: say('Wait a little before you try again.'),
  wrong: say('This is not the PIN.'),
  shape: say('A PIN has 4 to 8 digits.'),
  differ: say('The two entries are not the same.'),
};

/** `minutes` in the background after which it locks, 0 where no PIN is set. */
export function pinView(minutes, error) {
  const chosen = minutes || 5;
  const options = PIN.minutes.map((n) => ({ value: n, selected: n === chosen }));
  return ['pin.html', { set: minutes > 0, options, error }];
}
