// The text rules of the views, which the records here are sorted and searched by.
export { searched as sounds } from '../views/skeleton.js';
export { searchForms } from '../views/phones.js';
export { fold, scriptRanges, soft, sortKey, words } from '../views/text.js';
