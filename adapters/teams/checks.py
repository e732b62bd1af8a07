"""Does Teams work from here? What `bursar doctor` and `bursar init teams` ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from adapters.teams.building import login_tokens, require_sound
from adapters.teams.hosts import is_loopback, parse_url
from adapters.teams.keys import KeyCache, KeysUnreachable
from adapters.teams.wire import NoAnswer, NotConnected, Wire
from bot.clock import Clock
from bot.errors.kinds import SettingsError
from bot.errors.sending import NotSent, Undeliverable
from bot.settings.platforms import TeamsSettings
from bot.settings.sections import ServerSettings

# Tokens carry times: beyond five minutes the connector's are refused here, or ours there.
_MOST_GAP: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check showed; without a remedy all is well. `is_fault` is False for a warning."""

    what: str
    said: str
    remedy: str = ""
    is_fault: bool = True


async def check_teams(
    settings: TeamsSettings, server: ServerSettings, clock: Clock
) -> Sequence[Checked]:
    """Look at the settings, the secret, the keys, the clock and the address, over the network."""
    try:
        require_sound(settings, server)
    except SettingsError as error:
        facts = error.facts
        return [Checked("settings", f"{facts['key']} {facts['why']}", str(facts["remedy"]))]
    if settings.anonymous:
        said = "anybody on this machine may write, without tokens"
        return [
            Checked("settings", said, "unset teams.anonymous before others use it", is_fault=False)
        ]
    wire = Wire()
    await wire.open()
    try:
        return [
            await check_secret(settings, wire, clock),
            await _check_keys(settings, wire, clock),
            await _check_clock(settings, wire, clock),
            _check_address(server),
        ]
    finally:
        await wire.close()


async def check_secret(settings: TeamsSettings, wire: Wire, clock: Clock) -> Checked:
    """Fetch a token by the bot's secret."""
    try:
        await login_tokens(settings, wire, clock).get()
    except Undeliverable:
        return Checked(
            "credentials",
            "the login service does not take the app id and secret",
            "make a new client secret for the app (Certificates & secrets), set"
            " teams.app_password to its value and not to its id, and look that"
            " teams.login_tenant is your directory's id",
        )
    except NotSent:
        return Checked(
            "credentials",
            "the login service does not answer",
            f"let this machine reach {settings.login_url}, or run this again in a minute",
        )
    return Checked("credentials", "a token was fetched")


async def _check_keys(settings: TeamsSettings, wire: Wire, clock: Clock) -> Checked:
    try:
        keys = await KeyCache(wire, settings.openid_metadata_url, clock).fetch()
    except KeysUnreachable:
        keys = {}
    if not any("msteams" in key.endorsements for key in keys.values()):
        return Checked(
            "keys",
            "the keys by which Teams signs are out of reach" if not keys else "none is Teams' own",
            "let this machine reach the host of teams.openid_metadata_url and look at that"
            " setting: without the keys every message is refused",
        )
    return Checked("keys", f"{len(keys)} keys were fetched")


async def _check_clock(settings: TeamsSettings, wire: Wire, clock: Clock) -> Checked:
    url = parse_url(settings.openid_metadata_url)
    try:
        answer = None if url is None else await wire.call("GET", url)
        told = parsedate_to_datetime(answer.headers.get("Date", "")) if answer else None
    except (NotConnected, NoAnswer, ValueError):
        told = None
    if told is None:
        return Checked("clock", "nobody was there to compare it with")
    gap = abs((told if told.tzinfo else told.replace(tzinfo=UTC)) - clock.now())
    if gap <= _MOST_GAP:
        return Checked("clock", "agrees with Microsoft's")
    return Checked(
        "clock",
        f"is {gap.total_seconds():.0f} s off: tokens will be taken for ended or not begun",
        "set this machine's clock by NTP",
    )


def _check_address(server: ServerSettings) -> Checked:
    here = f"http://{server.host}:{server.port}/api/messages"
    if is_loopback(server.host):
        return Checked(
            "messaging endpoint",
            f"listens on {here}, which only this machine reaches",
            "lead a public https address to it by a proxy or a tunnel, and enter that address,"
            " with /api/messages, as the bot's messaging endpoint in Azure",
            is_fault=False,
        )
    return Checked("messaging endpoint", f"listens on {here}; Azure needs an https address to it")
