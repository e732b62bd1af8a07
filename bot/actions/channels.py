"""Channels that are no chats: seeing them, trying one, letting it rest, and what goes there.

Where they lead, and their keys, stand in the settings and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, examples, record
from bot.alerts.channels import ChannelOwners, ChannelRule, list_own
from bot.alerts.events import ChannelEvent, ChannelName, EventName, dump_event
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.errors.money import WalletClosed
from bot.ids import ConversationId, WalletId, new_id
from bot.messages import Conversation, InboundMessage, OutboundMessage
from bot.ports import Actor, Tx

# The reference of a test's first message: behind it, where its result is told.
TEST_MARK: Final = "test:"
# What they are called, in every language.
TITLES: Final[dict[str, str]] = {
    "email": "e-mail",
    "webhook": "webhook",
    "pagerduty": "PagerDuty",
}
FromPercent = Annotated[int, Field(strict=True, ge=0, le=100)]
# More than anybody names in a sentence.
WalletIds = Annotated[tuple[WalletId, ...], Field(max_length=20)]


class ListChannels(ActionCall):
    """Show where alerts go besides the chats, and what of them."""

    action: Literal["list_channels"] = "list_channels"


class TryChannel(ActionCall):
    """Send a channel something to see, and tell whether it was taken."""

    action: Literal["test_channel"] = "test_channel"
    name: ChannelName


class PauseChannel(ActionCall):
    """Send nothing new to a channel until it is resumed."""

    action: Literal["pause_channel"] = "pause_channel"
    name: ChannelName


class ResumeChannel(ActionCall):
    """Send to a channel again what begins from now on."""

    action: Literal["resume_channel"] = "resume_channel"
    name: ChannelName


class SetChannel(ActionCall):
    """Send to a channel only alerts from a share of the limit on, or only of some wallets.

    From 0 on is all of them. Of the wallets and of what is below them; of none is of all. What is
    not said stays as it is.
    """

    action: Literal["set_channel"] = "set_channel"
    name: ChannelName
    from_percent: FromPercent | None = None
    wallet_ids: WalletIds | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.from_percent is None and self.wallet_ids is None:
            raise ValueError("says nothing")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsReceipt(Receipt):
    """The channels that are configured, each with its rule; `names` are of its open wallets."""

    rules: tuple[ChannelRule, ...]
    names: Mapping[WalletId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(Receipt):
    """What became of a channel, by its title.

    `from_percent` is what it takes from now on, `wallets` are the names of those that it hears
    of; none is of all.
    """

    title: str
    how: Literal["tested", "paused", "resumed", "set"]
    from_percent: int = 0
    wallets: tuple[str, ...] = ()


def list_channels(call: ListChannels, tx: Tx, actor: Actor) -> Receipt:
    """List what the company has configured, in the order of the settings."""
    rules = tuple(_rule_of(name, tx) for name in own_channels(tx, actor.channels))
    chosen = {wallet_id for rule in rules for wallet_id in rule.wallet_ids}
    wallets = tx.wallets.list_all() if chosen else ()
    names = {one.id: one.name for one in wallets if one.id in chosen and not one.is_closed}
    return ChannelsReceipt(rules=rules, names=names)


def try_channel(call: TryChannel, tx: Tx, actor: Actor) -> Receipt:
    """Send a marked event; how it went is told where it was asked for, by `deliveries`.

    An incident that it opens is resolved by the next event.

    Raises:
        NotFound: the channel is not configured.
    """
    _check_configured(call.name, tx, actor)
    place = place_of_channel(tx, call.name)
    if place is None or actor.conversation_id is None:
        raise NotFound("channel", TITLES[call.name])
    key = new_id()
    steps: tuple[EventName, ...] = ("trigger", "resolve")
    for step in steps[: 2 if call.name == "pagerduty" else 1]:
        mark = f"{TEST_MARK}{actor.conversation_id}" if step == "trigger" else ""
        text = dump_event(_test_event(tx, actor, step, key))
        tx.outbox.add(OutboundMessage(place.id, text, "alert", reference=mark), place.platform)
    record(tx, actor, "channel_tested", call.name, {})
    return ChannelChanged(title=TITLES[call.name], how="tested")


def _test_event(tx: Tx, actor: Actor, step: EventName, key: str) -> ChannelEvent:
    company = tx.people.tenant()
    return ChannelEvent(
        event=step,
        key=f"{company.id}:test:{key}",
        company=company.name,
        company_id=company.id,
        wallet="Test",
        at=tx.now.astimezone(UTC).isoformat(timespec="seconds"),
        summary=f"A test of Bursar's alerts by {actor.person.name}: nothing is wrong.",
    )


def asked_in(reference: str) -> ConversationId | None:
    """Return where the result of a test is told; None if a message is none."""
    if not reference.startswith(TEST_MARK):
        return None
    return ConversationId(reference.removeprefix(TEST_MARK))


def preview_channel(
    call: PauseChannel | ResumeChannel | SetChannel, tx: Tx, actor: Actor
) -> Preview:
    """Show what would go there."""
    before, after = _change(call, tx, actor)
    shown = Preview(action=call.action, subject=TITLES[call.name])
    if not isinstance(call, SetChannel):
        return shown
    if after.from_percent != before.from_percent:
        shown = replace(shown, before=before.from_percent, after=after.from_percent)
    if after.wallet_ids != before.wallet_ids:
        names = (", ".join(_names(tx, one)) for one in (before, after))
        shown = replace(shown, lines=tuple(names))
    return shown


def change_channel(
    call: PauseChannel | ResumeChannel | SetChannel, tx: Tx, actor: Actor
) -> Receipt:
    """Change what goes to a channel.

    Raises:
        NotFound: it is not configured.
        InvalidInput: it is so already.
        WalletClosed: one of the wallets is closed: nothing is told of it.
        Conflict: it was changed at the same moment; nothing changed.
    """
    before, after = _change(call, tx, actor)
    if not tx.channels.set_rule(after, expected=before):
        raise Conflict("the channel was changed at this moment")
    detail: dict[str, object] = {
        "paused": after.is_paused,
        "from_percent": after.from_percent,
        "wallets": list(after.wallet_ids),
    }
    record(tx, actor, "channel_changed", call.name, detail)
    title = TITLES[call.name]
    if isinstance(call, PauseChannel):
        return ChannelChanged(title=title, how="paused", undo=ResumeChannel(name=call.name))
    if isinstance(call, ResumeChannel):
        return ChannelChanged(title=title, how="resumed", undo=PauseChannel(name=call.name))
    return ChannelChanged(
        title=title,
        how="set",
        from_percent=after.from_percent,
        wallets=_names(tx, after),
        undo=SetChannel(
            name=call.name, from_percent=before.from_percent, wallet_ids=before.wallet_ids
        ),
    )


def _change(
    call: PauseChannel | ResumeChannel | SetChannel, tx: Tx, actor: Actor
) -> tuple[ChannelRule, ChannelRule]:
    _check_configured(call.name, tx, actor)
    before = _rule_of(call.name, tx)
    if not isinstance(call, SetChannel):
        after = replace(before, is_paused=isinstance(call, PauseChannel))
    else:
        after = _narrowed(call, before)
        for wallet_id in set(after.wallet_ids) - set(before.wallet_ids):
            if tx.wallets.get(wallet_id).is_closed:
                raise WalletClosed(wallet_id)
    if after == before:
        raise InvalidInput("channel", "goes there so already", example="channels")
    return before, after


def _narrowed(call: SetChannel, before: ChannelRule) -> ChannelRule:
    after = before
    if call.from_percent is not None:
        after = replace(after, from_percent=call.from_percent)
    if call.wallet_ids is not None:
        after = replace(after, wallet_ids=tuple(sorted(set(call.wallet_ids))))
    return after


def _names(tx: Tx, rule: ChannelRule) -> tuple[str, ...]:
    return tuple(sorted(tx.wallets.get(one).name for one in rule.wallet_ids))


def _rule_of(name: str, tx: Tx) -> ChannelRule:
    return next((one for one in tx.channels.list_rules() if one.name == name), ChannelRule(name))


def _check_configured(name: str, tx: Tx, actor: Actor) -> None:
    if name not in own_channels(tx, actor.channels):
        raise NotFound("channel", TITLES[name])


def own_channels(tx: Tx, owners: ChannelOwners) -> tuple[ChannelName, ...]:
    """Return those of the channels that belong to the company: nothing of it goes to others."""
    return list_own(owners, tx.people.tenant().name, tx.people.list_tenants()[0].name)


def place_of_channel(tx: Tx, channel: str) -> Conversation | None:
    """Return where a channel's messages stand in line: in an owner's name, and not for them.

    None for a company without any.
    """
    owners = tx.people.list_with_role(("owner",))
    if not owners:
        return None
    owner = owners[0].id
    found = tx.conversations.find(channel, channel, "", owner)
    if found is not None:
        return found
    return tx.conversations.hear(
        InboundMessage(channel, "", "", channel, "", is_private=False), owner
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListChannels,
        Tier.T1,
        "schedules.manage",
        list_channels,
        is_free=True,
        examples=examples("channels", "canales"),
    ),
    Action(
        TryChannel,
        Tier.T2,
        "schedules.manage",
        try_channel,
        is_at_once=True,
        examples=examples("test channel webhook", "prueba el canal webhook"),
    ),
    Action(
        PauseChannel,
        Tier.T3,
        "schedules.manage",
        change_channel,
        preview_channel,
        examples=examples("pause channel pagerduty", "pausa el canal pagerduty"),
    ),
    Action(
        ResumeChannel,
        Tier.T3,
        "schedules.manage",
        change_channel,
        preview_channel,
        examples=examples("resume channel pagerduty", "reanuda el canal pagerduty"),
    ),
    Action(
        SetChannel,
        Tier.T3,
        "schedules.manage",
        change_channel,
        preview_channel,
        examples={
            "en": (
                "send only alerts from 95 % on to pagerduty",
                "send only alerts of Design to webhook",
            ),
            "es": (
                "envía a pagerduty solo alertas desde el 95 %",
                "envía a webhook solo alertas de Diseño",
            ),
        },
    ),
)
