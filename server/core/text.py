"""Text as it is stored and searched. pwa/views/text.js gives equal results."""

import re
import unicodedata
from typing import Any

from server.core import letters, sorting
from server.core.letters import (
    ALIKE,
    DIGITS,
    UNSEEN,
    WHITE,
    ByLetter,
    decompose,
    drop_marks,
    is_plain,
)
from server.core.sorting import script_ranges, sort_key

__all__ = [
    "UNSEEN", "WHITE", "clean", "digits", "fold", "script_ranges", "sort_key", "table", "words",
]  # fmt: skip

_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_FOLD = {ord(c): to for alike, to in ALIKE.items() for c in alike}
_FOLD |= dict.fromkeys([*map(ord, WHITE), *range(32), *range(127, 160)], " ")
_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PHONE = re.compile(r"[+(0-9][0-9()./-]*")
_OPENS = re.compile(r"\+|\(?0")


def table() -> dict[str, Any]:
    """JSON for the phone: what pwa/views/text.js is configured with."""
    return {"letters": letters.table(), "sorting": sorting.table()}


def fold(s: str | None) -> str:
    """The form in which texts are compared in search; stored text and query alike."""
    s = s or ""
    if s.isascii() and s.isprintable():
        folded = s.lower().replace("`", "'")
    else:
        folded = s.translate(_FOLDED) if is_plain(s) else _folded(s)
    return " ".join(folded.split())


def _folded(s: str) -> str:
    return drop_marks(decompose(s)).translate(_FOLD)


_FOLDED = ByLetter(_folded)


def digits(s: str | None) -> str:
    """Any decimal digits as ASCII; the rest untouched."""
    return (s or "").translate(DIGITS)


def clean(s: str | None) -> str:
    """Typed text as it is stored: NFC, newlines as \\n, no control characters, trimmed.

    What cannot be seen at all is nothing."""
    s = _CONTROLS.sub("", _NEWLINES.sub("\n", s or ""))
    found = unicodedata.normalize("NFC", s).strip(WHITE)
    return found if found.isascii() or found.translate(_UNSEEN).strip(WHITE) else ""


def words(query: str | None) -> list[str]:
    """Folded words of a query; a phone number typed with separators becomes one word of digits."""
    found: list[str] = []
    run: list[str] = []
    for word in fold(query).split(" "):
        number = _PHONE.fullmatch(word)
        if not number or word[0] == "+" or (
            _OPENS.match(word) and run and not _OPENS.match(run[0])
        ):
            found += _joined(run)
            run = []
        (run if number else found).append(word)
    return [w for w in [*found, *_joined(run)] if w]


def _joined(run: list[str]) -> list[str]:
    """Phone-like: opens with + or 0 and has five digits, or has at least ten."""
    number = "".join(run)
    opens = _OPENS.match(number)
    if number.startswith(("+", "00")):
        number = number.replace("(0)", "")
    plain = re.sub("[^0-9]", "", number)
    if opens and len(plain) >= 5:
        return [plain.removeprefix("00")]
    if number.startswith("+") and plain:
        return [plain]
    return [plain] if 10 <= len(plain) < 16 else run
