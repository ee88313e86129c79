"""Every page of both halves: equal contexts, and once rendered equal bytes."""

from __future__ import annotations

import pytest

from server.core.errors import MESSAGES
from server.core.registry import registry

from . import sweeps
from .halves import STORE, Server, begin, compile_for, owner, plain, spec_of
from .making import NOW, PAGED, Maker
from .memory import Memory
from .wishes import built

ROUNDS, PAGES = 8, 60


@pytest.fixture(scope="module", autouse=True)
def configured(node, tmp_path_factory):
    begin(node)
    compile_for(node, tmp_path_factory.mktemp("compiled"))


def a_list(make, me, kind):
    fallback = [make.maybe(), make.one([None, NOW])] if make.maybe() else []
    view = make.one(["views.list_view", "views.rows_view"])
    args = [STORE, me, NOW, owner(kind), make.query(spec_of(kind)), make.one(["mine", "all"])]
    return view, [*args, *fallback]


def options(make, me, kind):
    return "views.options_view", [STORE, owner(kind), make.query(spec_of(kind))]


def builder(make, me, kind):
    query = make.query(spec_of(kind)) | (built(make, spec_of(kind)) if make.maybe(0.8) else {})
    return "views.builder_view", [STORE, me, owner(kind), query]


def show(make, me, kind):
    return "views.show_view", [STORE, me, NOW, owner(kind), make.ref(kind)]


def refused(make, spec):
    """What a form shows again: what was typed, and codes."""
    names = [f["name"] for f in spec["fields"]]
    given = {f["name"]: make.value(f) or "" for f in spec["fields"] if f["kind"] in ("text", "ref")}
    return given, {make.one([*names, ""]): make.one([*MESSAGES, "odd"]) for _ in range(3)}


def seen(make):
    """What the page's script or a link adds to the query of a form."""
    fix = {"_fix": ["op1"]} if make.maybe() else {}
    return fix | ({"_seen": [make.one(["0", "1", "3", "x", "-1", "1e3"])]} if make.maybe() else {})


def form(make, me, kind):
    spec = spec_of(kind)
    rec = make.ref(kind) if make.maybe() else None
    args = [STORE, me, NOW, owner(kind), rec, make.query(spec) | seen(make)]
    again = [*refused(make, spec), 5, {"name": "כך\u2028"}] if make.maybe(0.4) else []
    return "views.form_view", args + again


def action(make, me, kind):
    spec = next(a for a in spec_of("task")["actions"] if a["name"] == "hand_over")
    which = {"@": ["action", ["task", "hand_over"]]}
    args = [STORE, me, NOW, owner("task"), make.ref("task"), which]
    args.append(make.query(spec_of("task")) | seen(make))
    return "views.action_view", args + ([*refused(make, spec), 5] if make.maybe() else [])


def today(make, me, kind):
    return "views.today_view", [STORE, me, NOW]


def conflicts(make, me, kind):
    if make.maybe():
        return "views.conflicts_view", [STORE, me]
    return "views.conflict_view", [STORE, me, make.ref("conflict")]


def settings(make, me, kind):
    return "views.settings_view", [STORE, me]


def holding(make, me, kind):
    device = {"held": [{"label": "Tasks", "n": 12_345, "bytes": make.one([5, 99_999, 8_765_432])}],
              "other": 77_000, "n": 12_345, "bytes": 99_999}  # fmt: skip
    query = {"q": [make.words()[:2]]} if make.maybe(0.3) else {}
    return "views.holding_view", [STORE, me, NOW, query, make.one([None, device])]


def search(make, me, kind):
    """Also with a letter too many, and one too few."""
    typed = make.words()
    typed = make.one([typed, typed[:3], typed[:4] + "x" + typed[4:], typed[:3] + typed[4:7], ""])
    query = {"q": [typed]} | ({"pick": ["1"]} if make.maybe() else {})
    return "views.search_view", [STORE, me, NOW, query, make.maybe()]


def alike(make, me, kind):
    """One of those that are there, or nearly."""
    kind = make.one(["account", "contact", "task"])
    spec = spec_of(kind)
    given = {f["name"]: [str(make.value(f) or "")] for f in spec["fields"] if f["kind"] == "email"}
    given |= {"name": [make.words()[: make.one([9, 40])]], "phones": ["052-123-4567", "+972", "x"]}
    return "views.alike_view", [STORE, me, owner(kind), given | {"self": [make.ref(kind)]}]


def more(make, me, kind):
    return "views.more_view", [STORE, me]


def notices(make, me, kind):
    """Mostly one's own, or there would be nothing to see."""
    return "views.notices_view", [STORE, me]


def mentions(make, me, kind):
    return "views.mentions_view", [STORE, {"q": [make.words()[:3]]}]


def operation(make, n):
    """One that waits, with what is added when it was refused."""
    kind = make.one([*PAGED, "conflict", "person"])
    spec = spec_of(kind)
    field = make.one(spec["fields"])
    op = {"id": f"op{n}", "type": kind, "rec": make.ref(kind), "base": 3, "n": n,
          "t": 1_795_000_000_000 + n, "code": make.one([*MESSAGES, "odd"]),
          "field": make.one([field["name"], None])}  # fmt: skip
    verb = make.one(["new", "set", "add", "rem", "del", "do"])
    if verb == "new":
        given = {f["name"]: make.value(f) for f in spec["fields"] if make.maybe()}
        return op | {"k": "new", "v": given}
    if verb == "do":
        said = {"assignee": make.ref("person"), "note": make.words()}
        return op | {"k": "do", "f": make.one(["hand_over", "complete", "odd"]), "v": said}
    if verb == "del":
        return op | {"k": "del", "title": make.words()}
    if field["merge"] == "set" and verb != "set":
        return op | {"k": verb, "f": field["name"], "v": make.scalar(field)}
    return op | {"k": "set", "f": field["name"], "v": make.value(field)}


def outbox(make, me, kind):
    waiting = [operation(make, n) for n in range(12)]
    acked = [{**op, "ack": {"status": "ok", "ver": 4}} if make.maybe(0.2) else op for op in waiting]
    sent = [op | {"status": make.one(["ok", "merged", "conflict", "rejected"]), "ver": 10**6}
            for op in waiting[::2]]  # fmt: skip
    here = {"entries": acked, "sent": sent, "upto": make.r.randrange(12),
            "problems": [operation(make, n) for n in range(3)],
            "sweeps": [sweeps.sweep(make, one) for one in PAGED],
            "room": make.one([None, room(make)])}  # fmt: skip
    device = {"id": "d1", "name": make.one(["כך", ""])}
    return "views.outbox_view", [STORE, me | make.one([{}, {"device": device}]), NOW, here]


def room(make):
    """What a device holds."""
    number = make.one([None, 0, 123_456_789])
    held = [{"type": kind, "n": make.r.randrange(9), "bytes": make.r.randrange(10**7)}
            for kind in (*PAGED, "change", "conflict")]  # fmt: skip
    log = [
        {"at": NOW, "sent": 0, "merged": 1, "conflict": 0, "rejected": 2, "received": 3, "gone": 0}
    ]
    return {"version": "abc", "device": "8f14", "agent": "כך/1.0", "usage": number, "quota": number,
            "persistent": make.one([None, True, False]), "held": held, "log": log, "ver": 71,
            "faults": [{"at": NOW, "until": NOW, "reason": "http 502", "n": 3}]}  # fmt: skip


def problems(make, me, kind):
    """Some of the same records."""
    found = [operation(make, n) for n in range(6)]
    kinds = {op["type"]: op["rec"] for op in found}
    return "views.problems_view", [STORE, me, [op | {"rec": kinds[op["type"]]} for op in found]]


def chosen(make, me, kind):
    spec = spec_of(kind)
    args = [STORE, me, owner(kind), make.query(spec) | sweeps.asked(make, kind), "all"]
    return "views.chosen_view", args + ([*refused(make, spec)] if make.maybe(0.4) else [])


def swept(make, me, kind):
    return "views.sweep_view", [STORE, sweeps.sweep(make, kind)]


REQUESTS = [a_list, a_list, builder, show, show, show, form, form, form, options, action, today,
            conflicts, conflicts, settings, holding, holding, search, search, alike, more, outbox,
            problems, notices, notices, mentions, chosen, chosen, swept]  # fmt: skip


def base(make, me):
    path = make.one(["/today", "/accounts/", "/tasks/x", "/more"])
    nav = [n | {"active": path.startswith(n["href"])} for n in registry.nav]
    sync = {"pending": make.r.randrange(3), "failed": make.r.randrange(2), "conflicts": 0,
            "unread": make.r.randrange(2), "stale": make.maybe(), "last": make.one([None, NOW]),
            "offline": make.maybe(), "worker": True}  # fmt: skip
    fmt = {name: me[name] for name in ("lang", "zone", "calendar", "region")} | {"now": NOW}
    return {"lang": me["lang"], "dir": me["dir"], "theme": "auto", "me": me, "csrf": me["csrf"],
            "nav": nav, "partial": make.maybe(), "path": path, "now": NOW, "fmt": fmt, "sync": sync,
            "notice": None, "assets": {}}  # fmt: skip


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_pages_are_equal(node, seed):
    make, server = Maker(seed), Server()
    records, marks = make.world()
    server.store = Memory(records, marks)
    node.call("views.hold", records, marks)
    cases = []
    for i in range(PAGES):
        me = make.me()
        fn, args = REQUESTS[i % len(REQUESTS)](make, me, make.one(PAGED))
        cases.append((fn, args, base(make, me)))
    theirs = node.each("views.page", cases)
    for (fn, args, around), other in zip(cases, theirs, strict=True):
        mine = server.page(fn, args, around)
        assert (mine is None) == (other is None), (fn, args)
        if mine is not None:
            assert plain(mine[0]) == other[0], (fn, args)
            assert mine[1] == other[1], (fn, args)
