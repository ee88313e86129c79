/**
 * One page of this browser that is in sight holds a stream of the server's, which tells of new
 * versions: what is held here is synced then, and what the server made is shown anew. Without it
 * all is as with it, but a minute later.
 */
import { backoff } from '../sync/backoff.js';
import { $, root } from './dom.js';
import { refresh } from './refresh.js';

const SIGHT_MS = 60_000; // that a stream outlives its page being in sight
const FIRST_MS = 10_000; // that the first sign of life may take: a proxy may hold everything back
const BEATS = 3; // that may be missed
const REST_MS = 300_000; // when another page of this person took the place, or nobody is signed in
const CROWD_MS = 2_000; // between looks at what others change among what is not held here
const SOON_MS = 300; // of which so much by chance: not everybody at once

const name = () => `live-${root.dataset.person}`;
const controller = () => navigator.serviceWorker?.controller;
const mobile = () => navigator.userAgentData?.mobile ?? /Mobi/.test(navigator.userAgent);
let channel = null;
let claim = null; // an AbortController: this page waits for its turn, or has it
let stream = null;
let known = null; // the version last heard of
let failures = 0;
let [silence, sight, crowd, shown] = [0, 0, 0, 0];

export function startLive() {
  if (!root.dataset.person || !window.EventSource) return;
  channel = new BroadcastChannel(name());
  channel.onmessage = ({ data }) => show(data);
  for (const type of ['online', 'offline', 'pageshow']) addEventListener(type, consider);
  addEventListener('pagehide', rest);
  document.addEventListener('visibilitychange', consider);
  consider();
}

function consider() {
  clearTimeout(sight);
  if (!navigator.onLine) rest();
  else if (document.hidden) sight = setTimeout(rest, SIGHT_MS);
  else seek();
}

/** Wait until no other page of this browser has a stream. */
function seek() {
  if (claim) return;
  claim = new AbortController();
  const { signal } = claim;
  const over = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const hold = () => {
    open();
    return over;
  };
  if (!navigator.locks) hold();
  else navigator.locks.request(name(), { signal }, hold).catch(() => {}); // given up while waiting
}

function rest() {
  claim?.abort();
  claim = null;
  close();
}

function close() {
  clearTimeout(silence);
  stream?.close();
  stream = null;
}

function open() {
  close();
  stream = new EventSource(mobile() ? '/live' : '/live?every=1');
  expect(FIRST_MS);
  stream.addEventListener('beat', ({ data }) => expect(BEATS * 1000 * Number(data)));
  stream.addEventListener('version', ({ data }) => hear('version', Number(data)));
  stream.addEventListener('other', ({ data }) => hear('other', Number(data)));
  stream.addEventListener('end', ({ data }) => end(data));
  stream.addEventListener('error', () => again(backoff(++failures)));
}

/** A sign of life is due within so many ms. */
function expect(ms) {
  clearTimeout(silence);
  silence = setTimeout(() => again(backoff(++failures)), ms);
}

function again(ms) {
  close();
  silence = setTimeout(open, ms);
}

function end(why) {
  if (why === 'signed_out') controller()?.postMessage({ type: 'sync' }); // which learns it, and asks to sign in
  again(why === 'restart' ? backoff(1) : REST_MS);
}

function hear(kind, ver) {
  failures = 0;
  if (kind === 'version') controller()?.postMessage({ type: 'version', ver });
  if (known !== null && ver > known) {
    show(kind);
    channel.postMessage(kind);
  }
  known = ver;
}

/** What this device holds is shown when its worker has fetched it; the rest comes from the server. */
function show(kind) {
  if ($('#pill')?.dataset.made !== 'server') return;
  const wait = kind === 'other' ? Math.max(shown + CROWD_MS - Date.now(), SOON_MS * Math.random()) : 0;
  if (crowd) return;
  crowd = setTimeout(() => {
    crowd = 0;
    shown = Date.now();
    refresh();
  }, wait);
}
