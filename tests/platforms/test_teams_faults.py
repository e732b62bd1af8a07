"""The connector slow, full, gone, closed or wrong: each message is told apart (F27 to F29)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.teams.addresses import Address, load_address, load_shown
from bot.errors.sending import MaybeSent, NotSent, Undeliverable
from bot.ids import ConversationId
from bot.messages import Button, OutboundMessage, OutboxItem, TextBlock
from storage.database import Database
from tests.conftest import START
from tests.platforms.teams_company import Company, PacingClock, open_company
from tests.platforms.teams_server import BOT, TENANT, Fault, words_of
from tests.turns.chat import ACME


@pytest.fixture
async def company(sqlite_database: Database) -> AsyncIterator[Company]:
    async with open_company(sqlite_database, PacingClock(START)) as opened:
        yield opened


def item(company: Company, text: str = "hello", number: int = 1, **more: object) -> OutboxItem:
    values: dict[str, object] = {
        "message": OutboundMessage(ConversationId("c"), text),
        "external_id": "29:ana",
        "address": Address(company.teams.url, "a:ana", BOT, TENANT, "msteams").dump(),
        **more,
    }
    # The fields are named by each test.
    return OutboxItem(number, ACME, "teams", "a:ana", "", 0, **values)  # type: ignore[arg-type]


def card(text: str) -> OutboundMessage:
    return OutboundMessage(
        ConversationId("c"),
        text,
        "card",
        card="p1",
        buttons=(Button("Yes", "token"),),
        blocks=(TextBlock(text, is_title=True),),
    )


@pytest.mark.parametrize("status", [412, 429, 502, 504])
@pytest.mark.parametrize(("header", "wait_s"), [({"Retry-After": "17"}, 17.0), ({}, 2.0)])
async def test_what_was_not_taken_waits_in_its_chat(
    company: Company, status: int, header: dict[str, str], wait_s: float
) -> None:
    company.teams.faults.append(Fault(status, header))
    with pytest.raises(NotSent) as raised:
        await company.adapter.send(item(company))
    assert raised.value.retry_after_s == wait_s
    assert raised.value.facts["scope"] == "chat"


@pytest.mark.parametrize("value", ["-5", "soon", "nan", "inf", "1e9", ""])
async def test_a_strange_wait_is_no_wait_for_ever(company: Company, value: str) -> None:
    company.teams.faults.append(Fault(429, {"Retry-After": value}))
    with pytest.raises(NotSent) as raised:
        await company.adapter.send(item(company))
    assert 0 <= raised.value.retry_after_s <= 3600


@pytest.mark.parametrize("status", [408, 500, 501, 503])
async def test_what_may_have_been_taken_is_said_to_be_so(company: Company, status: int) -> None:
    company.teams.faults.append(Fault(status))
    with pytest.raises(MaybeSent):
        await company.adapter.send(item(company))


async def test_a_connection_that_breaks_after_it_was_done_may_have_been_sent(
    company: Company,
) -> None:
    company.teams.faults.append(Fault(resets_after=True))
    with pytest.raises(MaybeSent):
        await company.adapter.send(item(company))
    assert len(company.teams.posted) == 1


@pytest.mark.parametrize("how", ["edit", "withdraw"])
async def test_a_kept_connection_that_breaks_is_told_and_nothing_done_twice(
    company: Company, how: str
) -> None:
    """The library would ask a second time by itself, past the pace and unseen."""
    shown = await company.adapter.send(item(company))
    connector = company.adapter._connector
    address, stands = load_address(item(company).address), load_shown(shown)
    assert address is not None
    assert stands is not None
    activity = stands.activity
    before = len(company.teams.calls)
    company.teams.faults.append(Fault(resets_after=True))
    asking = (
        connector.update(address, activity, company.teams.posted[-1].activity)
        if how == "edit"
        else connector.delete(address, activity)
    )
    with pytest.raises(MaybeSent):
        await asking
    assert len(company.teams.calls) - before == 1
    await connector.delete(address, activity)


async def test_an_answer_that_does_not_come_may_have_been_sent(company: Company) -> None:
    company.teams.faults.append(Fault(hangs=True))
    with pytest.raises(MaybeSent):
        await company.adapter.send(item(company))


async def test_without_a_connection_nothing_was_sent(company: Company) -> None:
    # Nobody listens there.
    address = Address("http://127.0.0.1:9", "a:ana", BOT, TENANT).dump()
    with pytest.raises(NotSent):
        await company.adapter.send(item(company, address=address))


@pytest.mark.parametrize(
    ("status", "code", "why", "ends_chat"),
    [
        (403, "MessageWritesBlocked", "blocked", True),
        (403, "", "blocked", True),
        (403, "BotNotInConversationRoster", "not_installed", True),
        (404, "ConversationNotFound", "chat_gone", True),
        (404, "", "chat_gone", True),
        (400, "BadSyntax", "refused", False),
        (307, "", "refused", False),
    ],
)
async def test_what_never_arrives_is_given_up(
    company: Company, status: int, code: str, why: str, ends_chat: bool
) -> None:
    company.teams.faults.append(Fault(status, body={"error": {"code": code}}))
    with pytest.raises(Undeliverable) as raised:
        await company.adapter.send(item(company))
    assert (raised.value.why, raised.value.ends_chat) == (why, ends_chat)


async def test_a_token_that_was_withdrawn_is_fetched_anew(company: Company) -> None:
    await company.adapter.send(item(company))
    company.teams.valid_token = "withdrawn"  # noqa: S105  # of nothing
    await company.adapter.send(item(company, number=2))
    assert company.teams.logins == 2
    assert not await company.adapter.find_faults()


async def test_one_token_serves_until_shortly_before_its_end(company: Company) -> None:
    for number in range(5):
        await company.adapter.send(item(company, number=number))
    assert company.teams.logins == 1
    company.clock.advance(timedelta(seconds=3301))
    await company.adapter.send(item(company, number=9))
    assert company.teams.logins == 2


async def test_a_secret_that_does_not_count_is_said(company: Company) -> None:
    company.teams.login_status = 401
    with pytest.raises(Undeliverable, match="token_revoked"):
        await company.adapter.send(item(company))
    assert await company.adapter.find_faults() == ["Teams does not take the bot's token"]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_login_service_in_trouble_holds_all_up(company: Company, status: int) -> None:
    company.teams.login_status = status
    with pytest.raises(NotSent) as raised:
        await company.adapter.send(item(company))
    assert raised.value.facts["scope"] == "app"


@pytest.mark.parametrize(
    "url", ["https://evil.example", "http://evil.example", "https://127.0.0.1.evil.example", ""]
)
async def test_nothing_goes_to_a_host_that_is_not_listed(company: Company, url: str) -> None:
    with pytest.raises(Undeliverable, match="refused"):
        await company.adapter.send(item(company, address=Address(url, "a:ana").dump()))
    assert not company.teams.calls
    assert not company.teams.logins


async def test_messages_keep_to_the_rates_of_the_service(company: Company) -> None:
    for number in range(70):
        await send_all(company, item(company, f"{number}", number))
    assert [each.words for each in company.teams.posted] == [str(n) for n in range(70)]
    assert company.clock.waited_s >= 30
    assert not company.teams.broken


async def send_all(company: Company, message: OutboxItem) -> None:
    """Send a message as the outbox does: again, when the service has room for it."""
    while True:
        try:
            await company.adapter.send(message)
        except NotSent as error:
            await company.clock.pause(error.retry_after_s)
        else:
            return


@pytest.mark.parametrize("line", ["word ", "“€” ", "😀", "x", '\\"', "\n\n", "a\n"])
async def test_a_large_text_is_split_and_nothing_is_lost(company: Company, line: str) -> None:
    text = "begin " + line * ((1 << 18) // len(line) // (16 if "\n" in line else 1)) + " end"
    await send_all(company, item(company, text))
    shown = "".join(each.words for each in company.teams.posted)
    assert "".join(shown.split()) == "".join(text.split())
    assert len(company.teams.posted) > 1
    assert not company.teams.broken


async def test_a_long_card_keeps_its_buttons_on_the_last_part(company: Company) -> None:
    lines = "\n".join(f"line {number} of the card" for number in range(3000))
    await company.adapter.send(item(company, message=card(lines)))
    *heads, last = company.teams.posted
    assert last.card["actions"]
    assert not any("actions" in head.card for head in heads)
    shown = "\n".join(each.words for each in company.teams.posted)
    assert shown.split() == lines.split()


async def test_what_is_too_large_for_the_service_is_sent_in_smaller_pieces(
    company: Company,
) -> None:
    text = "\n".join(f"line {number}" for number in range(100))
    company.teams.faults += [Fault(413), Fault(413)]
    await company.adapter.send(item(company, text * 10))
    assert company.teams.posted


async def test_pieces_that_went_are_not_sent_again(company: Company) -> None:
    text = "word " * 20_000
    whole = item(company, text)
    await company.adapter.send(whole)
    pieces = [each.words for each in company.teams.posted]
    company.teams.posted.clear()
    company.teams.faults += [None, None, Fault(429)]
    with pytest.raises(NotSent):
        await company.adapter.send(item(company, text, 2))
    await company.adapter.send(item(company, text, 2))
    assert [each.words for each in company.teams.posted] == pieces


async def test_an_edit_keeps_its_place_and_is_repeated_freely(company: Company) -> None:
    made = await company.adapter.send(item(company, message=card("first")))
    again = item(company, message=card("second"), edits=made, was_tried=True)
    company.teams.faults.append(Fault(500))
    with pytest.raises(MaybeSent):
        await company.adapter.send(again)
    assert await company.adapter.send(again) == made
    assert company.teams.posted[-1].how == "update"
    assert words_of(company.teams.posted[-1].card) == "second"


async def test_a_card_that_somebody_deleted_is_posted_anew(company: Company) -> None:
    made = await company.adapter.send(item(company, message=card("first")))
    company.teams.faults.append(Fault(404, body={"error": {"code": "ActivityNotFound"}}))
    anew = await company.adapter.send(item(company, message=card("second"), edits=made))
    assert company.teams.posted[-1].how == "create"
    shown = load_shown(anew)
    assert shown is not None
    assert shown.activity == company.teams.posted[-1].id


async def test_a_card_that_is_gone_and_over_is_left_alone(company: Company) -> None:
    made = await company.adapter.send(item(company, message=card("first")))
    company.teams.faults.append(Fault(404, body={"error": {"code": "ActivityNotFound"}}))
    over = replace(card("over"), buttons=())
    assert await company.adapter.send(item(company, message=over, edits=made)) == made
    assert len(company.teams.posted) == 1


@pytest.mark.parametrize(("language", "words"), [("en", "second copy"), ("es", "segunda copia")])
async def test_what_may_be_a_copy_says_so_with_its_reference(
    company: Company, language: str, words: str
) -> None:
    message = OutboundMessage(ConversationId("c"), "It broke.", reference="7K2M")
    await company.adapter.send(item(company, message=message, was_tried=True, language=language))
    assert words in company.teams.posted[-1].words
    assert "7K2M" in company.teams.posted[-1].words
    await company.adapter.send(
        item(company, number=2, message=card("Draft"), was_tried=True, language=language)
    )
    assert words in company.teams.posted[-1].words


async def test_a_message_without_an_address_is_given_up(company: Company) -> None:
    with pytest.raises(Undeliverable):
        await company.adapter.send(item(company, address=""))
