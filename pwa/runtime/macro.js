// Macros: functions with Python's rules for arguments.
import { Tuple, mark } from './values.js';
import { takesNames } from './access.js';

/** The places of the parameters that were given neither way. */
const bindNames = (scope, names, args, named) => {
  const open = [];
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i];
    const place = i < args.length;
    if (!place && !(name in named)) open.push(i);
    scope[name] = place ? args[i] : named[name];
    if (!place) delete named[name];
  }
  return open;
};

const bindRest = (scope, { name, arguments: names }, args, named, uses) => {
  if (uses.includes('c')) {
    scope.caller = named.caller;
    delete named.caller;
  }
  if (uses.includes('k')) scope.kwargs = named;
  else for (const key in named) throw new TypeError(`macro ${name} takes no keyword ${key}`);
  if (uses.includes('v')) scope.varargs = Tuple.from(args.slice(names.length));
  else if (args.length > names.length) throw new TypeError(`macro ${name} takes ${names.length} arguments`);
};

/**
 * `defaults` are functions of the scope, or null. `uses` holds c, k, v where the body reads
 * caller, kwargs, varargs. `body` gives the text.
 */
export const macro = (name, outer, names, defaults, uses, body) => {
  const shown = {
    name,
    arguments: names,
    caller: uses.includes('c'),
    catch_kwargs: uses.includes('k'),
    catch_varargs: uses.includes('v'),
  };
  const made = takesNames((args, given, escaping) => {
    const scope = Object.create(outer);
    const named = { ...given };
    const open = bindNames(scope, names, args, named);
    bindRest(scope, shown, args, named, uses);
    for (const i of open) if (defaults[i]) scope[names[i]] = defaults[i](scope);
    return mark(body(scope), escaping);
  });
  made.attributes = shown;
  return made;
};
