"""The folder of built files, and the programs that make them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path, PurePosixPath

from pwa.compiler.node import node_path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "server" / "static" / "dist"
GENERATED = ROOT / "pwa" / "generated"
MODULES = ROOT / "node_modules"


class Dist:
    """Files being built: `files` maps a plain name to the name in the folder."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.folder = DIST.with_name("dist.new")
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self) -> None:
        """Take the place of what was built before; a server that runs hardly notices."""
        old = DIST.with_name("dist.old")
        shutil.rmtree(old, ignore_errors=True)
        if DIST.exists():
            DIST.rename(old)
        self.folder.rename(DIST)
        shutil.rmtree(old, ignore_errors=True)

    def add(self, name: str, content: bytes | str) -> str:
        """Write a file under a name that tells its content; that name."""
        data = content.encode() if isinstance(content, str) else content
        path = PurePosixPath(name)
        tag = hashlib.sha256(data).hexdigest()[:8]
        return self.put(name, str(path.with_name(f"{path.stem}.{tag}{path.suffix}")), data)

    def put(self, name: str, made: str, data: bytes) -> str:
        """Write a file under exactly the name `made`."""
        target = self.folder / made
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.files[name] = made
        return made

    def digest(self) -> str:
        """One hash over all files, ten hexadecimal digits."""
        digest = hashlib.sha256()
        for name in sorted(self.files.values()):
            digest.update(f"{name}\0".encode() + (self.folder / name).read_bytes())
        return digest.hexdigest()[:10]


def esbuild(*options: str, source: bytes | None = None) -> bytes:
    """What esbuild writes to its standard output. Raises when it fails, with its message."""
    program = MODULES / ".bin" / "esbuild"
    command = [str(program), "--minify", "--charset=utf8", "--log-level=warning", *options]
    # The program may be a script that asks for `node`, which need not be on the path.
    paths = os.pathsep.join([str(Path(node_path()).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, input=source, capture_output=True, cwd=ROOT, env={**os.environ, "PATH": paths}
    )
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr.decode().strip())
    return done.stdout
