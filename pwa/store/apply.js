import { bare } from './bare.js';
import { keep } from './bundles.js';
import { put } from './connection.js';
import { intake, NOTHING, remember } from './intake.js';
import { journal } from './journal.js';
import { judge } from './verdicts.js';

const PASSED_ON = ['cursor', 'me', 'manifest', 'offset', 'last', 'ver'];

/** A removal names no type, and a reset ends with a sweep of all of them. */
function typesOf(state, answer) {
  const types = (answer.rows ?? []).map((row) => row[1]);
  const all = answer.gone?.length || answer.reset || state.fact('sweep');
  return all ? types.concat(state.fact('types') ?? []) : types;
}

/** The answer to a request made before another one moved the cursor. */
export function isLate(state, answer) {
  if (answer.from === undefined) return false;
  return JSON.stringify(answer.from) !== JSON.stringify(state.fact('cursor') ?? null);
}

/** An acknowledged operation leaves once the base has reached it, so that nothing flickers. */
function hasArrived(state, entry, versions) {
  const held = versions.get(entry.rec) ?? state.table(entry.type)?.verOf(entry.rec) ?? -1;
  return held >= entry.ack.ver;
}

function sort(state, answer, taken, complete) {
  const { failed, acked } = judge(state.entries, answer.results ?? []);
  const news = new Map(acked.map((entry) => [entry.n, entry]));
  const fallen = new Set(failed.map((entry) => entry.n));
  const versions = new Map(taken.rows.map(([id, , ver]) => [id, ver]));
  const left = [];
  const kept = [];
  for (const entry of state.entries.map((one) => news.get(one.n) ?? one)) {
    if (fallen.has(entry.n)) continue;
    (entry.ack && (complete || hasArrived(state, entry, versions)) ? left : kept).push(entry);
  }
  return { failed, acked, left, kept };
}

function store(tx, { failed, acked, left, kept }, at) {
  const gone = new Set(left);
  keep(tx, kept, acked.filter((entry) => !gone.has(entry)), [...left, ...failed]);
  return failed.map((entry) => {
    const problem = { ...bare(entry), code: entry.code, field: entry.field, title: entry.title ?? null, at };
    put(tx, 'problems', problem);
    return problem;
  });
}

function factsOf(state, answer, late) {
  const facts = {};
  for (const name of PASSED_ON) if (answer[name] !== undefined) facts[name] = answer[name];
  if (late || facts.cursor === null) delete facts.cursor;
  if (late) delete facts.ver;
  return { ...facts, ...ticketOf(state, answer) };
}

/** The next ticket, unless another answer has replaced the one that was shown. */
export function ticketOf(state, { ticket, shown }) {
  return ticket !== undefined && shown === (state.fact('ticket') ?? null) ? { ticket } : {};
}

/** Forms that were open when the session was renewed still carry the token before. */
function tokenBefore(state, { me }) {
  const known = state.fact('me')?.csrf;
  return me && known && me.csrf !== known ? { formerToken: known } : {};
}

/**
 * Takes the answer of one request, all of it or nothing: records, cursor, and what became of the
 * operations. `from` is the cursor it was asked with; `complete` says that the pull has reached
 * everything the push has written.
 * @returns {Promise<any>} {types, ids} that changed, the counts of the journal, and whether it came too late to count
 */
export async function apply(state, answer) {
  await state.open(typesOf(state, answer));
  return state.mutate(['pages', 'rows', 'outbox', 'problems'], (tx, facts) => {
    const late = isLate(state, answer);
    const taken = late ? NOTHING : intake(state, tx, facts, answer);
    const sorted = sort(state, answer, taken, !late && answer.complete);
    const problems = store(tx, sorted, state.now());
    const told = journal(state, facts, answer, sorted, taken);
    Object.assign(facts, factsOf(state, answer, late), tokenBefore(state, answer));
    return async () => {
      state.setFailed(state.failed.concat(problems));
      state.setEntries(sorted.kept); // first: what leaves is not to be laid over the records once more
      const changed = late ? [] : remember(state, taken);
      state.refold([...sorted.left, ...sorted.failed]);
      if (answer.manifest || answer.me) await state.reindex();
      return { ...told, late, ...reach(changed, sorted) };
    };
  });
}

function reach(changed, { left, failed }) {
  const all = [...changed, ...left, ...failed];
  return { types: [...new Set(all.map((one) => one.type))], ids: [...new Set(all.map((one) => one.rec))] };
}
