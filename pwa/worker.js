// The service worker: an ordered list of rules. The first that fits a request answers it; what none
// fits goes to the network as if there were no worker.
import { serveBuilt, serveManifest, install, tidyCaches } from './worker/shell.js';
import { answer, isPage } from './worker/pages.js';
import { isFile, serveFile } from './worker/files.js';
import { signOut } from './worker/leaving.js';
import './worker/ending.js';
import { hear } from './worker/messages.js';
import { answerTap, renewSubscription, showPushed } from './worker/notices.js';
import { syncAwoken } from './worker/present.js';

const RULES = [
  [(url, request) => url.pathname.startsWith('/static/dist/') && request.method === 'GET', serveBuilt],
  [(url) => url.pathname === '/app.webmanifest', serveManifest],
  [(url, request) => url.pathname === '/logout' && request.method === 'POST', signOut],
  [isFile, serveFile],
  [isPage, answer],
];

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(tidyCaches().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  const rule = RULES.find(([fits]) => fits(url, event.request));
  if (rule) event.respondWith(rule[1](event, url));
});

self.addEventListener('message', (event) => event.waitUntil(hear(event)));
self.addEventListener('sync', (event) => event.waitUntil(syncAwoken()));
self.addEventListener('push', (event) => event.waitUntil(showPushed(event)));
self.addEventListener('notificationclick', (event) => event.waitUntil(answerTap(event)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscription(event)));
