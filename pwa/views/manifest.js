/** The manifest as the views read it; mirrors server/web/views/manifest.py. */
let held = { entities: {}, nav: [], codes: {} };

export const manifest = () => held;

export function setManifest(given) {
  held = given;
}

export const entity = (type) => held.entities[type] ?? null;

/** The entity whose pages live under /<path>/, or null. */
export const byPath = (path) =>
  Object.values(held.entities).find((e) => e.path === path && !e.system) ?? null;

/** A field of an entity or of an action. */
export const fieldOf = (owner, name) => owner.fields.find((f) => f.name === name) ?? null;

export const message = (code) => held.codes[code] ?? held.codes.error;

/** The fields that a form of an entity or an action has. */
export const editable = (owner) => owner.fields.filter((f) => f.in_form && !f.readonly);
