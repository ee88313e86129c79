"""In which encoding a text is: by its mark, by what fits, and then by what its letters are like."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from server.core.i18n import _l

from ..faults import Unfit

OFFERED = (
    ("utf-8", "UTF-8"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", _l("UTF-16, big-endian")),
    ("cp1255", _l("Windows-1255: Hebrew")),
    ("cp1256", _l("Windows-1256: Arabic and Persian")),
    ("cp1252", _l("Windows-1252: Western European")),
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
LOOK = 256 * 1024  # bytes that are looked at
OLD = ["cp1255", "cp1256", "cp1252"]


def detect(head: bytes) -> str:
    """The encoding of a text that begins so. Raises Unfit for what is no text."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _wide(head)
    if fits(head, "utf-8"):
        return "utf-8"
    best = from_bytes(head, cp_isolation=OLD).best()
    return best.encoding if best and best.encoding in OLD else "cp1252"


def _wide(head: bytes) -> str:
    """Of UTF-16 without a mark every other byte is zero wherever there is ASCII."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    is_text = fits(head, name) and "\0" not in head.decode(name, "ignore")
    if 32 * max(even, odd) < len(head) or not is_text:
        raise Unfit("binary")
    return name


def fits(head: bytes, name: str) -> bool:
    """A letter that is cut off at the end does not count."""
    try:
        codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
