"""Where bytes are kept: a folder, or anything S3-like that KESHER_FILES names. The only file that
knows obstore. Keys are ours alone, made of numbers and checksums, never of what people typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import obstore
from flask import current_app
from obstore.store import LocalStore, from_url

READ = 256 * 1024  # bytes at once


def init(config: dict[str, Any], url: str, data: Path) -> None:
    config["FILES_URL"], config["DATA"] = url, data


@cache
def _open(url: str, folder: str) -> Any:
    """Late and once for each process: what it runs on does not survive a fork."""
    return from_url(url) if url else LocalStore(folder, mkdir=True, automatic_cleanup=True)


def _store() -> Any:
    folder = current_app.config["DATA"] / "files"
    return _open(current_app.config["FILES_URL"], str(folder))


def incoming() -> Path:
    """A folder on this machine for what is being looked at."""
    folder: Path = current_app.config["DATA"] / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(key: str, content: bytes | Path) -> None:
    obstore.put(_store(), key, content)


def read(key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, as they come. Raises FileNotFoundError at once."""
    options = None if end is None else {"range": (start, end)}
    found = obstore.get(_store(), key, options=options)  # type: ignore[arg-type]
    return (bytes(some) for some in found.stream(min_chunk_size=READ))


def remove(keys: Iterable[str]) -> None:
    """Also what is gone already."""
    for key in keys:
        try:
            obstore.delete(_store(), key)
        except FileNotFoundError:
            continue
