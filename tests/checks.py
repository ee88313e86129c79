"""What linters and type checkers say: `./run check` prints it, tests/test_checks.py insists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN, NODE = Path(sys.executable).parent, ROOT / "node_modules" / ".bin"
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
    "mypy": [str(BIN / "mypy"), "--no-error-summary"],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
    "djlint": [str(BIN / "djlint"), "--lint", "--quiet", "server/templates"],
    "biome": [str(NODE / "biome"), "lint", "--error-on-warnings", "pwa", "tests"],
    "tsc": [str(NODE / "tsc"), "--project", "pwa/jsconfig.json"],
}
# Of tsc's findings in untyped JavaScript, those that are mistakes in any case: names, modules and
# exports that do not exist, too many arguments.
MISTAKES = re.compile(r"error TS(?:2304|2305|2306|2307|2552|2554|2724)\b")


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Run one check; its output and status."""
    command = CHECKS[name]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if name == "tsc":
        found = [line for line in done.stdout.splitlines() if MISTAKES.search(line)]
        # Statuses 1 and 2 mean findings, of which only those above count.
        status = done.returncode if done.returncode > 2 else int(bool(found))
        return subprocess.CompletedProcess(command, status, "\n".join(found))
    return done


def main() -> int:
    width, failed = shutil.get_terminal_size().columns, 0
    for name in CHECKS:
        done = run(name)
        failed += bool(done.returncode)
        print(f"{'failed' if done.returncode else 'passed'}  {name}", flush=True)
        if done.returncode:
            print("-" * width, done.stdout.strip(), "-" * width, sep="\n", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
