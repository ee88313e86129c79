// Renders on request: one JSON line in, one out. Templates come as the compiler's own text.
import { createInterface } from 'node:readline';
import { Safe, createRenderer } from '../../pwa/runtime/index.js';
import { moreFilters } from '../../pwa/runtime/more.js';
import { Float, Tuple } from '../../pwa/runtime/values.js';

const revive = (_, v) => {
  if (v === null || typeof v !== 'object') return v;
  if ('$tuple' in v) return Tuple.from(v.$tuple);
  if ('$safe' in v) return new Safe(v.$safe);
  return '$float' in v ? new Float(Number(v.$float)) : v;
};

const loaded = new Map();
const load = async (text) => {
  if (!loaded.has(text)) {
    const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
    loaded.set(text, createRenderer({ templates: module.templates, filters: moreFilters }));
  }
  return loaded.get(text);
};

const plural = (n) => Number(n !== 1);

const answer = async ({ text, name, context, globals, messages }) => {
  try {
    const render = await load(text);
    return { html: render(name, context, { globals, catalog: messages && { messages, plural } }) };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line, revive)))}\n`);
}
