/** A form stays as it is while its record is changed by others; what they changed is said above it. */
import { $, fetchPart } from './dom.js';

/** Ask for what happened since the version that the form was made of. */
export async function tellMeanwhile() {
  const form = $('#record-form');
  const base = $('[name="_base"]', form)?.value;
  if (!Number(base)) return;
  const url = new URL(location.href);
  url.searchParams.set('_seen', base);
  try {
    const page = await fetchPart(url.pathname + url.search);
    const news = $('#meanwhile', page);
    if (!news || !form.isConnected || $('[name="_base"]', form).value !== base) return;
    // Said once: whoever listens to the page does not hear it anew with every change elsewhere.
    if (news.innerHTML !== $('#meanwhile').innerHTML) $('#meanwhile').replaceChildren(...news.childNodes);
  } catch {
    // No answer: the next news tries again.
  }
}
