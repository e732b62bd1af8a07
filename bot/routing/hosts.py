"""Where models may be asked: only hosts that the operator allows, never whatever a chat names."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bot.errors.kinds import InvalidInput
from bot.routing.providers import Provider, ProviderKind

# Where a kind answers whose provider has no address of its own; "compatible" is no one place.
USUAL_URLS: Final[dict[ProviderKind, str]] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
}
# The addresses that the public providers name in the references of their APIs.
PUBLIC_HOSTS: Final = frozenset(
    {
        "api.openai.com",
        "api.anthropic.com",
        "api.cerebras.ai",
        "api.cohere.ai",
        "api.deepseek.com",
        "api.fireworks.ai",
        "api.groq.com",
        "api.mistral.ai",
        "api.together.xyz",
        "api.x.ai",
        "generativelanguage.googleapis.com",
        "openrouter.ai",
    }
)
# Names that no public server has: RFC 6761, RFC 6762 and ICANN's resolution 2024.07.29.06.
_PRIVATE_ENDS: Final = (".localhost", ".local", ".internal", ".home.arpa")
_EXAMPLE: Final = "https://api.groq.com/openai/v1"
# Stands among hosts for every private net and this machine.
INSIDE: Final = "inside"
_HOST: Final = re.compile(r"\.?[a-z0-9_](?:[a-z0-9_.:-]{0,251}[a-z0-9])?")


def check_address(address: str, allowed: Collection[str] = ()) -> None:
    """Check where a provider answers, before its key is sent there.

    Args:
        address: an http or https address, without a name, a password, "?" or "#".
        allowed: hosts that the operator allows, ".example.com" for all below one; where there is
            none, the public providers' own.

    Raises:
        InvalidInput: it is no such address, its host is not allowed, or it is not encrypted on
            the way to a host that is not on a private net. No value is in it.
    """
    parts = _split(address)
    if parts is None:
        raise InvalidInput("address", "is no web address", example=_EXAMPLE)
    host = (parts.hostname or "").rstrip(".")
    if not _is_allowed(host, [x.lower() for x in allowed] or PUBLIC_HOSTS):
        raise InvalidInput("address", "is at a host that is not allowed", example=_EXAMPLE)
    if parts.scheme != "https" and not _is_private(host):
        raise InvalidInput("address", "is not encrypted", example=_EXAMPLE)


def url_of(provider: Provider) -> str:
    """Return where a provider answers; empty for one that has no address and no usual one."""
    return provider.base_url or USUAL_URLS.get(provider.kind, "")


def is_host(text: str) -> bool:
    """Tell whether a text is a host's name, one that stands for all below it, or `INSIDE`."""
    return _HOST.fullmatch(text) is not None


def is_within(address: str, only: Collection[str]) -> bool:
    """Tell whether an address is at one of some hosts; with none named, wherever it is.

    Names are as in `check_address`; `INSIDE` stands for private nets and this machine.
    """
    if not only:
        return True
    parts = _split(address)
    host = "" if parts is None else (parts.hostname or "").rstrip(".")
    return bool(host) and (_is_allowed(host, only) or (INSIDE in only and _is_private(host)))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    # A client and this reader may take such an address for two different ones.
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' \\@?#"<>')
    return parts if is_web and is_plain else None


def _is_allowed(host: str, allowed: Collection[str]) -> bool:
    return host in allowed or any(one.startswith(".") and host.endswith(one) for one in allowed)


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A bare name is one of the house's own, such as that of a container.
        is_number = host.replace(".", "").isdigit()
        return ("." not in host and not is_number) or host.endswith(_PRIVATE_ENDS)
    return address.is_private or address.is_loopback
