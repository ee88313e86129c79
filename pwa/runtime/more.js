// Built-in filters of Jinja that the product does not use. Whoever needs one gives it to
// `createRenderer`, and names it to the compiler, so that the others cost nothing.
import { moreLists } from './filters/more_lists.js';
import { moreNumbers } from './filters/more_numbers.js';
import { moreTexts } from './filters/more_texts.js';

export const moreFilters = { ...moreLists, ...moreNumbers, ...moreTexts };
