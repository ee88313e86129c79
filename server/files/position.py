"""Where a photo was taken, and taking that out of it without touching the picture.

EXIF keeps it in a directory of its own, wherever in the file (JPEG, PNG, WebP, HEIC, TIFF) the EXIF
block stands; XMP as text. Both are blanked in place, so that nothing moves. Format: TIFF 6.0,
EXIF 2.32 (tag 0x8825), PNG (the checksum of the chunk eXIf)."""

from __future__ import annotations

import mmap
import re
import struct
import zlib
from pathlib import Path

GPS = 0x8825
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
START = re.compile(rb"II\*\0|MM\0\*")
XMP = re.compile(
    rb"""exif:GPS\w{1,40}\s{0,9}=\s{0,9}(?:"[^"]{0,200}"|'[^']{0,200}')"""
    rb"""|<exif:GPS(\w{1,40})\b.{0,400}?</exif:GPS\1>""",
    re.DOTALL,
)
PNG_HEAD, PNG_EXIF = b"\x89PNG\r\n\x1a\n", b"eXIf"
MOST_BLOCKS, MOST_ENTRIES = 64, 512


def blank(path: Path) -> bool:
    """Take the position out of a picture; whether there was one."""
    if not path.stat().st_size:
        return False
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        found = [_blank_exif(data, m.start()) for m in _blocks(data)]
        found += [_fill(data, *m.span()) for m in list(XMP.finditer(data))]
        if any(found) and data[:8] == PNG_HEAD:
            _sum_png(data)
        data.flush()
    return any(found)


def is_placed(path: Path) -> bool:
    """Does a picture say where it was taken?"""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        exif = any(_directory(data, m.start()) is not None for m in _blocks(data))
        return exif or XMP.search(data) is not None


def _blocks(data: mmap.mmap) -> list[re.Match[bytes]]:
    found = []
    for match in START.finditer(data):
        found.append(match)
        if len(found) == MOST_BLOCKS:
            break
    return found


def _entries(data: mmap.mmap, base: int, at: int, order: str) -> list[tuple[int, int, int, int]]:
    """[(place, tag, kind, count)] of a directory; empty where it can't be one."""
    place = base + at
    if at < 8 or place + 2 > len(data):
        return []
    (n,) = struct.unpack_from(f"{order}H", data, place)
    if n > MOST_ENTRIES or place + 2 + 12 * n > len(data):
        return []
    starts = range(place + 2, place + 2 + 12 * n, 12)
    return [(start, *struct.unpack_from(f"{order}HHI", data, start)) for start in starts]


def _directory(data: mmap.mmap, base: int) -> tuple[int, int, str] | None:
    """(entry that points to the GPS directory, its offset, byte order), or None."""
    order = "<" if data[base : base + 2] == b"II" else ">"
    if base + 8 > len(data):
        return None
    (first,) = struct.unpack_from(f"{order}I", data, base + 4)
    for place, tag, _, _ in _entries(data, base, first, order):
        if tag == GPS:
            (at,) = struct.unpack_from(f"{order}I", data, place + 8)
            return (place, at, order) if _entries(data, base, at, order) else None
    return None


def _blank_exif(data: mmap.mmap, base: int) -> bool:
    found = _directory(data, base)
    if found is None:
        return False
    _, at, order = found
    for place, _, kind, count in _entries(data, base, at, order):
        size = SIZES.get(kind, 0) * count
        if size > 4:
            (offset,) = struct.unpack_from(f"{order}I", data, place + 8)
            _zero(data, base + offset, size)
        _zero(data, place, 12)
    struct.pack_into(f"{order}H", data, base + at, 0)  # a directory of no entries
    return True


def _zero(data: mmap.mmap, start: int, size: int) -> None:
    if start >= 0 and start + size <= len(data):
        data[start : start + size] = bytes(size)


def _fill(data: mmap.mmap, start: int, end: int) -> bool:
    data[start:end] = b" " * (end - start)
    return True


def _sum_png(data: mmap.mmap) -> None:
    """Checksums of the chunks that may have been changed."""
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            return
        if data[at + 4 : at + 8] in (PNG_EXIF, b"iTXt", b"tEXt"):
            struct.pack_into(">I", data, end, zlib.crc32(data[at + 4 : end]))
        at = end + 4
