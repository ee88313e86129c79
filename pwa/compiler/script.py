"""Small pieces of JavaScript text."""

import json
import re
from typing import Any

_PLAIN_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")


def literal(value: Any) -> str:
    """A JSON value as JavaScript source, safe inside a script as well."""
    text = json.dumps(value, ensure_ascii=False)
    for char in "\u2028\u2029\ufeff":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return "".join(
        f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" or c == "\x7f" else c for c in text
    )


def member(scope: str, name: str) -> str:
    """`scope.name`, quoted where the name is not a plain identifier."""
    return f"{scope}.{name}" if _PLAIN_NAME.match(name) else f"{scope}[{literal(name)}]"


def array(items: list[str]) -> str:
    return f"[{','.join(items)}]"


def flag(value: object) -> str:
    return "true" if value else "false"
