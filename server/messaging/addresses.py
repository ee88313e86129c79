"""Where notifications may be sent: to the push services of the list, at public addresses.

An endpoint is a URL that a browser, or whoever pretends to be one, gives us to post to. So nothing
is taken that is not on the list.
"""

from __future__ import annotations

from urllib.parse import SplitResult

from server.core.outward import NotAllowed, Target, locate, origin, parts_of


def check(endpoint: str, services: tuple[str, ...]) -> SplitResult:
    """The parts of an endpoint that is of one of the services. Raises NotAllowed."""
    parts = parts_of(endpoint)
    if origin(parts) in services:  # listed with its whole origin: one of our own, wherever it runs
        return parts
    if parts.scheme != "https" or parts.port not in (None, 443) or not _is_below(parts, services):
        raise NotAllowed(parts.hostname)
    return parts


def _is_below(parts: SplitResult, services: tuple[str, ...]) -> bool:
    host = parts.hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in services)


def resolve(endpoint: str, services: tuple[str, ...]) -> Target:
    """Where to connect to. Raises NotAllowed, or OSError when the name is not found."""
    parts = check(endpoint, services)
    return locate(parts, inside=origin(parts) in services)
