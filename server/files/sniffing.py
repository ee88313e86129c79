"""What a file is, by its bytes: names and what senders say are not believed."""

from __future__ import annotations

from pathlib import Path

import filetype

HEAD = 8192  # bytes that are looked at
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script", b"<body", b"<head", b"<iframe")


def sniff(path: Path) -> str:
    """The type of a file. Markup of any kind is unknown: it is saved, never shown."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = filetype.guess_mime(head)
    if found:
        return str(found)
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if b"\0" in head or any(mark in head.lower() for mark in MARKUP):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # a letter cut in two at the end
    return bool(head)
