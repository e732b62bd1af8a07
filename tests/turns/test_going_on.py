"""Going on with the talk confirms a small draft, only where the preset says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.presets import ADMIN, CHAT, ONBOARDING, Presets
from bot.running import App
from storage.database import Database
from tests.turns.chat import ACME, Chat, limits, make_company


def presets(*, goes_on: bool = True, time_out_s: float = 5.0) -> Presets:
    """Return presets that differ from the usual ones in this."""
    return Presets(
        *(
            replace(one, confirms_by_going_on=goes_on, action_time_out_s=time_out_s)
            for one in (ONBOARDING, CHAT, ADMIN)
        )
    )


async def open_chat(database: Database, clock: ManualClock, chosen: Presets) -> Chat:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), presets=chosen))
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    return chat


@pytest.fixture
async def going(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    chat = await open_chat(database, clock, presets())
    yield chat
    await chat.app.stop()


async def names(chat: Chat) -> set[str]:
    wallets = await chat.database.read(lambda tx: tx.wallets.list_all(), tenant=ACME)
    return {wallet.name for wallet in wallets}


async def test_a_question_confirms_a_small_draft_and_is_answered(going: Chat) -> None:
    await going.say("elena", "rename Launch to Rocket")
    answer = await going.say("elena", "how much has data spent this month?")
    assert "Rocket" in answer
    assert "Data" in answer
    assert "Rocket" in await names(going)
    # It was done once, and is over.
    assert "nothing" in (await going.say("elena", "yes")).lower()


async def test_an_order_confirms_it_and_is_drafted(going: Chat) -> None:
    await going.say("elena", "rename Launch to Rocket")
    answer = await going.say("elena", "set the limit of data to 900")
    assert "Rocket" in await names(going)
    assert "$900.00" in answer
    assert "Draft #" in answer


async def test_money_still_needs_a_yes(going: Chat) -> None:
    await going.say("elena", "set the limit of data to 900")
    await going.say("elena", "how much has data spent this month?")
    answer = await going.say("elena", "what is left for data?")
    assert "$800.00" in answer


@pytest.mark.parametrize("said", ["no", "hm", "hello", "what do you mean?"])
async def test_what_is_no_going_on_confirms_nothing(going: Chat, said: str) -> None:
    await going.say("elena", "rename Launch to Rocket")
    await going.say("elena", said)
    assert "Rocket" not in await names(going)


async def test_after_the_window_it_confirms_nothing(going: Chat) -> None:
    await going.say("elena", "rename Launch to Rocket")
    going.clock.advance(timedelta(minutes=5, seconds=1))
    await going.say("elena", "how much has data spent this month?")
    assert "Rocket" not in await names(going)


async def test_it_never_does_unless_it_is_set(database: Database, clock: ManualClock) -> None:
    chat = await open_chat(database, clock, presets(goes_on=False))
    await chat.say("elena", "rename Launch to Rocket")
    await chat.say("elena", "how much has data spent this month?")
    assert "Rocket" not in await names(chat)
    await chat.app.stop()


async def test_a_read_that_takes_too_long_is_given_up(
    database: Database, clock: ManualClock
) -> None:
    chat = await open_chat(database, clock, presets(time_out_s=0.0))
    answer = await chat.say("elena", "balance")
    assert "took longer than it may" in answer
    assert "Nothing was" in answer
    await chat.app.stop()
