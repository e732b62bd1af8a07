"""Alerts that no call brings about: raises that end, limits that go down, a rest too small."""

import itertools
from datetime import timedelta

import pytest

from bot.economy import limit_changes, spending
from bot.errors.money import InsufficientFunds
from bot.ids import PrincipalId
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat
from tests.turns.test_alerts import DESIGN, HOURS, tell, use

_keys = itertools.count()


async def test_a_raise_that_lapses_under_what_was_used_is_told_once(chat: Chat) -> None:
    until_at = chat.clock.now() + 24 * HOURS
    await chat.database.write(
        lambda tx: limit_changes.raise_limit(
            tx, DESIGN, 200 * USD, until_at=until_at, key="more", actor="carla"
        ),
        tenant=ACME,
    )
    # Of 700 that is no more than 79 %.
    await use(chat, 550)
    assert await tell(chat) == {}
    chat.clock.advance(24 * HOURS - timedelta(microseconds=1))
    assert await tell(chat) == {}
    chat.clock.advance(timedelta(microseconds=1))
    told = await tell(chat, times=8)
    assert {"ben", "carla", "elena"} <= set(told)
    assert "$550.00 of $500.00 this November (110 %)" in told["ben"]
    assert await tell(chat) == {}


async def test_a_limit_that_is_lowered_under_what_was_used_is_told(chat: Chat) -> None:
    await use(chat, 300)
    await chat.database.write(
        lambda tx: limit_changes.set_limit(
            tx, DESIGN, "month", 310 * USD, key="less", actor="carla"
        ),
        tenant=ACME,
    )
    told = await tell(chat, times=8)
    assert set(told) == {"ben", "carla"}
    assert "Design has used 96 %" in told["ben"]


async def ask(chat: Chat, most: int, cost: int) -> None:
    """Set so many dollars aside for a call, and pay what it comes to."""

    def run(tx: SqlTx) -> None:
        key = f"used-up-{next(_keys)}"
        spending.hold(tx, DESIGN, most * USD, key=key, actor="ana", life=HOURS)
        spending.settle(tx, DESIGN, cost * USD, key=key, actor="ana")

    await chat.database.write(run, tenant=ACME)


async def test_what_is_left_and_pays_no_call_any_more_is_a_limit_that_is_used_up(
    chat: Chat,
) -> None:
    await use(chat, 490)
    await tell(chat)
    # Four are left of 500, and the next call like it would be let in.
    await ask(chat, 4, 6)
    assert await tell(chat) == {}
    await ask(chat, 4, 1)
    with pytest.raises(InsufficientFunds):
        await ask(chat, 4, 1)
    told = await tell(chat, times=8)
    assert set(told) == {"ana", "ben", "carla", "elena"}
    assert "$497.00 of $500.00 this November (99 %)" in told["ben"]
    assert "The $3.00 that are left are too little for a call like the last one." in told["ben"]
    assert "Los $3,00 que quedan no bastan" in told["carla"]
    assert await tell(chat) == {}


async def test_a_dear_call_alone_uses_no_limit_up(chat: Chat) -> None:
    await use(chat, 450)
    await tell(chat)
    # Nothing like it is let in again, but with fifty dollars there is much else to do.
    await ask(chat, 45, 1)
    assert await tell(chat) == {}


async def test_who_put_it_off_and_lost_the_right_hears_no_more(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    await chat.say("ben", button=chat.labels("ben")["Snooze 1 day"])
    await chat.database.write(
        lambda tx: tx.people.take(PrincipalId("ben"), "lead", DESIGN), tenant=ACME
    )
    chat.clock.advance(24 * HOURS)
    assert set(await tell(chat)) == {"carla"}
