"""Posting to addresses that somebody gave us: on the open internet, and to the very address that
was looked at, so that a name which says something else a moment later leads nowhere."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import urllib3

TIMEOUT = urllib3.Timeout(connect=5, read=10)
LONGEST = 1000  # characters of an address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
READ_WITHIN = 10.0  # seconds for what is read of an answer


class NotAllowed(Exception):
    """We do not post there."""


@dataclass(frozen=True)
class Target:
    secure: bool
    host: str
    port: int
    address: str  # the IP address to connect to
    path: str


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    text: str  # its beginning, where it was asked for


def parts_of(address: str) -> SplitResult:
    """Raises NotAllowed for what can't be read as an address, or is several to other readers."""
    if not address.isascii() or not address.isprintable() or " " in address:
        raise NotAllowed("unreadable")
    if len(address) > LONGEST:
        raise NotAllowed("too long")
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise NotAllowed("unreadable") from None
    if not parts.hostname or parts.username is not None or parts.fragment or "\\" in address:
        raise NotAllowed("unreadable")
    return parts


def origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}".lower()


def locate(parts: SplitResult, *, inside: bool = False) -> Target:
    """Where to connect to; `inside`: it may be an address of our own network. Raises NotAllowed, or
    OSError when the name is not found."""
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if secure else 80)
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not inside and not all(is_public(one) for one in found):
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


def post(target: Target, body: bytes, headers: Mapping[str, str], read: int = 0) -> Reply:
    """To the address that was checked, under the name that was asked for; redirects are answers
    like any other. Up to `read` bytes of the answer are looked at. Raises OSError, HTTPError."""
    default = target.port == (443 if target.secure else 80)
    host = target.host if default else f"{target.host}:{target.port}"
    pool: urllib3.HTTPConnectionPool
    if target.secure:
        pool = urllib3.HTTPSConnectionPool(
            target.address, target.port, server_hostname=target.host, assert_hostname=target.host,
            cert_reqs="CERT_REQUIRED", timeout=TIMEOUT, retries=False,
        )  # fmt: skip
    else:
        pool = urllib3.HTTPConnectionPool(
            target.address, target.port, timeout=TIMEOUT, retries=False
        )
    with pool:
        answer = pool.request(
            "POST", target.path, body=body, headers={**headers, "Host": host}, redirect=False,
            preload_content=False, decode_content=False,
        )  # fmt: skip
        try:
            text = _beginning(answer, read).decode(errors="replace").replace("\0", "")
        finally:
            answer.close()
        return Reply(answer.status, answer.headers, text)


def _beginning(answer: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """Who answers drop by drop is not listened to for long."""
    found, end = b"", time.monotonic() + READ_WITHIN
    while len(found) < most and time.monotonic() < end:
        piece = answer.read1(most - len(found))
        if not piece:
            break
        found += piece
    return found
