"""Jinja2's own tests, from the source distribution of the installed version."""

import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"


def upstream_tests() -> Path:
    """The folder with Jinja2's tests; fetched once into `.cache`, then without network."""
    name = f"jinja2-{version('jinja2')}"
    folder = CACHE / name / "tests"
    if not folder.is_dir():
        CACHE.mkdir(exist_ok=True)
        archive = CACHE / f"{name}.tar.gz"
        if not archive.is_file():
            _fetch(f"jinja2=={version('jinja2')}")
        with tarfile.open(archive) as packed:
            packed.extractall(CACHE, filter="data")
    return folder


def _fetch(requirement: str) -> None:
    download = ["download", "--quiet", "--no-deps", "--no-binary", "jinja2", requirement]
    subprocess.run([*_pip(), *download, "--dest", str(CACHE)], check=True)


def _pip() -> list[str]:
    """pip, which an environment made by uv does not hold."""
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
    if probe.returncode == 0:
        return [sys.executable, "-m", "pip"]
    return ["uv", "run", "--no-project", "--with", "pip", "python", "-m", "pip"]
