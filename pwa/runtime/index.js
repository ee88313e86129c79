// The runtime of compiled templates: what the worker needs of it.
export { TemplateNotFound, createRenderer } from './render.js';
export { Safe, UndefinedError, esc, safe } from './values.js';
