"""Which hosts may be written to: the bot's token goes nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address
from typing import Final

from yarl import URL

_LONGEST: Final = 500
_MOST_FOUND: Final = 200


class HostList:
    """The hosts of a setting: `name`, `.name` for all below it, or an origin with its port."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = [entry.strip().casefold().rstrip("/") for entry in entries]
        # Few services deliver, and each is looked at with every delivery.
        self._found = lru_cache(maxsize=_MOST_FOUND)(self._look)

    def allows(self, text: str) -> bool:
        """Tell whether a service URL is at one of the hosts, over TLS unless it is this machine.

        It is read as the HTTP client reads it, so that both see the same host in it.
        """
        return self._found(text)

    def _look(self, text: str) -> bool:
        url = parse_url(text)
        if url is None or url.host is None:
            return False
        if url.scheme != "https" and not is_loopback(url.host):
            return False
        return any(_matches(entry, url, url.host.casefold()) for entry in self._entries)


def _matches(entry: str, url: URL, host: str) -> bool:
    if not entry:
        return False
    if "://" in entry:
        wanted = parse_url(entry)
        return wanted is not None and wanted.origin() == url.origin()
    # Another port of a public host may be another program.
    if not url.is_default_port() and not is_loopback(host):
        return False
    if entry.startswith("."):
        return host.endswith(entry) and host != entry
    return host == entry


def parse_url(text: str) -> URL | None:
    """Read an absolute http(s) URL without a name, a password or a fragment in it."""
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or "\\" in text:
        return None
    try:
        url = URL(text)
        # Ports and hosts are only looked at where they are asked for.
        is_whole = url.absolute and url.host is not None and url.port is not None
    except ValueError:
        return None
    if not is_whole or url.scheme not in {"http", "https"}:
        return None
    if url.user is not None or url.password is not None or url.fragment or url.query_string:
        return None
    return url


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
