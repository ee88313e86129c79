"""Facts for whoever is asked to help, without anything of customers: ids, counts, versions, codes.
In English, and for programs as well. Equal to pwa/views/diagnosing.js."""

from __future__ import annotations

from collections import Counter

from .manifest import Json, manifest

MOST = 20  # lines of a kind
COUNTS = ("sent", "merged", "conflict", "rejected", "received", "gone")


def diagnostics(me: Json, now: str, here: Json) -> list[str]:
    """Lines of `name: value`; `here` as in outbox_view."""
    room = here["room"]
    head = [
        f"at: {now}",
        f"person: {me['id']} of organisation {me['org']['id']}",
        f"language: {me['lang']} {me['calendar']} {me['zone']}",
        f"manifest: {manifest()['version']}",
        f"waiting: {sum(1 for op in here['entries'] if not op.get('ack'))}",
    ]
    codes = Counter(op["code"] for op in here["problems"])
    head += [f"refused: {code} x{codes[code]}" for code in sorted(codes)]
    return head + (_of_room(room) if room else ["worker: none"])


def _of_room(room: Json) -> list[str]:
    held = [f"held: {one['type']} {one['n']}, {one['bytes']} bytes" for one in room["held"]]
    faults = [
        f"fault: {one['at']} to {one['until']} {one['reason']} x{one['n']}"
        for one in room["faults"][:MOST]
    ]
    log = [
        f"round: {one['at']} {' '.join(f'{name} {one[name]}' for name in COUNTS if one[name])}"
        for one in room["log"][:MOST]
    ]
    kept = {True: "persistent", False: "may be cleared by the browser", None: "unknown"}
    return [
        f"version: {room['version']}",
        f"device: {room['device']}",
        f"browser: {room['agent']}",
        f"reached: {room['ver']}",
        f"storage: {_number(room['usage'])} of {_number(room['quota'])} bytes, "
        f"{kept[room['persistent']]}",
        *held, *faults, *log,
    ]  # fmt: skip


def _number(value: int | None) -> str:
    return "unknown" if value is None else str(value)
