"""The world's countries, by their two letters and by their names in each of our languages (CLDR).

A phone gets the names with the catalogues of its language: see `pwa/building/words.py`.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from .i18n import LANGUAGES, label

CONTEXT = "country"
# Groups of countries, places that no post reaches, and what stands for none.
NONE = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ", "BV", "HM", "CP", "CQ",
        "AC", "DG", "EA", "IC", "TA"}  # fmt: skip


@cache
def names(lang: str) -> dict[str, str]:
    """Code → name."""
    found = Locale.parse(lang).territories
    return {code: str(name) for code, name in found.items()
            if re.fullmatch("[A-Z]{2}", code) and code not in NONE}  # fmt: skip


def choices() -> tuple[tuple[str, str], ...]:
    """Each country with its label, which a catalogue translates like any other."""
    known = sorted(names("en").items(), key=lambda item: item[1])
    return tuple((code, label(CONTEXT, name)) for code, name in known)


def codes() -> dict[str, str]:
    """Name in any of our languages → code: what stood here before there was a choice."""
    return {name: code for lang in LANGUAGES for code, name in names(lang).items()}


def messages(lang: str) -> dict[str, str]:
    """Label → name, as a catalogue holds them."""
    own = names(lang)
    return {label(CONTEXT, english): own[code] for code, english in names("en").items()
            if code in own}  # fmt: skip
