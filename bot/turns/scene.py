"""What a turn finds before anything is decided: who writes, where, and what is open there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

import orjson

from bot.access import Principal
from bot.actions.catalog import action_of, parse_calls
from bot.clock import Clock
from bot.economy.wallets import NamesChanged, Wallet
from bot.ids import TenantId, WalletId
from bot.messages import Conversation, InboundMessage
from bot.planning import (
    CriticFacts,
    Directory,
    OpenProposal,
    PersonName,
    PlanContext,
    Question,
    UsualAmount,
    WalletName,
)
from bot.ports import Tx
from bot.presets import Preset, Presets, choose_preset
from bot.proposals.model import Proposal
from bot.proposals.offers import Offered
from bot.turns.asides import asks, find_place
from bot.turns.asked import Asked, load_asked

# What was asked for lately says what is usual.
_PAST_REQUESTS: Final = 50
_FRESH_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Who writes, where they write (None before their first message), and what waits there."""

    tenant: TenantId
    person: Principal
    place: Conversation | None
    open_here: tuple[Proposal, ...]
    context: PlanContext
    # What a tapped button holds, if it is an offer.
    offered: Offered | None = None

    @property
    def preset(self) -> Preset:
        """What holds for this turn."""
        return self.context.preset

    @property
    def question(self) -> Question | None:
        """What the bot asked last here and still waits to hear."""
        asked = self._asked
        return asked.question if asked is not None and asked.until > self.context.now else None

    @property
    def lapsed(self) -> Question | None:
        """What the bot asked last here, too long ago for anything to answer it."""
        asked = self._asked
        return asked.question if asked is not None and asked.until <= self.context.now else None

    @property
    def _asked(self) -> Asked | None:
        if self.place is None or self.place.question is None:
            return None
        return load_asked(self.place.question)


class Names:
    """The names of each tenant, kept while they are fresh.

    They only say what a sentence may mean: what is done with it is checked against the database
    again. So a name that another instance has just changed may be known a little late.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[TenantId, tuple[float, Directory]] = {}

    def of(self, tx: Tx) -> Directory:
        """Return the tenant's names, with the requests that wait at this moment."""
        now = self._clock.monotonic()
        kept = self._kept.get(tx.tenant)
        if kept is None or kept[0] <= now:
            kept = self._kept[tx.tenant] = (now + _FRESH_S, read_names(tx))
        requests = tuple(request.ref for request in tx.proposals.list_requests())
        return replace(kept[1], requests=requests) if requests else kept[1]

    def forget(self, events: Sequence[object]) -> None:
        """Drop what a commit of this process has changed."""
        for event in events:
            if isinstance(event, NamesChanged):
                self._kept.pop(event.tenant, None)


def gather(tx: Tx, message: InboundMessage, names: Names, presets: Presets) -> Scene | None:
    """Read the scene of a message; None when its sender is nobody's linked account."""
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None:
        return None
    tx.enter(person.tenant)
    place, open_here = find_place(tx, message, person)
    topic = place.topic_wallet_id if place is not None else None
    preset = presets.of(
        choose_preset(
            is_manager=person.has_role("owner", "admin"),
            is_private=message.is_private,
            added_at=person.added_at,
            has_confirmed=person.has_confirmed,
            now=tx.now,
        )
    )
    return Scene(
        tenant=person.tenant,
        person=person,
        place=place,
        open_here=open_here,
        offered=tx.offers.find(message.button) if message.button else None,
        context=PlanContext(
            now=tx.now,
            zone=ZoneInfo(person.zone),
            # Whoever is not of the company learns no name of it.
            directory=Directory() if person.is_guest else names.of(tx),
            language=person.language,
            speaker_id=person.id,
            home_wallet_id=person.home_wallet_id,
            topic_wallet_id=None if topic is None else WalletId(topic),
            # Whoever writes "1,234" or "1.234" is asked which they mean: in one company both are
            # written, and a language does not say by whom.
            number_locale=None,
            tenant=None if person.is_guest else person.tenant,
            preset=preset,
            turn=message.turn,
            conversation_id=None if place is None else place.id,
        ),
    )


def stranger_context(tx: Tx, message: InboundMessage) -> PlanContext | None:
    """Return what an unknown account's message is read against; None if no company is asked.

    No names: only the language of the words is wanted, the company's where they do not tell.
    """
    host = tx.people.find_host(message.platform, message.account)
    if host is None:
        return None
    tx.enter(host)
    return PlanContext(tx.now, tx.zone, Directory(), language=tx.people.tenant().language)


def hear(tx: Tx, message: InboundMessage) -> None:
    """Note how the sender of a message is reached; nothing for somebody who is not linked."""
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is not None:
        tx.enter(person.tenant)
        tx.conversations.hear(message, person.id)


def awaits(tx: Tx, message: InboundMessage) -> bool:
    """Tell whether the bot waits for an answer of the sender's where they wrote.

    It asked them something there that nothing answered yet, or shows them a card that is open.
    """
    person = tx.people.find_linked(message.platform, message.account, message.external_id)
    if person is None or person.is_disabled or person.is_guest:
        return False
    tx.enter(person.tenant)
    place = tx.conversations.find(message.platform, message.chat, message.thread, person.id)
    if place is None:
        return False
    return asks(tx, place) or bool(tx.proposals.list_open_here(place.id))


def read_names(tx: Tx) -> Directory:
    """Read the names of the tenant that a sentence may mean, without references."""
    wallets = [wallet for wallet in tx.wallets.list_all() if not wallet.is_closed]
    by_id = {wallet.id: wallet for wallet in wallets}
    return Directory(
        wallets=tuple(
            WalletName(wallet.id, wallet.name, _path(wallet, by_id), wallet.kind, wallet.parent_id)
            for wallet in wallets
        ),
        people=tuple(
            PersonName(person.id, person.name, person.handle)
            for person in tx.people.list_all()
            if not person.is_disabled
        ),
        models=tuple(tx.usage.list_models()),
        personal_data=tx.policy.get().personal_data,
        has_model=any(not provider.is_disabled for provider in tx.providers.list_all()),
    )


def critic_facts(tx: Tx, scene: Scene) -> CriticFacts:
    """Read what the critic compares a plan with."""
    return CriticFacts(
        directory=scene.context.directory,
        tier_of=lambda call: int(action_of(call).tier),
        open_proposals=tuple(
            OpenProposal(proposal.ref, parse_calls(proposal.calls))
            for proposal in scene.open_here
            if proposal.kind == "draft"
        ),
        usual=_usual(tx),
    )


def _usual(tx: Tx) -> dict[str, UsualAmount]:
    amounts: dict[str, list[int]] = {}
    for request in tx.proposals.list_requests(only_open=False, limit=_PAST_REQUESTS):
        call = orjson.loads(request.calls)
        if "wallet_id" in call and "amount_nanos" in call:
            amounts.setdefault(call["wallet_id"], []).append(call["amount_nanos"])
    return {
        wallet_id: UsualAmount(len(past), int(median(past)), max(past))
        for wallet_id, past in amounts.items()
    }


def _path(wallet: Wallet, by_id: dict[WalletId, Wallet]) -> str:
    names: list[str] = []
    at: Wallet | None = wallet
    while at is not None:
        names.append(at.name)
        at = None if at.parent_id is None else by_id.get(at.parent_id)
    return " / ".join(reversed(names))
