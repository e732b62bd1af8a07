"""Looking at the channels for alerts, and sending each of them something to see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC

from adapters.channels.building import BuiltChannel, build_channels
from bot.alerts.channels import ChannelOwners
from bot.alerts.events import ChannelEvent, EventName, dump_event
from bot.clock import Clock, SystemClock
from bot.errors.kinds import BursarError, SettingsError
from bot.ids import ConversationId, TenantId, new_id
from bot.messages import OutboundMessage, OutboxItem
from bot.operations.doctor import Colour, Finding
from bot.settings.model import Settings
from storage.transaction import SqlTx


def check_channels(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Does each channel that is configured answer? Nothing is sent."""
    try:
        channels = build_channels(settings, clock)
    except SettingsError as error:
        yield Finding("channels", Colour.red, str(error), str(error.facts["remedy"]))
        return
    for channel in channels:
        wrong = asyncio.run(_look(channel))
        remedy = f"look at the settings of [{channel.name}]" if wrong else ""
        colour = Colour.red if wrong else Colour.green
        yield Finding(f"channel {channel.name}", colour, wrong or "can be reached", remedy)


def check_owners(tx: SqlTx, owners: ChannelOwners) -> list[Finding]:
    """Does each channel that is configured belong to a company that there is?"""
    names = [company.name for company in tx.people.list_tenants()]
    findings = []
    for channel, owner in owners.items():
        if owner and owner not in names:
            what = f"belongs to {owner}, and there is no such company: nothing goes there"
            findings.append(_misowned(channel, Colour.red, what, names))
        elif not owner and len(names) > 1:
            what = f"says not whose it is: only what is {names[0]}'s goes there"
            findings.append(_misowned(channel, Colour.yellow, what, names))
    return findings


def _misowned(channel: str, colour: Colour, what: str, names: Sequence[str]) -> Finding:
    remedy = f"write one of {', '.join(names) or 'no company'} as company under [{channel}]"
    return Finding(f"owner of channel {channel}", colour, what, remedy)


async def _look(channel: BuiltChannel) -> str:
    return await channel.look()


def try_channels(
    settings: Settings, tell: Callable[[str], None], clock: Clock | None = None
) -> bool:
    """Send an alert that is none through each channel, and its end; True if all were taken."""
    channels = build_channels(settings, clock or SystemClock())
    if not channels:
        tell("no channel is configured: see [email], [webhook] and [pagerduty]")
    # All of them, also after one that failed.
    taken = [asyncio.run(_try(channel, tell, clock or SystemClock())) for channel in channels]
    return all(taken)


async def _try(channel: BuiltChannel, tell: Callable[[str], None], clock: Clock) -> bool:
    key = new_id()
    events: tuple[EventName, ...] = ("trigger", "resolve")
    for number, name in enumerate(events, 1):
        try:
            await channel.send(_item(channel, _event(name, key, clock), number))
        except BursarError as error:
            tell(f"FAILED   {channel.name}: {error.code}: {error}")
            return False
    tell(f"ok       {channel.name}: taken")
    return True


def _event(name: EventName, key: str, clock: Clock) -> ChannelEvent:
    return ChannelEvent(
        event=name,
        key=f"test:{key}",
        company="Bursar",
        company_id="test",
        wallet="Test",
        at=clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        summary="A test of Bursar's alerts: nothing is wrong.",
    )


def _item(channel: BuiltChannel, event: ChannelEvent, number: int) -> OutboxItem:
    message = OutboundMessage(ConversationId("test"), dump_event(event), "alert")
    return OutboxItem(
        number, TenantId("test"), channel.name, channel.name, "", 0, message, is_private=False
    )
