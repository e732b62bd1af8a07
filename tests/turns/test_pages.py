"""A person's own page: what is left, and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.actions.request_lists import RequestLine, RequestsReceipt
from bot.errors.kinds import NotAllowed
from bot.ids import PrincipalId
from bot.messages import BarBlock, FieldsBlock, OrdersBlock, PageBlock, TextBlock
from bot.people.pages import MOST_REQUESTS, page
from bot.replies.reader import Language, Reader
from tests.conftest import START
from tests.turns.chat import ACME, USD, Chat, spend

LINE = RequestLine(
    ref="7K2M",
    wallet="Design",
    amount_nanos=200 * USD,
    until_on=None,
    asked_by="Ana Lima",
    created_at=START,
    expires_at=START + timedelta(hours=48),
    state="pending",
    outcome=None,
    decided_by=None,
)


def reader(language: Language) -> Reader:
    return Reader(language, ZoneInfo("Europe/Madrid"), START)


async def look(chat: Chat, handle: str) -> tuple[PageBlock, ...]:
    return tuple(await chat.app.page(chat.message(handle)))


async def test_a_page_shows_the_balance_as_a_bar_and_no_request(chat: Chat) -> None:
    await chat.database.write(
        lambda tx: spend(tx, "design", "ana", 400 * USD, "gpt-5-mini", "s1"), tenant=ACME
    )
    title, bar, pace, waits, *_ = await look(chat, "ana")
    assert title == TextBlock("Your wallet", is_title=True)
    assert isinstance(bar, BarBlock)
    assert bar.percent == 80
    assert bar.label.startswith("Design has spent $400.00 of $500.00")
    assert isinstance(pace, TextBlock)
    assert waits == TextBlock("No request waits.")


async def test_a_page_is_in_spanish_for_who_reads_spanish(chat: Chat) -> None:
    blocks = await look(chat, "carla")
    assert blocks[0] == TextBlock("Tu cartera", is_title=True)


async def test_a_page_changes_nothing_and_is_nobodys_elses(chat: Chat) -> None:
    await chat.say("ana", "ask for 200 more for design until the end of the month")
    await chat.say("ana", button=chat.buttons("ana")["yes"])
    before = len(chat.sent)
    assert any(isinstance(block, FieldsBlock) for block in await look(chat, "ben"))
    # Frank is of another team: the request is none of his.
    assert not any(isinstance(block, FieldsBlock) for block in await look(chat, "frank"))
    assert len(chat.sent) == before


async def test_a_stranger_and_who_was_shut_out_see_no_number(chat: Chat) -> None:
    stranger = await look(chat, "nobody")
    assert len(stranger) == 2
    await chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ana"), True), tenant=ACME
    )
    for block in (*stranger, *await look(chat, "ana")):
        assert isinstance(block, TextBlock)
        assert "$" not in block.text
        assert "Design" not in block.text


@pytest.mark.parametrize(
    ("language", "title", "waits"),
    [
        ("en", "Requests that wait (1)", "waits until"),
        ("es", "Solicitudes que esperan (1)", "espera"),
    ],
)
def test_a_request_is_shown_with_who_asks_and_until_when(
    language: Language, title: str, waits: str
) -> None:
    blocks = page([RequestsReceipt(which="open", requests=(LINE,))], reader(language))
    assert blocks[1] == TextBlock(title, is_title=True)
    assert isinstance(blocks[2], FieldsBlock)
    ((name, value),) = blocks[2].items
    assert name.startswith("#7K2M · ")
    assert name.endswith(" · Design")
    assert value.startswith("Ana Lima · ")
    assert waits in value


@pytest.mark.parametrize(("language", "more"), [("en", "and 5 more"), ("es", "y 5 más")])
def test_many_requests_are_counted(language: Language, more: str) -> None:
    many = tuple(replace(LINE, ref=f"7K{n:02}") for n in range(MOST_REQUESTS + 5))
    blocks = page([RequestsReceipt(which="open", requests=many)], reader(language))
    assert isinstance(blocks[2], FieldsBlock)
    assert len(blocks[2].items) == MOST_REQUESTS
    assert blocks[3] == TextBlock(more)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_may_not_be_seen_says_so(language: Language) -> None:
    refusal = NotAllowed(PrincipalId("ana"), "wallet.read")
    blocks = page([refusal], reader(language))
    assert len(blocks) == 2
    assert isinstance(blocks[1], TextBlock)
    assert blocks[1].text


async def test_a_page_shows_accounts_and_quiet_hours_with_what_can_be_done(chat: Chat) -> None:
    blocks = await look(chat, "ana")
    orders = [block for block in blocks if isinstance(block, OrdersBlock)]
    said = [(order.label, order.text) for block in orders for order in block.orders]
    assert said == [("Unlink", "/unlink terminal ana"), ("Set quiet hours", "/quiet")]
    # Each says what a person could have typed.
    assert "unlink your account Terminal ana" in await chat.say("ana", said[0][1])
    await chat.say("ana", "no")
    form = orders[1].orders[0].form
    await chat.say("ana", " ".join(["/quiet", *(field.value for field in form)]))
    await chat.say("ana", "yes")
    blocks = await look(chat, "ana")
    assert isinstance(blocks[-1], OrdersBlock)
    assert [order.text for order in blocks[-1].orders] == ["/quiet", "/quiet off"]
