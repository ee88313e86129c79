"""Signing in and out: who is let in, what strangers learn, and where one is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from server.core.db import writing
from server.core.identity import LOGIN, SESSION
from server.web.auth import limiter
from tests.people import PASSWORD, Stage

WRONG = "The e-mail address or the password is not right."


@pytest.fixture(autouse=True)
def unlimited(stage: Stage) -> None:
    """Tries of other tests are forgotten."""
    limiter.reset()


@pytest.fixture(scope="module", autouse=True)
def doors(stage: Stage) -> None:
    stage.let_in("olive", "carl", "zed")


def ask(stage: Stage, http: FlaskClient, method: str, path: str, **options: Any) -> Any:
    with stage.app.app_context():
        return http.open(path, method=method, **options)


def sign_in(stage: Stage, email: str, password: str, next_: str = "", **headers: str) -> Any:
    fields = {"email": email, "password": password, "next": next_}
    http = stage.app.test_client()
    return ask(stage, http, "POST", "/login", data=fields, headers=headers)


@pytest.fixture
def stopped() -> Iterator[None]:
    """Time stands still, lest a minute ends in between."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.mark.parametrize("email", ["olive@example.org", "  OLIVE@Example.ORG "])
def test_the_right_password_opens(stage: Stage, email: str) -> None:
    http = stage.app.test_client()
    fields = {"email": email, "password": PASSWORD}
    answer = ask(stage, http, "POST", "/login", data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # the address people use is not https here
    assert ask(stage, http, "GET", "/today").status_code == 200


def test_unknown_wrong_and_disabled_are_told_the_same(stage: Stage) -> None:
    with writing() as connection:
        person = LOGIN.c.person == stage.cast["carl"]
        connection.execute(update(LOGIN).where(person).values(disabled=True))
    tries = [("olive@example.org", "wrong"), ("nobody@example.org", PASSWORD),
             ("carl@example.org", PASSWORD), ("", ""), ("olive@example.org", "x" * 100_000),
             ("\x00", "\x00"), ("olive@example.org", "")]  # fmt: skip
    pages = set()
    for email, password in tries:
        answer = sign_in(stage, email, password)
        assert answer.status_code == 422
        assert "Set-Cookie" not in answer.headers
        assert WRONG in answer.text
        shown = re.sub('(name="email" value=")[^"]*', r"\1", answer.text)
        pages.add(shown.replace(" autofocus", ""))
    assert len(pages) == 1


def test_too_many_tries(stage: Stage, stopped: None) -> None:
    answers = [sign_in(stage, "nobody@example.org", "x") for _ in range(11)]
    assert {answer.status_code for answer in answers[:10]} == {422}
    assert answers[10].status_code == 429
    assert "Too many tries" in answers[10].text
    assert 0 < int(answers[10].headers["Retry-After"]) <= 61  # a second more than a minute at most
    assert sign_in(stage, "olive@example.org", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
     "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example",
     "/%09/evil.example\t", "javascript:alert(1)", "evil.example", " //evil.example", "/ /evil",
     "/logout", "/login?next=/login", "", "http:///evil.example", "/\x00/evil.example"],
)  # fmt: skip
def test_one_stays_on_this_site(stage: Stage, target: str) -> None:
    answer = sign_in(stage, "olive@example.org", PASSWORD, target)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")


@pytest.mark.parametrize(
    "target", ["/accounts/?q=a%20b&scope=all", "/tasks/new", "/accounts/?q=%D7%90", "/today#x"]
)
def test_one_goes_on_to_where_one_wanted(stage: Stage, target: str) -> None:
    assert sign_in(stage, "olive@example.org", PASSWORD, target).headers["Location"] == target


def test_a_stranger_is_sent_to_sign_in(stage: Stage) -> None:
    http = stage.app.test_client()
    answer = ask(stage, http, "GET", "/accounts/?q=%D7%90&scope=all")
    assert answer.status_code == 303
    login = ask(stage, http, "GET", answer.headers["Location"])
    assert 'name="next" value="/accounts/?q=' in login.text
    assert ask(stage, http, "POST", "/accounts/").headers["Location"] == "/login?next=/today"
    part = ask(stage, http, "GET", "/today", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (200, "/login?next=/today")


def test_everything_else_is_closed(stage: Stage) -> None:
    """Every address there is, but for those that must be open."""
    http, open_to_all = stage.app.test_client(), {
        "/login", "/worker.js", "/app.webmanifest", "/healthz", "/static/<path:filename>",
        "/joining/<key>",  # whoever has the link is who it was made for
    }  # fmt: skip
    for rule in stage.app.url_map.iter_rules():
        if rule.rule in open_to_all:
            continue
        path = rule.rule.replace("<path>", "accounts").replace("<id_>", stage.cast["olive"])
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = ask(stage, http, method, path.replace("<noun>", "completion"))
            assert answer.status_code in (303, 401), (method, path)


def test_a_session_ends_with_its_row(stage: Stage) -> None:
    browser = stage.browser("olive")
    assert browser.get("/today").status_code == 200
    with writing() as connection:
        connection.execute(delete(SESSION).where(SESSION.c.id == browser.session))
    assert browser.get("/today").headers["Location"].startswith("/login")


def test_a_session_ends_with_its_time(stage: Stage) -> None:
    browser = stage.browser("olive")
    past = datetime.now(UTC) - timedelta(seconds=1)
    with writing() as connection:
        query = update(SESSION).where(SESSION.c.id == browser.session)
        connection.execute(query.values(expires_at=past))
    assert browser.get("/today").status_code == 303


@pytest.mark.parametrize("disabled", [True, False])
def test_whoever_is_disabled_is_out_at_once(stage: Stage, disabled: bool) -> None:
    browser, program = stage.browser("tara"), stage.program("tara")
    with writing() as connection:
        person = LOGIN.c.person == stage.cast["tara"]
        connection.execute(update(LOGIN).where(person).values(disabled=disabled))
    assert browser.get("/today").status_code == (303 if disabled else 200)
    assert program.post().status_code == (401 if disabled else 200)


def test_signing_out(stage: Stage) -> None:
    browser = stage.browser("olive")
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert browser.ask("POST", "/logout", headers=cross).status_code == 403
    assert browser.ask("POST", "/logout").status_code == 403  # without the token
    assert browser.get("/logout").status_code in (308, 404, 405)
    assert browser.get("/today").status_code == 200
    answer = browser.post("/logout")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/today").status_code == 303


def test_a_forged_cookie_is_nobody(stage: Stage) -> None:
    browser = stage.browser("olive")
    cookie = browser.http.get_cookie("kesher")
    assert cookie is not None
    for forged in (cookie.value[:-3] + "AAA", "x", "", "a.b.c", cookie.value * 2):
        browser.http.set_cookie("kesher", forged)
        assert browser.get("/today").status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nobody_is_signed_in_from_elsewhere(stage: Stage, site: str) -> None:
    answer = sign_in(stage, "olive@example.org", PASSWORD, **{"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_signing_in_again_makes_another_session(stage: Stage) -> None:
    """Whoever planted a cookie does not share the session that follows."""
    browser = stage.browser("olive")
    before = browser.session
    fields = {"email": "zed@example.org", "password": PASSWORD}
    assert ask(stage, browser.http, "POST", "/login", data=fields).status_code == 303
    with browser.http.session_transaction() as session:
        assert session["_user_id"] != before
