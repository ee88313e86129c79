"""Webhooks: who is told what, signed how, again when, and never whom they must not reach."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import socket

import pytest

from server.core import outward
from server.webhooks.sending import WAITS

from .conftest import Hooks, Sink


def test_a_change_is_told_with_what_it_was(hooks: Hooks, sink: Sink) -> None:
    hooks.make(kinds=["account"])
    api = hooks.stage.api("olive")
    made = api("POST", "/accounts/", {"name": "Carmel Ltd"}).json
    api("PATCH", f"/accounts/{made['id']}", {"city": "Haifa"})
    api("POST", "/contacts/", {"name": "Ron", "account": made["id"]})
    api("DELETE", f"/accounts/{made['id']}")
    created, updated, deleted = sorted(hooks.work(), key=lambda e: e["data"]["record"]["ver"])
    assert [e["type"] for e in (created, updated, deleted)] == [
        "account.created", "account.updated", "account.deleted"]  # fmt: skip
    assert created["data"]["record"]["name"] == "Carmel Ltd"
    assert created["data"]["by"] == hooks.stage.cast["olive"]
    assert {"field": "city", "before": None, "after": "Haifa"} in updated["data"]["changed"]
    assert updated["data"]["record"]["ver"] > made["ver"]


def test_the_receiver_can_tell_that_it_is_ours(hooks: Hooks, sink: Sink) -> None:
    """By the specification's own words: HMAC-SHA256 of id.timestamp.body under the secret."""
    hook = hooks.make()
    found = re.search(r"whsec_([A-Za-z0-9+/=]+)", hooks.page(hook))
    assert found
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert [event["type"] for event in hooks.work()] == ["webhook.test"]
    [(headers, body)] = sink.got
    text = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    made = hmac.new(base64.b64decode(found[1]), text, hashlib.sha256).digest()
    assert headers["Webhook-Signature"] == f"v1,{base64.b64encode(made).decode()}"


def test_what_does_not_arrive_is_sent_again_and_given_up_at_last(hooks: Hooks, sink: Sink) -> None:
    hook = hooks.make()
    sink.answers = [(500, {}, b"<b>out of order</b>")]
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert len(hooks.work()) == 1
    assert hooks.work(5) == []
    page = hooks.page(hook)
    assert "Does not arrive" in page
    assert "&lt;b&gt;out of order" in page
    for n in range(len(WAITS)):
        assert len(hooks.work(sum(WAITS[: n + 1]) + 10 * n + 10)) == 1
    assert hooks.work(sum(WAITS) * 2) == []
    assert "Given up" in hooks.page(hook)
    assert len({headers["Webhook-Id"] for headers, _ in sink.got}) == 1

    sink.answers = [(200, {}, b"thanks")]
    [again] = re.findall(r'action="(/webhooks/\S+/again)"', hooks.page(hook))
    hooks.ada.post(again)
    assert len(hooks.work()) == 1
    page = hooks.page(hook)
    assert "Arrived" in page
    assert "Does not arrive" not in page


def test_who_wants_no_more_gets_no_more(hooks: Hooks, sink: Sink) -> None:
    hook = hooks.make()
    sink.answers = [(410, {}, b"")]
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert len(hooks.work()) == 1
    assert "Turned off" in hooks.page(hook)
    hooks.stage.api("olive")("POST", "/accounts/", {"name": "Unheard"})
    assert hooks.work(1_000_000) == []


def test_what_waits_when_it_is_turned_off_is_not_sent(hooks: Hooks, sink: Sink) -> None:
    hook = hooks.make()
    hooks.ada.post(f"/webhooks/{hook}/trial")
    form = {"name": "ERP", "url": f"{sink.origin}/hook"}
    assert hooks.ada.post(f"/webhooks/{hook}", **form).status_code == 303
    assert hooks.work() == []
    hooks.ada.post(f"/webhooks/{hook}", **form, enabled="1")
    assert "Given up" in hooks.page(hook)


def test_redirects_lead_nowhere(hooks: Hooks, sink: Sink) -> None:
    hook = hooks.make()
    sink.answers = [(302, {"Location": f"{sink.origin}/elsewhere"}, b"")]
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert len(hooks.work()) == 1
    assert ">302<" in hooks.page(hook)


@pytest.mark.parametrize("url", [
    "http://example.com/", "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/",
    "https://[::ffff:192.168.1.1]/", "https://169.254.169.254/latest/meta-data/", "ftp://x.org/",
    "https://user:secret@example.com/", "javascript:alert(1)", "", "https://exa mple.com",
])  # fmt: skip
def test_addresses_that_are_not_told(hooks: Hooks, url: str) -> None:
    answer = hooks.ada.post("/webhooks/", name="Inside", url=url)
    assert answer.status_code == 422
    assert "open internet" in answer.text


def test_a_name_that_moves_inside_is_looked_at_each_time(
    hooks: Hooks, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS, which is not ours, says a public address first and then one of this machine."""
    says = ["93.184.216.34"]

    def names(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (says[0], 443))]

    monkeypatch.setattr(outward.socket, "getaddrinfo", names)
    hook = hooks.make(url="https://moving.example.com/hook")
    says[0] = "127.0.0.1"
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert hooks.work() == []
    assert "inside address" in hooks.page(hook)


def test_only_whoever_manages_and_only_their_own(hooks: Hooks) -> None:
    hook = hooks.make()
    for name in ("olive", "mona"):
        assert hooks.stage.browser(name).get("/webhooks/").status_code == 403
    stranger = hooks.stage.browser("zed")
    assert stranger.get("/webhooks/").status_code == 200
    assert stranger.get(f"/webhooks/{hook}").status_code == 404
    for path in (hook, f"{hook}/removal", f"{hook}/trial", f"{hook}/{hook}/again"):
        assert stranger.post(f"/webhooks/{path}", name="x").status_code == 404
    stranger.post("/webhooks/", name="Theirs", url=f"{hooks.sink.origin}/theirs")
    hooks.stage.api("zed")("POST", "/accounts/", {"name": "Their own"})
    [event] = hooks.work()
    assert event["data"]["record"]["name"] == "Their own"


def test_it_is_taken_away_with_what_was_sent(hooks: Hooks) -> None:
    hook = hooks.make()
    hooks.ada.post(f"/webhooks/{hook}/trial")
    assert hooks.ada.post(f"/webhooks/{hook}/removal").status_code == 303
    assert hooks.work() == []
    assert hooks.ada.get(f"/webhooks/{hook}").status_code == 404
