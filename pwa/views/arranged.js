/** Columns of a list as somebody has arranged them; mirrors server/web/views/arranged.py. */
import { askable } from './operators.js';

const MOST = 15;
const [NARROWEST, WIDEST] = [60, 900]; // pixels
const TOKEN = /^([a-z][a-z0-9_]*)(?::([0-9]{2,3}))?$/;

/** {cols, names, widths}: what tells records apart is always there, and first. */
export function arranged(owner, line) {
  const known = new Set([...askable(owner).map(({ name }) => name), owner.title]);
  const found = new Map();
  for (const token of line.split(',')) {
    const [, name, width = ''] = TOKEN.exec(token) ?? [];
    if (known.has(name) && found.size <= MOST && !found.has(name)) found.set(name, width);
  }
  const pairs = [...found];
  const names = pairs.map(([name]) => name).filter((name) => name !== owner.title);
  return {
    cols: pairs.map(([name, width]) => (width ? `${name}:${width}` : name)),
    names: names.length ? [owner.title, ...names.slice(0, MOST)] : [],
    widths: Object.fromEntries(pairs.filter(([, width]) => width).map(([name, width]) => [name, within(Number(width))])),
  };
}

const linesOf = (me) => (me.columns ?? '').split('\n');
const isOf = (owner) => (line) => line.split(' ')[0] === owner.type;

/** What the person keeps of this list. */
export const keptLine = (me, owner) => linesOf(me).find(isOf(owner))?.slice(owner.type.length + 1) ?? '';

/** What they keep of other lists. */
export const others = (me, owner) => linesOf(me).filter((line) => line && !isOf(owner)(line)).join('\n');

const within = (width) => Math.min(Math.max(width, NARROWEST), WIDEST);
