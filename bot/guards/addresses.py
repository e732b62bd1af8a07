"""Addresses of people and their machines: e-mail, IP, MAC, and wallets of coins."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from stdnum import bitcoin

from bot.guards.findings import Finding

_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9À-ÿ._%+-])[A-Za-z0-9À-ÿ_](?:[A-Za-z0-9À-ÿ._%+'’-]{0,62}[A-Za-z0-9À-ÿ_+-])?"
    r"@(?:[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ-]{0,61}[A-Za-z0-9À-ÿ])?\.){1,8}"
    r"(?:[A-Za-zÀ-ÿ]{2,24}|xn--[A-Za-z0-9-]{2,40})(?![A-Za-z0-9_@-])"
)
_IPV4: Final = re.compile(
    r"(?<![\w.-])(?<![0-9]/)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2})?(?![\w-])(?!\.[0-9])"
)
# An address of eight groups has so many, one with a gap "::".
_COLONS: Final = 7
_VERSION: Final = re.compile(r"(?:versi[oó]n|v|ver|release|build|firmware)\.?\s?$", re.IGNORECASE)
_IPV6: Final = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:[0-9.]{0,15}[0-9])?(?:%\w{1,15})?(?:/[0-9]{1,3})?(?![\w:])"
)
_MAC: Final = re.compile(
    # What stands before is looked at second, so that the search can go by the first sign.
    r"[0-9A-Fa-f]{2}(?<![\w:.-][0-9A-Fa-f]{2})(?:([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])"
    r"|[0-9A-Fa-f]{2}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w:.-]))"
)
_SHORTEST_COIN: Final = 26
_BITCOIN: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{25,62})(?![A-Za-z0-9])"
)
_ETHEREUM: Final = re.compile(r"(?<![A-Za-z0-9])0x[0-9A-Fa-f]{40}(?![A-Za-z0-9])")


def find_addresses(text: str) -> Iterator[Finding]:
    """Yield e-mail, IP, MAC and coin addresses."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Finding("pii", "email", match.start(), match.end(), 0.95)
    if text.count(".") >= 3:
        yield from _find_ipv4(text)
    if "::" in text or text.count(":") >= _COLONS:
        yield from _find_ipv6(text)
    if max(text.count(":"), text.count("-")) >= 5 or text.count(".") >= 2:
        for match in _MAC.finditer(text):
            if len(set(re.sub(r"\W", "", match.group()).lower())) > 1:
                yield Finding("pii", "mac", match.start(), match.end(), 0.9)
    if max(map(len, text.split()), default=0) >= _SHORTEST_COIN:
        yield from _find_coins(text)


def _find_coins(text: str) -> Iterator[Finding]:
    for match in _BITCOIN.finditer(text):
        if bitcoin.is_valid(match.group()):
            yield Finding("pii", "bitcoin", match.start(), match.end(), 0.95)
    if "0x" in text:
        for match in _ETHEREUM.finditer(text):
            yield Finding("pii", "ethereum", match.start(), match.end(), 0.8)


def _find_ipv4(text: str) -> Iterator[Finding]:
    for match in _IPV4.finditer(text):
        if _VERSION.search(text, max(match.start() - 10, 0), match.start()) is None and _is_net(
            match.group()
        ):
            yield Finding("pii", "ip", match.start(), match.end(), 0.85)


def _find_ipv6(text: str) -> Iterator[Finding]:
    for match in _IPV6.finditer(text):
        found = match.group()
        # "::" alone is a sign of programs and of gaps.
        if found.count(":") >= 2 and len(found) > 2 and _is_net(re.sub("%[^/]*", "", found)):
            yield Finding("pii", "ip", match.start(), match.end(), 0.85)


def _is_net(written: str) -> bool:
    try:
        ipaddress.ip_interface(written)
    except ValueError:
        return False
    return True
