"""Requests that a page of another site makes a browser send, and programs with tokens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from tests.people import Stage
from tests.walking import doc

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
]


def posts(account: str, task: str) -> list[str]:
    """Every address that writes."""
    return ["/accounts/", f"/accounts/{account}", f"/accounts/{account}/deletion",
            f"/accounts/{account}/restoration", f"/tasks/{task}/completion",
            f"/tasks/{task}/handing-over", f"/conflicts/{uuid7()}",
            "/settings", "/logout"]  # fmt: skip


@pytest.fixture(scope="module")
def file(stage: Stage) -> dict[str, str]:
    return stage.file("olive")


@pytest.mark.parametrize("token", [None, "", "wrong", "é", "\x00"])
def test_without_the_token_nothing_is_written(
    stage: Stage, file: dict[str, str], token: str | None
) -> None:
    browser, before = stage.browser("olive"), doc("account", file["account"])
    for path in posts(file["account"], file["task"]):
        fields = {"name": "Forged", **({} if token is None else {"_t": token})}
        answer = browser.ask("POST", path, data=fields)
        assert answer.status_code == 403, path
        assert 'data-status="403"' in answer.text
    assert doc("account", file["account"]) == before
    assert browser.get("/today").status_code == 200


def test_the_token_of_another_session_is_wrong(stage: Stage, file: dict[str, str]) -> None:
    one, other = stage.browser("olive"), stage.browser("olive")
    answer = one.ask("POST", f"/accounts/{file['account']}", data={"_t": other.csrf, "city": "X"})
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_from_elsewhere_nothing_is_written_even_with_the_token(
    stage: Stage, file: dict[str, str], headers: dict[str, str]
) -> None:
    browser, before = stage.browser("olive"), doc("account", file["account"])
    for path in posts(file["account"], file["task"]):
        fields = {"name": "Forged", "_t": browser.csrf}
        answer = browser.ask("POST", path, data=fields, headers=headers)
        assert answer.status_code == 403, path
    assert doc("account", file["account"]) == before
    assert browser.get("/today").status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}]
)
def test_from_here_it_is(stage: Stage, file: dict[str, str], headers: dict[str, str]) -> None:
    browser, city = stage.browser("olive"), f"Town {headers}"
    fields = {"_t": browser.csrf, "city": city}
    answer = browser.ask("POST", f"/accounts/{file['account']}", data=fields, headers=headers)
    assert answer.status_code == 303
    assert doc("account", file["account"])["city"] == city


def sync(stage: Stage, authorization: str | None) -> Any:
    headers = {"Authorization": authorization} if authorization is not None else {}
    body = json.dumps({"v": 1, "device": "d"})
    with stage.app.app_context():
        return stage.app.test_client().post("/sync", data=body, headers=headers)


def test_a_token_is_a_person(stage: Stage) -> None:
    token = stage.cast.tokens["olive"]
    for given in (f"Bearer {token}", f"bearer {token}", f"Bearer  {token} "):
        assert sync(stage, given).json["me"]["id"] == stage.cast["olive"]


@pytest.mark.parametrize(
    "how", ["", "Bearer", "Bearer ", "Bearer x", "Basic {}", "{}", "Bearer {}x"]
)
def test_anything_else_is_nobody(stage: Stage, how: str) -> None:
    answer = sync(stage, how.format(stage.cast.tokens["olive"]))
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.json["code"] == "signed_out"


def test_a_program_needs_no_token_of_a_form(stage: Stage) -> None:
    """There is no cookie that a page of another site could use."""
    headers = {"Authorization": f"Bearer {stage.cast.tokens['olive']}"}
    with stage.app.app_context():
        http = stage.app.test_client()
        answer = http.post("/accounts/", data={"name": "Made"}, headers=headers)
    assert answer.status_code == 303
