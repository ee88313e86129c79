// The PIN of this device: a lock on what the worker shows, see docs/decisions. It comes when the app
// was closed, or has been in the background for some minutes. The server knows nothing of it.
import { fact } from '../store/session.js';
import { isRight, makePin, standingOf, tried } from './pin.js';

const NOTED = 20_000; // ms between notes of being in use

let lock = null; // {pin, seen}: seen is when it was last in use, null while locked
let noted = 0;

async function known() {
  if (!lock) {
    const [pin, seen] = await Promise.all([fact('pin'), fact('seen')]);
    lock = { pin, seen };
  }
  return lock;
}

/** @returns {Promise<number>} minutes in the background after which it locks; 0 without a PIN */
export const minutesOf = async () => (await known()).pin?.minutes ?? 0;

/** Is a PIN asked for now? `event` is a request that would be answered otherwise. */
export async function isLocked(event = null) {
  const { pin, seen } = await known();
  if (!pin) return false;
  if (seen === null || Date.now() - seen > pin.minutes * 60_000 || (await isCold(event))) {
    await close();
    return true;
  }
  return false;
}

/** The first page of an app that was closed: there is no other window. */
async function isCold(event) {
  if (event?.request.mode !== 'navigate') return false;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.every(({ id }) => id === event.resultingClientId);
}

/** Somebody is at it. */
export async function touch() {
  const { pin, seen } = await known();
  if (!pin || seen === null) return;
  lock.seen = Date.now();
  if (lock.seen - noted < NOTED) return;
  noted = lock.seen;
  await fact('seen', lock.seen);
}

export async function close() {
  if ((await known()).seen === null) return;
  lock.seen = null;
  await fact('seen', null);
}

async function open() {
  lock.seen = noted = Date.now();
  await fact('seen', lock.seen);
}

export async function setPin(code, minutes) {
  await keep({ ...(await makePin(code)), minutes });
  await open();
}

async function keep(pin) {
  await known();
  lock.pin = pin;
  await fact('pin', pin);
}

export const removePin = () => keep(null);

export const standing = async () => standingOf((await known()).pin);

/** A try counts before it is looked at, so that stopping us half-way wins nobody one. */
export async function tryPin(code) {
  const { pin } = await known();
  if (!pin || (await standing()).wait) return false;
  await keep(tried(pin));
  if (!(await isRight(pin, code))) return false;
  await keep({ ...pin, tries: 0, until: 0 });
  await open();
  return true;
}

/** The password was given. A forgotten PIN goes; otherwise it stays and is not asked for now. */
export async function letIn() {
  await known();
  if (await fact('forgot')) await removePin();
  await fact('forgot', null);
  if (lock.pin) await keep({ ...lock.pin, tries: 0, until: 0 });
  await open();
}

export const forgot = () => fact('forgot', true);
