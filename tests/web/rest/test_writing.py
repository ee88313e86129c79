"""What programs rely on: versions, repetition, many changes at once; and what they may send."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.registry import registry
from tests.people import Stage
from tests.walking import doc

ACCOUNT: Any = registry["account"].table


def named(name: str) -> int:
    with reading() as connection:
        query = select(func.count()).select_from(ACCOUNT).where(ACCOUNT.c.name == name)
        return int(connection.execute(query).scalar_one())


def test_a_version_seen_is_insisted_on(stage: Stage) -> None:
    ask, rec = stage.api("olive"), stage.file("olive")["account"]
    seen = ask("GET", f"/accounts/{rec}").headers["ETag"]
    assert ask("PATCH", f"/accounts/{rec}", {"city": "Haifa"}, If_Match=seen).status_code == 200
    for method, path in (("PATCH", ""), ("DELETE", ""), ("POST", "/restoration")):
        told = ask(method, f"/accounts/{rec}{path}", {"city": "Yafo"}, If_Match=seen)
        assert (told.status_code, told.json["code"]) == (412, "stale")
    assert doc("account", rec)["city"] == "Haifa"
    assert ask("PATCH", f"/accounts/{rec}", {"city": "Yafo"}, If_Match="*").status_code == 200
    assert ask("PATCH", f"/accounts/{rec}", {}, If_Match="seventeen").status_code == 400


def test_of_many_with_one_version_one_wins(stage: Stage) -> None:
    """The door itself looks at the version, under its lock."""
    rec = stage.file("olive")["account"]
    seen = stage.api("olive")("GET", f"/accounts/{rec}").headers["ETag"]
    askers = [stage.api("olive") for _ in range(6)]

    def change(n: int) -> int:
        sent = {"city": f"City {n}"}
        return askers[n]("PATCH", f"/accounts/{rec}", sent, If_Match=seen).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(change, range(6))) == [200, *[412] * 5]


def test_a_request_with_a_key_is_carried_out_once(stage: Stage) -> None:
    ask, key, name = stage.api("olive"), str(uuid7()), f"Once {uuid7()}"
    first = ask("POST", "/accounts/", {"name": name}, Idempotency_Key=key)
    again = ask("POST", "/accounts/", {"name": name}, Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json, named(name)) == (first.json, 1)
    other = ask("POST", "/accounts/", {"name": "Another"}, Idempotency_Key=key)
    assert (other.status_code, other.json["code"]) == (409, "key_reused")
    # A key is its person's own.
    carls = stage.api("carl")("POST", "/accounts/", {"name": name}, Idempotency_Key=key)
    assert carls.json["id"] != again.json["id"]
    refused = {"name": name, "owner": str(uuid7())}
    for _ in range(2):
        told = ask("POST", "/accounts/", refused, Idempotency_Key=f"{key}b")
        assert [one["code"] for one in told.json["errors"]] == ["bad_reference"]


def test_a_key_at_many_hands_at_once(stage: Stage) -> None:
    key, name = str(uuid7()), f"Race {uuid7()}"
    askers = [stage.api("olive") for _ in range(6)]

    def create(n: int) -> tuple[int, str]:
        told = askers[n]("POST", "/accounts/", {"name": name}, Idempotency_Key=key)
        return told.status_code, told.json.get("id")

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(create, range(6)))) == 1
    assert named(name) == 1


def test_changes_that_a_key_repeats_after_others_came(stage: Stage) -> None:
    ask, rec, key = stage.api("olive"), stage.file("olive")["account"], str(uuid7())
    sent = {"city": "Haifa", "street": "1 Port St"}
    assert ask("PATCH", f"/accounts/{rec}", sent, Idempotency_Key=key).status_code == 200
    assert ask("PATCH", f"/accounts/{rec}", {"city": "Yafo"}).status_code == 200
    assert ask("PATCH", f"/accounts/{rec}", sent, Idempotency_Key=key).json["city"] == "Yafo"


def test_many_changes_each_by_itself(stage: Stage) -> None:
    ask, file = stage.api("olive"), stage.file("olive")
    told = ask("POST", "/bulk", {"changes": [
        {"do": "create", "type": "account",
         "values": {"name": "Bulk One", "phones": ["052-1234567"]}},
        {"do": "change", "type": "account", "id": file["account"], "values": {"city": "Akko"}},
        {"do": "create", "type": "account", "values": {"city": "Nowhere"}},
        {"do": "complete", "type": "task", "id": file["task"]},
        {"do": "change", "type": "account", "id": file["account"], "if": 1,
         "values": {"city": "x"}},
        {"do": "explode", "type": "task", "id": file["task"]},
        {"do": "delete", "type": "contact", "id": file["contact"]},
        {"do": "create", "type": "nothing"}, 7,
    ]})  # fmt: skip
    assert told.status_code == 200
    statuses = [one["status"] for one in told.json["results"]]
    assert statuses == [200, 200, 422, 200, 412, 422, 200, 422, 400]
    made = doc("account", told.json["results"][0]["id"])
    assert (made["name"], made["phones"]) == ("Bulk One", ["+972521234567"])
    assert doc("account", file["account"])["city"] == "Akko"
    assert doc("task", file["task"])["status"] == "done"
    assert doc("contact", file["contact"])["deleted"] is True


@pytest.mark.parametrize("wrong", [
    {"do": "create", "type": "account", "values": {}},
    {"do": "create", "type": "account", "values": {"name": "x", "owner": str(uuid7())}},
])  # fmt: skip
def test_all_or_none(stage: Stage, wrong: dict[str, Any]) -> None:
    ask, file, name = stage.api("olive"), stage.file("olive"), f"All {uuid7()}"
    good = [{"do": "create", "type": "account", "values": {"name": name}},
            {"do": "change", "type": "account", "id": file["account"],
             "values": {"city": name}}]  # fmt: skip
    told = ask("POST", "/bulk", {"atomic": True, "changes": [*good, wrong]})
    assert told.status_code == 422
    assert named(name) == 0
    assert doc("account", file["account"])["city"] != name
    key = {"Idempotency_Key": str(uuid7())}
    for _ in range(2):
        told = ask("POST", "/bulk", {"atomic": True, "changes": good}, **key)
        assert [one["status"] for one in told.json["results"]] == [200, 200]
    assert named(name) == 1


HOSTILE: list[tuple[str, str, bytes | str, dict[str, str], int, str]] = [
    ("POST", "/accounts/", "{", {}, 400, "bad_json"),
    ("POST", "/accounts/", "[]", {}, 400, "not_an_object"),
    ("POST", "/accounts/", b"\xff\xfe", {}, 400, "bad_json"),
    ("POST", "/accounts/", '{"name": NaN}', {}, 400, "bad_json"),
    ("POST", "/accounts/", "[" * 100_000, {}, 400, "bad_json"),
    ("POST", "/accounts/", '{"name": "\\ud800"}', {}, 422, "unfit"),
    ("POST", "/accounts/", '{"name": "a\\u0000b"}', {}, 201, ""),
    ("POST", "/accounts/", '{"name": {}}', {}, 422, "unfit"),
    ("POST", "/accounts/", "name=x", {"Content-Type": "text/plain"}, 415, "not_json"),
    ("POST", "/accounts/", "{}", {"Idempotency-Key": "with space"}, 422, "unfit"),
    ("POST", "/accounts/", '{"name": "x"}', {"Idempotency-Key": "with space"}, 400,
     "bad_idempotency_key"),
    ("POST", "/bulk", '{"changes": []}', {}, 400, "bad_changes"),
    ("POST", "/bulk", '{"changes": [1], "atomic": 1}', {}, 400, "bad_atomic"),
    ("POST", "/nothing/", "{}", {}, 404, "missing"),
    ("PUT", "/accounts/", "{}", {}, 405, "method"),
    ("GET", "/accounts/?stagee=lead", "", {}, 400, "unknown_parameter"),
    ("GET", "/accounts/?stage=nowhere", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?owner=me", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?sort=notes", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?limit=0", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?limit=9999999999999999999", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?after=xyz", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?fields=password", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?created_at=..", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?city=%00", "", {}, 400, "bad_parameter"),
    ("GET", "/accounts/?q=%F0%28%8C%28", "", {}, 200, ""),
    ("GET", "/accounts/..%2f..%2fetc", "", {}, 404, "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "headers", "status", "code"), HOSTILE)
def test_hostile_requests(
    stage: Stage, method: str, path: str, body: Any, headers: dict[str, str], status: int, code: str
) -> None:
    client, token = stage.app.test_client(), stage.cast.tokens["olive"]
    given = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | headers
    with stage.app.app_context():
        told = client.open(f"/api/v1{path}", method=method, data=body, headers=given)
    assert told.status_code == status, told.text
    if code:
        assert (told.mimetype, (told.json or {}).get("code")) == ("application/problem+json", code)


def test_who_is_not_signed_in_is_told_so(stage: Stage) -> None:
    client = stage.app.test_client()
    with stage.app.app_context():
        told = client.get("/api/v1/accounts/")
    assert (told.status_code, told.mimetype) == (401, "application/problem+json")


def test_a_browser_of_another_site_writes_nothing(stage: Stage) -> None:
    browser, name = stage.browser("olive"), f"Forged {uuid7()}"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        told = browser.ask("POST", "/api/v1/accounts/", json={"name": name}, headers=headers)
        assert told.status_code == 403
    assert named(name) == 0
