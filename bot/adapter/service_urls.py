"""Where the bot may speak: the rule that keeps its token away from everybody but Teams."""

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

# Narrower than RFC 3986 on purpose: no user info, percent, backslash, query or fragment. What two parsers could
# read differently is not a service URL.
_SHAPE = re.compile(
    r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?((?:/[a-z0-9._~-]*)*)",
    re.IGNORECASE | re.ASCII,  # beyond ASCII, "ſ" would be an "s" to one parser and not to another
)
_LAST_PORT = 65535
_REMEMBERED_LENGTH = 200  # characters
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """A service URL in parts that compare: `segments` without empty ones."""

    scheme: str
    host: str
    port: int
    segments: tuple[str, ...]
    safe: bool  # a secret may be sent there: https, or http that does not leave this machine
    loopback: bool


def parse_address(url: str) -> Address | None:
    """A URL's parts, or None for anything that is not plainly one."""
    return _parsed(url) if len(url) <= _REMEMBERED_LENGTH else _parsed.__wrapped__(url)


@lru_cache(maxsize=256)  # every message names one, and there are a few of them in the world
def _parsed(url: str) -> Address | None:
    match = _SHAPE.fullmatch(url)
    if not match:
        return None
    scheme, host = match[1].lower(), match[2].lower()
    port = int(match[3]) if match[3] else _DEFAULT_PORTS[scheme]
    segments = tuple(part for part in match[4].split("/") if part)
    if {".", ".."} & set(segments) or not 0 < port <= _LAST_PORT:
        return None
    loopback = is_loopback(host)
    return Address(scheme, host, port, segments, scheme == "https" or loopback, loopback)


def is_loopback(host: str) -> bool:
    """Whether a host, IPv6 in brackets or not, can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def is_safe(url: str) -> bool:
    """Whether a secret may be sent there at all: https, or http that does not leave this machine."""
    address = parse_address(url)
    return address is not None and address.safe


def is_allowed(url: str, allowed: Iterable[str], *, loopback: bool = False) -> bool:
    """Whether `url` is one of `allowed` or lies under one; with `loopback`, any address of this machine is."""
    address = parse_address(url)
    if address is None or not address.safe:
        return False
    if loopback and address.loopback:
        return True
    return any(_lies_under(address, parse_address(entry)) for entry in allowed)


def _lies_under(address: Address, entry: Address | None) -> bool:
    return entry is not None and address[:3] == entry[:3] and address.segments[: len(entry.segments)] == entry.segments
