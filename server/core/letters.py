"""Letters made comparable: the ground on which search (text) and order (sorting) stand.

`table()` is handed to pwa/views/letters.js, so that both sides use the same data. Results agree
for every code point assigned in Unicode 14; younger ones may differ between engines.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from unicodedata import category

# str.strip() and String.trim() disagree, so white space is this list on both sides.
WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# Soft hyphen, zero-width joiners, directional controls, and tatweel, which only stretches a word.
UNSEEN = (
    "\xad\u061c\u0640\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
)
# Letters and signs that a person types for one another, after decomposition and lower-casing.
ALIKE = {
    "یيىۍې": "ی",
    "كڪ": "ک",
    "ةۃہەھ": "ه",
    "ٱ": "ا",
    "ٴ": "",
    "װ": "וו",
    "ױ": "וי",
    "ײ": "יי",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đð": "d",
    "ł": "l",
    "ı": "i",
    "ς": "σ",
    "׳‘’‚‛ʼ′`": "'",
    "״“”„‟″«»": '"',
    "‐‑‒–—―−־": "-",
}

_UNSEEN = dict.fromkeys(map(ord, UNSEEN))


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """JSON for the phone: white, unseen (strings), alike {letters: text}, zeros (code points)."""
    zeros = [c for c in range(0x80, 0x1FC00) if unicodedata.decimal(chr(c), None) == 0]
    return {"white": WHITE, "unseen": UNSEEN, "alike": ALIKE, "zeros": zeros}


def _digits() -> dict[int, str]:
    return {zero + i: str(i) for zero in table()["zeros"] for i in range(10)}


DIGITS = _digits()


class ByLetter(dict[int, str]):
    """For str.translate: what `of` makes of each letter, worked out when it is first met.

    Only right for texts that `is_plain` approves of, where no letter depends on its neighbours."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self.of = of

    def __missing__(self, code: int) -> str:
        made = self[code] = self.of(chr(code))
        return made


_DEPENDENT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\U0010ffff]"
)


def is_plain(s: str) -> bool:
    """No combining marks, which compose or change places, nothing beyond Latin to Arabic."""
    return s.isascii() or not _DEPENDENT.search(s)


def decompose(s: str | None) -> str:
    """Lower-case NFKD without unseen signs; every decimal digit ASCII. Marks are kept."""
    s = (s or "").translate(_UNSEEN)
    return unicodedata.normalize("NFKD", s).lower().translate(DIGITS)


def drop_marks(s: str) -> str:
    """Without nonspacing marks: accents, niqqud, harakat.

    U+1171E was one in Unicode 14 and is a spacing mark in later versions.
    """
    return s if s.isascii() else s.translate(_MARKS)


_MARKS = ByLetter(lambda c: "" if category(c) == "Mn" or c == "\U0001171e" else c)
