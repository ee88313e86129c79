"""Builds what browsers get, from sources to `server/static/dist/`, when anything has changed.

`dist/build.json` is `{version, files}`: `files` maps the name that code and templates use
(`page.js`, `i18n/he.json`) to the file's name in `dist/`, which carries a hash of its content.
`version` is one hash over all of them and the worker, and stands in `pwa/generated/build.js`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "server" / "static" / "dist"
SOURCES = ("pwa", "server", "migrations", "uv.lock", "package-lock.json")
MADE = (DIST, DIST.with_name("dist.new"), ROOT / "pwa" / "generated")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pwa.build", description=__doc__)
    parser.add_argument("--watch", action="store_true", help="build again after each change")
    parser.add_argument("--force", action="store_true", help="build though nothing has changed")
    options = parser.parse_args()
    build(force=options.force)
    while options.watch:
        time.sleep(1)
        try:
            build()
        except Exception as error:  # a half-written source is mended by the next save
            print(error, flush=True)


def build(force: bool = False) -> bool:
    """Build if a source has changed since; whether it did."""
    stamp, now = DIST / ".stamp", fingerprint()
    if not force and stamp.exists() and stamp.read_text() == now:
        return False
    # Imported late: each start asks whether there is something to build, and mostly there isn't.
    from pwa.building import assets, scripts, words
    from pwa.building.dist import Dist

    print("Building what browsers get …", flush=True)
    dist = Dist()
    assets.build(dist)
    words.build(dist)
    version = scripts.build(dist)
    listing = json.dumps({"version": version, "files": dist.files}, indent=1)
    (dist.folder / "build.json").write_text(listing)
    (dist.folder / ".stamp").write_text(now)
    dist.publish()
    print(f"Built version {version}: {len(dist.files)} files.", flush=True)
    return True


def fingerprint() -> str:
    """A hash of every source."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources() -> list[Path]:
    found = []
    for source in (ROOT / name for name in SOURCES):
        paths = [source] if source.is_file() else source.rglob("*")
        found += [path for path in paths if path.is_file() and not _made(path)]
    return found


def _made(path: Path) -> bool:
    """Whether a file is a product: of this build or of Python."""
    return path.suffix in {".pyc", ".mo"} or any(path.is_relative_to(folder) for folder in MADE)


if __name__ == "__main__":
    main()
