/** Fields in the order and under the headings of a person's layout; mirrors server/web/views/layouts.py. */
const rolesOf = (me) => [...(me.roles ?? []), ...(me.role ? [me.role] : [])];

/** That of the first of one's roles that has one, else that of everybody, if there is one. */
function layoutOf(owner, me) {
  const layouts = owner.layouts ?? {};
  const role = rolesOf(me).find((one) => Object.hasOwn(layouts, one)) ?? '';
  return layouts[role] ?? null;
}

/** What the layout does not know of yet comes after the rest; what is required is never left out. */
export function arranged(owner, me, fields) {
  const layout = layoutOf(owner, me);
  if (!layout) return fields;
  const left = new Map(fields.map((f) => [f.name, f]));
  const found = [];
  for (const { label, columns, fields: names } of layout.groups) {
    for (const name of names) {
      if (left.has(name)) found.push({ ...left.get(name), group: label, columns });
      left.delete(name);
    }
  }
  return [...found, ...[...left.values()].filter((f) => f.required || !layout.unseen.includes(f.name))];
}
