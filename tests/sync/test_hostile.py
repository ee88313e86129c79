"""Operations that nobody in good faith would send."""

from __future__ import annotations

from typing import Any

from uuid_utils.compat import uuid7

from .conftest import Connect

DEEP = 400


def deep(n: int) -> Any:
    value: Any = 1
    for _ in range(n):
        value = [value]
    return value


HOSTILE = [
    "\ud800", "a\udfffb", "a\x00b", "\u202eabc", "x" * 300_000, deep(DEEP), {"\ud800": "\x00"},
]  # fmt: skip


def spoil(op: dict[str, Any], place: str, value: Any, task: str) -> None:
    if place == "new":
        name = value if isinstance(value, str) else "k"
        op |= {"k": "new", "v": {name: value}, "rec": str(uuid7())}
    elif place == "argument":
        op |= {"k": "do", "type": "task", "rec": task, "f": "hand_over", "v": {"note": value}}
    else:
        op[place] = value


def test_hostile_text_harms_nobody(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    task = olive.new("task", title="Call")
    olive.sync()
    for value in HOSTILE:
        for place in ("v", "f", "new", "type", "g", "unknown", "argument"):
            spoil(olive.set("account", rec, "city", "Haifa"), place, value, task)
            fine = olive.set("account", rec, "street", "Herzl 1")
            olive.sync()
            assert olive.status(fine) == ["ok"], (place, value)
            city = olive.doc(rec)["city"] or ""
            assert len(city) <= 100
            assert not set("\x00\ud800\udfff") & set(city)
    again = connect("olive")
    again.sync()
    assert again.rows == olive.rows


def test_what_has_no_number_is_refused_in_its_place(connect: Connect) -> None:
    olive = connect("olive")
    before = olive.new("account", name="Before")
    after = olive.new("account", name="After")
    raw: list[Any] = [None, 1, "x", [], {}, {"id": 5}, {"id": "x"}, {"id": None}]
    olive.outbox[1:1] = raw
    results = olive.post(ops=olive.outbox).json["results"]
    assert [r[1] for r in results] == ["ok", *["rejected"] * len(raw), "ok"]
    assert {r[3] for r in results[1:-1]} == {"malformed"}
    olive.outbox = []
    olive.sync()
    assert {before, after} <= olive.rows.keys()
