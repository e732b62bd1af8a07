"""Which addresses a webhook may lead to: public ones, checked after the name was resolved.

A name is resolved once, and the connection goes to the very address that was checked: whoever
answers for the name cannot send one address to the check and another to the connection.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Final
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

# What the C library takes for an address though nobody writes one so: 127.1, 0x7f000001.
_NUMBERS: Final = re.compile(
    r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?", re.IGNORECASE
)
# NAT64, 6to4, Teredo and the forms before them carry an IPv4 address that nobody has looked at:
# RFC 6052, RFC 3056, RFC 4380, RFC 4291 (2.5.5.1), RFC 2765 (2.1).
_CARRIERS: Final = tuple(
    ipaddress.ip_network(net)
    for net in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "::ffff:0:0:0/96",
    )
)
# Where clouds hand out credentials: never, whatever the operator allows. The last is Azure's, and
# looks public.
_METADATA: Final = frozenset(
    ipaddress.ip_address(one)
    for one in (
        "169.254.169.254",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
        "168.63.129.16",
    )
)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class Denied(Exception):  # what it is, not that it is an error
    """An address that a webhook must not lead to; nothing was sent."""


def check_url(url: str) -> str:
    """Return the host of an https address.

    Raises:
        Denied: it is no plain https address, or its host is an address in disguise.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Denied("no web address") from None
    host = parts.hostname or ""
    is_plain = url.isascii() and url.isprintable() and not set(url) & set(' \\"<>#')
    if parts.scheme != "https" or not host or port == 0 or not is_plain or "@" in parts.netloc:
        raise Denied("no plain https address")
    if _NUMBERS.fullmatch(host) and not _is_dotted(host):
        raise Denied("an address in disguise")
    return host


def check_address(address: str, *, may_be_inside: bool = False) -> None:
    """Let public addresses pass, and private ones where the operator allows the host.

    Raises:
        Denied: loopback, private, link-local, metadata, multicast or reserved, or an IPv6 address
            that carries an IPv4 one.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise Denied("no address") from None
    if isinstance(found, ipaddress.IPv6Address):
        is_carrier = found.ipv4_mapped is not None or any(found in net for net in _CARRIERS)
        if is_carrier and not found.is_loopback:
            raise Denied("an address within an address")
        if found.scope_id or found.is_site_local:
            raise Denied("an address of one link or site")
    if found in _METADATA or found.is_link_local or found.is_multicast or found.is_unspecified:
        raise Denied("no address for a webhook")
    if not found.is_global and not (may_be_inside and (found.is_private or found.is_loopback)):
        raise Denied("not a public address")


def _is_dotted(host: str) -> bool:
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


async def resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name, by the system's resolver. Raises `OSError`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class CheckedResolver(AbstractResolver):
    """Hands to the connection only addresses that were looked at, all of them or none.

    `inside` are hosts that the operator allows on private nets.
    """

    def __init__(self, inside: Collection[str] = (), resolve: Resolve = resolve_host) -> None:
        self._inside = frozenset(host.lower() for host in inside)
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve a name once. Raises `Denied` if one of its addresses must not be reached."""
        addresses = await self._resolve(host, port)
        self.check(host, addresses)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in addresses
        ]

    def check(self, host: str, addresses: Sequence[str]) -> None:
        """Raise `Denied` unless every one of a host's addresses may be reached."""
        for address in addresses:
            check_address(address, may_be_inside=host.lower() in self._inside)

    async def close(self) -> None:
        """Nothing is kept."""
