"""Set once this process has been asked to end: what would go on for long stops by itself."""

from __future__ import annotations

import threading

ending = threading.Event()
