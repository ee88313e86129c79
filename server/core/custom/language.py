"""The language of formulas and conditions: expressions of CEL, read into trees that both halves
carry out (server/core/formulas.py, pwa/store/formulas.js), so that no phone needs to read them.

    x_price * x_count          x_kind == 'o1' && size(tags) > 0          has(city) ? city : '?'

A tree is a list of an operator and its operands. There are no loops in it, and its text is short:
whatever it says is done at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import money
from ..field import Field
from .naming import nameable as nameable
from .signs import FUNCTIONS, LEVELS, METHODS, WORDS, tokens
from .signs import Wrong as Wrong

Tree = list[Any]
LONGEST, DEEPEST = 1_000, 24


def read(text: str, fields: Mapping[str, Field]) -> Tree:
    """The tree of an expression over an entity's fields. Raises Wrong."""
    if len(text) > LONGEST:
        raise Wrong("formula_long", LONGEST)
    return _Reader(text, nameable(fields)).whole()


class _Reader:
    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self.fields, self.end = fields, len(text) + 1
        self.tokens = tokens(text)
        self.i = self.depth = 0

    def whole(self) -> Tree:
        found = self.choice()
        if self.i < len(self.tokens):
            raise Wrong("formula_sign", self.at)
        return found

    @property
    def at(self) -> int:
        return self.tokens[self.i][2] if self.i < len(self.tokens) else self.end

    def takes(self, *signs: str) -> str | None:
        if self.i < len(self.tokens) and self.tokens[self.i][0] in ("sign", "name"):
            sign: str = self.tokens[self.i][1]
            if sign in signs:
                self.i += 1
                return sign
        return None

    def expect(self, sign: str) -> None:
        if not self.takes(sign):
            raise Wrong("formula_sign" if self.i < len(self.tokens) else "formula_end", self.at)

    def choice(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Wrong("formula_long", self.at)
        found = self.level(0)
        if self.takes("?"):
            yes = self.choice()
            self.expect(":")
            found = ["?", found, yes, self.choice()]
        self.depth -= 1
        return found

    def level(self, n: int) -> Tree:
        last = n + 1 == len(LEVELS)
        below: Callable[[], Tree] = self.unary if last else lambda: self.level(n + 1)
        found = below()
        while sign := self.takes(*LEVELS[n]):
            found = [sign, found, below()]
        return found

    def unary(self) -> Tree:
        signs = []
        while sign := self.takes("!", "-"):
            signs.append("neg" if sign == "-" else sign)
        if len(signs) > DEEPEST:
            raise Wrong("formula_long", self.at)
        found = self.member()
        for sign in reversed(signs):
            found = [sign, found]
        return found

    def member(self) -> Tree:
        found = self.primary()
        while self.takes("."):
            kind, name, at = self.token()
            if kind != "name" or name not in METHODS:
                raise Wrong("formula_name", at)
            self.expect("(")
            given = self.arguments(")")
            if len(given) != (0 if name == "size" else 1):
                raise Wrong("formula_count", at)
            found = ["call", name, found, *given]
        return found

    def token(self) -> tuple[str, str, int]:
        if self.i == len(self.tokens):
            raise Wrong("formula_end", self.end)
        self.i += 1
        found: tuple[str, str, int] = self.tokens[self.i - 1]
        return found

    def arguments(self, close: str) -> list[Tree]:
        found: list[Tree] = []
        while not self.takes(close):
            if found:
                self.expect(",")
            found.append(self.choice())
        return found

    def primary(self) -> Tree:
        kind, text, at = self.token()
        if kind == "num":
            return ["num", text]
        if kind == "text":
            return ["lit", text[1:-1]]
        if kind == "name":
            return self.named(text, at)
        if text == "(":
            found = self.choice()
            self.expect(")")
            return found
        if text == "[":
            return ["list", *self.arguments("]")]
        raise Wrong("formula_sign", at)

    def named(self, name: str, at: int) -> Tree:
        if name in WORDS:
            return ["lit", WORDS[name]]
        if name in FUNCTIONS and self.takes("("):
            given = self.arguments(")")
            least, most = FUNCTIONS[name]
            if not least <= len(given) <= most:
                raise Wrong("formula_count", at)
            return ["call", name, *given]
        field = self.fields.get(name)
        if field is None:
            raise Wrong("formula_name", at)
        if field.kind == "money":
            return ["amount", name, money.decimals(field.currency)]
        return ["get", name]
