"""What every answer carries, and what is answered when something can't be done."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from server.web import pages
from server.web.built import built
from server.web.headers import HEADERS
from tests.people import Browser, Stage
from tests.samples import product

INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|<style|\sstyle=|\son\w+=""", re.I
)


@pytest.fixture(scope="module")
def file(stage: Stage) -> dict[str, str]:
    return stage.file("olive")


def every_page(file: dict[str, str]) -> list[str]:
    found = ["/", "/today", "/more", "/outbox", "/problems", "/conflicts", "/settings", "/login",
             "/notices", "/devices", "/holding", "/nothing/", "/people/"]  # fmt: skip
    for entity in product():
        rec = f"/{entity.path}/{file[entity.type]}"
        found += [f"/{entity.path}/", f"/{entity.path}/new", rec, f"{rec}/edit",
                  f"/{entity.path}/?pick=x"]  # fmt: skip
        found += [f"{rec}/{action.noun}" for action in entity.actions]
    return found


def test_every_answer_carries_the_headers(stage: Stage, file: dict[str, str]) -> None:
    browser = stage.browser("olive")
    style = f"/static/dist/{built()['files']['app.css']}"
    others = ["/healthz", "/app.webmanifest", "/worker.js", style]
    for path in [*every_page(file), *others]:
        answer = browser.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path
        answer.close()
    refused = [
        browser.post("/accounts/", name=""),
        browser.ask("DELETE", "/accounts/"),
        browser.ask("POST", "/accounts/"),
        browser.ask("POST", "/sync", data="{"),
    ]
    assert [answer.status_code for answer in refused] == [422, 405, 403, 400]
    for answer in refused:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_no_inline_code() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


def test_no_page_has_inline_code(stage: Stage, file: dict[str, str]) -> None:
    browser = stage.browser("olive")
    for path in every_page(file):
        answer = browser.get(path)
        assert INLINE.findall(answer.text) == [], path
        if answer.status_code == 200:
            assert ('id="pill"' in answer.text) == (" data-person=" in answer.text), path
            assert answer.headers["Cache-Control"] == "no-store", path
            assert {"HX-Request", "HX-Target"} <= set(answer.headers["Vary"].split(", ")), path
            assert answer.headers["X-App-Version"] == built()["version"]


def test_a_part_for_htmx(stage: Stage, file: dict[str, str]) -> None:
    browser = stage.browser("olive")
    for path in ("/today", "/accounts/", f"/accounts/{file['account']}", "/settings", "/nothing/"):
        whole = browser.get(path).text
        part = browser.get(path, HX_Request="true", HX_Target="main#main").text
        again = browser.get(path, HX_Request="true", HX_History_Restore_Request="true").text
        assert whole.startswith("<!doctype html>"), path
        assert "<!doctype" not in part, path
        assert "<body" not in part, path
        assert re.search("<title>.+</title>", part), path
        assert again.startswith("<!doctype html>"), path
    rows = browser.rows("/accounts/").text
    assert file["account"] in rows
    assert "<title>" not in rows
    assert "<form class" not in rows


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(pages.views, "today_view", fail)


def test_a_fault_of_ours(stage: Stage, failing: None) -> None:
    stage.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = stage.browser("olive").get("/today")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "Something went wrong on the server" in answer.text
    assert "secret of the inside" not in answer.text
    assert answer.headers["Content-Security-Policy"]


def speak(browser: Browser, lang: str) -> None:
    assert browser.post("/settings", lang=lang).status_code == 303


@pytest.mark.parametrize("lang", ["he", "fa", "ar", "en"])
def test_errors_are_in_the_persons_language(stage: Stage, lang: str) -> None:
    browser = stage.browser("carl")
    speak(browser, lang)
    refused = [("GET", "/nothing/", 404), ("GET", "/accounts/x", 404),
               ("DELETE", "/accounts/", 405), ("POST", "/accounts/", 403)]  # fmt: skip
    for method, path, status in refused:
        answer = browser.ask(method, path, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        direction = "ltr" if lang == "en" else "rtl"
        assert f'<html lang="{lang}" dir="{direction}"' in answer.text
        assert f'data-status="{status}"' in answer.text
        assert ("It may have been removed" in answer.text) == (status == 404 and lang == "en")
    form = browser.post("/accounts/", name="")
    assert form.status_code == 422
    assert ("Please fill this in." in form.text) == (lang == "en")


def test_strangers_are_answered_in_the_browsers_language(stage: Stage) -> None:
    with stage.app.app_context():
        http = stage.app.test_client()
        answer = http.get("/login", headers={"Accept-Language": "fa-IR,fa;q=0.9,en;q=0.8"})
    assert '<html lang="fa" dir="rtl"' in answer.text


@pytest.mark.parametrize(
    ("method", "status"), [("GET", 405), ("PUT", 405), ("DELETE", 405), ("POST", 400)]
)
def test_programs_are_answered_in_json(stage: Stage, method: str, status: int) -> None:
    answer = stage.browser("olive").ask(method, "/sync", data="{")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    body = json.loads(answer.text)
    assert {"type", "status", "code", "title"} <= body.keys()
    assert body["status"] == status


def test_health(stage: Stage) -> None:
    with stage.app.app_context():
        answer = stage.app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("lang", "there"),
    [("en", "en"), ("he", "he"), ("fa", "fa"), ("ar", "ar"), ("xx", "en"), ("", "en")],
)
def test_the_app_is_installed_in_ones_language(stage: Stage, lang: str, there: str) -> None:
    with stage.app.app_context():
        answer = stage.app.test_client().get(f"/app.webmanifest?lang={lang}")
    body = json.loads(answer.text)
    assert (body["id"], body["lang"]) == ("/", there)
    assert body["dir"] == ("ltr" if there == "en" else "rtl")
    assert (body["shortcuts"][0]["name"] == "Today") == (there == "en")
    assert len(body["icons"]) == 3
    assert "maskable" in {one.get("purpose") for one in body["icons"]}
    assert {"/today", "/tasks/new"} <= {one["url"] for one in body["shortcuts"]}


def test_built_files_may_be_kept_for_ever(stage: Stage) -> None:
    with stage.app.app_context():
        http = stage.app.test_client()
        path = f"/static/dist/{built()['files']['app.css']}"
        first = http.get(path)
        again = http.get(path, headers={"If-None-Match": first.headers["ETag"]})
        worker = http.get("/worker.js")
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert again.status_code == 304
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.mimetype == "text/javascript"
