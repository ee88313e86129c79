/** Values that lost against others, to be looked at by a person; mirrors conflicts.py. */
import { cell } from './cells.js';
import { makeInput } from './inputs.js';
import { editable, entity, fieldOf } from './manifest.js';

const MANY = 100;

/** Those that are open. */
export function conflictsView(store, me) {
  const asked = {
    words: [], filters: { open: 'true' }, sort: ['created_at', 'desc'], after: null, limit: MANY, scope: 'mine',
  };
  const entries = store.page('conflict', asked).rows.map((one) => entry(store, me, one, {}, {}));
  return ['conflicts.html', { entries: entries.filter(Boolean) }];
}

export function conflictView(store, me, rec, given = null, errors = null) {
  const conflict = store.get('conflict', rec);
  const one = conflict && entry(store, me, conflict, given ?? {}, errors ?? {});
  return one ? ['conflict.html', { one }] : null;
}

function entry(store, me, conflict, given, errors) {
  const owner = entity(conflict.of);
  const field = owner && fieldOf(owner, conflict.field);
  const record = field && store.get(conflict.of, conflict.rec);
  if (!record) return null;
  const name = (person) => (person ? store.title('person', person) : null);
  return {
    id: conflict.id,
    href: `/conflicts/${conflict.id}`,
    title: store.title(owner.type, record.id),
    record_href: `/${owner.path}/${record.id}`,
    label: field.label,
    kind: field.kind,
    kept: cell(store, field, conflict.kept),
    lost: cell(store, field, conflict.lost),
    before: cell(store, field, conflict.before),
    kept_by: name(conflict.kept_by),
    lost_by: name(conflict.lost_by),
    kept_at: conflict.kept_at,
    lost_at: conflict.lost_at,
    open: conflict.open,
    input: editable(owner).includes(field)
      ? makeInput(store, me, field, record, given, errors[field.name]) : null,
    yours: yours(me, conflict),
  };
}

function yours(me, conflict) {
  if (conflict.kept_by === me.id) return 'kept';
  return conflict.lost_by === me.id ? 'lost' : null;
}
