"""Where a provider answers and with what key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.errors.kinds import InvalidInput
from bot.routing.hosts import USUAL_URLS


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One provider as an administrator configured it; `name` is what it goes by here.

    `key` may be empty, for a server in the same house; `headers` are sent beside it, for a
    provider that wants another name for the key or a tenant. Neither is shown by `repr`.
    `proxy` is the URL of a proxy: none is ever taken from the environment.
    """

    name: str
    base_url: str
    key: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Look at what would otherwise fail at the first call.

        Raises:
            InvalidInput: no http address, or a key or header that cannot stand in a header, as
                one that was pasted with a line's end. No value is in it.
        """
        _check_address("base_url", self.base_url)
        if self.proxy is not None:
            _check_address("proxy", self.proxy)
        for value in (self.key, *self.headers, *self.headers.values()):
            if not (value.isascii() and value.isprintable() and value == value.strip()):
                raise InvalidInput("key", "holds what cannot be sent", example="sk-...")


def _check_address(field_name: str, address: str) -> None:
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    # What stands behind "?" would be lost when a path is added.
    if not is_web or "?" in address or "#" in address:
        raise InvalidInput(field_name, "is no http address", example=USUAL_URLS["openai"])
