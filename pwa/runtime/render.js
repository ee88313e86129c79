// Renders compiled templates. All state of a render is in one object, so that renders in
// several languages never meet.
import { dict, esc, float, iter, mark, safe, show, showEsc, str, truth, tuple, unpack } from './values.js';
import { add, and, chain, concat, div, eq, floordiv, gt, gteq, isIn, lt, lteq, mod, mul, ne, neg, notIn, or, pos, pow,
  slice, sub } from './operators.js';
import { attr, call, item, method, setAttr, takesNames } from './access.js';
import { filters as builtinFilters, runFilter } from './filters.js';
import { globals as builtinGlobals } from './globals.js';
import { Loop } from './loop.js';
import { macro } from './macro.js';
import { tests as builtinTests } from './tests.js';

export class TemplateNotFound extends Error {}

/** Holds names that templates may read, whatever they are. */
class Names {
  constructor() { this.names = Object.create(null); }
}

/** What `{% import %}` gives: the names a template exports, and its text. */
class Module extends Names {
  constructor(scope, body) {
    super();
    this.body = body;
    for (const name of Object.keys(scope)) if (name[0] !== '_') this.names[name] = scope[name];
  }

  toString() { return this.body; }
}

/** The `r` of compiled templates. */
class Render {
  constructor(setup) {
    this.templates = setup.templates;
    this.catalog = setup.catalog ?? null;
    this.filters = { ...builtinFilters, ...setup.filters };
    this.tests = { ...builtinTests, ...setup.tests };
    this.base = Object.assign(Object.create(null), builtinGlobals, setup.globals);
    this.modules = new Map();
  }

  /** The first template of that name, or of those names, that there is. */
  find(name) {
    const names = (Array.isArray(name) ? name : [name]).map(str);
    const found = names.find((each) => Object.hasOwn(this.templates, each));
    if (found === undefined) throw new TemplateNotFound(`no template ${names.join(', ')}`);
    return this.templates[found];
  }

  /** Runs a template from its root on a scope of its own. */
  root(template, scope) {
    const context = { s: scope, blocks: Object.create(null) };
    this.offer(context, template);
    return template.root(this, context);
  }

  offer(context, template) {
    for (const name of Object.keys(template.blocks)) (context.blocks[name] ??= []).push(template.blocks[name]);
  }

  extend(context, name, before) {
    if (before) throw new Error('extended multiple times');
    const parent = this.find(name);
    this.offer(context, parent);
    return parent;
  }

  block(context, name, scope, required) {
    const blocks = context.blocks[name];
    if (required && blocks.length <= 1) throw new Error(`required block ${name} not found`);
    return blocks[0](this, context, scope, 0);
  }

  /** The block `name`, `depth` parents up, as a function with a `super` of its own. */
  reference(context, name, scope, depth) {
    const block = context.blocks[name]?.[depth];
    if (!block) return undefined;
    const made = takesNames((args, named, escaping) => mark(block(this, context, scope, depth), escaping));
    Object.defineProperty(made, 'attributes', {
      get: () => ({ super: this.reference(context, name, scope, depth + 1) }),
    });
    return made;
  }

  super(context, name, scope, depth) { return this.reference(context, name, scope, depth + 1); }

  self(context, scope) {
    const self = new Names();
    for (const name of Object.keys(context.blocks)) self.names[name] = this.reference(context, name, scope, 0);
    return self;
  }

  include(name, scope, ignoreMissing) {
    let template;
    try {
      template = this.find(name);
    } catch (error) {
      if (ignoreMissing && error instanceof TemplateNotFound) return '';
      throw error;
    }
    return this.root(template, Object.create(scope ?? this.base));
  }

  import(name, scope) {
    if (scope) return this.load(name, scope);
    const key = str(name);
    if (!this.modules.has(key)) this.modules.set(key, this.load(name, this.base));
    return this.modules.get(key);
  }

  load(name, outer) {
    const scope = Object.create(outer);
    const body = this.root(this.find(name), scope);
    return new Module(scope, body);
  }

  filter(name, value, args, named, escaping) {
    return runFilter(this, this.filters[name], value, args, named, escaping);
  }

  test(name, value, args) { return this.tests[name].apply(this, [value, ...args]); }
}

// What compiled templates call; the names are the compiler's.
Object.assign(Render.prototype, {
  Loop, add, and, attr, call, chain, concat, dict, div, eq, esc, float, floordiv, gt, gteq, isIn, item, iter, lt, lteq,
  macro, mark, method, mod, mul, ne, neg, notIn, or, pos, pow, safe, setAttr, show, showEsc, slice, str, sub, truth,
  tuple, unpack,
});

/**
 * Makes `(name, context, own) => text`. `setup` and `own` hold `catalog`, `filters`, `tests`,
 * `globals`; what is in `own` goes before, for this render alone. Filters are
 * `(value, ...args) => text or Safe`. A context is plain JSON.
 */
export const createRenderer = (setup) => (name, context, own = {}) => {
  const render = new Render({
    ...setup,
    ...own,
    filters: { ...setup.filters, ...own.filters },
    tests: { ...setup.tests, ...own.tests },
    globals: { ...setup.globals, ...own.globals },
  });
  const scope = Object.assign(Object.create(render.base), context);
  return render.root(render.find(name), Object.create(scope));
};
