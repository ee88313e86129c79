/** Offer to install after the first saved job, once; never on load. */
import { kept, word } from './dom.js';
import { toast } from './toasts.js';

const KEY = 'install-offered';
let offer = null;

export function startInstall() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
  });
  addEventListener('appinstalled', () => {
    offer = null;
    navigator.storage?.persist?.();
  });
}

export function offerInstall() {
  if (!offer || kept.get(KEY)) return;
  kept.set(KEY, true);
  const prompt = offer;
  offer = null;
  toast(word('install'), { label: word('installDo'), run: () => prompt.prompt(), ms: 15000 });
}
