"""Text that a spreadsheet would take for a formula, made harmless in CSV and made itself again.

A program that opens a CSV file runs what begins with one of these signs. An apostrophe before it
makes it text; what begins so by itself gets another one, so that nothing is lost on the way back.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
# Phone numbers as we write them, and plain numbers: nothing in them can be run
_HARMLESS = re.compile(r"\+[1-9][0-9 ]{4,24}(, \+[1-9][0-9 ]{4,24})*|-?[0-9]+(\.[0-9]+)?")


def defuse(text: str) -> str:
    risky = _DANGEROUS.match(text) and not _HARMLESS.fullmatch(text)
    return f"'{text}" if risky else text


def restore(text: str) -> str:
    return text[1:] if _DEFUSED.match(text) else text
