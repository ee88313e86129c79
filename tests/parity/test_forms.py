"""Forms: the same values, errors and operations on both sides, and nothing changes by itself."""

from __future__ import annotations

import pytest

from server.web import forms
from server.web.views import typed
from server.web.views.form import form_view
from server.web.views.manifest import editable

from . import sweeps
from .halves import SETTINGS, UUID, Server, begin, owner, plain, spec_of
from .making import NOW, PAGED, Maker
from .memory import Memory

T = 1_795_000_000_000


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    begin(node)


def both(node, fn, calls):
    """The server's answers, once the phone's were found equal."""
    server = Server()
    mine = [plain(server.run(fn, *args)) for args in calls]
    theirs = node.each("views.run", [(fn, args) for args in calls])
    for args, ours, other in zip(calls, mine, theirs, strict=True):
        assert ours == other, args
    return mine


@pytest.mark.parametrize("kind", PAGED)
def test_forms_are_read_alike(node, kind):
    make = Maker(len(kind))
    spec = spec_of(kind)
    calls = []
    for _ in range(500):
        record = make.record(kind, make.uuid()) if make.maybe() else None
        calls.append([owner(kind), make.form(spec), make.me(), record])
    read = both(node, "forms.parse", calls)
    changes, births, seen = [], [], []
    for (_, form, me, record), found in zip(calls, read, strict=True):
        values = {k: v for k, v in found["values"].items() if k not in found["errors"]}
        if record:
            seen.append([owner(kind), form, record])
            was = {name: record[name] for name in record if name not in ("id", "type", "ver")}
            changes.append([owner(kind), record["id"], was, values, 3, me, UUID, T])
        else:
            births.append([owner(kind), make.uuid(), values, me, NOW, UUID, T])
    assert sum(map(bool, both(node, "forms.operations", changes))) > 50
    both(node, "forms.creation", births)
    both(node, "forms.seen", seen)


def test_actions_and_settings_are_read_alike(node):
    make = Maker(3)
    action = {"@": ["action", ["task", "hand_over"]]}
    spec = next(a for a in spec_of("task")["actions"] if a["name"] == "hand_over")
    both(node, "forms.parse", [[action, make.form(spec), make.me(), None] for _ in range(200)])
    people = [make.record("person", make.uuid()) for _ in range(200)]
    calls = [[SETTINGS, make.form(spec_of("person")), make.me(), person] for person in people]
    both(node, "forms.parse", calls)


def test_conflicts_are_settled_alike(node):
    make = Maker(4)
    calls = []
    for _ in range(300):
        conflict = make.record("conflict", make.uuid())
        record = make.record(conflict["of"], conflict["rec"])
        field = next(f for f in spec_of(conflict["of"])["fields"] if f["name"] == conflict["field"])
        choice = make.one(["kept", "lost", "value", "value", "x"])
        form = {"choice": [choice], field["name"]: make.typed(field)}
        calls.append([conflict, owner(conflict["of"]), record, form, make.me(), UUID, T])
    settled = both(node, "forms.settling", calls)
    assert {bool(one["errors"]) for one in settled} == {True, False}


@pytest.mark.parametrize("kind", PAGED)
def test_deeds_are_read_and_done_alike(node, kind):
    make = Maker(len(kind))
    typed = [[owner(kind), sweeps.typed(make, kind), make.me()] for _ in range(300)]
    deeds = [one["deed"] for one in both(node, "deeds.read", typed)]
    assert {one["do"] for one in deeds if one} >= {"set", "del"} and None in deeds
    records = [make.record(kind, make.uuid()) for _ in deeds]
    calls = [[owner(kind), deed, record, make.me(), UUID, T]
             for deed, record in zip(deeds, records, strict=True) if deed]  # fmt: skip
    assert any(both(node, "deeds.operations", calls))
    both(node, "deeds.changes", [call[1:3] for call in calls])


def posted(context):
    """What a browser posts of a form that nobody touched."""
    inputs = [x for g in context["groups"] for x in g["inputs"]]
    form = {"_was": [context["was"]], "_base": [str(context["base"])]}
    form["_fields"] = [" ".join(x["name"] for x in inputs)]
    for x in inputs:
        value = x["value"]
        if x["kind"] == "tags":
            form[x["name"]] = [", ".join(value)]
        elif x["kind"] == "instant":
            form[x["name"]] = [value[:-6], value[-5:]]
        elif x["kind"] != "bool" or value:
            form[x["name"]] = value if isinstance(value, list) else [value]
    return form


@pytest.mark.parametrize("kind", PAGED)
def test_a_form_nobody_touched_changes_nothing(kind):
    make = Maker(11)
    spec = spec_of(kind)
    for _ in range(150):
        record = make.record(kind, make.uuid())
        for field in spec["fields"]:
            if field["kind"] == "tags":
                record[field["name"]] = ["one", "שניים"]
            elif field["kind"] == "email":
                record[field["name"]] = "dana@example.com"
            elif field["kind"] == "url":
                record[field["name"]] = "https://example.com"
            elif field["kind"] == "longtext":
                record[field["name"]] = "two\nlines"
        me = make.me()
        view = form_view(Memory([record], {}), me, NOW, spec, record["id"], {})
        assert view
        context = view[1]
        form = posted(context)
        read = forms.parse(spec, form, me, record)
        was, base = forms.seen(spec, form, record)
        assert read["errors"] == {}
        assert base == record["ver"]
        assert set(read["values"]) == {f["name"] for f in editable(spec)}
        ops = forms.operations(spec, record["id"], was, read["values"], base, me, str, T)
        assert ops == [], record


def test_what_is_shown_is_read_back():
    make = Maker(12)
    for _ in range(400):
        field = make.one([f for kind in PAGED for f in spec_of(kind)["fields"]])
        if field["kind"] in ("tags", "url", "instant", "json"):
            continue
        me, value = make.me(), make.value(field)
        shown = typed.shown(field, value, me)
        read, code = typed.read(field, shown if isinstance(shown, list) else [shown], me)
        assert (read, code) == (value, None)


def test_only_what_differs_becomes_operations():
    spec = spec_of("account")
    make = Maker(1)
    record = make.record("account", make.uuid()) | {"name": "Old", "tags": ["a", "b"]}
    form = {"name": ["New"], "tags": ["b, c"], "_fields": ["name tags"]}
    read = forms.parse(spec, form, make.me(), record)
    ops = forms.operations(spec, record["id"], record, read["values"], 7, make.me(), str, T)
    assert [(op["k"], op["f"], op["v"], op["base"]) for op in ops] == [
        ("set", "name", "New", 7),
        ("rem", "tags", "a", 7),
        ("add", "tags", "c", 7),
    ]


def test_a_new_record_begins_with_its_defaults():
    make = Maker(2)
    me = make.me() | {"zone": "Asia/Tehran"}
    read = forms.parse(spec_of("task"), {"title": ["Call"], "_fields": ["title assignee"]}, me)
    op = forms.creation(spec_of("task"), "r", read["values"], me, NOW, str, T)
    assert read["errors"] == {}
    assert (op["k"], op["base"]) == ("new", 0)
    assert op["v"].items() >= {"title": "Call", "status": "open", "priority": "normal"}.items()
    assert op["v"]["owner"] == op["v"]["assignee"] == me["id"]


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({}, {"name": "required", "account": "required"}),
        (
            {"name": [" "], "account": ["x"], "email": ["a@b"]},
            {"name": "required", "account": "bad_reference", "email": "bad_email"},
        ),
        (
            {
                "name": ["x" * 201],
                "phones": ["052-1234567", "12"],
                "birthday": ["1403/13/01"],
                "account": ["018a1468-b8d0-717f-8cf8-f4879399470a"],
            },
            {"name": "too_long", "phones": "bad_phone", "birthday": "bad_date"},
        ),
    ],
)
def test_errors_name_their_fields(form, errors):
    me = Maker(1).me() | {"region": "IL", "calendar": "jalali"}
    assert forms.parse(spec_of("contact"), form, me)["errors"] == errors


def test_a_closed_task_cannot_be_cancelled():
    make = Maker(1)
    task = make.record("task", make.uuid()) | {"status": "done"}
    read = forms.parse(spec_of("task"), {"status": ["cancelled"]}, make.me(), task)
    assert read["errors"] == {"status": "illegal_transition"}
