"""Charts in the chat: a picture where those are shown, letters in a terminal."""

import base64
from datetime import timedelta
from functools import partial

import pytest

from bot.economy.limit_changes import set_limit
from bot.ids import IdempotencyKey, PrincipalId, WalletId
from bot.messages import OutboxItem, PictureBlock, TextBlock
from bot.ports import Tx
from tests.turns.chat import ACME, Chat, spend

USD = 10**9


async def days_of_spend(chat: Chat, count: int = 10) -> None:
    for day in range(count):
        await chat.database.write(partial(_spend_a_day, day), tenant=ACME)
        if day < count - 1:
            chat.clock.advance(timedelta(days=1))


def _spend_a_day(day: int, tx: Tx) -> None:
    for model, cost in (("claude-sonnet-4-5", 3 + day), ("gpt-5-mini", 1)):
        spend(tx, "design", "ana", cost * USD, model, f"s{day}{model}")


@pytest.mark.parametrize(
    "asked", ["chart of design's spend this month", "show me a graph of design", "/chart design"]
)
async def test_a_terminal_shows_a_chart_in_letters(chat: Chat, asked: str) -> None:
    await days_of_spend(chat)
    said = await chat.say("ana", asked)
    assert "Design has spent" in said
    assert "█" in said


async def test_a_platform_shows_a_picture_with_words_for_it(chat: Chat) -> None:
    await days_of_spend(chat)
    seen: list[OutboxItem] = []

    async def send(item: OutboxItem) -> str:
        seen.append(item)
        return "1"

    chat.app.add_channel("telegram", send, shows_pictures=True)
    await chat.database.write(
        lambda tx: tx.people.link(PrincipalId("ana"), "telegram", "bot", "7"),
        tenant=ACME,
    )
    await chat.write("telegram", "7", "chart by model")
    (message,) = [item.message for item in seen]
    words, picture = message.blocks
    assert isinstance(words, TextBlock)
    assert isinstance(picture, PictureBlock)
    assert base64.b64decode(picture.png).startswith(b"\x89PNG")
    assert "claude-sonnet-4-5" in picture.alt
    assert words.text == message.text


async def test_whoever_may_not_read_a_wallet_sees_no_chart_of_it(chat: Chat) -> None:
    await days_of_spend(chat, 1)
    said = await chat.say("ana", "chart of company")
    assert "█" not in said


async def test_where_nothing_was_spent_no_wallet_is_the_fullest(chat: Chat) -> None:
    assert "Nothing has been spent this November." in await chat.say(
        "elena", "chart of the wallets"
    )
    said = await chat.say("carla", "gráfico de las carteras")
    assert "No se ha gastado nada en noviembre." in said


async def test_a_wallet_that_is_left_over_is_named(chat: Chat) -> None:
    def cut_limits(tx: Tx) -> None:
        wallets = ("company", "design", "data", "launch")
        for wallet in wallets:
            spend(tx, wallet, "ana", 2 * USD, "gpt-5", f"s{wallet}")
        for wallet in wallets:
            set_limit(tx, WalletId(wallet), "month", USD, key=IdempotencyKey(wallet), actor="x")

    await chat.database.write(cut_limits, tenant=ACME)
    said = await chat.say("elena", "chart of the wallets")
    assert said.startswith("Over their limits this November: Company, Data, Design and Launch."), (
        said
    )
