/** A long choice (countries) stands in the order of the person's language, their own region first. */
import { each, person, within } from './dom.js';

export function startOrdering() {
  each((part) => within(part, 'select[data-ordered]').forEach(order));
}

function order(select) {
  const { lang, region } = person();
  const by = new Intl.Collator(lang);
  const own = (option) => Number(option.value === region);
  const given = [...select.options].filter((option) => option.value);
  select.append(...given.sort((a, b) => own(b) - own(a) || by.compare(a.text, b.text)));
}
