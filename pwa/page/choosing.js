/** Files that are too large are told before they are sent. */
import { on } from './dom.js';

export function startChoosing() {
  on('change', 'input[type="file"][data-most]', (event, input) => {
    const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
    input.setCustomValidity(large ? input.dataset.tooLarge : '');
    if (large) input.reportValidity();
  });
}
