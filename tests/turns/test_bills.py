"""A provider's bill: imported on the server, confirmed in the chat by who keeps the books."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.bills.imports import BillImport
from bot.bills.reading import read_bill
from bot.bills.variance import correct, count
from bot.errors.kinds import InvalidInput
from bot.ids import WalletId
from bot.operations import bills
from bot.proposals.model import DRAFT_LIFE
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, spend

FILE = b"date,model,cost_usd\n2026-11-18,gpt-5,13.00\n"


@pytest.fixture
async def used(chat: Chat) -> Chat:
    """A company that counted $12.50 today; its people of finance have written once."""

    def use(tx: SqlTx) -> None:
        spend(tx, "launch", "ana", 12 * USD, "gpt-5", "k1")
        spend(tx, "data", "frank", USD // 2, "gpt-5", "k2")

    await chat.database.write(use, tenant=ACME)
    for handle in ("carla", "elena", "ana", "ben"):
        await chat.say(handle, "hello")
    return chat


async def load(chat: Chat, data: bytes = FILE, provider: str = "test") -> str:
    said = await chat.database.write(lambda tx: bills.keep(tx, read_bill(data, provider)))
    await chat.app.settled()
    return said


async def ref_of(chat: Chat) -> str:
    return (await load(chat)).partition("mport ")[2][:4]


async def total(chat: Chat) -> int:
    lines = await chat.database.read(
        lambda tx: tx.usage.sum_by(
            "month",
            from_on=chat.clock.now().date().replace(day=1),
            until_on=chat.clock.now().date(),
        ),
        tenant=ACME,
    )
    return sum(line.cost_nanos for line in lines)


async def test_finance_says_yes_and_usage_is_what_was_charged(used: Chat) -> None:
    said = await load(used)
    assert "(asked: Carla Ruiz, Elena Vega). Nothing was changed yet." in said
    assert await total(used) == 12 * USD + USD // 2
    card = used.told("elena")
    assert "correct usage of test by import" in card
    assert "Counted $12.50 -> charged $13.00" in card
    # It waits longer than a draft of one's own: nobody asked for it here.
    used.clock.advance(DRAFT_LIFE * 4)
    done = await used.say("elena", button=used.buttons("elena")["yes"])
    assert "is what it charged now: $12.50 -> $13.00" in done, done
    assert await total(used) == 13 * USD
    late = await used.say("carla", button=used.buttons("carla")["yes"])
    assert "ya se corrigió" in late, late
    assert await total(used) == 13 * USD
    assert "was corrected by this file before" in await load(used)
    assert await total(used) == 13 * USD


async def test_it_is_asked_for_by_its_reference_too(used: Chat) -> None:
    ref = await ref_of(used)
    await used.say("elena", button=used.buttons("elena")["no"])
    card = await used.say("elena", f"/correct {ref}")
    assert "charged $13.00" in card
    await used.say("elena", "yes")
    assert await total(used) == 13 * USD


@pytest.mark.parametrize("handle", ["ana", "ben", "frank"])
async def test_nobody_else_may(used: Chat, handle: str) -> None:
    ref = await ref_of(used)
    said = await used.say(handle, f"correct usage by import {ref}")
    assert "correct usage by a provider's bill" in said, said
    shown = {to for to, item in used.sent if "13,00" in item.message.text.replace(".", ",")}
    assert shown == {"carla", "elena"}
    assert await total(used) == 12 * USD + USD // 2


async def test_another_draft_is_not_pushed_aside(used: Chat) -> None:
    await used.say("elena", "raise design by 50 until friday")
    ref = await ref_of(used)
    assert f"correct usage by import {ref}" in used.told("elena")
    await used.say("elena", "yes")
    assert await total(used) == 12 * USD + USD // 2


async def test_usage_that_came_since_is_no_part_of_the_yes(used: Chat) -> None:
    await load(used)
    await used.database.write(
        lambda tx: spend(tx, "data", "frank", USD, "gpt-5", "k3"), tenant=ACME
    )
    said = await used.say("elena", button=used.buttons("elena")["yes"])
    assert "has changed since that bill was imported. Nothing was changed." in said, said
    assert await total(used) == 13 * USD + USD // 2
    await load(used)
    await used.say("elena", button=used.buttons("elena")["yes"])
    assert await total(used) == 13 * USD


async def test_an_old_card_posts_nothing_but_what_it_shows(used: Chat) -> None:
    await used.say("elena", "raise design by 50 until friday")
    await load(used)
    card = used.told("carla")
    assert "12,50" in card, card
    old = used.buttons("carla")["yes"]
    await used.database.write(
        lambda tx: spend(tx, "data", "frank", USD, "gpt-5", "k3"), tenant=ACME
    )
    # Imported again, it is another correction: less was charged than is counted now.
    ref = await ref_of(used)
    assert "13,50" in used.told("carla")
    late = await used.say("carla", button=old)
    assert await total(used) == 13 * USD + USD // 2, late
    # Who had a draft of something else has none of the import; what they ask for is shown anew.
    await used.say("elena", "no")
    assert "Counted $13.50 -> charged $13.00" in await used.say("elena", f"/correct {ref}")
    await used.database.write(
        lambda tx: spend(tx, "data", "frank", USD, "gpt-5", "k4"), tenant=ACME
    )
    await load(used)
    assert "Counted $14.50" in used.told("elena")
    await used.say("elena", "yes")
    assert await total(used) == 13 * USD


async def test_a_draft_that_somebody_elses_import_made_old_is_refused(used: Chat) -> None:
    ref = await ref_of(used)
    await used.say("elena", "no")
    await used.say("elena", f"/correct {ref}")

    def change(tx: SqlTx) -> None:
        spend(tx, "data", "frank", USD, "gpt-5", "k3")
        tx.enter(ACME)
        bill = read_bill(FILE, "test")
        counted = count(tx.charges, "test", bill.from_on, bill.until_on)
        found = tuple(correct(bill, counted, WalletId("company")))
        tx.bills.keep(BillImport(bill.id, ref, bill.provider, bill.from_on, bill.until_on, found))

    await used.database.write(change, tenant=ACME)
    said = await used.say("elena", "yes")
    assert "has changed since that bill was imported. Nothing was changed." in said, said
    assert await total(used) == 13 * USD + USD // 2


async def test_a_file_that_was_imported_for_the_wrong_provider_can_be_for_the_right_one(
    used: Chat,
) -> None:
    wrong = await load(used, provider="openai")
    await used.say("elena", button=used.buttons("elena")["no"])
    right = await load(used)
    assert wrong != right
    assert "Counted $12.50 -> charged $13.00" in used.told("elena")
    await used.say("elena", button=used.buttons("elena")["yes"])
    assert await total(used) == 13 * USD


async def test_a_bill_of_days_to_come_is_none(used: Chat) -> None:
    with pytest.raises(InvalidInput, match="yet to come"):
        await load(used, b"date,model,cost_usd\n2026-11-18,gpt-5,13\n2026-11-19,gpt-5,1\n")
    assert await total(used) == 12 * USD + USD // 2


async def test_what_a_bill_corrects_is_nobodys_spend_and_nothing_unusual(used: Chat) -> None:
    await load(used, b"date,model,cost_usd\n2026-11-18,gpt-5,13\n2026-11-18,o3,4500\n")
    await used.say("elena", button=used.buttons("elena")["yes"])
    assert await total(used) == 4513 * USD
    for said in ("top spenders this month", "spend by person this month"):
        answer = await used.say("elena", said)
        assert "corrections by bills" in answer, answer
        assert "bursar" not in answer.lower(), answer
    used.clock.advance(timedelta(days=1))
    digest = await used.say("elena", "digest now")
    assert "mostly corrections by bills" in digest, digest

    def hours(tx: SqlTx) -> int:
        day = timedelta(days=1)
        return sum(one.cost_nanos for one in tx.usage.list_spent(tx.now - 3 * day, tx.now + day))

    # Whoever looks for what is unusual, or for who spends right now, sees calls alone.
    assert await used.database.read(hours, tenant=ACME) == 12 * USD + USD // 2


async def test_a_reference_that_there_is_not(used: Chat) -> None:
    assert "no import of that reference" in await used.say("elena", "/correct 9999")
