"""Who may be sent to: browsers of people who are signed in, by push services on the list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from server.core import outward
from server.core.db import reading
from server.core.outward import NotAllowed, is_public
from server.messaging.addresses import check, resolve
from server.messaging.tables import SUBSCRIPTION
from tests.people import Stage
from tests.support.receiver import Handset, Receiver, encoded

from .conftest import Phones
from .test_noticing import a_task

SERVICES = ("push.example.com", "http://127.0.0.1:9")


def subscriptions() -> list[Any]:
    with reading() as connection:
        return list(connection.execute(select(SUBSCRIPTION)).all())


@pytest.mark.parametrize("endpoint", [
    "https://push.example.com/a", "https://eu.push.example.com/a?b=c", "http://127.0.0.1:9/x",
    "https://PUSH.example.com:443/a",
])  # fmt: skip
def test_services_of_the_list(endpoint: str) -> None:
    assert check(endpoint, SERVICES)


@pytest.mark.parametrize("endpoint", [
    "http://push.example.com/a", "https://push.example.com:8443/a", "https://example.com/a",
    "https://evilpush.example.com.evil.org/", "https://notpush.example.com/a",
    "https://user@push.example.com/a", "https://push.example.com@evil.org/",
    "https://evil.org/#push.example.com", "https://push.example.com\\@evil.org/",
    "https://push.example.com./a", "https://127.0.0.1/", "http://127.0.0.1:8/x", "ftp://x/", "",
    "https://push.example.com/" + "a" * 1000, "https://push.example.com/\r\nHost: x",
    "https://push.example.com/a b", "https://[::1", "https://push.example.com:x/",
    "https://push.\u0435xample.com/", "javascript:alert(1)", "//push.example.com/a",
])  # fmt: skip
def test_nowhere_else(endpoint: str) -> None:
    with pytest.raises(NotAllowed):
        check(endpoint, SERVICES)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
])  # fmt: skip
def test_inside_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One inside address among public ones is enough."""
    found = [(2, 1, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(outward.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotAllowed):
        resolve("https://push.example.com/a", SERVICES)
    found.pop()
    assert resolve("https://push.example.com/a", SERVICES).address == "8.8.8.8"


def test_an_inside_name_is_never_connected_to(
    fresh: Stage, phones: Phones, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service whose name comes to lead inside is given up, and nothing is posted."""
    browser = fresh.browser("carl")
    receiver.handsets["carl"] = Handset("https://push.example.com/push/carl")
    body = {**receiver.handsets["carl"].subscription, "token": browser.csrf}
    assert browser.ask("POST", "/api/push", json=body).status_code == 204
    port = receiver.server.server_port
    inside = [(2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(outward.socket, "getaddrinfo", lambda *_, **__: inside)
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert phones.work() == []
    assert subscriptions() == []


def test_the_key_is_that_of_the_messages(fresh: Stage, phones: Phones) -> None:
    browser, _ = phones.subscribe("carl")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    (message,) = phones.work()
    assert browser.get("/api/push").json == {"key": message.claims["key"]}


def bodies() -> list[tuple[str, Any]]:
    good = Handset("https://push.example.com/x").subscription
    keys = good["keys"]
    short, point = encoded(b"x" * 15), encoded(b"\x04" + b"x" * 64)
    return [
        ("body", None), ("body", []), ("endpoint", {**good, "endpoint": 5}),
        ("endpoint", {**good, "endpoint": "https://evil.org/"}), ("endpoint", {"keys": keys}),
        ("keys", {**good, "keys": None}), ("auth", {**good, "keys": {**keys, "auth": short}}),
        ("auth", {**good, "keys": {**keys, "auth": "\u05d0"}}),
        ("auth", {**good, "keys": {**keys, "auth": "*" * 22}}),
        ("p256dh", {**good, "keys": {**keys, "p256dh": point}}),
        ("p256dh", {**good, "keys": {**keys, "p256dh": "A" * 10_000}}),
    ]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_no_subscription_is_refused(fresh: Stage) -> None:
    browser = fresh.browser("carl")
    for what, body in bodies():
        sent = {**body, "token": browser.csrf} if isinstance(body, dict) else body
        answer = browser.ask("POST", "/api/push", json=sent)
        assert answer.status_code == 422, body
        assert json.loads(answer.text)["detail"].startswith(what), body
    assert subscriptions() == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_only_a_page_of_ours_subscribes(fresh: Stage) -> None:
    browser, good = fresh.browser("carl"), Handset("https://push.example.com/x").subscription
    for sent in (good, {**good, "token": "x"}, {**good, "token": fresh.browser("carl").csrf}):
        assert browser.ask("POST", "/api/push", json=sent).status_code == 403
    evil = {"Sec-Fetch-Site": "cross-site"}
    sent = {**good, "token": browser.csrf}
    assert browser.ask("POST", "/api/push", json=sent, headers=evil).status_code == 403
    program = fresh.program("carl")
    with fresh.app.app_context():
        answer = program.http.post("/api/push", json=good, headers=program.headers())
    assert answer.status_code == 403
    with fresh.app.app_context():
        assert fresh.app.test_client().post("/api/push", json=good).status_code == 401
    assert subscriptions() == []


def test_ones_own_is_let_go_and_no_other(fresh: Stage, phones: Phones) -> None:
    browser, handset = phones.subscribe("carl")
    mona = fresh.browser("mona")
    body = {"endpoint": handset.endpoint}
    assert mona.ask("DELETE", "/api/push", json={**body, "token": mona.csrf}).status_code == 204
    assert len(subscriptions()) == 1
    assert browser.ask("DELETE", "/api/push", json=body).status_code == 403
    sent = {**body, "token": browser.csrf}
    assert browser.ask("DELETE", "/api/push", json=sent).status_code == 204
    assert subscriptions() == []


def test_a_person_has_twenty_at_most(fresh: Stage, phones: Phones) -> None:
    for n in range(22):
        phones.subscribe("carl", f"phone-{n}")
    kept = {row.endpoint.rpartition("/")[2] for row in subscriptions()}
    assert kept == {f"phone-{n}" for n in range(2, 22)}
