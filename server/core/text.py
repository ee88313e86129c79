"""Text as it is stored and searched. pwa/views/text.js gives equal results."""

import re
import unicodedata
from functools import lru_cache
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
    "SOFT", "UNSEEN", "WHITE", "clean", "digits", "fold", "fold_again", "script_ranges", "soft",
    "sort_key", "table", "words",
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
    soft = {chr(c): to or "" for c, to in SOFT.items()}
    return {"letters": letters.table(), "sorting": sorting.table(), "soft": soft}


def fold(s: str | None) -> str:
    """The form in which texts are compared in search; stored text and query alike."""
    s = s or ""
    if s.isascii() and s.isprintable():
        folded = s.lower().replace("`", "'")
    else:
        folded = s.translate(_FOLDED) if is_plain(s) else _folded(s)
    return " ".join(folded.split())


def fold_again(s: str | None) -> str:
    """`fold` word by word: those of names, towns and trades come again, those of notes do not."""
    if not s or s.isascii() or len(s) > 60:
        return fold(s)
    return " ".join(filter(None, map(_fold_word, s.split(" "))))


@lru_cache(20_000)
def _fold_word(word: str) -> str:
    return fold(word)


def _folded(s: str) -> str:
    return drop_marks(decompose(s)).translate(_FOLD)


_FOLDED = ByLetter(_folded)


def _soft() -> dict[int, str | None]:
    """Letter by letter what `soft` changes: little enough for a database to do it row by row."""
    found: dict[int, str | None] = {ord(c): c.lower() for c in map(chr, range(65, 91))}
    found |= {ord(c): to for alike, to in ALIKE.items() for c in alike if len(to) == 1 and c != to}
    found |= {zero + n: str(n) for zero in (0x660, 0x6F0) for n in range(10)}
    found |= {ord(c): to for c, to in zip("آأإؤئۀ", "اااویه", strict=True)}
    marks = (*range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7)
    return found | dict.fromkeys((*marks, *range(0x64B, 0x656), 0x670, *map(ord, UNSEEN)))


SOFT = _soft()


def soft(s: str | None) -> str | None:
    """A text for looking within one field: capitals, marks and letters that people type for one
    another count for nothing. Less than `fold`, since databases do it too."""
    return s and s.translate(SOFT)


def digits(s: str | None) -> str:
    """Any decimal digits as ASCII; the rest untouched."""
    return (s or "").translate(DIGITS)


def clean(s: str | None) -> str:
    """Typed text as it is stored: NFC, newlines as \\n, no control characters, trimmed.

    What cannot be seen at all is nothing."""
    s = s or ""
    if s.isascii() and s.isprintable():  # no newlines, no controls
        return s.strip(" ")
    s = _CONTROLS.sub("", _NEWLINES.sub("\n", s))
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
