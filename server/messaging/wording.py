"""What a notification says: in the person's language, and without names unless they want them.

The form is that of declarative web push: browsers that know it show it by themselves, for the
others our worker does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from server.core.i18n import _l, direction
from server.core.reading import Reader, Row
from server.core.registry import registry
from server.web.filters import date, digits
from server.web.templating import catalogue, said
from server.web.views.cells import label_of
from server.web.views.manifest import Json, field_of
from server.web.views.notices import about, address_of, is_work
from server.web.views.rows import finishing

from .entities import KINDS, NOTICE
from .recipient import Recipient

LONGEST = 200  # characters of a text that somebody wrote
DAY = 86_400  # seconds
ACTIONS = (
    ("done", _l("Done")), ("snooze-60", _l("In an hour")),
    ("snooze-morning", _l("Tomorrow morning")), ("snooze-15", _l("In 15 minutes")),
    ("open", _l("Open it")),
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    message: Json
    brief: Json  # for a service that finds the message too large
    ttl: int  # seconds in which it is worth being told
    urgency: str
    topic: str


class Writer:
    """Writes to one person."""

    def __init__(self, connection: Connection, to: Recipient, public_url: str) -> None:
        self.connection, self.to, self.base = connection, to, public_url.rstrip("/")
        self.reader: Reader = to.reader(connection)
        self.words = partial(said, to.lang)

    def get(self, kind: str, id_: str | None) -> Row | None:
        """As a store of views has it."""
        return self.reader.get(registry[kind], id_) if id_ else None

    def title(self, kind: str, id_: str | None) -> str | None:
        found = self.get(kind, id_)
        return found[registry[kind].title] if found else None

    def letter(self, ids: list[str]) -> Letter | None:
        """About those notices that are still unread; None when there are none."""
        found = self.reader.many(registry["notice"], ids).values()
        notices = [n for n in sorted(found, key=lambda n: n["id"]) if not n["read"]]
        if not notices:
            return None
        shown = self._one(notices[0]) if len(notices) == 1 else self._several(notices)
        kinds = {notice["kind"] for notice in notices}
        by_the_clock = kinds <= {"due", "overdue", "reminder"}
        return Letter(
            self._message(shown, notices),
            self._message({"title": shown["title"], "navigate": shown["navigate"]}, notices),
            DAY if by_the_clock else 4 * DAY,
            "high" if "reminder" in kinds else "normal",
            notices[0]["id"].replace("-", ""),
        )

    def _message(self, shown: Json, notices: list[Row]) -> Json:
        common = {
            "lang": self.to.lang, "dir": direction(self.to.lang),
            "tag": f"notice-{notices[0]['id']}", "app_badge": str(self._unread()),
        }  # fmt: skip
        data = {"person": self.to.id, **shown.get("data", {})}
        return {"web_push": 8030, "mutable": True,
                "notification": {**shown, **common, "data": data}}  # fmt: skip

    def _unread(self) -> int:
        c = NOTICE.c
        query = select(func.count()).where(
            c.org == self.to.org, c.owner == self.to.id, c.read.is_(False), c.deleted.is_(False)
        )
        return int(self.connection.execute(query).scalar_one())

    def _one(self, notice: Row) -> Json:
        owner, record = about(self, notice) or ({}, {})
        path = f"{address_of(notice, owner)}?notice={notice['id']}" if record else "/notices"
        shown: Json = {
            "title": self.words(dict(KINDS)[notice["kind"]]),
            "body": self._body(notice, owner, record),
            "navigate": self.base + path,
            "data": {"notice": notice["id"]},
        }
        if record and is_work(notice, record, self.to.id) and finishing(owner, record):
            shown["data"] |= {"type": owner["type"], "rec": record["id"], "ver": record["ver"]}
            shown["actions"] = [
                {"action": name, "title": self.words(label), "navigate": self.base + path}
                for name, label in ACTIONS
            ]
        return shown

    def _body(self, notice: Row, owner: Json, record: Row) -> str:
        by = self.title("person", notice["by"])
        if not self.to.doc["names_in_notices"]:
            return " · ".join(p for p in [*self._plainly(owner, record), _apart(by)] if p)
        title = record.get(owner["title"]) if record else None
        file = record.get(owner["parent"]) if record and owner["parent"] else None
        second = " · ".join(p for p in [_apart(self.title("account", file)), _apart(by)] if p)
        return "\n".join(p for p in [_apart(title), second] if p)

    def _plainly(self, owner: Json, record: Row) -> list[str]:
        """What kind of work it is and when: nothing that anybody has typed."""
        if not record:
            return []
        kind, due = field_of(owner, "kind"), record.get("due")
        label = label_of(kind, record.get("kind")) if kind else None
        return [self.words(label or owner["label"]), date(due, self.to.fmt) if due else ""]

    def _several(self, notices: list[Row]) -> Json:
        n = len(notices)
        title = catalogue(self.to.lang).ungettext(
            "%(num)s notification", "%(num)s notifications", n
        )
        counts: dict[str, int] = {}
        for notice in notices:
            counts[notice["kind"]] = counts.get(notice["kind"], 0) + 1
        say, fmt = dict(KINDS), self.to.fmt
        lines = [f"{self.words(say[k])}: {digits(c, fmt)}" for k, c in counts.items()]
        return {"title": title.replace("%(num)s", digits(n, self.to.fmt)),
                "body": "\n".join(lines), "navigate": f"{self.base}/notices"}  # fmt: skip


def _apart(text: Any) -> str:
    """What somebody wrote, in its own direction of writing."""
    return f"\u2068{str(text)[:LONGEST]}\u2069" if text else ""
