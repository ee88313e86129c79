/**
 * Facts for whoever is asked to help, without anything of customers: ids, counts, versions, codes.
 * In English, and for programs as well; mirrors server/web/views/diagnosing.py.
 */
import { manifest } from './manifest.js';

const MOST = 20; // lines of a kind
const COUNTS = ['sent', 'merged', 'conflict', 'rejected', 'received', 'gone'];

/** Lines of `name: value`; `here` as in outboxView. */
export function diagnostics(me, now, here) {
  return [
    `at: ${now}`,
    `person: ${me.id} of organisation ${me.org.id}`,
    `language: ${me.lang} ${me.calendar} ${me.zone}`,
    `manifest: ${manifest().version}`,
    `waiting: ${here.entries.filter((op) => !op.ack).length}`,
    ...refused(here.problems),
    ...(here.room ? ofRoom(here.room) : ['worker: none']),
  ];
}

function refused(problems) {
  const codes = new Map();
  for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1);
  return [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => `refused: ${code} x${n}`);
}

function ofRoom({ version, device, agent, ver, usage, quota, persistent, held, faults, log }) {
  const counts = (one) => COUNTS.filter((name) => one[name]).map((name) => `${name} ${one[name]}`).join(' ');
  const kept = { true: 'persistent', false: 'may be cleared by the browser', null: 'unknown' };
  return [
    `version: ${version}`,
    `device: ${device}`,
    `browser: ${agent}`,
    `reached: ${ver}`,
    `storage: ${usage ?? 'unknown'} of ${quota ?? 'unknown'} bytes, ${kept[persistent]}`,
    ...held.map((one) => `held: ${one.type} ${one.n}, ${one.bytes} bytes`),
    ...faults.slice(0, MOST).map((one) => `fault: ${one.at} to ${one.until} ${one.reason} x${one.n}`),
    ...log.slice(0, MOST).map((one) => `round: ${one.at} ${counts(one)}`),
  ];
}
