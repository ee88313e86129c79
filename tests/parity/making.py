"""Random people, records, requests and forms: whatever a day may throw at the views."""

from __future__ import annotations

import random
from typing import Any

from server.core import text
from server.core.holding import holding_id
from server.web.views.addresses import escape
from server.web.views.manifest import Json, entity, manifest

from .wishes import where

NASTY = [
    "a",
    'O\'Neil "x" <b>&amp;</b>',
    "شرکت چای ژاله",
    'חברת אור בע"מ',
    "Or Ltd",
    "İstanbul ẞ ΑΣ",
    "😀 emoji",
    "`\\ {{7*7}} {% if %}",
    "\u200c\u200fzw",
    "ﷲ ١٢٣",
    "tab\tnl\nend",
    "100% %s %(x)s",
    "كيةأ",
    "é",
    "e\u0301",
    "x" * 230,
    "null",
    "0",
    "\u2028",
    "a\ufeffb",
    "Ǆ ŉ ﬁ",
    "مُدَرِّسة",
    "a  b\u3000c",
    "Yes",
    "Name",
    "a,b،c;d",
    "-1",
    "false",
    "]]>",
    "__proto__",
    "constructor",
    "~*'()!/?#&+=%",
]
PHONES = ["+972521234567", "+989121234567", "+447700900142", "+12125551234"]
TYPED_PHONES = ["052-123 4567", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+44 7700 900142", "0098 912 1234567", "12", "x"]
MAILS = [
    "a@b.co", "דנה@example.com", "a b@c.de", "a@b",
    "@",
    "a@b..c",
    "x\u3000@y.z",
    "a@[1.2.3.4]",
]  # fmt: skip
URLS = [
    "company.com",
    "https://a.b/c?d=e",
    "HTTPS://X",
    "httpſ://x",
    "ftp://x",
    "javascript:alert(1)",
    "a b",
    "//x",
    "http://",
]
DATES = ["2025-03-20", "2024-02-29", "1403/12/30", "۱۴۰۴/۰۱/۰۱", "20.3.2025", "2025-02-30", "x",
         "1979-2-11", "٢٠/٣/٢٠٢٥"]  # fmt: skip
RANGES = ["today", "week", "month", "overdue", "next7", "2026-11-01..2026-11-22", "2026-11-20..",
          "..2026-11-20", "..", "2026-13-01..", "2026-11-20", "x..y", ""]  # fmt: skip
TIMES = ["09:05", "۲۳:۵۹", "9.30", "24:00", "", "x"]
ZONES = ["Asia/Jerusalem", "Asia/Tehran", "Europe/London", "America/New_York", "UTC", "No/Where"]
LEVELS = ["none", "own", "team", "branch", "all"]
NOW = "2026-11-22T19:17:59Z"
BEARING = ["account", "contact", "activity", "task"]
PAGED = [*BEARING, "file"]


class Maker:
    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.ids: dict[str, list[str]] = {
            kind: [self.uuid() for _ in range(n)]
            for kind, n in {
                "account": 12, "contact": 14, "activity": 25, "task": 25, "person": 5, "team": 3,
                "branch": 2, "saved_view": 8, "role": 2,
                "change": 25,
                "conflict": 8,
                "notice": 40,
                "file": 25,
            }.items()
        }

    def uuid(self) -> str:
        h = f"{self.r.getrandbits(128):032x}"
        return f"{h[:8]}-{h[8:12]}-7{h[13:16]}-8{h[17:20]}-{h[20:]}"

    def one(self, options: Any) -> Any:
        return self.r.choice(options)

    def maybe(self, likely: float = 0.5) -> bool:
        return self.r.random() < likely

    def words(self) -> str:
        blocks = [(32, 127), (0x5D0, 0x5EB), (0x620, 0x64A), (0x6A9, 0x6CD), (0xA0, 0x250)]
        made = "".join(chr(self.r.randrange(*self.one(blocks))) for _ in range(self.r.randrange(9)))
        return str(self.one(NASTY)) if self.maybe() else made

    def day(self) -> str:
        near = self.maybe(0.6)
        year, month = (
            (2026, 11) if near else (self.r.randrange(1930, 2090), self.r.randrange(1, 13))
        )
        return f"{year}-{month:02d}-{self.r.randrange(14 if near else 1, 29):02d}"

    def instant(self) -> str:
        h, m, s = (self.r.randrange(n) for n in (24, 60, 60))
        return f"{self.day()}T{h:02d}:{m:02d}:{s:02d}Z"

    def ref(self, kind: str) -> str | None:
        return self.uuid() if self.maybe(0.05) else str(self.one(self.ids[kind]))

    def world(self) -> tuple[list[Json], dict[str, str]]:
        """Records of every kind, and marks of some."""
        records = [self.record(kind, id_) for kind, ids in self.ids.items() for id_ in ids]
        for person in self.ids["person"]:
            for file in self.ids["account"][::3]:
                held = {"owner": person, "file": file, "deleted": False}
                records.append(self.record("holding", holding_id(person, file)) | held)
        marks = {
            r["id"]: self.one(["pending", "failed", "conflict"]) for r in records if self.maybe(0.2)
        }
        return records, marks

    def record(self, kind: str, id_: str) -> Json:
        owner = entity(kind)
        assert owner
        found: Json = {"id": id_, "type": kind, "ver": self.r.randrange(1, 10**6)}
        found |= {f["name"]: self.value(f) for f in owner["fields"]}
        if kind in ("change", "conflict", "notice"):
            self.about(found)
        if kind == "saved_view":
            of = self.one(PAGED)
            asked = self.query(entity(of) or {})
            line = "&".join(f"{n}={escape(one)}" for n, values in asked.items() for one in values)
            found |= {"of": of, "asks": self.one([line, line, None, "&&a=%zz&=+"])}
        if owner["attached"]:
            of = self.one(BEARING)
            found |= {"of": of, "rec": self.one(self.ids[of])}
            found["mime"] = self.one([None, "image/jpeg", "application/pdf", "text/plain"])
            found["name"] = found["name"][:100] + self.one(["", ".JPG", ".pdf", ".mov", ".x"])
        if kind in ("person", "team", "branch", "role"):
            found |= {"name": text.clean(self.words()) or "x", "deleted": False}
        return found

    def about(self, found: Json) -> None:
        """Makes a record of the history one about something that is there."""
        kind = self.one(PAGED)
        owner = entity(kind)
        assert owner
        file = self.one(self.ids["account"])
        rec = file if kind == "account" else self.one(self.ids[kind])
        if found["type"] == "notice":
            clash = {"of": "conflict", "rec": self.ref("conflict")}
            found |= self.one([{"of": kind, "rec": rec}, clash])
            return
        found |= {"of": kind, "rec": rec, "file": file, "deleted": False}
        if found["type"] == "change":
            changed = [self.one(owner["fields"]) for _ in range(3)]
            found["fields"] = [[f["name"], self.value(f), self.value(f)] for f in changed]
            found["what"] = self.one(["new", "set", "del", "restore", "hand_over", "complete"])
        else:
            field = self.one(owner["fields"])
            found |= {side: self.value(field) for side in ("kept", "lost", "before")}
            found["field"] = field["name"]

    def value(self, field: Json) -> Any:
        """A value as it is stored."""
        kind = field["kind"]
        if kind == "bool":
            return self.maybe(0.1 if field["name"] == "deleted" else 0.5)
        if kind in ("phones", "tags", "people", "choices"):
            return list(dict.fromkeys(self.scalar(field) for _ in range(self.r.randrange(4))))
        return None if self.maybe(0.2) and not field["required"] else self.scalar(field)

    def scalar(self, field: Json) -> Any:
        kind = field["kind"]
        simple = {
            "date": self.day,
            "instant": self.instant,
            "integer": lambda: self.r.randrange(1441),
            "json": lambda: None,
        }
        if kind in simple:
            return simple[kind]()
        if kind in ("ref", "person", "team", "people"):
            return self.ref(field["target"] or "account")
        if kind in ("phone", "phones"):
            return self.one(PHONES)
        if kind in ("choice", "state", "language"):
            return self.one([value for value, _ in field["choices"]])
        value = text.clean(self.words()) or "x"
        return value if kind == "longtext" else " ".join(value.split())[: field["max"]] or "x"

    def me(self) -> Json:
        kinds = list(manifest()["entities"])
        actions = ("see", "create", "change", "delete", "export")
        lang = self.one(["en", "he", "fa", "ar"])
        return {
            "id": self.one(self.ids["person"]),
            "name": self.words(),
            "email": "a@b.co",
            "lang": lang,
            "dir": "ltr" if lang == "en" else "rtl",
            "theme": "auto",
            "zone": self.one(ZONES),
            "calendar": self.one(["gregorian", "jalali", "gregorian+hebrew"]),
            "region": self.one(["IL", "IR", "GB", "US"]),
            "csrf": 'tok"en',
            "roles": self.ids["role"][: self.r.randrange(2)],
            "columns": self.one(["", "account city:180,relation\ntask due", "account name:9,x,:3"]),
            "team": self.one([*self.ids["team"], None]),
            "teams": self.ids["team"][:2],
            "reports": self.r.sample(self.ids["person"], 2),
            "lease": 30,
            "org": {"id": 1, "name": "Ö", "lang": "he", "currency": "ILS", "zone": self.one(ZONES)},
            "holds": {"people": self.r.sample(self.ids["person"], 2), "teams": self.ids["team"][:1],
                      "ahead": 7, "after": 3},
            "can": {k: {a: self.one(LEVELS) for a in actions} for k in kinds},
            "complete": self.r.sample(kinds, 3),
        }

    def typed(self, field: Json) -> list[str]:
        """What somebody may type, in one input or several."""
        kind = field["kind"]
        if self.maybe(0.15):
            return [self.words()]
        if kind == "instant":
            return [self.one(DATES), self.one(TIMES)] if self.maybe() else [self.instant()]
        if kind == "bool":
            return self.one([["1"], [], ["on"], ["0"]])
        if kind in ("choice", "state", "language", "choices"):
            return [self.one([v for v, _ in field["choices"]] + ["", "nope"])]
        if kind in ("ref", "person", "team", "people"):
            return [self.ref(field["target"] or "account") or "", *self.one([[], [""]])]
        samples = {
            "date": DATES,
            "phone": TYPED_PHONES,
            "phones": TYPED_PHONES,
            "email": MAILS,
            "url": URLS,
            "integer": ["5", "۱۲", "-3", "1e3", "99999", " 7 ", ""],
        }
        many = self.r.randrange(4) if kind in ("phones", "tags") else 1
        return [str(self.one(samples.get(kind, [self.words(), ""]))) for _ in range(many)]

    def form(self, owner: Json) -> dict[str, list[str]]:
        fields = [f for f in owner["fields"] if self.maybe(0.7)]
        form = {f["name"]: self.typed(f) for f in fields if self.maybe(0.9)}
        if self.maybe(0.8):
            form["_fields"] = [" ".join(f["name"] for f in fields)]
        if self.maybe():
            form["_base"] = [self.one(["17", "x", ""])]
        if self.maybe(0.3):
            form["_was"] = [self.one(["{}", "[]", "x", '{"name": "w", "tags": ["a"], "nope": 1}'])]
        return form

    def asked(self, field: Json) -> list[str]:
        """What an address may say about a filter."""
        if field["kind"] in ("date", "instant"):
            return [self.one(RANGES)]
        some = [self.one(["all", "unclosed"])] if field["kind"] == "state" and self.maybe() else []
        return some or self.typed(field) or [""]

    def query(self, owner: Json) -> dict[str, list[str]]:
        names = [f["name"] for f in owner["fields"] if self.maybe(0.25)]
        fields = {f["name"]: f for f in owner["fields"]}
        query = {name: self.asked(fields[name]) for name in names}
        offered = {
            "q": ["", self.words(), self.words()[:2], "052-123 45"],
            "scope": ["mine", "all", "x", ""],
            "sort": [*owner["sorts"], "x", "owner"],
            "dir": ["asc", "desc", "x"],
            "after": ["", "2", "10"],
            "back": ["/today", "//evil", "/a b", "/tasks/?q=\u05d0", "https://x", "/\\x"],
            "pick": ["account", ""], "look": ["board", "calendar", "x", ""],
            "by": [self.one(owner["fields"])["name"], self.one(owner["fields"])["name"], "x"],
            "col": ["", "x", "open"], "span": ["month", "week", "agenda", "x"],
            "at": [*DATES, "2026-11-26", "1000-01-01", "8999-12-31"],
            "view": ["all", "x", *self.ids["saved_view"]],
            "where": [where(self, owner) for _ in range(3)],
            "cols": [",".join(self.r.sample([f["name"] for f in owner["fields"]], 4)), "x,,", ""],
        }
        return query | {k: [self.one(v)] for k, v in offered.items() if self.maybe(0.4)}
