"""Temporary files in memory: databases by the thousand are made and dropped there ten times as
quickly as on some disks, and nothing that is tested outlives the run."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # where Linux keeps files in memory
NAME = "kesher-tests-"
ENOUGH = 4 << 30  # bytes; a whole run takes a part of it


class TemporaryFiles:
    """`move()` them into memory where there is enough of it, and `remove()` what is left there."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def move(self) -> None:
        """Not when somebody has said where they belong, be it the process that started this."""
        if "TMPDIR" in os.environ or not _room():
            return
        _remove_left()
        self.folder = MEMORY / f"{NAME}{os.getpid()}"
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o711)  # PostgreSQL runs as somebody else
        os.environ["TMPDIR"] = str(self.folder)
        tempfile.tempdir = None

    def remove(self) -> None:
        if self.folder:
            del os.environ["TMPDIR"]
            tempfile.tempdir = None
            shutil.rmtree(self.folder, ignore_errors=True)


def _room() -> bool:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        free = next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvail"))
        return min(free, shutil.disk_usage(MEMORY).free) >= ENOUGH
    except (OSError, StopIteration):
        return False


def _remove_left() -> None:
    """What runs have left that were killed."""
    for folder in MEMORY.glob(f"{NAME}*"):
        if not Path(f"/proc/{folder.name.removeprefix(NAME)}").exists():
            shutil.rmtree(folder, ignore_errors=True)
