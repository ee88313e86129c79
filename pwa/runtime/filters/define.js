// How a built-in filter is declared.

/** A filter whose arguments after the value may be given by these names. */
export const withNames = (names, filter) => Object.assign(filter, { names: names.split(' ') });

/** A filter that gets `(value, args, named)` as they are. */
export const raw = (filter) => Object.assign(filter, { raw: true });
