// Saved views: made, changed and deleted by forms of the lists that they are of.
// server/web/keeping_views.py is its twin.
import { address } from '../views/addresses.js';
import * as forms from '../views/forms.js';
import { entity } from '../views/manifest.js';
import { settled } from '../views/saved.js';
import { uuid7 } from '../store/uuid7.js';

const KIND = 'saved_view';

/**
 * @param {any} visit with the form and the clock
 * @returns {{ops: any[], target: string, wrong: boolean}|null} null where the view is not held
 */
export function keepView(visit, id, noun) {
  if (!id) return made(visit);
  const view = visit.store.get(KIND, id);
  if (!view) return null;
  return (VERBS[noun ?? ''] ?? (() => null))(visit, view);
}

function made({ me, now, form, t }) {
  const [owner, rec] = [entity(KIND), uuid7(t)];
  const { values, errors } = forms.parse(owner, form, me, null);
  return kept(errors, [forms.creation(owner, rec, settled(me, values), me, now, uuid7, t)], values.of, rec);
}

function changed({ me, form, t }, view) {
  const owner = entity(KIND);
  const { values, errors } = forms.parse(owner, form, me, view);
  const [was, base] = forms.seen(owner, form, view);
  return kept(errors, forms.operations(owner, view.id, was, settled(me, values, view), base, me, uuid7, t), view.of, view.id);
}

const VERBS = {
  '': changed,
  deletion: ({ t }, view) => kept({}, [forms.deletion(entity(KIND), view.id, view.ver, uuid7, t)], view.of, 'all'),
  restoration: ({ t }, view) => kept({}, [forms.restoration(entity(KIND), view.id, view.ver, uuid7, t)], view.of, view.id),
};

/** Back to the list, which shows it. */
const kept = (errors, ops, of, view) => ({
  ops,
  wrong: Object.keys(errors).length > 0,
  target: address(`/${entity(of)?.path ?? ''}/`, [['view', view]]),
});
