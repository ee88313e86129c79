/**
 * Answers calls of our JavaScript from the Python tests, JSON lines in and out:
 * {fn: 'text.fold', args: ['…']} → {ok: result} or {error: text}. undefined becomes null.
 * {fn, each: [args, …]} → {ok: [result, …]}, for many calls in one line.
 * A name in snake_case finds its camelCase twin. Add a module here and it can be called.
 */
import { createInterface } from 'node:readline';

const MODULES = {
  text: '../../pwa/views/text.js',
  skeleton: '../../pwa/views/skeleton.js',
  likeness: '../../pwa/views/likeness.js',
  phones: '../../pwa/views/phones.js',
  calendars: '../../pwa/views/calendars.js',
  zones: '../../pwa/views/zones.js',
  dates: '../../pwa/views/dates.js',
  criteria: '../../pwa/views/criteria.js',
  filters: '../../pwa/views/filters.js',
  initials: '../../pwa/views/initials.js',
  reference: './reference.mjs',
  adapters: './adapters.mjs',
  views: './views.mjs',
  stores: './stores.mjs',
  typed: '../../pwa/views/typed.js',
  layouts: '../../pwa/views/layouts.js',
  links: '../../pwa/views/links.js',
  formulas: '../../pwa/store/formulas.js',
  revealing: '../../pwa/views/revealing.js',
  fold: '../../pwa/store/fold.js',
};

const camel = (name) => name.replace(/_([a-z])/g, (_, c) => c.toUpperCase());

async function call({ fn, args, each }) {
  const [where, name] = fn.split('.');
  const module = await import(MODULES[where]);
  const one = async (a) => (await module[camel(name)](...a)) ?? null;
  return each ? Promise.all(each.map(one)) : one(args);
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await call(JSON.parse(line)).then(
    (ok) => ({ ok }),
    (error) => ({ error: String(error?.stack ?? error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
