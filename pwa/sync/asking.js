import { linesOf } from '../store/lines.js';
import { decode } from '../store/pack.js';
import { Ahead, bytesOf } from './ahead.js';
import { Cloned, Fault, SignIn, TooLarge } from './faults.js';

const NDJSON = 'application/x-ndjson';
const BRACE = 123; // with which a line begins that is no records
const PATIENCE = { page: 60_000, all: 600_000 }; // ms

async function send(net, body, lines) {
  const clock = net.clock ?? Date.now;
  const asked = clock();
  let response;
  try {
    response = await net.fetch('/sync', {
      method: 'POST',
      headers: { ...net.headers, 'Content-Type': 'application/json', Accept: lines ? `${NDJSON}, application/json` : 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(lines ? PATIENCE.all : PATIENCE.page),
    });
    const kind = response.headers.get('Content-Type') ?? '';
    const ahead = kind.includes(NDJSON) ? new Ahead() : undefined;
    const bytes = await bytesOf(response, ahead);
    return { status: response.status, kind, bytes, ahead, at: (asked + clock()) / 2 };
  } catch (cause) {
    throw new Fault('network', cause);
  }
}

const ENDINGS = ['ended', 'wiped'];

/** Only our server says so; a proxy that wants a password for itself is no reason to forget anything. */
function codeOf({ kind, bytes }) {
  if (!kind.startsWith('application/problem+json')) return undefined;
  try {
    return JSON.parse(decode(bytes)).code;
  } catch {
    return undefined;
  }
}

function check(response) {
  const { status } = response;
  if (status === 401) throw new SignIn(ENDINGS.find((code) => code === codeOf(response)));
  if (status === 409 && codeOf(response) === 'cloned') throw new Cloned();
  if (status === 413) throw new TooLarge();
  if (status !== 426 && (status < 200 || status > 299)) throw new Fault('http', status);
}

function parse(bytes) {
  try {
    return JSON.parse(decode(bytes));
  } catch (cause) {
    throw new Fault('garbled', cause);
  }
}

const millis = (now) => (typeof now === 'string' ? Date.parse(now) : now);

/** What the clock of this device has to be moved by, in ms. */
const offsetOf = (now, at) => Math.round(millis(now) - at);

function readOne({ status, bytes, at }) {
  const answer = parse(bytes);
  const stale = status === 426;
  const whole = Array.isArray(answer.rows) && Array.isArray(answer.gone) && answer.cursor !== undefined;
  if (!stale && !whole) throw new Fault('garbled');
  if (answer.now !== undefined) answer.offset = offsetOf(answer.now, at);
  const { results = [], message, offset, ticket } = answer;
  return stale ? { results, message, offset, ticket, stale } : answer;
}

/** A header, lines that stay unparsed, and a last line without which the whole counts for nothing. */
function readLines({ bytes, ahead, at }) {
  const lines = [...linesOf(bytes)];
  const read = ahead.read.slice(1);
  const header = parse(lines.shift());
  const { cursor, more, ...rest } = parse(lines.pop());
  if (cursor === undefined || header.now === undefined) throw new Fault('garbled');
  const said = [header, ...lines.filter((line) => line[0] === BRACE).map(parse), rest];
  const gone = said.flatMap((one) => one.gone ?? []);
  return { ...header, ...rest, gone, cursor, more: Boolean(more), lines, read, offset: offsetOf(header.now, at) };
}

/**
 * One POST /sync. Raises Fault, SignIn, Cloned or TooLarge.
 * @param {{fetch: Function, headers?: any, clock?: Function}} net
 * @param {{lines?: boolean}} [how] all at once in lines, where much is to be expected
 * @returns {Promise<any>} the answer and `offset`; with `lines` instead of rows if they came so, with
 *   `stale` if this app is too old to pull
 */
export async function ask(net, body, { lines = false } = {}) {
  const response = await send(net, body, lines);
  check(response);
  return response.status === 200 && response.kind.includes(NDJSON) ? readLines(response) : readOne(response);
}
