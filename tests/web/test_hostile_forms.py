"""Forms that nobody would send by mistake: the answer names the field and keeps what was typed, or
takes what can be taken; nothing makes the server fail."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from uuid_utils.compat import uuid7

from server.core.entity import Field
from server.core.registry import registry
from tests.people import Stage
from tests.samples import offered, product, samples
from tests.walking import doc

FIELDS = [(e.type, f.name) for e in product() for f in offered(e)]
TEXTS = [
    "\u202eשלום \u2066world\u2069 متن", "\x00", "a\x00b", "\x1b[31m\x07\x85\u2028",
    "👩\u200d🚀🇮🇱" * 40,
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 77777*3 }}{% raw %}",
    "' OR 1=1 --",
    "%s%n%(x)s", "9" * 400, "-1", "1e999", "NaN", "99999999999999999999", "٣" * 20, "\ufffe\uffff",
    "0000-00-00", "9999-12-31", "-0001-01-01", "javascript:alert(1)", "http://", "a@b", "+",
    "../../etc/passwd", " ", "\t\r\n", "null", "[]", "x" * 1_000_000,
]  # fmt: skip
RAW = [b"%FF%FE", b"%ED%A0%80", b"%C0%AF", b"%F4%90%80%80", b"%E2%82", b"%", b"%zz"]


def spec(kind: str, name: str) -> Field:
    return registry[kind].fields[name]


@pytest.fixture(scope="module")
def file(stage: Stage) -> dict[str, str]:
    return stage.file("olive")


@pytest.mark.parametrize("kind", [e.type for e in product()])
def test_any_text_in_every_field(stage: Stage, file: dict[str, str], kind: str) -> None:
    entity, browser = registry[kind], stage.browser("olive")
    names = [f.name for f in offered(entity)]
    for typed in [*TEXTS[:-1], "x" * 100_000]:
        for path in (f"/{entity.path}/", f"/{entity.path}/{file[kind]}"):
            form = {"_fields": " ".join(names)} | dict.fromkeys(names, typed)
            answer = browser.post(path, **form)
            assert answer.status_code == 422, typed[:50]
            harmless(answer.text)
            for field in offered(entity):
                kept_as_typed(field, typed, answer.text)


@pytest.mark.parametrize("kind", [e.type for e in product()])
def test_any_text_in_a_text(stage: Stage, file: dict[str, str], kind: str) -> None:
    entity, browser = registry[kind], stage.browser("olive")
    page = f"/{entity.path}/{file[kind]}"
    field = next(f for f in offered(entity) if f.kind == "text")
    for typed in TEXTS:
        answer = browser.post(page, _fields=field.name, **{field.name: typed})
        assert answer.status_code in (303, 422), typed[:50]
        for path in (page, f"{page}/edit", f"/{entity.path}/", f"/{entity.path}/?pick=x"):
            harmless(browser.get(path).text)


def harmless(page: str) -> None:
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "233331" not in page


def kept_as_typed(field: Field, typed: str, page: str) -> None:
    """An input has what was typed; what can only be chosen has nothing to keep."""
    if field.kind in ("text", "email", "url", "phone", "integer", "money", "date"):
        values = re.findall(rf'id="f-{field.name}"[^>]* value="([^"]*)"', page)
        assert [html.unescape(v) for v in values] == [typed]
    if field.kind == "longtext":
        assert typed.strip("\r\n")[:100] in html.unescape(page)


@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_text(stage: Stage, file: dict[str, str], raw: bytes) -> None:
    browser = stage.browser("olive")
    for kind, name in FIELDS[::3]:
        head = urlencode({"_t": browser.csrf, "_fields": name}).encode()
        path = f"/{registry[kind].path}/{file[kind]}"
        for body in (head + b"&" + name.encode() + b"=" + raw, head + b"&" + raw + b"=" + raw):
            answer = browser.ask("POST", path, data=body,
                                 content_type="application/x-www-form-urlencoded")  # fmt: skip
            assert answer.status_code in (303, 422), (kind, name)


@pytest.mark.parametrize("kind", [e.type for e in product()])
def test_wrong_choices_and_foreign_references(stage: Stage, kind: str) -> None:
    entity, refs = registry[kind], stage.file("olive")
    browser, foreign = stage.browser("olive"), stage.file("zed")
    for field in offered(entity):
        if field.kind in ("ref", "person", "people", "team"):
            theirs = {"ref": foreign.get(field.target or ""), "team": stage.cast["theirs"]}
            wrong = [theirs.get(field.kind, stage.cast["zed"]), str(uuid7()), "x", "x" * 500]
            wrong.append(refs[kind] if field.target != kind else stage.cast["olive"])
        elif field.choices:
            wrong = ["wrong", "<b>", "x" * 500, field.choices[0][1] + " ", "NULL"]
        else:
            continue
        made = {k: s.typed for k, s in samples(entity, stage.whose("olive", **refs)).items()}
        for value in wrong:
            fields = made | {field.name: value, "_fields": " ".join(made)}
            browser.hidden = []  # the page gives back the id that was typed
            for path in (f"/{entity.path}/", f"/{entity.path}/{refs[kind]}"):
                answer = browser.post(path, **fields)
                assert answer.status_code == 422, (field.name, value)
                assert f'id="e-{field.name}"' in answer.text


WAS: list[Any] = [
    "", "{", "[]", "null", "1", '"x"', "[" * 5_000, '{"name":' * 3_000, '{"tags":"x"}',
    '{"name":"\\ud800"}', '{"tags":["\\udfff"]}', '{"at":"\\ud800"}', '{"at":"x"}', '{"at":5}',
    '{"tags":[{}]}', '{"tags":{"a":1}}', '{"tags":null}', '{"name":NaN}', '{"name":1e999}',
    '{"owner":[1]}', '{"due":true}', '{"phones":7}', '{"status":[]}', '{"\\u0000":"\\u0000"}',
]  # fmt: skip


@pytest.mark.parametrize("was", WAS)
def test_what_was_seen_may_be_made_up(stage: Stage, was: str) -> None:
    browser, file = stage.browser("olive"), stage.file("olive")
    for entity in product():
        made = {k: s.typed for k, s in samples(
            entity, stage.whose("olive", **file), 7).items()}  # fmt: skip
        title = {} if entity.title not in made else {entity.title: ""}
        for extra in ({}, title, {"_base": "9" * 15}, {"_base": "-1"}, {"_base": "²"}):
            fields = made | extra | {"_fields": " ".join(made), "_was": was}
            answer = browser.post(f"/{entity.path}/{file[entity.type]}", **fields)
            assert answer.status_code in (303, 422), (entity.type, extra)


def test_names_that_are_no_fields(stage: Stage, file: dict[str, str]) -> None:
    """What a form does not offer can't be set through it."""
    browser, before = stage.browser("olive"), doc("account", file["account"])
    other = {"number": "C-1", "created_by": stage.cast["sam"], "deleted": "1", "org": "2",
             "id": str(uuid7()), "type": "task", "keys": "all", "ver": "9", "": "x"}  # fmt: skip
    fields = {**other, "_fields": " ".join(other)}
    answer = browser.post(f"/accounts/{file['account']}", **fields)
    assert answer.status_code == 303
    after = doc("account", file["account"])
    assert after == before


@pytest.mark.parametrize(
    "rec", ["%00", "%FF", "x" * 5_000, "1", "%F0%9F%92%A9", "..%2f..", "{{7*7}}", "%ED%A0%80"]
)
def test_addresses_that_nobody_made(stage: Stage, rec: str) -> None:
    browser = stage.browser("olive")
    for base in ("/accounts", "/tasks", "/conflicts", ""):
        for part in ("", "/edit", "/handing-over"):
            assert browser.get(f"{base}/{rec}{part}").status_code in (404, 308)
        for part in ("", "/deletion", "/restoration", "/completion"):
            assert browser.post(f"{base}/{rec}{part}").status_code in (404, 405, 308)


def test_a_prefilled_form_takes_anything(stage: Stage) -> None:
    browser = stage.browser("olive")
    for kind, name in FIELDS:
        for typed in [*TEXTS[len(name) % 4 : -1 : 4], "<script>alert(1)</script>%s"]:
            query = urlencode({name: typed, "back": typed})
            answer = browser.get(f"/{registry[kind].path}/new?{query}")
            assert answer.status_code == 200, (kind, name, typed[:50])
            assert "<script>alert" not in answer.text


def test_a_body_that_is_too_large(stage: Stage) -> None:
    browser = stage.browser("olive")
    answer = browser.post("/accounts/", name="x" * 9_000_000)
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "This is too large" in answer.text


def test_many_fields_and_many_values(stage: Stage, file: dict[str, str]) -> None:
    browser = stage.browser("olive")
    path = f"/accounts/{file['account']}"
    many = {"tags": [f"t{n}" for n in range(101)], "_fields": "tags"}
    assert browser.post(path, **many).status_code == 422
    wide = {f"x{n}": "1" for n in range(900)}
    assert browser.post(path, **wide).status_code in (303, 413)
    assert json.dumps(doc("account", file["account"]))
