"""From a question to a raised budget: the conversation that Bursar is for."""

from datetime import timedelta

from bot.economy.budgets import list_budgets
from bot.ids import WalletId
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat


async def limit_of(chat: Chat, wallet: str) -> int:
    def read(tx: SqlTx) -> int:
        return list_budgets(tx, [tx.wallets.get(WalletId(wallet))])[0].limit_nanos

    return await chat.database.read(read, tenant=ACME)


async def test_a_request_is_drafted_edited_confirmed_and_approved(chat: Chat) -> None:
    await chat.say("ana", "how much has design spent this month?")
    text = "ask for 200 more until the end of the month, we have the launch"
    draft = await chat.say("ana", text)
    assert "$200.00" in draft
    assert "$500.00 -> $700.00" in draft
    assert "Ben Ortiz" in draft
    second = await chat.say("ana", "yes but make it 250")
    assert "$250.00" in second
    assert await limit_of(chat, "design") == 500 * USD
    sent = await chat.say("ana", "yes")
    assert "Ben Ortiz" in sent
    assert await limit_of(chat, "design") == 500 * USD
    card = chat.told("ben")
    assert "Ana Lima" in card
    assert "$250.00" in card
    await chat.say("ben", "yes")
    assert await limit_of(chat, "design") == 750 * USD
    assert "Ben Ortiz" in chat.told("ana")
    # The raise ends by itself with the month.
    chat.clock.advance(timedelta(days=14))
    assert await limit_of(chat, "design") == 500 * USD


async def test_an_order_for_another_wallet_is_no_change_of_the_draft(chat: Chat) -> None:
    await chat.say("elena", "raise launch by 20")
    assert "Launch" in chat.told("elena")
    await chat.say("elena", "raise data by 3")
    told = chat.told("elena")
    assert "Data" in told
    assert "$3.00" in told
    assert "second version" not in told
    # The same wallet again, or none, still changes it.
    await chat.say("elena", "make it 30")
    told = chat.told("elena")
    assert "second version" in told
    assert "$30.00" in told
    assert "Data" in told
