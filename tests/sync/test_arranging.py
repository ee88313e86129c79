"""One person arranges their lists at two devices, neither of which has heard of the other."""

from __future__ import annotations

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
