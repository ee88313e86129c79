/** Phone numbers; mirrors server/core/phones.py, whose table it is handed. */
import { fold } from './text.js';

const E164 = /^\+[1-9][0-9]{4,14}$/;
let plans = new Map();

function planOf(code, row) {
  const [regions, trunk, mobile, lengths, ...groups] = row.split(' ');
  const known = new Set();
  for (const part of lengths.split(',')) {
    const [low, high = low] = part.split('-').map(Number);
    for (let n = low; n <= high; n++) known.add(n);
  }
  const sizes = groups.map((group) => Array.from(group, Number));
  return {
    code,
    regions: regions.split(','),
    trunk: trunk.replace(/[-()]/g, ''),
    trunkShown: !'-('.includes(trunk[0]),
    mobile: Number(mobile),
    lengths: known,
    groups: new Map(sizes.map((s) => [s.reduce((a, b) => a + b), s])),
  };
}

/** @param {Record<string, string>} table calling code → its plan, as server/core/phones.py says */
export function configure(table) {
  plans = new Map(Object.entries(table).map(([code, row]) => [code, planOf(code, row)]));
}

function usual(length) {
  if (length > 7) return [length - 7, 3, 4];
  return { 7: [3, 4], 6: [3, 3] }[length] ?? [length];
}

const homeOf = (region) => [...plans.values()].find((plan) => plan.regions.includes(region));
const planFor = (number) => [1, 2, 3].map((n) => plans.get(number.slice(0, n))).find(Boolean);

/** Where the trunk prefix is 0 no number begins with it; others may (Russia's 8 800 …). */
function whole(plan, typed) {
  let national = typed;
  const rest = typed.slice(plan.trunk.length);
  const prefixed = plan.trunk && typed.startsWith(plan.trunk) && plan.lengths.has(rest.length);
  if (prefixed && (plan.trunk === '0' || !plan.lengths.has(typed.length))) national = rest;
  const fits = plan.lengths.has(national.length) && (plan.code + national).length <= 15;
  return fits ? `+${plan.code}${national}` : null;
}

function international(number) {
  const plan = planFor(number);
  return plan ? whole(plan, number.slice(plan.code.length)) : null;
}

/** E.164, or null for what is no phone number; `region` (ISO, e.g. IL) reads national forms. */
export function normalise(text, region) {
  let typed = fold(text).replace(/^tel:/, '');
  if (/^(?:\+|00|\(\+)/.test(typed)) typed = typed.replaceAll('(0)', '');
  const number = typed.replace(/[ ()./-]/g, '');
  if (!/^\+?[0-9]+$/.test(number)) return null;
  if (number[0] === '+') return international(number.slice(1));
  if (number.startsWith('00')) return international(number.slice(2));
  const home = homeOf(region);
  if (!home) return null;
  if (home.code === '1' && number.startsWith('011')) return international(number.slice(3));
  const bare = number.startsWith(home.code) && number.length > home.mobile;
  return (bare && international(number)) || whole(home, number);
}

/** 052-123-4567 to a person of its own country, +972 52 123 4567 to others. */
export function show(e164, region) {
  const plan = E164.test(e164 ?? '') ? planFor(e164.slice(1)) : null;
  if (!plan) return e164 ?? '';
  let rest = e164.slice(1 + plan.code.length);
  const atHome = plan.regions.includes(region) && rest.length <= plan.mobile;
  const lead = atHome && plan.trunkShown ? plan.trunk : '';
  const groups = [];
  for (const size of plan.groups.get(rest.length) ?? usual(rest.length)) {
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return atHome ? lead + groups.join('-') : [`+${plan.code}`, ...groups].join(' ');
}

/** The address of a link that calls; empty for what cannot be dialled. */
export function tel(e164) {
  const number = fold(e164).replace(/[^0-9+*#]/g, '');
  return number ? `tel:${number}` : '';
}

/** Its digits as dialled from abroad and at home, for search text; any digits if unreadable. */
export function searchForms(number, region) {
  const e164 = E164.test(number ?? '') ? number : normalise(number, region);
  if (!e164) return fold(number).replace(/[^0-9]/g, '');
  const plan = planFor(e164.slice(1));
  const home = plan ? plan.trunk + e164.slice(1 + plan.code.length) : '';
  return e164.endsWith(home) ? e164.slice(1) : `${e164.slice(1)} ${home}`;
}
