"""One person arranges their lists at two devices, neither of which has heard of the other."""

from __future__ import annotations

from typing import Any

from server.core.registry import registry

from .cast import Cast
from .conftest import Connect


def test_what_one_arranges_at_two_places_asks_nobody(connect: Connect, cast: Cast) -> None:
    """Columns of lists, each of them by itself: where both changed one the later stands."""
    phone, desk, me = connect("olive"), connect("olive"), cast["olive"]
    phone.sync()
    phone.set("person", me, "columns", "account city\ntask title:90")
    phone.sync()
    desk.sync()
    desk.skew = 1_000
    desk.set("person", me, "columns", "account city:200\ntask title:90\ncontact email")
    desk.set("person", me, "theme", "dark")
    desk.sync()
    late = phone.set("person", me, "columns", "account street\ntask due")
    dark = phone.set("person", me, "theme", "light")
    for device in (phone, desk):
        device.sync()
        assert device.doc(me)["columns"] == "account city:200\ntask due\ncontact email"
        assert device.doc(me)["theme"] == "dark"
        assert device.all("conflict") == []
    assert [phone.status(late), phone.status(dark)] == [["merged"], ["merged"]]


def test_no_setting_of_ones_own_asks_anybody(connect: Connect, cast: Cast) -> None:
    """What one chose at two devices: the later stands. A telephone number is a fact, and asks."""
    person = registry["person"]
    chosen: dict[str, list[Any]] = {
        f.name: [v for v, _ in f.choices][:2] for f in person.fields.values()
        if f.personal and f.choices
    }  # fmt: skip
    chosen |= {"zone": ["Asia/Jerusalem", "Asia/Tehran"], "names_in_notices": [True, False]}
    settled = {f.name for f in person.fields.values() if f.personal and f.merge == "own"}
    assert settled == {*chosen, "columns"}
    phone, desk, me = connect("olive"), connect("olive"), cast["olive"]
    phone.sync()
    desk.sync()
    desk.skew = 1_000
    for name, (early, late) in chosen.items():
        phone.set("person", me, name, early)
        desk.set("person", me, name, late)
    for device in (phone, desk, phone):
        device.sync()
    for device in (phone, desk):
        assert {name: device.doc(me)[name] for name in chosen} == {
            name: late for name, (_, late) in chosen.items()
        }
        assert device.all("conflict") == []


def test_what_a_view_shows_asks_nobody(connect: Connect, cast: Cast) -> None:
    phone, desk = connect("olive"), connect("olive")
    phone.sync()
    view = phone.new("saved_view", of="account", name="Mine", asks="sort=name", audience="own")
    phone.sync()
    desk.sync()
    phone.set("saved_view", view, "asks", "sort=city")
    desk.skew = 1_000
    desk.set("saved_view", view, "asks", "sort=owner")
    for device in (phone, desk, phone):
        device.sync()
    assert [device.doc(view)["asks"] for device in (phone, desk)] == ["sort=owner"] * 2
    assert desk.all("conflict") == []
