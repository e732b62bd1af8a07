"""Cards with a form: what is typed over, and who may see and press what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.economy.budgets import list_budgets
from bot.ids import PrincipalId, TenantId, WalletId
from bot.messages import InboundMessage, OutboundMessage
from bot.ports import Tx
from bot.proposals.model import Proposal
from storage.transaction import SqlTx
from tests.ledgers import found_company
from tests.turns.chat import ACME, USD, Chat


async def limit_of(chat: Chat) -> int:
    """Return Design's limit in whole dollars."""

    def read(tx: SqlTx) -> int:
        return list_budgets(tx, [tx.wallets.get(WalletId("design"))])[0].limit_nanos

    return await chat.database.read(read, tenant=ACME) // USD


async def press(chat: Chat, handle: str, choice: str, **fields: str) -> str:
    """Press a button of the last card, with a form filled in; return what is answered."""
    before = len(chat.sent)
    message = chat.message(handle, button=chat.buttons(handle)[choice])
    await chat.app.receive(replace(message, fields=tuple(fields.items())))
    await chat.app.settled()
    return "\n".join(item.message.text for to, item in chat.sent[before:] if to == handle)


async def request(chat: Chat) -> Proposal:
    await chat.say("ana", "ask for 200 more for design")
    await chat.say("ana", "yes")
    (found,) = await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME)
    return found


async def state_of(chat: Chat, made: Proposal) -> str:
    found = await chat.database.read(lambda tx: tx.proposals.find(made.id), tenant=ACME)
    assert found is not None
    return found.state


def form_of(chat: Chat, handle: str) -> dict[str, str]:
    """Return the form of the last card with one, as it stands."""
    for to, item in reversed(chat.sent):
        if to == handle and item.message.form:
            return {one.name: one.value for one in item.message.form}
    raise AssertionError(f"{handle} was shown no form")


async def test_a_form_that_nobody_touched_approves_what_was_asked(chat: Chat) -> None:
    made = await request(chat)
    await press(chat, "ben", "yes", **form_of(chat, "ben"))
    assert await state_of(chat, made) == "executed"
    assert await limit_of(chat) == 700


async def test_another_amount_is_approved_in_one_tap_and_said(chat: Chat) -> None:
    made = await request(chat)
    answer = await press(chat, "ben", "yes", amount="150", reason="")
    assert "$150.00 was given; $200.00 was asked for" in answer
    assert "$150.00 was given" in chat.told("ana")
    assert await state_of(chat, made) == "executed"
    assert await limit_of(chat) == 650


async def test_the_same_form_twice_gives_once(chat: Chat) -> None:
    made = await request(chat)
    token = chat.buttons("ben")["yes"]
    for _ in range(5):
        message = chat.message("ben", button=token)
        await chat.app.receive(replace(message, fields=(("amount", "150"),)))
    await chat.app.settled()
    assert await state_of(chat, made) == "executed"
    assert await limit_of(chat) == 650


async def test_an_amount_with_two_readings_approves_nothing(chat: Chat) -> None:
    made = await request(chat)
    assert "two ways" in await press(chat, "ben", "yes", amount="1,234")
    assert await state_of(chat, made) == "pending"
    assert await limit_of(chat) == 500


async def test_a_no_does_not_mind_what_stands_in_the_amount(chat: Chat) -> None:
    made = await request(chat)
    answer = await press(chat, "ben", "no", amount="1,234", reason="too much")
    assert "too much" in answer
    assert "too much" in chat.told("ana")
    assert await state_of(chat, made) == "discarded"


async def test_an_edit_by_an_approver_is_a_draft_of_the_decision(chat: Chat) -> None:
    made = await request(chat)
    card = await press(chat, "ben", "edit", amount="120")
    assert f"approve #{made.ref} from Ana Lima, $120.00" in card
    assert await limit_of(chat) == 500
    await press(chat, "ben", "yes")
    assert await limit_of(chat) == 620


async def test_an_edit_that_is_repeated_leaves_one_draft_open(chat: Chat) -> None:
    await request(chat)
    token = chat.buttons("ben")["edit"]
    for _ in range(3):
        message = chat.message("ben", button=token)
        await chat.app.receive(replace(message, fields=(("amount", "120"),)))
    await chat.app.settled()

    def drafts(tx: Tx) -> int:
        place = tx.conversations.find_of_person(PrincipalId("ben"))
        assert place is not None
        return sum(x.kind == "draft" for x in tx.proposals.list_open_here(place.id))

    assert await chat.database.read(drafts, tenant=ACME) == 1


async def test_a_drafts_form_makes_a_new_version_that_still_needs_a_yes(chat: Chat) -> None:
    await chat.say("ana", "ask for 200 more for design")
    card = await press(chat, "ana", "yes", amount="250", until="2026-11-30", reason="launch")
    assert "second version: ask for $250.00 for Design until 30 Nov" in card
    assert "“launch”" in card
    assert await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME) == []
    await press(chat, "ana", "yes")
    (found,) = await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME)
    assert '"amount_nanos":250000000000' in found.calls


async def test_a_field_that_the_card_has_not_is_refused(chat: Chat) -> None:
    made = await request(chat)
    answer = await press(chat, "ben", "yes", amount="150", wallet="data")
    assert "does not belong to this card" in answer
    assert await state_of(chat, made) == "pending"


async def test_an_amount_above_ones_right_is_refused(chat: Chat) -> None:
    made = await request(chat)
    assert await press(chat, "ben", "yes", amount="99999999999")
    assert await state_of(chat, made) == "pending"


def seen_by(handle: str) -> InboundMessage:
    return InboundMessage("terminal", "bursar", "view", "terminal", handle)


def choices(card: OutboundMessage | None) -> set[str] | None:
    return None if card is None else {button.style for button in card.buttons}


async def test_a_card_is_seen_by_each_as_they_may(chat: Chat) -> None:
    made = await request(chat)
    seen = {
        handle: choices(await chat.app.view_card(seen_by(handle), made.id))
        for handle in ("ben", "carla", "ana", "frank", "nobody")
    }
    everything = {"yes", "edit", "no"}
    assert seen == {
        "ben": everything,
        "carla": everything,
        "ana": {"no"},
        "frank": set(),
        "nobody": None,
    }


async def test_a_request_is_taken_back_by_the_button_of_its_card(chat: Chat) -> None:
    made = await request(chat)
    card = await chat.app.view_card(seen_by("ana"), made.id)
    assert card is not None
    assert card.form == ()
    answer = await chat.say("ana", button=card.buttons[0].token)
    assert "Taken back" in answer
    assert await state_of(chat, made) == "discarded"
    assert "took back" in chat.told("ben") or "Taken back" in chat.told("ben")


async def test_buttons_of_a_view_count_for_their_viewer_alone(chat: Chat) -> None:
    made = await request(chat)
    card = await chat.app.view_card(seen_by("carla"), made.id)
    assert card is not None
    yes = next(button.token for button in card.buttons if button.style == "yes")
    assert "no longer counts" in await chat.say("frank", button=yes)
    assert await state_of(chat, made) == "pending"
    await chat.say("carla", button=yes)
    assert await state_of(chat, made) == "executed"


async def test_what_is_over_is_seen_without_buttons(chat: Chat) -> None:
    made = await request(chat)
    chat.clock.advance(timedelta(hours=48))
    for handle in ("ben", "ana"):
        card = await chat.app.view_card(seen_by(handle), made.id)
        assert card is not None
        assert card.buttons == ()
        assert "Expired" in card.text


async def test_nobody_sees_anothers_draft_or_another_companys_card(chat: Chat) -> None:
    made = await request(chat)
    await chat.say("ana", "ask for 100 more for design")

    def draft_of(tx: Tx) -> Proposal:
        place = tx.conversations.find_of_person(PrincipalId("ana"))
        assert place is not None
        return tx.proposals.list_open_here(place.id)[0]

    draft = await chat.database.read(draft_of, tenant=ACME)
    assert choices(await chat.app.view_card(seen_by("ana"), draft.id)) == {"yes", "edit", "no"}
    assert await chat.app.view_card(seen_by("ben"), draft.id) is None

    def other(tx: SqlTx) -> None:
        found_company(tx, tenant=TenantId("globex"))
        tx.people.link(PrincipalId("globex-ana"), "terminal", "bursar", "globex-ana")

    await chat.database.write(other)
    assert await chat.app.view_card(seen_by("globex-ana"), made.id) is None


async def test_whoever_is_shut_out_sees_no_card(chat: Chat) -> None:
    made = await request(chat)
    await chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ben"), True), tenant=ACME
    )
    assert await chat.app.view_card(seen_by("ben"), made.id) is None


async def test_a_form_that_is_delivered_again_under_another_id_changes_a_draft_once(
    chat: Chat,
) -> None:
    await chat.say("ana", "ask for 200 more for design")
    message = replace(
        chat.message("ana", button=chat.buttons("ana")["yes"]), fields=(("amount", "250"),)
    )
    before = len(chat.sent)
    for number in range(5):
        await chat.app.receive(replace(message, key=f"again-{number}"))
        await chat.app.settled()
    (card,) = [item.message for _, item in chat.sent[before:]]
    assert "$250.00" in card.text


async def test_an_approvers_form_that_is_delivered_again_makes_one_draft(chat: Chat) -> None:
    await request(chat)
    button = chat.buttons("ben")["edit"]
    message = replace(chat.message("ben", button=button), fields=(("amount", "150"),))
    before = len(chat.sent)
    for number in range(5):
        await chat.app.receive(replace(message, key=f"again-{number}"))
        await chat.app.settled()
    (card,) = [item.message for _, item in chat.sent[before:]]
    assert "$150.00" in card.text
