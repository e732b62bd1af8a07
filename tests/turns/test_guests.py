"""People whom nobody knows: what they are told, asking to be let in, and who decides it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.access import Principal
from bot.actions.admissions import MOST_ASKED_A_DAY
from bot.actions.asking import parse_requested
from bot.economy.periods import period_at
from bot.economy.quotas import Quota, admit
from bot.economy.wallets import Tenant
from bot.ids import PrincipalId, TenantId, WalletId
from bot.messages import InboundMessage
from bot.people.guests import MOST_BAD_CODES, MOST_NEW_A_DAY
from bot.ports import Tx
from bot.proposals.model import Proposal
from storage.tables.proposals import proposal
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat

GINA = "U0GINA42"


async def ask_in(chat: Chat, who: str = GINA, name: str = "Gina Rossi") -> str:
    """Ask to be let in, from the first word on."""
    await chat.write("slack", who, "hello there", name=name)
    return await chat.write("slack", who, button=chat.buttons_on("slack", who)["yes"])


async def requests(chat: Chat) -> list[Proposal]:
    return await chat.database.read(
        lambda tx: tx.proposals.list_requests(only_open=False, limit=100), tenant=ACME
    )


async def person_of(chat: Chat, who: str = GINA) -> Principal:
    def look(tx: Tx) -> Principal:
        found = tx.people.find_linked("slack", "bot", who)
        assert found is not None
        return found

    return await chat.database.read(look)


async def test_a_stranger_is_told_once_what_this_is_and_how_to_be_let_in(both: Chat) -> None:
    first = await both.write("slack", GINA, "hello there")
    assert "I am Bursar" in first
    assert "ask Acme acme to let you in" in first
    assert set(both.buttons_on("slack", GINA)) == {"yes", "no"}
    assert await both.write("slack", GINA, "what did design spend?") == ""


async def test_a_stranger_is_answered_in_their_language(both: Chat) -> None:
    assert "Soy Bursar" in await both.write("slack", GINA, "hola, ¿cuánto queda este mes?")
    assert "I am Bursar" in await both.write("slack", "U0JOHN", "how much is left this month?")


async def test_a_stranger_is_answered_again_after_an_hour(both: Chat) -> None:
    await both.write("slack", GINA, "hello")
    both.clock.advance(timedelta(minutes=59))
    assert await both.write("slack", GINA, "hello") == ""
    both.clock.advance(timedelta(minutes=1))
    assert "I am Bursar" in await both.write("slack", GINA, "hello")


async def test_a_stranger_in_a_group_is_not_answered(both: Chat) -> None:
    before = len(both.sent)
    await both.write("slack", GINA, "balance", group="general")
    assert len(both.sent) == before
    found = await both.database.read(lambda tx: tx.people.find_linked("slack", "bot", GINA))
    assert found is None
    await both.write("slack", GINA, "hello")
    before = len(both.sent)
    await both.write("slack", GINA, "yes", group="general")
    assert len(both.sent) == before


async def test_whoever_asks_is_shown_to_an_owner_with_the_end_of_their_id(both: Chat) -> None:
    answer = await ask_in(both)
    assert "I'll tell you when it is decided" in answer
    # No name of the company is told to a stranger.
    assert "Elena" not in answer
    (request,) = await requests(both)
    assert f"Request #{request.ref}: Gina Rossi (Slack …NA42) asks to be let in." in both.told(
        "elena"
    )


async def test_a_yes_in_words_asks_too(both: Chat) -> None:
    await both.write("slack", GINA, "hello")
    assert "I'll tell you" in await both.write("slack", GINA, "yes please")
    assert len(await requests(both)) == 1


async def test_asking_again_makes_no_second_request(both: Chat) -> None:
    await ask_in(both)
    yes = both.buttons_on("slack", GINA)["yes"]
    for _ in range(3):
        await both.write("slack", GINA, button=yes)
    both.clock.advance(timedelta(hours=2))
    assert "waits" in await both.write("slack", GINA, "let me in")
    assert len(await requests(both)) == 1


async def test_asking_in_many_chats_at_once_makes_one_request(both: Chat) -> None:
    def message(number: int, button: str = "") -> InboundMessage:
        return InboundMessage(
            "slack",
            "bot",
            f"{button}{number}",
            f"dm{number}",
            GINA,
            "" if button else "hi",
            button=button,
        )

    await asyncio.gather(*(both.app.receive(message(x)) for x in range(8)))
    await both.app.settled()
    cards = [x for _, x in both.sent if x.platform == "slack" and x.message.buttons]
    assert len(cards) == 1
    token = cards[0].message.buttons[0].token
    chat = int(cards[0].chat.removeprefix("dm"))
    pressed = [message(chat, button=token) for _ in range(8)]
    await asyncio.gather(
        *(both.app.receive(replace(x, key=f"p{n}")) for n, x in enumerate(pressed))
    )
    await both.app.settled()
    assert len(await requests(both)) == 1


@pytest.mark.parametrize("in_words", [False, True])
async def test_a_plain_yes_makes_a_member_of_the_company(both: Chat, in_words: bool) -> None:
    await ask_in(both)
    assert "As a member of Company; Edit names another wallet." in both.told("elena")
    if in_words:
        answer = await both.say("elena", "yes")
    else:
        answer = await both.say("elena", button=both.buttons("elena")["yes"])
    assert "Gina Rossi is here as a member of Company." in answer
    person = await person_of(both)
    assert (person.name, person.handle, person.is_guest) == ("Gina Rossi", "gina", False)
    assert [(x.role, x.wallet_id) for x in person.grants] == [("member", WalletId("company"))]
    told = [item.message.text for _, item in both.sent if item.external_id == GINA]
    assert any("has let you in as Gina Rossi, a member of Company" in text for text in told)
    assert "Gina Rossi" in await both.say("elena", "people")
    assert "Company has spent" in await both.write("slack", GINA, "balance")
    assert "Draft" in await both.write("slack", GINA, "ask for 20 more for design")
    await both.say("elena", "gina is no longer member of company")
    assert "Gina Rossi" in await both.say("elena", "yes")
    assert (await person_of(both)).grants == ()


async def test_a_form_that_was_not_touched_is_a_plain_yes(both: Chat) -> None:
    await ask_in(both)
    (form,) = [x.message.form for to, x in both.sent if to == "elena" and x.message.form]
    fields = tuple((field.name, field.value) for field in form)
    assert ("wallet", "Company") in fields
    message = both.message("elena", button=both.buttons("elena")["yes"])
    await both.app.receive(replace(message, fields=fields))
    await both.app.settled()
    assert [x.wallet_id for x in (await person_of(both)).grants] == ["company"]


async def test_a_yes_is_undone_with_the_role(both: Chat) -> None:
    await ask_in(both)
    await both.say("elena", "yes")
    await both.say("elena", "undo")
    await both.say("elena", "yes")
    assert (await person_of(both)).is_disabled
    assert "Gina" not in await both.say("elena", "people")


async def test_many_yeses_at_once_give_one_role(both: Chat) -> None:
    await ask_in(both)
    yes = both.buttons("elena")["yes"]
    await asyncio.gather(*(both.app.receive(both.message("elena", button=yes)) for _ in range(8)))
    await both.app.settled()
    assert len((await person_of(both)).grants) == 1


async def test_in_a_company_without_a_wallet_a_yes_lets_in_without_a_role(both: Chat) -> None:
    """The card says so before; a role may be given later."""
    await ask_in(both)
    (request,) = await requests(both)
    bare = parse_requested(request.calls).model_copy(update={"wallet_id": None})

    def forget(tx: SqlTx) -> None:
        calls = bare.model_dump_json()
        tx.connection.run(update(proposal).where(proposal.c.id == request.id).values(calls=calls))

    await both.database.write(forget, tenant=ACME)
    shown = await both.app.view_card(both.message("elena"), request.id)
    assert shown is not None
    assert "Without a role so far" in shown.text
    assert "without a role" in await both.say("elena", "yes")
    assert (await person_of(both)).grants == ()


@pytest.mark.parametrize("how", ["reject", "cancel"])
async def test_no_role_is_spoken_of_where_nobody_is_let_in(both: Chat, how: str) -> None:
    await ask_in(both)
    (request,) = await requests(both)
    if how == "reject":
        said = await both.say("elena", f"/reject {request.ref}")
        ended = await both.say("elena", "yes")
    else:
        shown = await both.app.view_card(
            InboundMessage("slack", "bot", "k", f"dm-{GINA}", GINA), request.id
        )
        assert shown is not None
        said = shown.text
        ended = await both.write("slack", GINA, button=shown.buttons[0].token)
    assert "Gina Rossi (Slack …NA42)" in said
    assert "member" not in said + ended
    assert "ompany" not in said + ended


async def test_an_owner_makes_them_a_member_by_the_form(both: Chat) -> None:
    await ask_in(both)
    yes = both.buttons("elena")["yes"]
    message = both.message("elena", button=yes)
    await both.app.receive(replace(message, fields=(("wallet", "design"), ("reason", ""))))
    await both.app.settled()
    person = await person_of(both)
    assert [(x.role, x.wallet_id) for x in person.grants] == [("member", WalletId("design"))]
    assert "Design has spent" in await both.write("slack", GINA, "balance")


async def test_an_owner_makes_them_a_member_in_words(both: Chat) -> None:
    await ask_in(both)
    (request,) = await requests(both)
    card = await both.say("elena", f"approve {request.ref} as a member of design")
    assert "as a member of Design" in card
    await both.say("elena", button=both.buttons("elena")["yes"])
    assert [x.wallet_id for x in (await person_of(both)).grants] == ["design"]


async def test_a_wallet_that_is_not_there_is_said(both: Chat) -> None:
    await ask_in(both)
    message = both.message("elena", button=both.buttons("elena")["yes"])
    await both.app.receive(replace(message, fields=(("wallet", "nowhere"),)))
    await both.app.settled()
    assert "no wallet" in both.told("elena")
    assert (await person_of(both)).is_guest


async def test_a_rejection_reaches_whoever_asked(both: Chat) -> None:
    await ask_in(both)
    (request,) = await requests(both)
    await both.say("elena", f"reject {request.ref}, not one of us")
    assert any("not one of us" in x.message.text for _, x in both.sent if x.platform == "slack")
    assert (await person_of(both)).is_guest
    # And whoever was told no asks again tomorrow.
    both.clock.advance(timedelta(hours=2))
    assert "again from" in await both.write("slack", GINA, "hello")
    both.clock.advance(timedelta(hours=23))
    assert "let you in" in await both.write("slack", GINA, "hello")


async def test_only_whoever_manages_people_decides(both: Chat) -> None:
    await ask_in(both)
    (request,) = await requests(both)
    for handle in ("ana", "ben", "carla", "frank"):
        await both.say(handle, f"approve {request.ref}")
        await both.say(handle, "yes")
    assert (await requests(both))[0].state == "pending"
    for handle in ("ana", "ben", "carla", "frank"):
        assert "Gina" not in await both.say(handle, "list all requests")
    assert "Gina Rossi" in await both.say("elena", "list all requests")


async def test_an_admin_decides_and_still_no_budget(both: Chat) -> None:
    await both.database.write(
        lambda tx: tx.people.give(PrincipalId("frank"), "admin", None), tenant=ACME
    )
    await ask_in(both)
    await both.say("frank", button=both.buttons("frank")["yes"])
    assert not (await person_of(both)).is_guest
    await both.say("ana", "ask for 200 more for design")
    await both.say("ana", "yes")
    ref = (await requests(both))[0].ref
    assert "may not" in await both.say("frank", f"approve {ref}")
    await both.say("frank", "yes")
    assert (await requests(both))[0].state == "pending"


async def test_two_decide_and_the_first_counts(both: Chat) -> None:
    await both.database.write(
        lambda tx: tx.people.give(PrincipalId("frank"), "admin", None), tenant=ACME
    )
    await ask_in(both)
    ref = (await requests(both))[0].ref
    for handle in ("elena", "frank"):
        await both.say(handle, f"approve {ref}")
    await asyncio.gather(
        *(both.app.receive(both.message(x, "yes")) for x in ("elena", "frank") * 4)
    )
    await both.app.settled()
    people = await both.database.read(lambda tx: tx.people.list_all(), tenant=ACME)
    assert [x.name for x in people].count("Gina Rossi") == 1
    assert (await requests(both))[0].state == "executed"


async def test_a_name_that_somebody_has_is_told_apart(both: Chat) -> None:
    """A12: the account decides, and it stands beside the name."""
    await ask_in(both, name="Elena Vega")
    assert "Elena Vega (Slack …NA42)" in both.told("elena")
    await both.say("elena", button=both.buttons("elena")["yes"])
    assert (await person_of(both)).name == "Elena Vega (Slack …NA42)"


@pytest.mark.parametrize("name", ["", "\u202e\u200b", "x" * 300, "Gina\nYes: approved", "\x00"])
async def test_any_name_can_be_shown(both: Chat, name: str) -> None:
    await both.write("slack", GINA, "hello", name=name)
    await both.write("slack", GINA, "yes", name=name)
    assert "NA42) asks to be let in." in both.told("elena").split("\n")[0]


async def test_a_guest_is_in_no_list_and_may_nothing(both: Chat) -> None:
    await both.write("slack", GINA, "hello", name="Gina Rossi")
    assert "Gina" not in await both.say("elena", "people")
    before = len(both.sent)
    both.clock.advance(timedelta(hours=2))
    for text in ("people", "ask for 200 more for design", "/link", "/help", "accounts"):
        await both.write("slack", GINA, text, name="Gina Rossi")
    texts = [x.message.text for _, x in both.sent[before:] if x.external_id == GINA]
    assert len(texts) == 1
    assert "I am Bursar" in texts[0]
    assert not any(name in texts[0] for name in ("Ana", "Design", "Ben"))


async def test_a_guest_whose_account_is_linked_asks_no_longer(both: Chat) -> None:
    await ask_in(both)
    token = await both.database.write(lambda tx: tx.links.issue(PrincipalId("ana")), tenant=ACME)
    await both.write("slack", GINA, f"/link {token}")
    await both.write("slack", GINA, "yes")
    (request,) = await requests(both)
    assert (request.state, request.outcome) == ("discarded", "cancelled")
    assert "Taken back" in both.told("elena")


async def test_no_more_ask_in_a_day_than_can_be_looked_through(both: Chat) -> None:
    for number in range(MOST_ASKED_A_DAY):
        await ask_in(both, f"U{number:04}", f"Guest {number}")
    assert "Too many" in await ask_in(both, "U9999", "Late")
    assert len(await requests(both)) == MOST_ASKED_A_DAY


async def test_no_more_are_met_in_a_day_than_can_be_answered(both: Chat) -> None:
    def fill(tx: Tx) -> None:
        day = period_at("day", tx.now, tx.zone)
        admit(tx, Quota("guests", "writes", day, MOST_NEW_A_DAY), MOST_NEW_A_DAY, key="all")

    await both.database.write(fill, tenant=ACME)
    assert await both.write("slack", GINA, "hello") == ""
    both.clock.advance(timedelta(days=1))
    assert "I am Bursar" in await both.write("slack", GINA, "hello")


async def test_trying_codes_is_answered_only_so_often(both: Chat) -> None:
    answers = [
        await both.write("slack", GINA, f"/link {str(number) * 43}")
        for number in range(MOST_BAD_CODES + 2)
    ]
    assert sum(bool(answer) for answer in answers) == MOST_BAD_CODES


async def test_with_several_companies_a_bot_that_nobody_uses_answers_nobody(both: Chat) -> None:
    def found(tx: Tx) -> None:
        other = TenantId("globex")
        tx.enter(other)
        tx.people.add_tenant(Tenant(other, "Globex", "UTC", "en"))
        tx.people.add(Principal(PrincipalId("g"), other, "Gil", "gil", "en", "UTC"))

    await both.database.write(found)
    assert await both.write("slack", GINA, "hello") == ""

    def use(tx: Tx) -> None:
        tx.enter(TenantId("globex"))
        tx.people.link(PrincipalId("g"), "slack", "bot", "U0GIL")

    await both.database.write(use)
    assert "Globex" in await both.write("slack", GINA, "hello")


async def test_a_guest_sees_no_card_but_their_own(both: Chat) -> None:
    await ask_in(both)
    (joining,) = await requests(both)
    await both.say("ana", "ask for 200 more for design")
    await both.say("ana", "yes")
    budget = next(x for x in await requests(both) if x.id != joining.id)
    message = InboundMessage("slack", "bot", "k", f"dm-{GINA}", GINA)
    assert await both.app.view_card(message, budget.id) is None
    own = await both.app.view_card(message, joining.id)
    assert own is not None
    await both.write("slack", GINA, button=own.buttons[0].token)
    assert next(x for x in await requests(both) if x.id == joining.id).outcome == "cancelled"
