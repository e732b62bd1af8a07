"""Buttons that each hold one call: tapped once, twice, by many, by others, and too late."""

import asyncio
from datetime import timedelta

import pytest

from bot.actions.asking import RaiseBudget
from bot.actions.base import ActionCall
from bot.actions.quiet import SetQuietHours
from bot.actions.spend import ShowBalance, ShowTopSpenders
from bot.deciding import offers
from bot.deciding.offers import OFFER_LIFE, Offer
from bot.economy import budgets
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage
from scheduler.jobs.offers import tidy_offers
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat

DESIGN = WalletId("design")
NIGHT = SetQuietHours(begins="22:00", ends="07:00")


async def offer(chat: Chat, handle: str, *calls: ActionCall) -> dict[str, str]:
    """Send a message with a button for each call; return the tokens by label."""

    def tell(tx: SqlTx) -> None:
        made = [Offer(f"Do {call.action}", call) for call in calls]
        offers.tell(tx, tx.people.get(PrincipalId(handle)), "Something happened.", made)

    before = len(chat.sent)
    await chat.database.write(tell, tenant=ACME)
    await chat.app.settled()
    ((to, item),) = chat.sent[before:]
    assert to == handle
    return {button.label.removeprefix("Do "): button.token for button in item.message.buttons}


async def quiet_of(chat: Chat, handle: str) -> str:
    person = await chat.database.read(lambda tx: tx.people.get(PrincipalId(handle)), tenant=ACME)
    return str(person.quiet)


async def test_a_read_is_shown_as_often_as_it_is_tapped(chat: Chat) -> None:
    token = (await offer(chat, "ben", ShowTopSpenders(wallet_id=DESIGN)))["show_top_spenders"]
    first = await chat.say("ben", button=token)
    assert "Design" in first
    assert await chat.say("ben", button=token) == first


async def test_a_small_change_of_ones_own_is_done_by_the_tap_and_undone(chat: Chat) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]
    assert "22:00" in await chat.say("ben", button=token)
    assert await quiet_of(chat, "ben") == "22:00–07:00"
    await chat.say("ben", "undo")
    await chat.say("ben", "yes")
    assert await quiet_of(chat, "ben") == "None"


async def test_a_second_tap_is_told_what_the_first_did(chat: Chat) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]
    await chat.say("ben", button=token)
    chat.clock.advance(timedelta(minutes=5))
    told = await chat.say("ben", button=token)
    assert "“Do set_quiet_hours” was done already, on" in told
    assert "Nothing was changed." in told


async def test_eight_taps_at_once_do_it_once(chat: Chat) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]
    before = len(chat.sent)
    await asyncio.gather(*(chat.app.receive(chat.message("ben", button=token)) for _ in range(8)))
    await chat.app.settled()
    texts = [item.message.text for _, item in chat.sent[before:]]
    assert sum("done already" in text for text in texts) == 7


async def test_the_statement_lets_one_of_eight_use_it(chat: Chat) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]

    def use(tx: SqlTx) -> bool:
        found = tx.offers.find(token)
        assert found is not None
        return tx.offers.use(found.id, "done")

    used = await asyncio.gather(*(chat.database.write(use, tenant=ACME) for _ in range(8)))
    assert sorted(used) == [False] * 7 + [True]


async def test_what_moves_money_becomes_a_draft_once(chat: Chat) -> None:
    call = RaiseBudget(wallet_id=DESIGN, amount_nanos=50 * USD)
    token = (await offer(chat, "carla", call))["raise_budget"]
    told = await chat.say("carla", button=token)
    assert "Design" in told
    assert await limit_of(chat) == 500 * USD
    assert "se convirtió en borrador" in await chat.say("carla", button=token)
    await chat.say("carla", "sí")
    assert await limit_of(chat) == 550 * USD


async def limit_of(chat: Chat) -> int:
    return await chat.database.read(
        lambda tx: budgets.main_limit(tx, DESIGN).amount_nanos, tenant=ACME
    )


async def test_rights_are_those_of_the_tap_and_a_refused_tap_uses_nothing_up(chat: Chat) -> None:
    call = RaiseBudget(wallet_id=DESIGN, amount_nanos=50 * USD)
    token = (await offer(chat, "carla", call))["raise_budget"]
    await chat.database.write(
        lambda tx: tx.people.take(PrincipalId("carla"), "finance", WalletId("")), tenant=ACME
    )
    assert "No se ha cambiado nada." in await chat.say("carla", button=token)
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "finance", WalletId("")), tenant=ACME
    )
    assert "Design" in await chat.say("carla", button=token)
    assert chat.buttons("carla")["yes"]


async def test_somebody_elses_tap_is_refused(chat: Chat) -> None:
    tokens = await offer(chat, "ben", NIGHT, ShowBalance(wallet_id=DESIGN))
    for token in tokens.values():
        assert "not yours" in await chat.say("ana", button=token)
    assert await quiet_of(chat, "ana") == await quiet_of(chat, "ben") == "None"
    assert "22:00" in await chat.say("ben", button=tokens["set_quiet_hours"])


async def test_a_button_counts_only_where_it_was_shown(both: Chat) -> None:
    await both.database.write(
        lambda tx: tx.people.link(PrincipalId("ben"), "telegram", "bot", "tg-ben"), tenant=ACME
    )
    token = (await offer(both, "ben", NIGHT))["set_quiet_hours"]
    assert "not yours" in await both.write("telegram", "tg-ben", button=token)


async def test_a_button_expires(chat: Chat) -> None:
    tokens = await offer(chat, "ben", NIGHT, ShowBalance(wallet_id=DESIGN))
    chat.clock.advance(OFFER_LIFE)
    for token in tokens.values():
        assert "counted until" in await chat.say("ben", button=token)
    assert await quiet_of(chat, "ben") == "None"


async def test_a_month_after_their_end_buttons_are_forgotten(chat: Chat) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]
    chat.clock.advance(OFFER_LIFE + timedelta(days=29))
    assert await tidy_offers(chat.database) == 0
    chat.clock.advance(timedelta(days=1))
    assert await tidy_offers(chat.database) == 1
    assert "no longer counts" in await chat.say("ben", button=token)


async def test_a_call_of_an_earlier_release_is_no_button_any_more(chat: Chat) -> None:
    class Gone(ActionCall):
        action: str = "gone"

    token = (await offer(chat, "ben", Gone()))["gone"]
    assert "no longer counts" in await chat.say("ben", button=token)


@pytest.mark.parametrize("late", [timedelta(hours=2)])
async def test_a_late_tap_is_not_done(chat: Chat, late: timedelta) -> None:
    token = (await offer(chat, "ben", NIGHT))["set_quiet_hours"]
    sent_at = chat.clock.now()
    chat.clock.advance(late)
    message = InboundMessage(
        "terminal", "bursar", "late", "terminal", "ben", button=token, sent_at=sent_at
    )
    await chat.app.receive(message)
    await chat.app.settled()
    assert await quiet_of(chat, "ben") == "None"
