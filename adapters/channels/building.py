"""The channels that the settings speak of."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from adapters.channels.addresses import CheckedResolver, Denied, check_url, resolve_host
from adapters.channels.email import Email, Server
from adapters.channels.posting import Poster
from adapters.channels.webhook import PagerDuty, Webhook
from bot.alerts.events import ChannelName
from bot.clock import Clock
from bot.errors.kinds import BursarError, SettingsError
from bot.messages import OutboxItem
from bot.settings.model import Settings

_LEAST_SECRET: Final = 16
_HTTPS_PORT: Final = 443


@dataclass(frozen=True, slots=True)
class BuiltChannel:
    """A channel that is configured: what sends an event, and what looks without sending.

    `look` returns what is wrong, empty where nothing is.
    """

    name: ChannelName
    send: Callable[[OutboxItem], Awaitable[str]]
    look: Callable[[], Awaitable[str]]


def build_channels(
    settings: Settings, clock: Clock, *, trust: ssl.SSLContext | None = None
) -> list[BuiltChannel]:
    """Make what is configured.

    Raises:
        SettingsError: a channel is configured half, or its address is none.
    """
    channels: list[BuiltChannel] = []
    mail = settings.email
    if mail.host:
        if not mail.sender or not mail.to:
            raise SettingsError(
                "email.sender", "or email.to is missing", remedy="set both, or no email.host"
            )
        server = Server(
            mail.host,
            mail.port,
            mail.security,
            mail.username,
            mail.password.get_secret_value(),
            trust,
        )
        email = Email(server, mail.sender, mail.to, clock)
        channels.append(BuiltChannel("email", email.send, _looking(email.check)))
    hook = settings.webhook
    if hook.url:
        secret = hook.secret.get_secret_value()
        if len(secret) < _LEAST_SECRET:
            raise SettingsError(
                "webhook.secret",
                "is shorter than 16 characters",
                remedy="make one with `openssl rand -hex 32`",
            )
        _check("webhook.url", hook.url)
        webhook = Webhook(hook.url, secret, Poster(hook.private_hosts, trust=trust), clock)
        channels.append(
            BuiltChannel("webhook", webhook.send, _resolving(hook.url, hook.private_hosts))
        )
    pager = settings.pagerduty
    if key := pager.routing_key.get_secret_value():
        _check("pagerduty.url", pager.url)
        duty = PagerDuty(pager.url, key, Poster(pager.private_hosts, trust=trust))
        channels.append(
            BuiltChannel("pagerduty", duty.send, _resolving(pager.url, pager.private_hosts))
        )
    return channels


def _check(key: str, url: str) -> None:
    try:
        check_url(url)
    except Denied as error:
        raise SettingsError(
            key, f"cannot be used ({error})", remedy="write an https address with a host's name"
        ) from None


def _looking(check: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[str]]:
    async def look() -> str:
        try:
            await check()
        except BursarError as error:
            return f"{error.code}: {error}"
        return ""

    return look


def _resolving(url: str, inside: tuple[str, ...]) -> Callable[[], Awaitable[str]]:
    async def look() -> str:
        host = check_url(url)
        try:
            found = await resolve_host(host, urlsplit(url).port or _HTTPS_PORT)
            CheckedResolver(inside).check(host, found)
        except OSError:
            return "the host has no address"
        except Denied as error:
            return f"the host's address is denied: {error}"
        return ""

    return look
