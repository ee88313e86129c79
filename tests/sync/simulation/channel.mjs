const open = new Map();

/** A BroadcastChannel whose messages come in the same order at each replay. */
export class Channel {
  constructor(name) {
    this.name = name;
    this.onmessage = null;
    open.set(name, [...(open.get(name) ?? []), this]);
  }

  postMessage(data) {
    for (const other of open.get(this.name) ?? []) {
      if (other !== this) setImmediate(() => { if (open.get(this.name)?.includes(other)) other.onmessage?.({ data }); });
    }
  }

  close() {
    open.set(this.name, (open.get(this.name) ?? []).filter((other) => other !== this));
  }
}
