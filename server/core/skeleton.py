"""Names across scripts: what is left of a word when its vowels go and letters that stand for one
sound are one. משה כהן, Moshe Cohen and موشه كوهن have the same. Equal to pwa/views/skeleton.js,
which is handed `table()`.

Some letters stand for several sounds (v is ב or ו, ch is ח or צ'): a word that is kept has a
skeleton for each reading, one that is looked for only that of the likeliest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Any

from .text import fold

READINGS = 8  # of one word
WORDS = 8  # of one name
# Letters, and the sounds they are read as, the likeliest first; "-" is none. "^" opens a word.
SOUNDS = (
    ("a e i o u y h א ה י ע ا ه ی ع ء ح а е и о у ы э ю я й ь ъ і ' ^ ، ؛ ؟ …", "-"),
    ("b ב ب б", "B"),
    ("v w וו وو в ^ו ^و", "B -"),
    ("ו و", "- B"),
    ("f p ph פ ף ف پ ф п", "P"),
    ("g dj dg ג ג' ج дж", "G"),
    ("г", "G -"),
    ("j", "G -"),
    ("gh غ", "G K"),
    ("q ق", "K G"),
    ("k c ck כ ך ק ک к", "K"),
    ("kh خ х", "K -"),
    ("ח", "- K"),
    ("ch", "K C S -"),
    ("tch tsch צ' ץ' چ ч", "C K"),
    ("ce ci cy", "S K"),
    ("x", "KS"),
    ("d ד د д", "D"),
    ("dh ذ ض", "Z D"),
    ("t ט ת ط ت т", "T"),
    ("th", "T S"),
    ("ث", "S T"),
    ("s sh sch ש ס س ش ص с ш щ", "S"),
    ("z zh tz ts cz ז צ ץ ز ژ ظ з ц ж", "Z"),
    ("l ל ل л", "L"),
    ("m מ ם م м", "M"),
    ("n נ ן ن н", "N"),
    ("r ר ر р", "R"),
)
# Words that say nothing of who it is.
NOISE = (
    "al el the and ltd limited inc llc llp co corp company gmbh ag sa sarl bv nv plc pty srl spa oy"
    " בעמ חברת חברה شرکت شرکه موسسه الشرکه"
)
# In search text a skeleton stands in capital Greek letters, which no folded text has.
WRITTEN = dict(zip("BCDGKLMNPRSTZ", "ΒΧΔΓΚΛΜΝΠΡΣΤΖ", strict=True))
MARKS, BETWEEN = '["“”]', r"[\s!-&(-/:-@\[-`{-~]+"
ARTICLE = "^ال(?=...)"

_READ = {letters: [sound.strip("-") for sound in sounds.split(" ")]
         for row, sounds in SOUNDS for letters in row.split(" ")}  # fmt: skip
_NOISE = frozenset(NOISE.split(" "))
_LONGEST = max(map(len, _READ))
_MARKS, _BETWEEN, _ARTICLE = map(re.compile, (MARKS, BETWEEN, ARTICLE))
_WRITTEN = str.maketrans(WRITTEN)


def table() -> dict[str, Any]:
    """JSON for the phone."""
    return {"read": _READ, "noise": NOISE.split(" "), "written": WRITTEN, "marks": MARKS,
            "between": BETWEEN, "article": ARTICLE, "longest": _LONGEST, "readings": READINGS,
            "words": WORDS}  # fmt: skip


def name_words(name: str | None) -> list[str]:
    """The words that a name is known by, folded."""
    return [*chain.from_iterable(map(_within, (name or "").split(" ")))][:WORDS]


@lru_cache(maxsize=50_000)
def _within(written: str) -> tuple[str, ...]:
    plain = _BETWEEN.sub(" ", _MARKS.sub("", fold(written)))
    found = [word for word in plain.split(" ") if word and word not in _NOISE]
    return tuple(_ARTICLE.sub("", word) for word in found)


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[str, ...]:
    """The skeletons of a folded word, the likeliest first. Letters of other scripts stay."""
    found = [""]
    rest = "^" + re.sub(r"([a-z])\1+", r"\1", word)
    while rest:
        size = next((n for n in range(_LONGEST, 0, -1) if rest[:n] in _READ), 1)
        sounds = _READ.get(rest[:size]) or [rest[:size]]
        found = list(dict.fromkeys(one + sound for one in found for sound in sounds))[:READINGS]
        rest = rest[size:]
    return tuple(found)


@lru_cache(maxsize=50_000)
def _all_written(word: str) -> tuple[str, ...]:
    return tuple(_written(one) for one in readings(word) if one)


def _written(skeleton: str) -> str:
    return f"_{skeleton.translate(_WRITTEN)}_"


def searched(name: str | None) -> str:
    """What a name adds to the search text of its record."""
    found = [one for word in name_words(name) for one in _all_written(word)]
    return " ".join(dict.fromkeys(found))


def sought(name: str | None) -> list[str]:
    """What search texts must have in them for a name like this one."""
    found = [_written(readings(word)[0]) for word in name_words(name) if readings(word)[0]]
    return list(dict.fromkeys(found))
