/** What is typed into a sensitive field is in no draft on disk, only in this page's memory; if that is
 * gone when the form is back, its person is told what to write again. */
import { $, $$, kept, word } from './dom.js';
import { isChanged } from './inhand.js';
import { toast } from './toasts.js';

const held = new Map(); // key of a draft → pairs

const fields = (form) => $$('.field[data-secret]', form);
const inputs = (field) => $$('input, select, textarea', field).filter(({ name }) => name && !name.startsWith('_'));
const secretNames = (form) => new Set(fields(form).flatMap(inputs).map(({ name }) => name));

/** @returns {{pairs: Array<[string, string]>, unkept: string[]}} what may be kept, and the labels of what is not */
export function withoutSecrets(key, form, pairs) {
  const names = secretNames(form);
  if (!names.size) return { pairs, unkept: [] };
  held.set(key, pairs.filter(([name]) => names.has(name)));
  const typed = fields(form).filter((field) => inputs(field).some(isTyped));
  return { pairs: pairs.filter(([name]) => !names.has(name)), unkept: typed.map(labelOf) };
}

const isTyped = (input) => input.value.trim() !== '' && isChanged(input);

const labelOf = (field) => $('label, .label', field).firstChild.textContent.trim();

/** The draft with what this page remembers of it. */
export const remembered = (key, draft) => ({ ...draft, pairs: [...draft.pairs, ...(held.get(key) ?? [])] });

/** Once. */
export function tellUnkept(key, draft) {
  if (!draft.unkept?.length || held.has(key)) return;
  toast(word('unkept').replace('%(what)s', draft.unkept.join(', ')), { icon: 'lock', ms: 0 });
  kept.set(key, { ...draft, unkept: [] });
}

export const forgetSecrets = (key) => held.delete(key);
