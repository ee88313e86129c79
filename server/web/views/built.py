"""The values of one condition in the builder: as inputs, and as they were typed. Equal to
pwa/views/built.js.

INPUT of a condition = {input, values, options, lookup, error}: `input` names how it is asked for:
none, text, tags, number, numbers, day, days, count, picks, lookup or yesno.
"""

from __future__ import annotations

from typing import Any

from server.core import calendars, text

from .cells import CHOSEN
from .conditions import MYSELF
from .manifest import Json, entity, message
from .operators import BARE, COUNTED, FROM_TO, NUMERIC, ONESELF
from .options import YES_NO, choices
from .ranges import DATED, all_ranges
from .typed import read

PHONES = ("phone", "phones")


def input_of(field: Json, op: str) -> str:
    kind = field["kind"]
    if op in BARE:
        return "none"
    if op in COUNTED:
        return "count"
    if kind in DATED:
        return "days" if op in FROM_TO else "day"
    if kind in NUMERIC:
        return "numbers" if op in FROM_TO else "number"
    if kind == "ref":
        return "lookup"
    if kind == "bool":
        return "yesno"
    if kind in (*CHOSEN, "choices", "person", "people", "team"):
        return "picks"
    return "tags" if kind in ("tags", "phones") else "text"


def typed_values(field: Json, op: str, given: list[str], me: Json) -> tuple[list[str], str | None]:
    """The values that inputs stand for, or the code of what is wrong with them."""
    asked = input_of(field, op)
    plain = [text.clean(one) for one in given]
    if asked == "none":
        return [], None
    if asked == "days":
        return _days(plain, me)
    if asked == "day":
        return _day(plain, me)
    if asked in ("number", "numbers", "count"):
        numbers = [text.digits(one).replace(",", "") for one in plain]
        ends = "..".join([*numbers, ""][:2])
        wanted = [ends if ends != ".." else ""] if asked == "numbers" else numbers[:1]
        return [one for one in wanted if one], None
    if field["kind"] in PHONES:
        found, code = read({**field, "kind": "phones"}, plain, me)
        return found or [], code
    if asked == "tags":
        return read({**field, "kind": "tags"}, plain, me)[0], None
    return [one for one in plain if one], None


def _days(given: list[str], me: Json) -> tuple[list[str], str | None]:
    """Both ends of a stretch as they were typed, of which one may be missing."""
    calendar = calendars.calendar_of(me)
    ends = [calendars.parse_date(one, calendar) if one else "" for one in [*given, "", ""][:2]]
    if None in ends:
        return [], "bad_date"
    return ([f"{ends[0]}..{ends[1]}"] if ends[0] or ends[1] else []), None


def _day(given: list[str], me: Json) -> tuple[list[str], str | None]:
    """A name, or else the date that was typed."""
    name, day = [*given, "", ""][:2]
    if name or not day:
        return [name] if name else [], None
    found = calendars.parse_date(day, calendars.calendar_of(me))
    return ([found], None) if found else ([], "bad_date")


def value_inputs(store: Any, me: Json, field: Json | None, row: Json, code: str | None) -> Json:
    """How the values are asked for, and what stands there."""
    if field is None:
        return {"input": "none", "values": [], "options": [], "lookup": None, "error": None}
    asked = input_of(field, row["op"])
    values = row["given"] if "given" in row else _shown(asked, row["values"], me)
    values = values + [""] * 2 if asked in ("day", "days", "numbers") else values
    target = entity(field["target"]) if field["kind"] == "ref" else None
    return {
        "input": asked,
        "values": values or [""],
        "options": _options(store, field, asked, values),
        "lookup": f"/{target['path']}/" if target else None,
        "error": message(code) if code else None,
    }


def _shown(asked: str, values: list[str], me: Json) -> list[str]:
    """Values as they stand in their inputs."""
    if asked == "day":
        day = values[0] if values else ""
        return ["", calendars.show_date(day, me, "input")] if day[:1].isdigit() else [day]
    if asked == "days":
        ends = values[0].split("..", 1) if values else []
        return [calendars.show_date(end, me, "input") if end else "" for end in ends]
    if asked == "numbers":
        return values[0].split("..", 1) if values else []
    return [", ".join(values)] if asked == "tags" else values


def _options(store: Any, field: Json, asked: str, values: list[str]) -> list[Json]:
    """[{value, label, selected, ours}]: ours are translated."""
    kind = field["kind"]
    if asked == "day":
        offered = _ours(all_ranges(field))
    elif asked == "yesno":
        offered = _ours([{"value": v, "label": label} for v, label in YES_NO])
    elif asked == "lookup":
        known = [{"value": v, "label": store.title(field["target"], v)} for v in values if v]
        offered = [{**o, "ours": False} for o in known if o["label"]]
    elif asked == "picks":
        own = ONESELF.get(kind)
        oneself = _ours([{"value": own, "label": MYSELF[own]}]) if own else []
        found = choices(store, field) or []
        offered = [*oneself, *({**o, "ours": kind in (*CHOSEN, "choices")} for o in found)]
    else:
        return []
    return [{**o, "selected": o["value"] in values} for o in offered]


def _ours(options: list[Json]) -> list[Json]:
    return [{**o, "ours": True} for o in options]
