"""Where notifications may be sent: to the push services of the list, at public addresses.

An endpoint is a URL that a browser, or whoever pretends to be one, gives us to post to. So nothing
is taken that is not on the list, and the connection is made to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

LONGEST = 1000  # characters of an endpoint
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAllowed(Exception):
    """We do not post there."""


@dataclass(frozen=True)
class Target:
    secure: bool
    host: str
    port: int
    address: str  # the IP address to connect to
    path: str


def check(endpoint: str, services: tuple[str, ...]) -> SplitResult:
    """The parts of an endpoint that is of one of the services. Raises NotAllowed."""
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise NotAllowed("unreadable")
    if len(endpoint) > LONGEST:
        raise NotAllowed("too long")
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise NotAllowed("unreadable") from None
    if not parts.hostname or parts.username is not None or parts.fragment or "\\" in endpoint:
        raise NotAllowed("unreadable")
    if _is_named(parts, services):
        return parts
    if parts.scheme != "https" or port not in (None, 443) or not _is_below(parts, services):
        raise NotAllowed(parts.hostname)
    return parts


def _is_named(parts: SplitResult, services: tuple[str, ...]) -> bool:
    """A service may be listed with its whole origin: one of our own, wherever it runs."""
    return f"{parts.scheme}://{parts.netloc}".lower() in services


def _is_below(parts: SplitResult, services: tuple[str, ...]) -> bool:
    host = parts.hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in services)


def resolve(endpoint: str, services: tuple[str, ...]) -> Target:
    """Where to connect to. Raises NotAllowed, or OSError when the name is not found."""
    parts = check(endpoint, services)
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if secure else 80)
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not _is_named(parts, services) and not all(is_public(one) for one in found):
        raise NotAllowed(f"{host} is at an inside address")
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return Target(secure, host, port, found[0], path)


def is_public(address: str) -> bool:
    """Of the open internet: not ours, not this machine's, nor one of those in disguise."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast
