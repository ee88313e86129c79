"""Looking at what is there: through a list from end to end, and behind everybody's back."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from sqlalchemy import select

from server.core.db import reading
from server.core.registry import registry
from tests.people import Browser

ROW = re.compile(r'<tr role="row" data-id="([^"]+)"')
HEAD = re.compile(r'id="list-count"[^>]* data-n="(\d+)">([^<]*)<')
NEXT = re.compile(r'<tr class="more".*?href="([^"]+)"', re.DOTALL)


def walk(browser: Browser, path: str) -> list[str]:
    """Ids of a list from its beginning to its end, by the link to what follows."""
    found: list[str] = []
    while path:
        answer = browser.rows(path)
        assert answer.status_code == 200, path
        found += ROW.findall(answer.text)
        more = NEXT.search(answer.text)
        path = html.unescape(more[1]) if more else ""
        assert len(found) < 1_000
    return found


def counted(browser: Browser, path: str) -> tuple[int, bool]:
    """How many records the head of a list tells of, and whether it says that these are all."""
    head = HEAD.search(browser.get(path).text)
    return (int(head[1]), "At least" not in head[2]) if head else (0, True)


def doc(kind: str, rec: str) -> dict[str, Any]:
    """The record as the server has it, whoever may see it."""
    c = registry[kind].table.c
    with reading() as connection:
        query = select(c.doc).where(c.id == rec)
        found: dict[str, Any] = json.loads(connection.execute(query).scalar_one())
    return found
