"""Asking whether anything is unusual, in a whole conversation."""

from datetime import datetime, timedelta

from bot.economy.usage import Usage
from bot.ids import PrincipalId, WalletId
from bot.reports.anomalies import find_anomalies
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat

HOUR = timedelta(hours=1)


async def use(chat: Chat, wallet: str, *, now: int, before: int = 10) -> datetime:
    """Spend so many dollars in this hour, and in the same hour of three weeks before."""
    hour_at = chat.clock.now().replace(minute=0, second=0, microsecond=0)

    def keep(tx: SqlTx) -> None:
        for days in range(22):
            at = hour_at - timedelta(days=days)
            cost = (before if days else now) * USD
            key = f"{wallet}-{days}"
            used = Usage(
                key,
                WalletId(wallet),
                PrincipalId("ben"),
                "chat",
                "p",
                "gpt-5",
                1,
                1,
                cost,
                "1",
                at,
            )
            tx.usage.add(used, at.astimezone(tx.zone).date())

    await chat.database.write(keep, tenant=ACME)
    return hour_at


async def test_what_is_unusual_is_told_in_numbers_to_who_may_read_it(chat: Chat) -> None:
    await use(chat, "launch", now=90)
    await use(chat, "data", now=12)
    said = await chat.say("ben", "anything unusual?")
    assert "Launch spends unusually much on gpt-5: $90.00" in said
    assert "it is usually $10.00." in said
    assert "Ben Ortiz, $90.00" in said
    assert "Data" not in said
    assert "Launch gasta más de lo normal en gpt-5: $90,00" in await chat.say(
        "carla", "¿algo raro en design?"
    )
    # A viewer of Data reads nothing of what Launch does.
    assert "Nothing unusual since" in await chat.say("frank", "any anomalies?")


async def test_what_was_told_is_shown_for_a_week(chat: Chat) -> None:
    await use(chat, "design", now=90)
    await chat.database.write(lambda tx: find_anomalies(tx, tx.now), tenant=ACME)
    chat.clock.advance(timedelta(days=2))
    said = await chat.say("ben", "anything unusual?")
    assert "· Design," in said
    assert "$90.00 on gpt-5 in an hour, usually at most $10.00" in said
    assert "Unusual now" not in said
    chat.clock.advance(timedelta(days=6))
    assert "Nothing unusual since" in await chat.say("ben", "anything unusual?")


async def test_a_wallet_that_may_not_be_read_is_refused(chat: Chat) -> None:
    assert "may not see" in await chat.say("frank", "anything unusual in design?")
