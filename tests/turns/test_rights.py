"""How much a role may do at a time, as people hear of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.actions.people import DisablePerson, disable_person
from bot.clock import ManualClock
from bot.economy import limit_changes
from bot.errors.kinds import InvalidInput
from bot.ids import PrincipalId, WalletId, new_id
from bot.ports import Actor
from bot.running import App
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, limits, lose_owner, make_company, spend
from tests.turns.test_approvals import limit_of, request, state_of


async def settle(chat: Chat, text: str) -> str:
    """Have the owner change what a role may do."""
    card = await chat.say("elena", text)
    assert "Draft" in card, card
    return await chat.say("elena", "yes")


async def speak_spanish(chat: Chat) -> None:
    """Have somebody who speaks Spanish be owner, and another lead of Design."""
    await chat.database.write(
        lambda tx: (
            tx.people.give(PrincipalId("carla"), "owner", None),
            tx.people.take(PrincipalId("carla"), "finance", None),
        ),
        tenant=ACME,
    )


async def test_an_owner_sets_changes_and_takes_back_what_a_role_may(chat: Chat) -> None:
    card = await chat.say("elena", "let leads approve up to $500")
    assert "let the role lead approve up to $500.00 at a time" in card
    assert "no bound -> $500.00" in card
    assert "approve up to" not in await chat.say("elena", "people")
    assert "no bound -> $500.00" in await chat.say("elena", "yes")
    listed = await chat.say("ana", "who may approve how much?")
    assert "At a time the role lead may approve up to $500.00." in listed
    assert "$500.00 -> $700.00" in await settle(chat, "a lead may approve at most 700")
    undo = await chat.say("elena", "undo")
    assert "$700.00 -> $500.00" in undo
    await chat.say("elena", "yes")
    assert "approve up to $500.00" in await chat.say("elena", "people")
    gone = await settle(chat, "remove the limit on what leads may approve")
    assert "$500.00 -> no bound" in gone
    assert "approve up to" not in await chat.say("elena", "people")


async def test_the_same_in_spanish(chat: Chat) -> None:
    await speak_spanish(chat)
    card = await chat.say("carla", "deja que los líderes aprueben hasta 500")
    assert "que el rol de líder pueda aprobar hasta $500,00 de una vez" in card
    assert "sin tope -> $500,00" in card
    assert "sin tope -> $500,00" in await chat.say("carla", "sí")
    listed = await chat.say("carla", "¿cuánto puede aprobar un líder?")
    assert "De una vez, el rol de líder puede aprobar hasta $500,00." in listed
    gone = await chat.say("carla", "quita el límite de lo que puede aprobar un líder")
    assert "$500,00 -> sin tope" in gone
    await chat.say("carla", "sí")
    assert "aprobar hasta" not in await chat.say("carla", "personas")


async def test_only_an_owner_may_and_others_are_sent_to_one(chat: Chat) -> None:
    for handle in ("ana", "ben"):
        answer = await chat.say(handle, "let leads approve up to 9000")
        assert "You may not change how much a role may do." in answer
        assert "Ask an owner." in answer
    refused = await chat.say("elena", "let owners approve up to 5")
    assert "An owner is never limited" in refused
    assert "may not do that at all" in await chat.say("elena", "leads may raise budgets by 100")


async def test_only_those_are_asked_whose_right_reaches_the_amount(chat: Chat) -> None:
    await settle(chat, "let leads approve up to 500")
    card = await chat.say("ana", "ask for 501 more for design")
    assert "Decides: Carla Ruiz, else Elena Vega." in card
    assert "Ben" not in card
    within = await chat.say("ana", "make it 500")
    assert "Decides: Ben Ortiz, else Carla Ruiz or 1 more." in within
    assert "Sent to Ben Ortiz" in await chat.say("ana", "yes")


async def test_a_click_is_checked_by_the_right_of_that_moment(chat: Chat) -> None:
    await settle(chat, "let leads approve up to 500")
    ref = await request(chat, 400)
    token = chat.buttons("ben")["yes"]
    await settle(chat, "let leads approve up to 300")
    answer = await chat.say("ben", button=token)
    assert (
        "With the role lead you may approve up to $300.00 at a time, and this is $400.00."
        in answer
    )
    assert "Nothing was changed." in answer
    assert "That is for Carla Ruiz or Elena Vega." in answer
    assert await limit_of(chat) == 500
    assert await state_of(chat, ref) == "pending/None"
    why = await chat.say("ben", "why")
    assert "up to $300.00 at a time, and this is $400.00" in why
    assert "Rule: an owner sets how much a role may do at a time" in why
    # What is still within it, he may give; and he may always say no.
    await chat.say("ben", f"approve {ref} with 300")
    await chat.say("ben", button=chat.buttons("ben")["yes"])
    assert await state_of(chat, ref) == "executed/approved"
    assert await limit_of(chat) == 800


async def test_a_right_that_is_too_small_still_rejects(chat: Chat) -> None:
    ref = await request(chat, 400)
    await settle(chat, "let leads approve up to 300")
    await chat.say("ben", f"reject {ref}, too much")
    assert await state_of(chat, ref) == "discarded/rejected"


async def test_an_approver_who_gives_more_is_checked_by_that(chat: Chat) -> None:
    await settle(chat, "let leads approve up to 300")
    ref = await request(chat, 200)
    answer = await chat.say("ben", "yes but make it 350")
    assert "up to $300.00 at a time, and this is $350.00" in answer
    assert await chat.say("ben", f"approve {ref} with 350") == answer
    assert await limit_of(chat) == 500
    # A draft that was within the right when it was shown is not when it is confirmed.
    assert "Draft" in await chat.say("ben", f"approve {ref} with 250")
    token = chat.buttons("ben")["yes"]
    await settle(chat, "let leads approve up to 249")
    assert "up to $249.00 at a time" in await chat.say("ben", button=token)
    assert await limit_of(chat) == 500
    assert await state_of(chat, ref) == "pending/None"


async def test_a_spanish_approver_reads_the_number_and_who_may(chat: Chat) -> None:
    await settle(chat, "finance may approve up to 100")
    ref = await request(chat, 200)
    answer = await chat.say("carla", f"aprueba {ref}")
    assert (
        "Con el rol de finanzas puedes aprobar hasta $100,00 de una vez, y esto son $200,00."
        in answer
    )
    assert "Eso es cosa de Ben Ortiz o Elena Vega." in answer
    why = await chat.say("carla", "¿por qué?")
    assert "Regla: un propietario fija cuánto puede hacer un rol de una vez" in why
    assert await state_of(chat, ref) == "pending/None"


async def test_a_lead_moves_up_to_the_limit_and_asks_beyond_it(chat: Chat) -> None:
    await settle(chat, "a lead may move at most 100")
    assert "Decides" not in await chat.say("ben", "move 100 from design to launch")
    assert "$100.00 moved from Design to Launch" in await chat.say("ben", "yes")
    # Raised in an edit, it needs somebody else.
    await chat.say("ben", "move 50 from design to launch")
    card = await chat.say("ben", "make it 150")
    assert "by yourself you may do up to $100.00 at a time" in card
    assert "Decides: Carla Ruiz, else Elena Vega." in card
    assert "Sent to Carla Ruiz" in await chat.say("ben", "yes")
    assert await limit_of(chat) == 400
    assert "pasan de Design a Launch" in await chat.say("carla", "sí")
    assert await limit_of(chat) == 250
    assert await limit_of(chat, "launch") == 450


async def test_finance_raises_up_to_the_limit_and_asks_beyond_it(chat: Chat) -> None:
    await settle(chat, "finance may raise budgets by up to 100")
    await settle(chat, "finance may raise limits by up to 100")
    refused = await chat.say("carla", "sube el presupuesto de Design 200")
    assert "puedes subir un presupuesto en hasta $100,00 de una vez" in refused
    card = await chat.say("carla", "pide 200 más para Design")
    assert "por tu cuenta puedes hasta $100,00 de una vez" in card
    # Ben may decide it too: a lead's right to approve is not bounded here.
    assert "Decide: Ben Ortiz; si no, Elena Vega." in card
    assert "Ben Ortiz" in await chat.say("carla", "sí")
    grown = await chat.say("carla", "fija el límite mensual de Design en 601")
    assert "puedes subir un límite en hasta $100,00 de una vez, y esto son $101,00" in grown
    gone = await chat.say("carla", "quita el límite mensual de Design")
    assert "y esto no tiene tope" in gone
    await chat.say("carla", "fija el límite mensual de Design en 600")
    await chat.say("carla", button=chat.buttons("carla")["yes"])
    assert await limit_of(chat) == 600


async def test_with_nobody_who_may_so_much_the_asker_hears_it_at_once(chat: Chat) -> None:
    await settle(chat, "let leads approve up to 100")
    await settle(chat, "let finance approve up to 150")
    await chat.database.write(lose_owner, tenant=ACME)
    answer = await chat.say("ana", "ask for 200 more for design")
    assert "Nobody else here may approve $200.00 at a time." in answer
    assert "an owner can change it" in answer
    assert "Draft" not in answer
    assert "Decides: Carla Ruiz" in await chat.say("ana", "ask for 150 more for design")


@pytest.mark.parametrize(("amount", "is_made"), [(500, True), (501, False)])
async def test_the_widest_of_two_roles_counts(chat: Chat, amount: int, is_made: bool) -> None:
    await settle(chat, "let leads approve up to 100")
    await settle(chat, "let finance approve up to 500")
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("ben"), "finance", None), tenant=ACME
    )
    ref = await request(chat, amount)
    answer = await chat.say("ben", f"approve {ref}")
    assert (await state_of(chat, ref) == "executed/approved") is is_made
    assert is_made or "With the role finance you may approve up to $500.00" in answer


async def test_the_month_cap_of_an_approver_stands_beside_it(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), approver_month_nanos=600 * USD))
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    await settle(chat, "let leads approve up to 500")
    first, second = await request(chat, 400), await request(chat, 300)
    await chat.say("ben", f"approve {first}")
    await chat.say("ben", f"approve {second}")
    assert await state_of(chat, first) == "executed/approved"
    assert await state_of(chat, second) == "pending/None"
    await app.stop()


async def test_an_approval_that_came_to_nothing_counts_against_no_month(
    database: Database, clock: ManualClock
) -> None:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), approver_month_nanos=600 * USD))
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    company = WalletId("company")
    first, second, third = [await request(chat, amount) for amount in (400, 300, 301)]
    await chat.database.write(
        lambda tx: spend(tx, "data", "ana", 100 * USD, "m", "k"), tenant=ACME
    )

    async def limit(dollars: int) -> None:
        await chat.database.write(
            lambda tx: limit_changes.set_limit(
                tx, company, "month", dollars * USD, key=new_id(), actor="elena"
            ),
            tenant=ACME,
        )

    await limit(200)
    await chat.say("ben", f"approve {first}")
    assert await state_of(chat, first) == "failed/insufficient_funds"
    await limit(5000)
    await chat.say("ben", f"approve {second}")
    assert await state_of(chat, second) == "executed/approved"
    # Of 600 half is left.
    await chat.say("ben", f"approve {third}")
    assert await state_of(chat, third) == "pending/None"
    await app.stop()


async def test_the_change_stands_in_the_audit_chain(chat: Chat) -> None:
    await settle(chat, "let leads approve up to 500")
    bodies = await chat.database.read(
        lambda tx: [body for page in tx.audit.pages() for _, _, body, _ in page]
    )
    found = [x.decode() for x in bodies if b"action.set_role_limit" in x]
    assert len(found) == 1
    assert re.search(r"request\.decide", found[0])
    assert str(500 * USD) in found[0]


async def test_nobody_shuts_out_whoever_has_become_more_than_they_may_give(chat: Chat) -> None:
    await chat.say("elena", "make ben admin")
    await chat.say("elena", "yes")
    assert "Gina Rossi" in await chat.say("ben", "add Gina Rossi to design")
    await chat.say("ben", "yes")
    await chat.say("elena", "make gina owner")
    await chat.say("elena", "yes")
    await chat.say("ben", "undo")
    await chat.say("ben", "yes")
    assert "Gina Rossi" in await chat.say("elena", "people")


async def test_the_last_owner_does_not_shut_themselves_out(chat: Chat) -> None:
    def disable(tx: SqlTx) -> None:
        owner = Actor(tx.people.get(PrincipalId("elena")), None)
        disable_person(DisablePerson(person_id=owner.person.id), tx, owner)

    with pytest.raises(InvalidInput, match="last owner"):
        await chat.database.write(disable, tenant=ACME)
    assert "Elena Vega" in await chat.say("elena", "people")
