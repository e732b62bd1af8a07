"""The adapter out of its settings; what is set half or unsafely is refused here."""

from __future__ import annotations

import asyncio
from typing import Final

from adapters.channels.posting import Poster
from adapters.teams.connection import Files, Teams
from adapters.teams.connector import Connector, Pause
from adapters.teams.guard import Guard
from adapters.teams.hosts import HostList, is_loopback, parse_url
from adapters.teams.keys import KeyCache
from adapters.teams.login import LoginTokens, NoTokens, Tokens
from adapters.teams.tokens import TokenCheck
from adapters.teams.uploads import UPLOAD_S, Uploads
from adapters.teams.wire import Wire
from bot.clock import Clock
from bot.errors.kinds import SettingsError
from bot.platforms.model import Handovers, Turns
from bot.settings.platforms import TeamsSettings
from bot.settings.sections import ServerSettings

# Directories of nobody's: bots of several directories log in by them.
_SHARED: Final = frozenset({"botframework.com", "common", "organizations"})
# A development client runs on this machine.
_HERE: Final = ("localhost", "127.0.0.1", "[::1]", "::1")


def build_teams(
    settings: TeamsSettings,
    server: ServerSettings,
    turns: Turns,
    clock: Clock,
    *,
    handovers: Handovers | None = None,
    poster: Poster | None = None,
    pause: Pause = asyncio.sleep,
) -> Teams:
    """Make the adapter.

    Args:
        settings: what `[teams]` says.
        server: where the connector reaches it.
        turns: what takes messages.
        clock: the time.
        handovers: what keeps files until they are taken; None offers no files.
        poster: what puts files where they were taken to.
        pause: how it waits.

    Raises:
        SettingsError: it is configured half, or would let in anybody.
    """
    require_sound(settings, server)
    wire = Wire()
    files: Files | None = None
    if handovers is not None and settings.file_hosts:
        uploads = Uploads(poster or Poster(time_out_s=UPLOAD_S))
        files = Files(handovers, HostList(settings.file_hosts), uploads)
    hosts, tenants = HostList(settings.service_url_allow_list), list_tenants(settings)
    if settings.anonymous:
        here = HostList(_HERE)
        guard = Guard(None, here, app_id=settings.app_id, tenants=tenants)
        connector = Connector(wire, NoTokens(), here, clock, pause=pause)
        return Teams(turns, wire, None, guard, connector, files=files)
    keys = KeyCache(wire, settings.openid_metadata_url, clock)
    check = TokenCheck(keys, clock, app_id=settings.app_id, issuer=settings.token_issuer)
    guard = Guard(check, hosts, app_id=settings.app_id, tenants=tenants)
    connector = Connector(wire, login_tokens(settings, wire, clock), hosts, clock, pause=pause)
    return Teams(turns, wire, keys, guard, connector, files=files)


def login_tokens(settings: TeamsSettings, wire: Wire, clock: Clock) -> Tokens:
    """Return the source of the bot's own tokens."""
    return LoginTokens(
        wire,
        clock,
        login_url=settings.login_url,
        tenant=settings.login_tenant,
        app_id=settings.app_id,
        secret=settings.app_password.get_secret_value(),
    )


def list_tenants(settings: TeamsSettings) -> tuple[str, ...]:
    """Return the directories whose people may write: those that are set, else the bot's own."""
    if settings.allowed_tenants or settings.login_tenant in _SHARED:
        return settings.allowed_tenants
    return (settings.login_tenant,)


def require_sound(settings: TeamsSettings, server: ServerSettings) -> None:
    """Look that Teams can run, and that nobody gets in without proof.

    Raises:
        SettingsError: names the key and the remedy.
    """
    if settings.anonymous:
        if settings.app_id or settings.app_password.get_secret_value():
            raise SettingsError(
                "teams.anonymous",
                "is set beside credentials",
                remedy="unset it: with credentials every call is checked",
            )
        if not is_loopback(server.host):
            raise SettingsError(
                "teams.anonymous",
                "would let in anybody who reaches this address",
                remedy='set server.host to "127.0.0.1", or unset it and give teams.app_id and'
                " teams.app_password",
            )
        return
    for key, value in (
        ("teams.app_id", settings.app_id),
        ("teams.app_password", settings.app_password.get_secret_value()),
    ):
        if not value:
            raise SettingsError(
                key,
                "is missing: without it nobody could tell Teams from anybody else",
                remedy="set it (see docs/teams.md), or for development on this machine set"
                " teams.anonymous = true",
            )
    if not list_tenants(settings):
        raise SettingsError(
            "teams.allowed_tenants",
            "is empty, and the bot has no directory of its own",
            remedy="list the ids of the directories whose people may write to it, or set"
            " teams.login_tenant to your directory's id",
        )
    for key, text in (
        ("teams.login_url", settings.login_url),
        ("teams.openid_metadata_url", settings.openid_metadata_url),
    ):
        url = parse_url(text)
        if url is None or (url.scheme != "https" and not is_loopback(url.host or "")):
            raise SettingsError(
                key, "is no https address", remedy="set it to an address that begins with https://"
            )
