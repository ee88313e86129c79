"""Where bytes are kept: a folder, or anything S3-like that KESHER_FILES names. The only file that
knows obstore. Keys are ours alone, made of numbers and checksums, never of what people typed."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

READ = 256 * 1024  # bytes at once
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NUMBER = re.compile(r"\(os error (\d+)\)")  # as Rust says it


class NotKept(Exception):
    """The store did not take it. `full`: there is no room."""

    def __init__(self, cause: Exception, number: int | None) -> None:
        super().__init__(str(cause).partition("\n")[0])
        self.full = number in FULL


@contextmanager
def keeping() -> Iterator[None]:
    """What goes wrong while bytes are written comes as NotKept."""
    try:
        yield
    except FileNotFoundError:
        raise  # of what is read meanwhile
    except OSError as error:
        raise NotKept(error, error.errno) from error
    except BaseError as error:
        number = NUMBER.search(str(error))
        raise NotKept(error, int(number[1]) if number else None) from error


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
    """Raises NotKept; then there is nothing by that key."""
    with keeping():
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
