"""How two writes to one field become one value. Each policy is a function of the working copy.

A write is concurrent when the field was last written after the version that its writer saw, by
another device, with another value. `latest` and its kin keep one value and record the other as a
conflict; nothing is ever lost in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from merge3 import Merge3

from .entity import Field
from .errors import Refused
from .past import Past
from .work import Work

OFFICE = "web:"  # prefix of the devices that are browsers without a worker, and of the server


class Write(NamedTuple):
    """A checked value on its way into a field."""

    field: Field
    verb: str
    value: Any
    base: int
    clock: list[Any]  # [ver, hlc, device]
    past: Past

    @property
    def hlc(self) -> int:
        return int(self.clock[1])

    @property
    def device(self) -> str:
        return str(self.clock[2])


@dataclass(frozen=True)
class Clash:
    """Two values met and one was kept."""

    field: str
    kept: Any
    lost: Any
    incoming_won: bool


@dataclass(frozen=True)
class Outcome:
    status: str = "ok"
    clash: Clash | None = None


OK, MERGED = Outcome(), Outcome("merged")


def merge(work: Work, write: Write) -> Outcome:
    """Apply the write by its field's policy. Raises Refused."""
    return POLICIES[write.field.merge](work, write)


def is_concurrent(work: Work, write: Write) -> bool:
    ver, _, device = work.last(write.field.name)
    differs = work.doc[write.field.name] != write.value
    return bool(ver > write.base and device != write.device and differs)


def _latest(work: Work, write: Write) -> Outcome:
    return _choose(work, write, (write.hlc, write.device) > _rank(work, write))


def _device(work: Work, write: Write) -> Outcome:
    """Actual times, readings, signatures: the word of who was there wins."""
    return _side(work, write, wins=lambda device: not device.startswith(OFFICE))


def _office(work: Work, write: Write) -> Outcome:
    """Assignee, plan, price: the word of the office wins."""
    return _side(work, write, wins=lambda device: device.startswith(OFFICE))


def _side(work: Work, write: Write, wins: Callable[[str], bool]) -> Outcome:
    mine, theirs = wins(write.device), wins(str(work.last(write.field.name)[2]))
    if mine == theirs:
        return _latest(work, write)
    return _choose(work, write, mine)


def _rank(work: Work, write: Write) -> tuple[int, str]:
    _, hlc, device = work.last(write.field.name)
    return hlc, device


def _choose(work: Work, write: Write, incoming_wins: bool) -> Outcome:
    name, current = write.field.name, work.doc[write.field.name]
    if not is_concurrent(work, write):
        if current != write.value:
            work.put(name, write.value, write.clock)
        return OK
    if incoming_wins:
        work.put(name, write.value, write.clock)
        return Outcome("conflict", Clash(name, write.value, current, True))
    return Outcome("conflict", Clash(name, current, write.value, False))


def _set(work: Work, write: Write) -> Outcome:
    """Elements are added and removed one by one; a concurrent addition survives a removal."""
    name = write.field.name
    if write.verb == "set":
        return _set_whole(work, write)
    current, written = work.doc[name], dict(work.clk.get(f"{name}#", {}))
    outcome = OK
    for element in write.value:
        ver, device = written.get(element, [0, ""])
        if write.verb == "add":
            written[element] = [write.clock[0], write.device]
            current = current if element in current else [*current, element]
        elif ver > write.base and device != write.device:
            outcome = MERGED
        else:
            written.pop(element, None)
            current = [other for other in current if other != element]
    work.put(name, current, write.clock)
    work.clk[f"{name}#"] = written
    return outcome


def _set_whole(work: Work, write: Write) -> Outcome:
    """A whole list replaces the one its writer saw: what was added since stays."""
    current = work.doc[write.field.name]
    gone = [element for element in current if element not in write.value]
    added = [element for element in write.value if element not in current]
    first = _set(work, _as(write, "rem", gone))
    _set(work, _as(write, "add", added))
    return first


def _as(write: Write, verb: str, value: Any) -> Write:
    return Write(write.field, verb, value, write.base, write.clock, write.past)


def _counter(work: Work, write: Write) -> Outcome:
    """A delta (verb inc) is added; the sum must stay within the field's bounds."""
    if write.verb != "inc":
        return _latest(work, write)
    total = (work.doc[write.field.name] or 0) + write.value
    low, high = write.field.min, write.field.max
    if (low is not None and total < low) or (high is not None and total > high):
        raise Refused("bounds", write.field.name)
    concurrent = is_concurrent(work, write)
    work.put(write.field.name, total, write.clock)
    return MERGED if concurrent else OK


def _text(work: Work, write: Write) -> Outcome:
    """Three-way merge by lines against the text that the writer started from."""
    name, current = write.field.name, work.doc[write.field.name]
    if work.last(name)[0] <= write.base or current == write.value:
        return _choose(work, write, True)
    started = write.past.started_from(work, name, write.base, write.device)
    if started == current:
        work.put(name, write.value, write.clock)
        return OK
    merged = three_way(started or "", write.value or "", current or "")
    if merged is None or (write.field.max and len(merged) > write.field.max):
        return _overlap(work, write, current)
    work.put(name, merged or None, write.clock)
    return MERGED


def _overlap(work: Work, write: Write, current: Any) -> Outcome:
    """Both changed the same lines: the later text is kept and the other becomes a conflict."""
    name = write.field.name
    if (write.hlc, write.device) > _rank(work, write) or work.last(name)[2] == write.device:
        work.put(name, write.value, write.clock)
        return Outcome("conflict", Clash(name, write.value, current, True))
    return Outcome("conflict", Clash(name, current, write.value, False))


def three_way(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes to `base` in one text, or None when they overlap."""
    parts = Merge3(base.splitlines(), mine.splitlines(), theirs.splitlines())
    merged: list[str] = []
    for kind, *lines in parts.merge_groups():
        if kind == "conflict":
            return None
        merged += lines[0]
    return "\n".join(merged)


def _own(work: Work, write: Write) -> Outcome:
    """How somebody arranges things for themselves: the later stands, line by line in a text whose
    lines begin with what they are about, and nobody is asked."""
    name, current = write.field.name, work.doc[write.field.name]
    if not is_concurrent(work, write):
        return _choose(work, write, True)
    later = (write.hlc, write.device) > _rank(work, write)
    value = write.value if later else current
    if write.field.kind == "longtext":
        started = write.past.started_from(work, name, write.base, write.device)
        value = by_head(started, write.value, current, later) or None
    if value != current:
        work.put(name, value, write.clock)
    return MERGED


def by_head(base: str | None, mine: str | None, theirs: str | None, later: bool) -> str:
    """Both sides' changes to lines that are known by their first word; where both changed one,
    mine if it is `later`."""
    was, here, there = (_by_head(text) for text in (base, mine, theirs))
    found = []
    for head in there | here:
        one, other = here.get(head), there.get(head)
        unchanged = one == was.get(head) or (other != was.get(head) and not later)
        found.append(other if unchanged else one)
    return "\n".join(line for line in found if line)


def _by_head(text: str | None) -> dict[str, str]:
    return {line.partition(" ")[0]: line for line in (text or "").split("\n")}


def _append(work: Work, write: Write) -> Outcome:
    if work.doc[write.field.name] not in (None, [], write.value):
        raise Refused("append_only", write.field.name)
    work.put(write.field.name, write.value, write.clock)
    return OK


def _state(work: Work, write: Write) -> Outcome:
    """A move to another state must be legal from the present one.

    A concurrent move that is still legal goes on from there; one that is not becomes a conflict."""
    name, current = write.field.name, work.doc[write.field.name]
    if current == write.value:
        return OK
    legal = write.value in (write.field.states or {}).get(current, ())
    if is_concurrent(work, write):
        if legal:
            work.put(name, write.value, write.clock)
            return MERGED
        return Outcome("conflict", Clash(name, current, write.value, False))
    if not legal:
        raise Refused("illegal_transition", name)
    work.put(name, write.value, write.clock)
    return OK


POLICIES: dict[str, Callable[[Work, Write], Outcome]] = {
    "latest": _latest,
    "device": _device,
    "office": _office,
    "set": _set,
    "counter": _counter,
    "text": _text,
    "own": _own,
    "append": _append,
    "state": _state,
}
