"""A person's notices, and the names that may be mentioned. Equal to pwa/views/notices.js."""

from __future__ import annotations

from typing import Any

from server.core.text import fold, words

from .cells import label_of
from .manifest import Json, entity, field_of
from .may import may
from .rows import finishing, icon_of

MANY, NAMES = 100, 8
WORK = ("assigned", "due", "overdue", "reminder")


def notices_view(store: Any, me: Json) -> tuple[str, Json]:
    """The latest first; `unread` counts what is not yet read among them."""
    entries = [_entry(store, me, one) for one in latest(store, me, {})]
    return "notices.html", {
        "entries": entries,
        "unread": sum(not e["read"] for e in entries),
        "invite": invites(store, me),
    }


def latest(store: Any, me: Json, filters: Json) -> list[Json]:
    """One's notices, those that satisfy the filters."""
    asked = {"words": [], "filters": {"owner": me["id"], **filters}, "sort": ["at", "desc"],
             "after": None, "limit": MANY, "scope": "mine"}  # fmt: skip
    return store.page("notice", asked)["rows"] if entity("notice") else []


def invites(store: Any, me: Json) -> bool:
    """Has somebody given them work? Then it is time to ask whether a device may notify them."""
    return bool(latest(store, me, {"kind": "assigned"}))


def _entry(store: Any, me: Json, notice: Json) -> Json:
    spec = entity("notice") or {}
    kind = field_of(spec, "kind")
    subject = about(store, notice)
    owner, record = subject or ({}, {})
    waiting = bool(
        subject and is_work(notice, record, me["id"]) and may(me, store, record, "change")
        and finishing(owner, record)
    )  # fmt: skip
    return {
        "id": notice["id"],
        "kind": notice["kind"],
        "icon": icon_of(spec, notice),
        "label": label_of(kind, notice["kind"]) if kind else None,
        "title": store.title(owner["type"], record["id"]) if subject else None,
        "href": address_of(notice, owner) if subject else None,
        "by_name": store.title("person", notice["by"]),
        "at": notice["at"],
        "read": notice["read"],
        "done": waiting,
        "snooze": waiting and field_of(owner, "remind_at") is not None,
    }


def is_work(notice: Json, record: Json, person: str) -> bool:
    """May it be done, or put off, from the notice? Not when it has gone to somebody else since."""
    return notice["kind"] in WORK and record.get("assignee") == person


def about(store: Any, notice: Json) -> tuple[Json, Json] | None:
    """(entity, record) that a notice is about; a conflict's is the record it is in."""
    kind, rec = notice["of"], notice["rec"]
    conflict = store.get("conflict", rec) if kind == "conflict" else None
    if conflict:
        kind, rec = conflict["of"], conflict["rec"]
    owner = entity(kind)
    record = store.get(kind, rec) if owner and not owner["system"] else None
    return (owner, record) if owner and record else None


def address_of(notice: Json, owner: Json) -> str:
    path = "conflicts" if notice["of"] == "conflict" else owner["path"]
    return f"/{path}/{notice['rec']}"


def mentions_view(store: Any, query: Json) -> tuple[str, Json]:
    """People of whose name some word begins like each of those typed."""
    wanted = words((query.get("q") or [""])[0])
    found = [one for one in store.people() if _begins(fold(one["label"]), wanted)]
    options = [{"value": one["value"], "title": one["label"], "sub": None} for one in found[:NAMES]]
    return "entity/options.html", {"options": options, "name": "mention"}


def _begins(name: str, wanted: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name.split(" ")) for word in wanted)
