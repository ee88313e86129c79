import { test } from './match.js';
import { soft } from './text.js';

// Conditions of a tree (pwa/views/criteria.js) as tests of a record; mirrors server/core/matching.py.

const isEmpty = (value) => value === null || (Array.isArray(value) && !value.length);
const texts = (value) => (value === null ? [] : [value].flat().map((one) => soft(String(one))));

/** Any of the values, of which some may be stretches. */
function anyOf(kind, values) {
  const tests = values.map((one) => test(kind, one));
  return (value) => tests.some((fits) => fits(value));
}

function within(values, finds) {
  const wanted = values.map(soft);
  return (value) => texts(value).some((text) => wanted.some((one) => finds(text, one)));
}

const not = (fits) => (value) => !fits(value);

const TESTS = {
  is: anyOf,
  not: (kind, values) => not(anyOf(kind, values)),
  has: (kind, values) => within(values, (text, one) => text.includes(one)),
  lacks: (kind, values) => not(TESTS.has(kind, values)),
  starts: (kind, values) => within(values, (text, one) => text.startsWith(one)),
  empty: () => isEmpty,
  filled: () => not(isEmpty),
};

/** @returns {(record: any) => boolean} */
export function matching(entity, { join, of }) {
  const tests = of.map((one) => (one.of ? matching(entity, one) : leaf(entity, one)));
  if (join === 'or') return (record) => tests.some((fits) => fits(record));
  return (record) => tests.every((fits) => fits(record));
}

function leaf(entity, { field, op, values }) {
  const fits = TESTS[op](entity.fields.find((one) => one.name === field)?.kind, values);
  return (record) => fits(record[field] ?? null);
}
