"""A list as a calendar, in the person's own: a month, a week, or what comes next. Equal to
pwa/views/schedule.js.

DAY = {date, day, inside, today, off, hebrew: {text, feast}|null, n, cards: [CARD], more: href|null,
       create: href|null}
CARD = a ROW with {ver, value, was, free: bool (may be moved)}
"""

from __future__ import annotations

from typing import Any

from server.core.almanac import day_of, hebrew_day, weekend
from server.core.calendars import today
from server.core.i18n import _l
from server.core.zones import local

from . import asking
from .addresses import address
from .form import as_json
from .manifest import Json, field_of
from .may import is_open, may, may_create
from .moments import plus_days
from .ranges import resolve
from .rows import row
from .weeks import has_hebrew, names_of, weeks_of

MOST = 400  # records at once
IN_MONTH, IN_DAY = 4, 60  # cards of a day in a month, and elsewhere
SPANS = (("month", _l("Month")), ("week", _l("Week")), ("agenda", _l("Agenda")))


def schedule(store: Any, me: Json, now: str, owner: Json, asked: Json) -> Json:
    """{by: {name, label, kind}, span, at, until, prev, next_, here: hrefs, here_at, spans: [{value,
    label, href, active}], names: [{narrow, wide}], weeks: [[DAY]], whole: bool}"""
    field = field_of(owner, asked["by"])
    assert field
    span = asked["span"] or "month"
    at, weeks = weeks_of(me, now, span, asked["at"])
    asked = {**asked, "at": at, "span": span}
    page = store.page(owner["type"], _question(me, now, owner, asked, weeks, field))
    found: dict[str, list[Json]] = {}
    for record in page["rows"]:
        found.setdefault(_day_of(me, field, record), []).append(record)
    days = [
        [_day(store, me, now, owner, asked, day, found.get(day["date"], [])) for day in week]
        for week in weeks
    ]
    if span == "agenda":
        days = [[day for day in days[0] if day["n"] or day["today"]]]
    return {
        "by": {"name": field["name"], "label": field["label"], "kind": field["kind"]},
        "span": span, "at": at, "until": weeks[-1][-1]["date"], "weeks": days,
        "names": names_of(me, weeks[0][:7]), "whole": page["next"] is None,
        **_ways(owner, asked, weeks), "list_here": asking.link(owner, asked, after=None),
    }  # fmt: skip


def _question(
    me: Json, now: str, owner: Json, asked: Json, weeks: list[list[Json]], field: Json
) -> Json:
    stretch = f"{weeks[0][0]['date']}..{weeks[-1][-1]['date']}"
    rest = {name: value for name, value in asked["filters"].items() if name != field["name"]}
    found = asking.to_store(owner, {**asked, "filters": rest, "after": None}, MOST, me, now)
    filters = {**found["filters"], field["name"]: resolve(field, stretch, me, now)}
    return {**found, "filters": filters, "sort": [field["name"], "asc"]}


def _day_of(me: Json, field: Json, record: Json) -> str:
    value = record[field["name"]]
    there = local(value, me["zone"]) if field["kind"] == "instant" else None
    return there[0] if there else value


def _day(
    store: Any, me: Json, now: str, owner: Json, asked: Json, day: Json, records: list[Json]
) -> Json:
    most = IN_MONTH if asked["span"] == "month" else IN_DAY
    if len(records) == most + 1:
        most += 1  # the last takes no more room than the words that it is there
    weekday, there = day_of(day["date"]), {"span": "agenda", "at": day["date"], "after": None}
    return {
        **day,
        "today": day["date"] == today(now, me["zone"]),
        "off": weekday is not None and weekday.weekday() in weekend(me["lang"], me["region"]),
        "hebrew": hebrew_day(day["date"], me["lang"]) if has_hebrew(me) else None,
        "n": len(records),
        "cards": [_card(store, me, now, owner, asked["by"], one) for one in records[:most]],
        "more": asking.link(owner, asked, **there) if len(records) > most else None,
        "href": asking.link(owner, asked, **there),
        "create": _create(me, owner, asked["by"], day["date"]),
    }


def _card(store: Any, me: Json, now: str, owner: Json, by: str, record: Json) -> Json:
    return {
        **row(store, me, today(now, me["zone"]), owner, record),
        "ver": record["ver"],
        "value": record[by],
        "was": as_json({by: record[by]}),
        "free": _is_free(field_of(owner, by) or {}) and is_open(owner, record, now)
        and may(me, store, record, "change"),
    }  # fmt: skip


def _is_free(field: Json) -> bool:
    return bool(field["in_form"] and not field["readonly"])


def _create(me: Json, owner: Json, by: str, date: str) -> str | None:
    field = field_of(owner, by) or {}
    fits = field["kind"] == "date" and _is_free(field) and not owner["readonly"]
    if not fits or owner["attached"] or not may_create(me, owner["type"]):
        return None
    return address(f"/{owner['path']}/new", [(by, date)])


def _ways(owner: Json, asked: Json, weeks: list[list[Json]]) -> Json:
    """Before, after, today, and by other spans."""
    inside = [day["date"] for week in weeks for day in week if day["inside"]]
    to = {name: asking.link(owner, {**asked, "after": None}, at=at) for name, at in (
        ("prev", plus_days(inside[0], -1 if asked["span"] == "month" else -len(inside))),
        ("next_", plus_days(inside[-1], 1)), ("here", ""),
    )}  # fmt: skip
    spans = [
        {"value": value, "label": label, "active": value == asked["span"],
         "href": asking.link(owner, asked, span=value, after=None)}
        for value, label in SPANS
    ]  # fmt: skip
    return {**to, "spans": spans}
