// A network peer that speaks the protocol, with a wire that can be cut. What a real server decides
// (rights, merging, scope) is tested where that server is; this one takes what it is told to.
const NDJSON = 'application/x-ndjson';

export class Peer {
  constructor(manifest, me) {
    Object.assign(this, { manifest, me });
    this.ver = 0;
    this.records = new Map();
    this.ledger = new Map();
    this.log = []; // [ver, id]
    this.requests = [];
    this.refuse = () => null; // op → [code, field]
    this.wires = []; // what happens to the next requests
    this.pageSize = 500;
    this.ahead = 0; // ms that our clock is ahead
    this.fetch = (url, init) => this.carry(init);
  }

  put(id, type, doc) {
    this.records.set(id, { id, type, ver: ++this.ver, doc });
    this.log.push([this.ver, id]);
  }

  gone(id) {
    this.records.delete(id);
    this.log.push([++this.ver, id]);
  }

  async carry(init) {
    const wire = this.wires.shift() ?? ((answer) => answer());
    const request = JSON.parse(init.body);
    this.requests.push(request);
    return wire(() => this.answer(request, init.headers.Accept), request);
  }

  answer(request, accept) {
    const results = this.push(request.ops);
    if (accept.includes(NDJSON)) return request.cursor === null ? this.lines(results) : this.newsLines(results, request.cursor);
    const idle = { rows: [], gone: [], cursor: request.cursor, more: true };
    const answer = request.have_more ? idle : this.pull(request.cursor);
    if (request.want_sums && !answer.more && this.sums) answer.sums = this.sums();
    return json({ now: this.now(), results, ...answer });
  }

  now() { return Date.now() + this.ahead; }

  push(ops) {
    if (ops.some((op) => !this.ledger.has(op.id))) this.ver++;
    const fallen = new Map();
    for (const op of ops) {
      const why = this.ledger.has(op.id) ? null : this.refuse(op);
      if (why) fallen.set(op.g ?? op.id, why);
    }
    return ops.map((op) => {
      if (!this.ledger.has(op.id)) this.ledger.set(op.id, this.take(op, fallen.get(op.g ?? op.id)));
      return this.ledger.get(op.id);
    });
  }

  take(op, why) {
    if (why) return [op.id, 'rejected', this.ver, ...why];
    const record = this.records.get(op.rec) ?? { id: op.rec, type: op.type, doc: { deleted: false } };
    this.records.set(op.rec, { ...record, ver: this.ver, doc: { ...record.doc, ...change(record.doc, op) } });
    this.log.push([this.ver, op.rec]);
    return [op.id, 'ok', this.ver];
  }

  pull(cursor) {
    const from = cursor === null ? 0 : Number(cursor.slice(1));
    const news = this.log.filter(([ver]) => ver > from);
    const cut = news[this.pageSize]?.[0];
    const upto = cut ? (news[0][0] < cut ? cut - 1 : cut) : this.ver; // a giant version goes whole
    const ids = [...new Set(news.filter(([ver]) => ver <= upto).map(([, id]) => id))];
    const rows = ids.filter((id) => this.records.has(id)).map((id) => this.row(id));
    const gone = ids.filter((id) => !this.records.has(id));
    return { rows, gone, cursor: `v${upto}`, more: upto < this.ver, ...(upto >= this.ver && { ver: this.ver }), ...(cursor === null && { reset: true, me: this.me, manifest: this.manifest }) };
  }

  row(id) {
    const { type, ver, doc } = this.records.get(id);
    return [id, type, ver, doc];
  }

  /** What a pull gives, as lines of one type each, with what is gone in a line between them. */
  newsLines(results, cursor) {
    const { rows, gone, ...end } = this.pull(cursor);
    const lines = [{ now: this.now(), results, gone: [] }];
    for (const some of groups(rows.map((row) => ({ type: row[1], row }))).values()) {
      lines.push(some.map(({ row }) => row), { cursor: end.cursor, more: true, gone });
    }
    return asLines([...lines, end].map((line) => JSON.stringify(line)));
  }

  lines(results) {
    const types = Map.groupBy ? Map.groupBy(this.records.values(), (one) => one.type) : groups(this.records.values());
    const lines = [JSON.stringify({ now: this.now(), me: this.me, manifest: this.manifest, reset: true, results })];
    for (const records of types.values()) {
      for (let i = 0; i < records.length; i += 500) lines.push(JSON.stringify(records.slice(i, i + 500).map(({ id }) => this.row(id))));
    }
    lines.push(JSON.stringify({ cursor: `v${this.ver}`, more: false, ver: this.ver }));
    return asLines(lines);
  }
}

const asLines = (lines) => new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': NDJSON } });

function groups(records) {
  const found = new Map();
  for (const one of records) found.set(one.type, [...(found.get(one.type) ?? []), one]);
  return found;
}

function change(doc, op) {
  if (op.k === 'new') return op.v;
  if (op.k === 'inc') return { [op.f]: (doc[op.f] ?? 0) + op.d };
  if (op.k === 'add') return { [op.f]: [...(doc[op.f] ?? []), op.v] };
  if (op.k === 'del') return { deleted: true };
  return { [op.f]: op.v };
}

export const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

// What can happen to a request.
export const wires = {
  requestLost: () => { throw new TypeError('Failed to fetch'); },
  answerLost: (answer) => { answer(); throw new TypeError('Failed to fetch'); },
  doubled: (answer) => { answer(); return answer(); },
  proxy: (answer) => { answer(); return new Response('<html>Sign in to the Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } }); },
  status: (code) => () => json({}, code),
  cut: async (answer) => {
    const whole = answer();
    const body = await whole.text();
    return new Response(body.slice(0, Math.floor(body.length * 0.7)), { headers: whole.headers });
  },
};
