/** QUICK: a related record made with two taps; mirrors server/web/views/quick.py. */
import { address } from './addresses.js';
import { labelOf } from './cells.js';
import { entity, fieldOf } from './manifest.js';
import { mayCreate } from './may.js';

export function quickOf(me, owner, record) {
  return owner.related.flatMap((related) => {
    const target = entity(related.type);
    if (!target || !mayCreate(me, target.type)) return [];
    const belongs = belonging(owner, target, related, record);
    return target.quick.map((entry) => quick(target, entry, belongs));
  });
}

/** Hidden fields that tie the new record to this one and to its customer file. */
function belonging(owner, target, related, record) {
  const belongs = [{ name: related.by, value: record.id }];
  const file = owner.parent ? record[owner.parent] : null;
  if (file && target.parent === owner.parent) belongs.push({ name: target.parent, value: file });
  return belongs;
}

/** An entry is `field`, or `value:field` where the value is chosen beforehand for the field `kind`. */
function quick(target, entry, belongs) {
  const cut = entry.indexOf(':');
  const [value, name] = [entry.slice(0, Math.max(cut, 0)), entry.slice(cut + 1)];
  const [field, kind] = [fieldOf(target, name), fieldOf(target, 'kind')];
  const hidden = [...(value ? [{ name: 'kind', value }] : []), ...belongs];
  return {
    key: value || target.type,
    label: (value && kind && labelOf(kind, value)) || target.new,
    icon: target.icons[value] ?? target.icon,
    href: address(`/${target.path}/new`, hidden.map((h) => [h.name, h.value])),
    action: `/${target.path}/`,
    hidden,
    name,
    options: (field?.choices ?? []).map(([v, label]) => ({ value: v, label })),
  };
}
