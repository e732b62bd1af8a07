"""Where there is much to look after, all of it is, some at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.alerts.events import AlertEvent
from bot.economy import limit_changes
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId, new_id
from bot.memory import KeptTurn
from bot.proposals.offers import NewOffer
from scheduler.jobs import alerts, memory, offers
from scheduler.jobs.alerts import share_alerts, tell_alerts
from scheduler.jobs.memory import tidy_memory
from scheduler.jobs.offers import tidy_offers
from storage.tables.messages import kept_turn
from storage.tables.offers import offer
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat
from tests.turns.test_alerts import LADDER, use
from tests.turns.test_shared_alerts import listen

DAY = timedelta(days=1)


async def test_alerts_without_news_stand_before_none_that_has(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "_AT_ONCE", 2)
    heard = await listen(chat)
    names = [f"more-{number}" for number in range(5)]

    def found(tx: SqlTx) -> None:
        for name in names:
            tx.wallets.add(Wallet(WalletId(name), WalletId("company"), "team", name))
            limit_changes.set_limit(
                tx, WalletId(name), "month", 100 * USD, key=new_id(), actor="elena"
            )

    await chat.database.write(found, tenant=ACME)
    for name in names:
        await use(chat, 90, name)
        await tell_alerts(chat.database, LADDER)
        await share_alerts(chat.database, {"webhook": ""})
        await chat.app.settled()
        chat.clock.advance(timedelta(minutes=1))
    told = [event.wallet for _, event in heard if isinstance(event, AlertEvent)]
    assert sorted(told) == sorted(names)


async def test_buttons_and_turns_are_forgotten_some_at_a_time(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (offers, memory):
        monkeypatch.setattr(module, "_AT_ONCE", 2)
    ana = PrincipalId("ana")

    def make(tx: SqlTx) -> None:
        talk = tx.conversations.open("terminal", "terminal", "", ana)
        new = [NewOffer(new_id(), f"token-{number}", "x", "{}") for number in range(5)]
        tx.offers.add(new, conversation_id=talk.id, person_id=ana, expires_at=tx.now)
        for number in range(5):
            turn = KeptTurn(number + 1, "x", "y", "rules", (), None, tx.now)
            tx.memory.keep(talk.id, ana, turn)

    await chat.database.write(make, tenant=ACME)
    chat.clock.advance(30 * DAY)
    assert await tidy_offers(chat.database) == 5
    assert await tidy_memory(chat.database, DAY) == 5
    left = await chat.database.read(
        lambda tx: [
            tx.connection.rows(select(func.count()).select_from(one))[0][0]
            for one in (offer, kept_turn)
        ]
    )
    assert left == [0, 0]
