"""A small company and a chat on which everything that is sent is seen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from sqlalchemy import text

from bot.access import Principal, Role
from bot.actions.base import ActionCall
from bot.actions.catalog import action_of
from bot.allowances import Allowance, Allowances
from bot.clock import ManualClock
from bot.cooldowns import Pace
from bot.economy import limit_changes, spending
from bot.economy.usage import Usage
from bot.economy.wallets import Tenant, Wallet, WalletKind
from bot.errors.sending import ChatMoved
from bot.ids import PrincipalId, TenantId, WalletId
from bot.messages import InboundMessage, OutboxItem
from bot.ports import Actor, Tx
from bot.running import App
from bot.turns.limits import TurnLimits
from storage.database import Database
from storage.transaction import SqlTx

USD = 1_000_000_000
ACME = TenantId("acme")

WALLETS: tuple[tuple[str, str | None, WalletKind, str, int], ...] = (
    ("company", None, "organisation", "Company", 5_000),
    ("design", "company", "team", "Design", 500),
    ("data", "company", "team", "Data", 800),
    ("launch", "design", "project", "Launch", 200),
)
_Roles = tuple[tuple[Role, str], ...]
PEOPLE: tuple[tuple[str, str, Literal["en", "es"], str, _Roles], ...] = (
    ("ana", "Ana Lima", "en", "design", (("member", "design"),)),
    ("ben", "Ben Ortiz", "en", "design", (("lead", "design"),)),
    ("carla", "Carla Ruiz", "es", "company", (("finance", ""),)),
    ("elena", "Elena Vega", "en", "company", (("owner", ""),)),
    ("frank", "Frank Mole", "en", "data", (("viewer", "data"),)),
)


def make_company(tx: Tx, *, tenant: TenantId = ACME) -> None:
    """Make the company of the tests: four wallets, five people, limits by month."""
    tx.enter(tenant)
    tx.people.add_tenant(Tenant(tenant, f"Acme {tenant}", "Europe/Madrid", "en"))
    for wallet_id, parent, kind, name, limit in WALLETS:
        tx.wallets.add(
            Wallet(WalletId(wallet_id), WalletId(parent) if parent else None, kind, name)
        )
        limit_changes.set_limit(
            tx, WalletId(wallet_id), "month", limit * USD, key=f"seed:{wallet_id}", actor="seed"
        )
    for handle, name, language, home, roles in PEOPLE:
        person = Principal(
            PrincipalId(handle), tenant, name, handle, language, "Europe/Madrid", WalletId(home)
        )
        tx.people.add(person)
        tx.people.link(person.id, "terminal", "bursar", handle)
        for role, wallet_id in roles:
            tx.people.give(person.id, role, WalletId(wallet_id))


def lose_owner(tx: SqlTx) -> None:
    """Shut the only owner out, as no action does any more, but an earlier release could."""
    tx.connection.run(text("UPDATE principal SET state = 'disabled' WHERE id = 'elena'"))


async def do(database: Database, call: ActionCall, handle: str = "elena") -> object:
    """Do one call as a yes does it."""

    def run(tx: SqlTx) -> object:
        actor = Actor(tx.people.get(PrincipalId(handle)), None)
        return action_of(call).apply(call, tx, actor)

    return await database.write(run, tenant=ACME)


def spend(tx: Tx, wallet: str, person: str, cost: int, model: str, key: str) -> None:
    """Post a paid call, as the gateway does: hold, settle, usage."""
    wallet_id = WalletId(wallet)
    spending.hold(tx, wallet_id, cost, key=key, actor=person, life=timedelta(minutes=5))
    spending.settle(tx, wallet_id, cost, key=key, actor=person)
    usage = Usage(
        id=key,
        wallet_id=wallet_id,
        principal_id=PrincipalId(person),
        feature="chat",
        provider="test",
        model=model,
        tokens_in=1000,
        tokens_out=100,
        cost_nanos=cost,
        price_version="test",
        at=tx.now,
    )
    tx.usage.add(usage, tx.now.astimezone(tx.zone).date())


@dataclass
class Chat:
    """What people say and what they are sent, in order, as (handle, item)."""

    app: App
    database: Database
    clock: ManualClock
    sent: list[tuple[str, OutboxItem]] = field(default_factory=list)
    # Chats that the platform knows under another id.
    moved: dict[str, str] = field(default_factory=dict)
    _numbers: Iterable[int] = field(default_factory=itertools.count)
    _owners: dict[str, str] = field(default_factory=dict)

    async def send(self, item: OutboxItem) -> str:
        """Take a message as a platform would."""
        if item.chat in self.moved:
            raise ChatMoved(self.moved[item.chat])
        conversation_id = item.message.conversation_id
        if conversation_id not in self._owners:
            place = await self.database.read(
                lambda tx: tx.conversations.get(conversation_id), tenant=item.tenant
            )
            self._owners[conversation_id] = place.principal_id
        self.sent.append((self._owners[conversation_id], item))
        return str(item.id)

    def message(self, handle: str, text: str = "", button: str = "") -> InboundMessage:
        """Write a message of a person's; each has a key of its own."""
        number = next(iter(self._numbers))
        return InboundMessage(
            platform="terminal",
            account="bursar",
            key=f"m{number}",
            chat="terminal",
            external_id=handle,
            text=text,
            button=button,
        )

    async def say(self, handle: str, text: str = "", *, button: str = "") -> str:
        """Say something and return all that this person is answered, as one text."""
        before = len(self.sent)
        await self.app.receive(self.message(handle, text, button))
        await self.app.settled()
        return "\n".join(item.message.text for to, item in self.sent[before:] if to == handle)

    async def write(
        self,
        platform: str,
        who: str,
        text: str = "",
        *,
        button: str = "",
        fields: tuple[tuple[str, str], ...] = (),
        group: str = "",
        name: str = "",
    ) -> str:
        """Write from an account on a platform, in private unless a group is named.

        Returns all that was sent to that account, as one text.
        """
        before = len(self.sent)
        message = InboundMessage(
            platform=platform,
            account="bot",
            key=f"m{next(iter(self._numbers))}",
            chat=group or f"dm-{who}",
            external_id=who,
            text=text,
            button=button,
            fields=fields,
            is_private=not group,
            sender_name=name or who,
        )
        await self.app.receive(message)
        await self.app.settled()
        return "\n".join(
            item.message.text
            for _, item in self.sent[before:]
            if (item.platform, item.external_id) == (platform, who)
        )

    def buttons_on(self, platform: str, who: str) -> dict[str, str]:
        """Return the tokens of the last card with buttons that an account was shown."""
        for _, item in reversed(self.sent):
            if (item.platform, item.external_id) == (platform, who) and item.message.buttons:
                return {button.style: button.token for button in item.message.buttons}
        raise AssertionError(f"{who} was shown no buttons on {platform}")

    def told(self, handle: str) -> str:
        """Return the last message that a person was sent."""
        return next(item.message.text for to, item in reversed(self.sent) if to == handle)

    def labels(self, handle: str) -> dict[str, str]:
        """Return the tokens of the last message with buttons that a person was sent, by label."""
        for to, item in reversed(self.sent):
            if to == handle and item.message.buttons:
                return {button.label: button.token for button in item.message.buttons}
        raise AssertionError(f"{handle} was shown no buttons")

    def buttons(self, handle: str) -> dict[str, str]:
        """Return the tokens of the last card with buttons that a person was shown."""
        for to, item in reversed(self.sent):
            if to == handle and item.message.buttons:
                return {button.style: button.token for button in item.message.buttons}
        raise AssertionError(f"{handle} was shown no buttons")


def limits() -> TurnLimits:
    """Return limits that no test reaches by accident."""
    wide = Allowance("premium", 10_000, 10_000, 3650)
    pace = Pace(messages=10_000, writes=10_000)
    return TurnLimits(
        allowances=Allowances(wide, wide), pace=pace, channels={"webhook": "", "pagerduty": ""}
    )
