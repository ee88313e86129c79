"""The worker's pages are the server's, byte for byte."""

from __future__ import annotations

import difflib
import re

import pytest

from .conftest import NewPhone
from .office import Office
from .phone import Phone

GET = """async ([path, headers]) => {
  const answer = await fetch(path, {headers});
  return [answer.headers.get('X-Rendered-By'), answer.status, await answer.text()];
}"""
# What is meant to differ: the moment, what is known of the phone, and the pill that shows it.
MOVING = [
    (re.compile(r'<a id="pill".*?</a>', re.DOTALL), ""),
    (re.compile(r'<a href="/pin">.*?</a>\n?'), ""),
    (re.compile(r'(<p class="daybar">.*?<time datetime=")[^"]*'), r"\1"),
]


def still(html: str) -> str:
    for pattern, instead in MOVING:
        html = pattern.sub(instead, html)
    return html


def paths(office: Office, name: str) -> list[str]:
    record = office.accounts_of(name)[0]["id"]
    task = office.records("task", "assignee = ?", office.demo.people[name])
    return [
        "/today", "/more", "/accounts/", "/accounts/?q=a&sort=number&dir=desc",
        "/accounts/?q=%D8%B4", "/accounts/?relation=customer", "/contacts/", "/tasks/?status=open",
        "/tasks/?priority=high",
        "/activities/", f"/accounts/{record}", f"/accounts/{record}/edit", "/accounts/new",
        f"/contacts/new?account={record}", "/activities/new", "/tasks/new",
        f"/tasks/{task[0]['id']}", f"/tasks/{task[0]['id']}/handing-over",
        "/accounts/?q=a&pick=account", "/conflicts", "/settings",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["james", "leila", "dana"])
def test_worker_and_server_write_the_same(new_phone: NewPhone, office: Office, name: str) -> None:
    phone = new_phone(name)
    different = []
    for path in paths(office, name):
        for headers in ({}, {"HX-Request": "true", "HX-Target": "tbody#rows"}):
            different += compare(phone, path, headers)
    assert different == []


def compare(phone: Phone, path: str, headers: dict[str, str]) -> list[str]:
    by, status, worker = phone.page.evaluate(GET, [path, headers])
    answer = phone.context.request.get(phone.office.url + path, headers=headers)
    if by != "worker" or status != answer.status:
        return [f"{path}: {by} {status}, {answer.status}"]
    left, right = still(answer.text()), still(worker)
    if left == right:
        return []
    lines = difflib.unified_diff(left.splitlines(), right.splitlines(), "server", "worker", n=0)
    return [f"{path} {headers}", *list(lines)[:6]]
