// Macros: functions with Python's rules for arguments.
import { Tuple, mark } from './values.js';
import { takesNames } from './access.js';

/** Takes the value of `name` out of `named`. */
const take = (named, name) => {
  const value = named[name];
  delete named[name];
  return value;
};

/** What the body reads beside its parameters: caller, kwargs and varargs, as `uses` has c, k, v. */
const special = ({ name, arguments: names }, args, named, uses) => {
  const values = uses.includes('c') ? [take(named, 'caller')] : [];
  if (uses.includes('k')) values.push(named);
  else for (const key in named) throw new TypeError(`macro ${name} takes no keyword ${key}`);
  if (uses.includes('v')) values.push(Tuple.from(args.slice(names.length)));
  else if (args.length > names.length) throw new TypeError(`macro ${name} takes ${names.length} arguments`);
  return values;
};

/** `body` gets the values, and which of the parameters were not given, and gives the text. */
export const macro = (name, names, uses, body) => {
  const attributes = {
    name,
    arguments: names,
    caller: uses.includes('c'),
    catch_kwargs: uses.includes('k'),
    catch_varargs: uses.includes('v'),
  };
  const made = takesNames((args, given, escaping) => {
    const named = { ...given };
    const open = names.map((each, i) => i >= args.length && !Object.hasOwn(named, each));
    const values = names.map((each, i) => (i < args.length ? args[i] : take(named, each)));
    values.push(...special(attributes, args, named, uses));
    return mark(body(values, open), escaping);
  });
  return Object.assign(made, { attributes });
};
