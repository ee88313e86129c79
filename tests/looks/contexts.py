# ruff: noqa: E501 - wide lines keep an example of a shape together
# fmt: off
"""Contexts of every template, in the shapes of docs/developer/design.md."""

from __future__ import annotations

from typing import Any

from tests.looks.people import SAY

Json = dict[str, Any]
NOW = "2026-11-22T08:30:00Z"
IDS = [f"0193a0{n:02d}-7b1c-7d2e-9a1f-0c2d3e4f5a{n:x}{n:x}" for n in range(16)]
ACCOUNT = {"type": "account", "path": "accounts", "label": "Account", "plural": "Accounts", "new": "New account", "icon": "building-2", "title": "name"}
CONTACT = {**ACCOUNT, "type": "contact", "path": "contacts", "label": "Contact", "plural": "Contacts", "new": "New contact", "icon": "user"}
TASK = {**ACCOUNT, "type": "task", "path": "tasks", "label": "Task", "plural": "Tasks", "new": "New task", "icon": "list-checks", "title": "title"}
NAV = [
    {"href": "/today", "label": "Today", "icon": "sun", "key": "t"},
    {"href": "/accounts/", "label": "Customers", "icon": "building-2", "key": "a"},
    {"href": "/contacts/", "label": "Contacts", "icon": "users", "key": "p"},
    {"href": "/tasks/", "label": "Tasks", "icon": "list-checks", "key": "w"},
    {"href": "/activities/", "label": "Activities", "icon": "message-square", "key": "l"},
]
ALL = {"see": "all", "create": "all", "change": "all", "delete": "all", "export": "all"}


def base(lang: str, path: str, **more: Any) -> Json:
    say, calendar = SAY[lang], {"fa": "jalali"}.get(lang, "gregorian")
    region = {"he": "IL", "fa": "IR"}.get(lang, "IL")
    fmt = {"lang": lang, "zone": "Asia/Jerusalem", "calendar": calendar, "region": region, "now": NOW}
    me = {"id": IDS[3], "name": say["me"], "email": "dana@northlight.example", "org": {"id": "1", "name": say["org"]}, "can": dict.fromkeys(("account", "contact", "task", "activity"), ALL)}
    nav = [{**n, "active": n["href"] == path} for n in NAV]
    sync = {"pending": 0, "failed": 0, "conflicts": 0, "unread": 2, "last": "2026-11-22T08:28:00Z", "offline": False, "stale": False, "worker": True}
    got = {"lang": lang, "dir": "ltr" if lang == "en" else "rtl", "theme": "auto", "me": me, "csrf": "t0ken", "nav": nav, "partial": False, "path": path, "now": NOW, "fmt": fmt, "sync": sync, "notice": None}
    return {**got, **more}


def cell(name: str, label: str, kind: str, value: Any, text: Any = None, href: str | None = None) -> Json:
    return {"name": name, "label": label, "kind": kind, "value": value, "text": text, "href": href}


def state(value: str, label: str) -> Json:
    return cell("stage", "Stage", "state", value, label)


STAGES = [("customer", "Customer"), ("prospect", "Prospect"), ("at_risk", "At risk"), ("customer", "Customer"), ("lead", "Lead"), ("prospect", "Prospect"), ("lost", "Lost"), ("customer", "Customer"), ("lead", "Lead")]


def row(lang: str, n: int, kind: Json = ACCOUNT, **more: Any) -> Json:
    say = SAY[lang]
    name = say["companies"][n]
    city = cell("city", "City", "text", say["cities"][n])
    phone = cell("phone", "Phone", "phone", say["phone"])
    owner = cell("owner", "Owner", "person", IDS[3], say["people"][n % 5])
    stage = state(*STAGES[n])
    seen = cell("updated_at", "Changed", "instant", f"2026-11-{21 - n:02d}T07:15:00Z")
    got = {"id": IDS[n], "type": kind["type"], "href": f"/{kind['path']}/{IDS[n]}", "title": name, "sub": [city, phone], "cells": [cell("name", "Name", "text", name), stage, city, phone, owner, seen], "mark": None, "icon": kind["icon"], "state": stage, "due": None, "late": False, "phone": None, "avatar": True, "done": None}
    return {**got, **more}


def task(lang: str, n: int, due: str | None, late: bool = False, **more: Any) -> Json:
    sub = [cell("account", "Account", "ref", IDS[n], SAY[lang]["companies"][n])]
    stage = cell("state", "State", "state", "open", "Open")
    return row(lang, n, TASK, title=SAY[lang]["tasks"][n], sub=sub, due=due, late=late, state=stage, avatar=False, done=f"/tasks/{IDS[n]}/completion", **more)


def today(lang: str) -> Json:
    phone = SAY[lang]["phone"]
    tasks = {"overdue": [task(lang, 0, "2026-11-20", True, mark="pending", phone=phone)], "today": [task(lang, 1, "2026-11-22", phone=phone), task(lang, 2, "2026-11-22")], "soon": [task(lang, 3, "2026-11-23")], "none": [task(lang, 4, None, mark="failed")]}
    return base(lang, "/today", tasks=tasks, recent=[row(lang, n) for n in (0, 2, 5, 7)], greeting="morning", sync={**base(lang, "/")["sync"], "pending": 3})


def listing(lang: str) -> Json:
    marks = {1: "pending", 4: "failed", 6: "conflict"}
    rows = [row(lang, n, mark=marks.get(n)) for n in range(9)]
    columns = [{"name": c["name"], "label": c["label"], "kind": c["kind"], "href": f"/accounts/?sort={c['name']}", "sorted": "asc" if c["name"] == "name" else None} for c in rows[0]["cells"]]
    options = [{"value": v, "label": t, "active": v == "customer"} for v, t in dict(STAGES).items()]
    filters = [{"name": "stage", "label": "Stage", "kind": "state", "value": "customer", "options": options}, {"name": "owner", "label": "Owner", "kind": "person", "value": "", "options": [{"value": "x", "label": p, "active": False} for p in SAY[lang]["people"]]}, {"name": "city", "label": "City", "kind": "text", "value": "", "options": []}]
    scopes = [{"value": "mine", "label": "Mine", "href": "/accounts/?scope=mine", "active": True}, {"value": "all", "label": "All", "href": "/accounts/?scope=all", "active": False}]
    return base(lang, "/accounts/", entity=ACCOUNT, title="Customers", export="/accounts/export", import_="/imports/new?of=account", q="", scope="mine", scopes=scopes, filters=filters, active_filters=1, sort="name", dir_="asc", columns=columns, rows=rows, next="/accounts/?after=x", create="/accounts/new", arranging={"own": True, "kept": False, "rest": "", "was": "{}", "base": 0}, fallback=False, as_of=None)


def fallback(lang: str) -> Json:
    got = listing(lang)
    return {**got, "fallback": True, "as_of": "2026-11-22T08:12:00Z", "sync": {**got["sync"], "offline": True}}


def empty(lang: str) -> Json:
    return {**listing(lang), "rows": [], "active_filters": 0, "filters": [], "next": None}


def _events(lang: str) -> list[Json]:
    say = SAY[lang]
    change = {"label": "Stage", "kind": "state", "before": state("prospect", "Prospect"), "after": state("customer", "Customer")}
    moved = {"label": "Phone", "kind": "phone", "before": cell("phone", "Phone", "phone", None), "after": cell("phone", "Phone", "phone", say["phone"])}
    rest: Json = {"href": None, "changes": [], "mark": None, "body": None, "label": "Call"}
    return [
        {**rest, "id": "1", "at": "2026-11-22T08:05:00Z", "by": IDS[3], "by_name": say["me"], "icon": "phone", "kind": "call", "title": say["tasks"][1], "body": say["call"], "href": "/activities/1", "mark": "pending"},
        {**rest, "id": "2", "at": "2026-11-21T15:40:00Z", "by": IDS[4], "by_name": say["people"][4], "icon": "history", "kind": "change", "title": "Changed", "label": "Changed", "changes": [change, moved]},
        {**rest, "id": "3", "at": "2026-11-18T10:00:00Z", "by": IDS[3], "by_name": say["me"], "icon": "users", "kind": "meeting", "label": "Meeting", "title": say["address"], "body": say["note"], "href": "/activities/3"},
        {**rest, "id": "4", "at": "2026-11-11T09:00:00Z", "by": IDS[3], "by_name": say["me"], "icon": "plus", "kind": "change", "title": "Created", "label": "Created"},
    ]


def _quick() -> list[Json]:
    outcomes = [{"value": "reached", "label": "Reached"}, {"value": "no_answer", "label": "No answer"}, {"value": "message", "label": "Left a message"}]
    hidden = [{"name": "kind", "value": "call"}, {"name": "account", "value": IDS[0]}]
    call = {"key": "call", "label": "Log a call", "icon": "phone-call", "href": "/activities/new?kind=call", "action": "/activities/", "hidden": hidden, "name": "outcome", "options": outcomes}
    note = {**call, "key": "note", "label": "Add a note", "icon": "notebook-pen", "name": "body", "options": []}
    return [call, note]


def show(lang: str) -> Json:
    say, name = SAY[lang], SAY[lang]["companies"][0]
    main = [cell("kind", "Kind", "choice", "company", "Company"), cell("number", "Customer number", "autonumber", "A-01042"), cell("phones", "Phones", "phones", [say["phone"], "+97248123456"]), cell("email", "E-mail", "email", "yossi@harel.example"), cell("website", "Website", "url", "https://harel.example"), cell("address", "Address", "text", say["address"]), cell("tags", "Tags", "tags", say["tags"]), cell("notes", "Notes", "longtext", say["note"])]
    more = [cell("owner", "Owner", "person", IDS[3], say["me"]), cell("source", "Lead source", "choice", None), cell("since", "Customer since", "date", "2021-03-14"), cell("consent", "May be mailed", "bool", True)]
    contacts = [row(lang, n, CONTACT, title=say["people"][n], sub=[cell("role", "Role", "text", say["cities"][n])], state=None, phone=say["phone"]) for n in (0, 3)]
    related = [{"entity": CONTACT, "label": "Contacts", "rows": contacts, "whole": False, "create": "/contacts/new?account=x", "all": "/contacts/?account=x"}, {"entity": TASK, "label": "Tasks", "rows": [task(lang, 0, "2026-11-20", True), task(lang, 3, "2026-11-23", mark="pending")], "whole": True, "create": "/tasks/new?account=x", "all": "/tasks/?account=x"}, {"entity": ACCOUNT, "label": "Branches", "rows": [], "whole": True, "create": "/accounts/new?parent=x", "all": "/accounts/"}]
    actions = [{"label": "New task", "icon": "list-checks", "href": "/tasks/new?account=x", "noun": "task", "primary": True, "direct": False}, {"label": "Hand over", "icon": "users", "href": "/accounts/x/handing-over", "noun": "handing-over", "primary": False, "direct": False}]
    record = {"id": IDS[0], "type": "account", "ver": 7, "deleted": False}
    reach = {"phones": [say["phone"]], "email": "yossi@harel.example", "address": {"text": say["address"], "href": "geo:0,0?q=Haifa"}}
    return base(lang, f"/accounts/{IDS[0]}", entity=ACCOUNT, files=files(), file=None, record=record, title=name, mark="pending", groups=[{"label": None, "cells": main}, {"label": "Relationship", "cells": more}], related=related, timeline=_events(lang), actions=actions, state=state("prospect", "Prospect"), states=[{"value": "customer", "label": "Customer"}, {"value": "lost", "label": "Lost"}], quick=_quick(), edit="/accounts/x/edit", delete=True, crumbs=[{"label": "Customers", "href": "/accounts/"}], reach=reach)


def field(name: str, label: str, kind: str, value: Any = "", **more: Any) -> Json:
    ltr = kind in {"phone", "phones", "email", "url", "date", "instant", "integer"}
    got = {"name": name, "label": label, "kind": kind, "required": False, "value": value, "options": None, "error": None, "help": None, "example": None, "max": None, "dir": "ltr" if ltr else "auto", "autocomplete": None, "inputmode": None, "lookup": None, "text": None}
    return {**got, **more}


def options(pairs: dict[str, str], chosen: tuple[str, ...] = ()) -> list[Json]:
    return [{"value": v, "label": t, "selected": v in chosen} for v, t in pairs.items()]


def form(lang: str) -> Json:
    say = SAY[lang]
    kinds = options({"company": "Company", "person": "Private person"}, ("company",))
    stages = options({"lead": "Lead", "prospect": "Prospect", "customer": "Customer"}, ("prospect",))
    main = [field("name", "Name", "text", "", required=True, error="This is needed."), field("kind", "Kind", "choice", "company", required=True, options=kinds), field("stage", "Stage", "state", "prospect", options=stages), field("phones", "Phones", "phones", [say["phone"]]), field("email", "E-mail", "email", "yossi@harel.example"), field("parent", "Belongs to", "ref", IDS[2], text=say["companies"][2], lookup="/accounts/", options=options({IDS[2]: say["companies"][2]}, (IDS[2],))), field("tags", "Tags", "tags", say["tags"], help="Separated by commas.")]
    date = "1405/09/01" if lang == "fa" else "22/11/2026"
    more = [field("owner", "Owner", "person", "a", options=options({"a": say["me"], "b": say["people"][1]}, ("a",))), field("source", "Lead source", "choice", "", options=options({c: c.title() for c in ("web", "referral", "fair", "cold call", "other")})), field("since", "Customer since", "date", date), field("next_at", "Next contact", "instant", f"{date} 14:30"), field("channels", "Channels", "choices", ["sms"], options=options({"sms": "SMS", "mail": "Mail", "call": "Call", "whatsapp": "WhatsApp"}, ("sms",))), field("consent", "May be mailed", "bool", "1"), field("notes", "Notes", "longtext", say["note"])]
    errors = [{"name": "name", "label": "Name", "message": "This is needed."}]
    return base(lang, "/accounts/new", entity=ACCOUNT, record=None, title=None, action="/accounts/", base="0", was="{}", meanwhile=[_events(lang)[1]], groups=[{"label": "Details", "inputs": main}, {"label": "Relationship", "inputs": more}], errors=errors, cancel="/accounts/", back=None, submit=None)


def action(lang: str) -> Json:
    give = field("assignee", "Hand over to", "person", "", required=True, options=options({"a": SAY[lang]["people"][0], "b": SAY[lang]["people"][1]}))
    return {**form(lang), "title": SAY[lang]["tasks"][0], "submit": "Hand over", "errors": [], "groups": [{"label": None, "inputs": [give, field("note", "Note", "longtext")]}]}


TINY = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="


def tile(n: int, look: str, **more: Any) -> Json:
    href = f"/files/{IDS[n]}"
    got = {"id": IDS[n], "href": href, "title": f"{look}-{n}.jpg", "note": None, "at": NOW, "by_name": None, "mark": None, "look": look, "size": 3_400_000, "width": None, "height": None, "tiny": None, "there": True, "original": f"{href}/original", "preview": f"{href}/preview", "thumb": TINY}
    return {**got, **more}


def files() -> Json:
    tiles = [tile(5, "image", tiny=TINY), tile(6, "pdf", mark="pending", there=False), tile(7, "image", tiny=TINY, there=False), tile(8, "film", mark="failed", there=False)]
    return {"entity": ACCOUNT, "action": "/files/", "of": "account", "rec": IDS[0], "tiles": tiles}


def outbox(lang: str) -> Json:
    uploads = [{"id": IDS[n], "at": NOW, "title": "Roof.jpg", "href": f"/files/{IDS[n]}", "size": 3_400_000, "status": status, "error": error} for n, status, error in ((5, "waiting", None), (6, "failed", "The server takes no files of this size."))]
    say = SAY[lang]
    one = {"id": "1", "at": "2026-11-22T08:21:00Z", "what": "Changed", "title": say["companies"][0], "href": "/accounts/x", "fields": ["Phone", "Stage"], "status": "pending", "by": [], "error": None}
    entries = [one, {**one, "id": "2", "what": "Created", "title": say["tasks"][2], "fields": [], "status": "sending"}]
    became = [("sent", [], None), ("merged", [say["people"][1]], None), ("conflict", [say["people"][4]], None), ("rejected", [], "You may not give this record away.")]
    sent = [{**one, "id": f"s{n}", "title": say["companies"][n], "status": status, "by": by, "error": error, "at": f"2026-11-22T07:{n}5:00Z"} for n, (status, by, error) in enumerate(became)]
    room = {"n": 3_945, "bytes": 9_147_584, "usage": 14_680_064, "quota": 12_884_901_888, "persistent": False, "version": "5779d57215"}
    lines = ["at: 2026-11-22T08:30:00Z", "person: 0193a003 of organisation 1", "waiting: 2", "refused: forbidden x1"]
    return base(lang, "/outbox", entries=entries, uploads=uploads, problems=problems(lang)["entries"], conflicts=[_clash(lang)], sent=sent, room=room, device={"name": "Chrome · Android", "href": "/devices/x"}, diagnostics=lines, sync={**base(lang, "/")["sync"], "pending": 2, "failed": 1, "conflicts": 1, "offline": True})


def problems(lang: str) -> Json:
    say = SAY[lang]
    values = [{"label": "Owner", "text": say["people"][1]}, {"label": "Notes", "text": say["note"]}]
    one = {"id": "1", "at": "2026-11-22T07:02:00Z", "title": say["companies"][4], "href": "/accounts/x", "what": "Changed", "reasons": [{"code": "forbidden", "message": "You may not give this record away.", "field": "Owner"}, {"code": "too_long", "message": "This is too long.", "field": "Notes"}], "values": values, "fix": "/accounts/x/edit"}
    return base(lang, "/problems", entries=[one], sync={**base(lang, "/")["sync"], "failed": 1})


def _clash(lang: str) -> Json:
    say = SAY[lang]
    return {"id": "c1", "href": "/conflicts/c1", "title": say["companies"][6], "record_href": "/accounts/x", "label": "Phone", "kind": "phone", "kept": cell("phone", "Phone", "phone", say["phone"]), "lost": cell("phone", "Phone", "phone", "+97248123456"), "before": cell("phone", "Phone", "phone", None), "kept_by": say["people"][4], "lost_by": say["me"], "kept_at": "2026-11-22T08:01:00Z", "lost_at": "2026-11-22T07:40:00Z", "open": True, "input": field("phone", "Phone", "phone", say["phone"]), "yours": "lost"}


def conflicts(lang: str) -> Json:
    return base(lang, "/conflicts", entries=[_clash(lang), {**_clash(lang), "id": "c2", "open": False, "title": SAY[lang]["companies"][2]}])


def conflict(lang: str) -> Json:
    return base(lang, "/conflicts/c1", one=_clash(lang), sync={**base(lang, "/")["sync"], "conflicts": 1})


def settings(lang: str) -> Json:
    languages = options({"en": "English", "he": "עברית", "fa": "فارسی"}, (lang,))
    inputs = [field("lang", "Language", "choice", lang, required=True, options=languages), field("theme", "Appearance", "choice", "auto", required=True, options=options({"auto": "As the device", "light": "Light", "dark": "Dark"}, ("auto",))), field("calendar", "Calendar", "choice", "gregorian", required=True, options=options({"gregorian": "Gregorian", "jalali": "Jalali", "hebrew": "Hebrew"}, ("gregorian",)))]
    return base(lang, "/settings", action="/settings", groups=[{"label": "You", "inputs": inputs}], errors=[])


def more(lang: str) -> Json:
    return base(lang, "/more", sync={**base(lang, "/")["sync"], "pending": 2, "failed": 1})


def login(lang: str) -> Json:
    return base(lang, "/login", me=None, nav=[], email="", next="/accounts/", error={"message": "This e-mail and password do not match."})


def _device(name: str, **more: Any) -> Json:
    at = "2026-11-20T08:12:00Z"
    state = {"icon": "clock", "tone": "pending", "text": "Is wiped when it next makes contact"}
    return {"id": IDS[0], "href": f"/devices/{IDS[0]}", "name": name, "icon": "smartphone", "here": False, "synced": True, "state": state, "state_at": at, "first": at, "last": at, "pending": 3, "failed": 0, "held": 1240, "version": "1f0c2d3e4f", "active": True, "doomed": False, "spared": False, "wiped": False, **more}


def devices(lang: str) -> Json:
    mine = [_device("Chrome · Android", here=True), _device("דפדפן במשרד", active=False, doomed=True, spared=True)]
    people = [{"id": IDS[1], "name": "Dana Cohen", "shut": False, "may": True, "devices": mine}, {"id": IDS[2], "name": "לאה", "shut": True, "may": True, "devices": []}]
    scopes = [{"value": "mine", "label": "Mine", "href": "/devices?scope=mine", "active": False}, {"value": "all", "label": "Everybody's", "href": "/devices?scope=all", "active": True}]
    return base(lang, "/devices", people=people, scopes=scopes, everybody=True, q="", after=None)


def device(lang: str) -> Json:
    return base(lang, "/devices/x", device=_device("Chrome · Android"), whose="Dana Cohen", longest=100)


def notices(lang: str) -> Json:
    kinds = [("assigned", "user-check", "A task for you", True), ("mention", "at-sign", "You were mentioned", False), ("overdue", "circle-alert", "Overdue", True)]
    entries = [{"id": IDS[n], "kind": kind, "icon": icon, "label": label, "title": SAY[lang]["org"] if n else None, "href": f"/tasks/{IDS[n]}" if n else None, "by_name": SAY[lang]["me"], "at": NOW, "read": n == 1, "done": work, "snooze": work} for n, (kind, icon, label, work) in enumerate(kinds)]
    return base(lang, "/notices", entries=entries, unread=2, invite=True)


def pin(lang: str) -> Json:
    return base(lang, "/pin", set=True, options=[{"value": n, "selected": n == 5} for n in (2, 5, 15, 60)], error="A PIN has 4 to 8 digits.")


def locked(lang: str) -> Json:
    lock = {"why": "pin", "back": "/accounts/", "error": "This is not the PIN.", "wait": 5, "left": 3}
    return base(lang, "/lock", me=None, nav=[], lock=lock)


def overdue(lang: str) -> Json:
    lock = {"why": "lease", "back": "/accounts/", "error": None, "wait": 0, "left": 10}
    return base(lang, "/lock", me=None, nav=[], lock=lock, sync={**base(lang, "/")["sync"], "pending": 2})


def error(lang: str) -> Json:
    return base(lang, "/nowhere", error={"status": 404, "title": "This page does not exist", "message": "The record may have been deleted or moved.", "hint": "It may also not be on this device yet."})


PAGES = {
    "today": ("today.html", today), "list": ("entity/list.html", listing), "fallback": ("entity/list.html", fallback), "empty": ("entity/list.html", empty), "show": ("entity/show.html", show), "form": ("entity/form.html", form), "action": ("action.html", action), "outbox": ("outbox.html", outbox), "problems": ("problems.html", problems), "conflicts": ("conflicts.html", conflicts), "conflict": ("conflict.html", conflict), "notices": ("notices.html", notices), "settings": ("settings.html", settings), "more": ("more.html", more), "login": ("login.html", login), "devices": ("devices.html", devices), "device": ("device.html", device), "pin": ("pin.html", pin), "lock": ("lock.html", locked), "overdue": ("lock.html", overdue), "error": ("error.html", error),
}
