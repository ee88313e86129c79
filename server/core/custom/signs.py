"""The signs of which a formula is made, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 200
TOKEN = re.compile(
    r"\s*(?:(?P<num>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'[^'\\\n]*'|\"[^\"\\\n]*\")|(?P<sign>&&|\|\||[=!<>]=|[-+*/%!<>?:.,()\[\]]))"
)
WORDS = {"true": True, "false": False, "null": None}
FUNCTIONS = {  # name → how many arguments
    "size": (1, 1), "has": (1, 1), "string": (1, 1), "double": (1, 1), "abs": (1, 1),
    "floor": (1, 1), "ceil": (1, 1), "round": (1, 2), "min": (2, 8), "max": (2, 8), "days": (2, 2),
    "addDays": (2, 2), "year": (1, 1), "month": (1, 1), "day": (1, 1),
}  # fmt: skip
METHODS = ("contains", "startsWith", "endsWith", "size")
LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*", "/", "%"))
Token = tuple[str, str, int]  # kind, text, and where it begins, from 1


class Wrong(Exception):
    """A text that can't be read: a code of errors.py, and where, from 1."""

    def __init__(self, code: str, at: int) -> None:
        super().__init__(code)
        self.code, self.at = code, at


def tokens(text: str) -> list[Token]:
    """Raises Wrong."""
    found = list(_cut(text))
    if len(found) > MOST:
        raise Wrong("formula_long", found[MOST][2])
    return found


def _cut(text: str) -> Iterator[Token]:
    at = 0
    while rest := text[at:].lstrip():
        found, start = TOKEN.match(text, at), len(text) - len(rest) + 1
        if not found or not found.lastgroup:
            raise Wrong("formula_sign", start)
        yield found.lastgroup, found[found.lastgroup], start
        at = found.end()
