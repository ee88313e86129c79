// A tap on a sensitive field that this device holds: into the outbox that it was shown, and then shown.
// What it does not hold the server has to show. server/web/showing.py is its twin.
import * as forms from '../views/forms.js';
import { showingView } from '../views/index.js';
import { tapped } from '../views/showing.js';
import { heldOf } from '../store/veil.js';
import { uuid7 } from '../store/uuid7.js';
import { page } from './answers.js';
import { syncNow } from './present.js';

export async function showHeld(visit, owner, record) {
  const { event, store, form, t } = visit;
  const field = tapped(owner, form.field?.[0] ?? '');
  const value = field && heldOf(record, field.name);
  if (!field || value === undefined) return null;
  await store.write([forms.looking(owner, record, field.name, uuid7, t)]);
  event.waitUntil(syncNow());
  return page(showingView(store, owner, record, field, value), visit);
}
