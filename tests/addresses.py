"""Addresses of lists that nobody would write by mistake, as Hypothesis makes them."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

Query = dict[str, list[str]]
HOSTILE = [
    "", " ", "\x00", "a\x00b", "\u202eשלום\u2066", "متن ۱۲۳ ك ي", "👩\u200d🚀" * 50, "\ufeff",
    "\ufffe\uffff", "\u0130\u1e9e\ufb01", "e\u0301" * 40, "%", "%_\\", "' OR 1=1 --", "*",
    '"a" OR b', "NEAR(a b)", "<script>alert(1)</script>", "{{7*7}}{% raw %}", "x" * 4_000, "٣" * 30,
    "null", "[]", "true", "false", "-1", "1e999", "NaN", "9" * 400, "..", "today", "2026-01-01..",
    "..2026-01-01", "2026-13-45..x", "0000-00-00..9999-99-99", "9999-12-31..9999-12-31",
    "0001-01-01..0001-01-01", "overdue", "next7", "all", "unclosed", "mine", "asc", "desc",
    "__proto__", "constructor", "id", "doc", "deleted", "keys", "created_at",
]  # fmt: skip
OPERATORS = ["is", "not", "has", "lacks", "starts", "empty", "filled"]


def words() -> st.SearchStrategy[str]:
    """Anything but lone surrogates, which no address can carry."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    return st.sampled_from(HOSTILE) | anything


def queries(owner: dict[str, Any], after: st.SearchStrategy[str]) -> st.SearchStrategy[Query]:
    """Queries of the list of an entity, as its part of the manifest declares it."""
    names = [f["name"] for f in owner["fields"]]
    chosen = [c[0] for f in owner["fields"] for c in f["choices"] or []]
    value = words() | st.sampled_from(chosen or HOSTILE)
    known: dict[str, st.SearchStrategy[str]] = {
        "q": words(), "scope": value, "after": after, "pick": words(),
        "where": conditions(names, value) | conditions([*names, "odd"], value) | words(),
        "sort": st.sampled_from([*owner["sorts"], *names]) | words(),
        "dir": st.sampled_from(["asc", "desc"]) | words(),
        "look": st.sampled_from(["board", "calendar", ""]) | words(), "by": st.sampled_from(names),
        "col": value, "at": words(), "span": st.sampled_from(["week", "agenda"]) | words(),
        "view": words(),
    }  # fmt: skip
    filters = st.dictionaries(st.sampled_from(names) | words(), value, max_size=4)
    asked = st.fixed_dictionaries({}, optional=known)
    return st.builds(_joined, filters, asked)


def conditions(names: list[str], value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What `where` says: mostly what can be read, of odd values, and now and then cut short."""
    quoted = value.map(lambda one: '."{}"'.format(re.sub(r'["\\]', r"\\\g<0>", one)))
    values = st.lists(quoted, max_size=3).map(lambda some: "|".join(some).replace("|.", "|"))
    leaf = st.builds("{}.{}{}".format, st.sampled_from(names), st.sampled_from(OPERATORS), values)
    some = st.lists(leaf, min_size=1, max_size=3).map(",".join)
    group = st.builds("{}({})".format, st.sampled_from(["and", "or"]), some)
    whole = st.lists(leaf | group, min_size=1, max_size=3).map(",".join)
    return whole | st.builds(lambda text, n: text[:n], whole, st.integers(1, 90))


def _joined(filters: dict[str, str], asked: dict[str, str]) -> Query:
    return {name: [value] for name, value in (filters | asked).items()}
