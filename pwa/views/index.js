/** What every page shows: (store, me, …) → [template, context]; mirrors server/web/views. */
export { alikeView } from './alike.js';
export { conflictsView, conflictView } from './conflicts.js';
export { scopeOf } from './asking.js';
export { builderView } from './builder.js';
export { chosenView } from './chosen.js';
export { actionView, formView } from './form.js';
export { heirOf } from './heirs.js';
export { heldBy, holdingView } from './holding.js';
export { listView, optionsView, rowsView } from './list.js';
export { answering, reading } from './answering.js';
export { latest, mentionsView, noticesView } from './notices.js';
export { outboxView } from './outbox.js';
export { problemsView } from './problems.js';
export { searchView } from './search.js';
export { moreView, settingsOwner, settingsView } from './settings.js';
export { showView } from './show.js';
export { line, sweepView } from './sweep.js';
export { todayView } from './today.js';
