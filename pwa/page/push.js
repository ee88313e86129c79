/** Notifications of this device: asked for by a tap, never on load, and taken back the same way. */
import { $, $$, each, kept, on, word } from './dom.js';
import { toast } from './toasts.js';

const LATER = 'push-later';
const TOLD = 'push-told';
const token = () => $('meta[name="csrf"]').content;
const can = 'Notification' in window && 'PushManager' in window && 'serviceWorker' in navigator;

export function startPush() {
  on('click', '[data-push="on"]', () => turnOn().catch(failed));
  on('click', '[data-push="off"]', () => turnOff().catch(failed));
  on('click', '[data-push="later"]', () => {
    kept.set(LATER, true);
    show();
  });
  each(show);
  arrive();
  document.addEventListener('htmx:after:swap', arrive);
  stayInStep().catch(() => {});
}

const failed = () => {
  toast(word(navigator.onLine ? 'pushFailed' : 'network'), { icon: 'circle-alert' });
  show();
};

const subscription = async () => (await navigator.serviceWorker.ready).pushManager.getSubscription();

/** unsupported, denied, off or on. */
async function stateOf() {
  if (!can) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const active = (await navigator.serviceWorker.getRegistration())?.active;
  return active && Notification.permission === 'granted' && (await subscription()) ? 'on' : 'off';
}

/** The invitation shows where it has not been answered yet, the settings what is so. */
async function show() {
  if (!$('#invite, [data-push-state]')) return;
  const state = await stateOf();
  const invite = $('#invite');
  if (invite) invite.hidden = state !== 'off' || Notification.permission !== 'default' || Boolean(kept.get(LATER));
  const settings = $('[data-push-state]');
  if (!settings) return;
  settings.dataset.pushState = state;
  settings.hidden = false;
  for (const part of $$('[data-when]', settings)) part.hidden = part.dataset.when !== state;
}

async function turnOn() {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') {
    kept.set(LATER, true);
    await show();
    if (permission === 'denied') toast(word('pushDenied'), { icon: 'bell', ms: 12000 });
    return;
  }
  const { key } = await (await fetch('/api/push')).json();
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await report('POST', made.toJSON());
  remember(made);
  await show();
  toast(word('pushOn'), { icon: 'bell' });
}

async function turnOff() {
  const { endpoint } = (await subscription()) ?? {};
  await (await subscription())?.unsubscribe();
  kept.drop(TOLD);
  await show();
  toast(word('pushOff'), { icon: 'bell' });
  if (endpoint) await report('DELETE', { endpoint });
}

async function report(method, body) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch('/api/push', { method, headers, body: JSON.stringify({ ...body, token: token() }) });
  if (!answer.ok) throw new Error(`${answer.status}`);
}

const remember = ({ endpoint }) => kept.set(TOLD, `${endpoint} ${token()}`);

/** A session that began anew has to hear of a subscription that was there before it. */
async function stayInStep() {
  if (!can || Notification.permission !== 'granted' || !$('meta[name="csrf"]')?.content) return;
  const held = await subscription();
  if (!held || kept.get(TOLD) === `${held.endpoint} ${token()}`) return;
  await report('POST', held.toJSON());
  remember(held);
}

/** Opened from a notification: that one is read. */
function arrive() {
  const place = new URL(location.href);
  const id = place.searchParams.get('notice');
  if (!id) return;
  place.searchParams.delete('notice');
  history.replaceState(history.state, '', place);
  const body = new URLSearchParams({ _t: token() });
  fetch(`/notices/${encodeURIComponent(id)}/reading`, { method: 'POST', body, redirect: 'manual' }).catch(() => {});
}
