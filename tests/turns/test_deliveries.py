"""What became of a message on its way, and what follows from it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.ids import ConversationId, PrincipalId, ProposalId
from bot.messages import InboundMessage, OutboundMessage, OutboxItem
from bot.platforms.deliveries import keep_outcome
from bot.platforms.outgoing import Outcome
from bot.ports import Tx
from bot.proposals.model import Proposal
from storage.database import Database
from storage.tables.books import audit
from storage.transaction import SqlTx
from tests.turns.chat import ACME, Chat, lose_owner, make_company


@pytest.fixture
async def company(database: Database) -> Database:
    await database.write(make_company, tenant=ACME)
    return database


def hear(tx: Tx, handle: str, chat: str, platform: str = "telegram") -> ConversationId:
    """Have a person write from a chat; return their conversation."""
    tx.people.link(PrincipalId(handle), platform, "bot", handle)
    message = InboundMessage(platform, "bot", "k", chat, handle)
    return tx.conversations.hear(message, PrincipalId(handle)).id


async def queue(
    database: Database, handle: str, text: str = "hello", *, chat: str = "c1", card: str = ""
) -> OutboxItem:
    """Queue a message to a person and begin to send it."""

    def add(tx: SqlTx) -> None:
        place = hear(tx, handle, chat)
        message = OutboundMessage(place, text, "card" if card else "reply", card=card)
        tx.outbox.add(message, "telegram")

    await database.write(add, tenant=ACME)
    return await begin(database)


async def begin(database: Database, platform: str = "telegram") -> OutboxItem:
    def claim(tx: SqlTx) -> OutboxItem:
        (item,) = tx.outbox.list_next(platform, 1)
        assert tx.outbox.begin([item.id]) == {item.id}
        return item

    return await database.write(claim)


async def keep(database: Database, outcome: Outcome) -> None:
    await database.write(lambda tx: keep_outcome(tx, outcome))


async def waiting(database: Database, platform: str) -> list[OutboxItem]:
    return await database.read(lambda tx: tx.outbox.list_next(platform, 50))


async def test_a_message_that_was_put_off_comes_again_and_was_no_try(company: Database) -> None:
    item = await queue(company, "ana")
    await keep(company, Outcome(item, "queued", is_try=False))
    again = await begin(company)
    assert (again.id, again.attempts) == (item.id, 0)
    await keep(company, Outcome(again, "queued"))
    assert (await begin(company)).attempts == 1


async def test_a_chat_that_moved_is_written_to_under_its_new_id(company: Database) -> None:
    item = await queue(company, "ana", chat="group")
    await queue_for(company, "ben", "group")
    await keep(company, Outcome(item, "queued", moved_to="supergroup", is_try=False))
    assert {x.chat for x in await waiting(company, "telegram")} == {"supergroup"}


async def queue_for(database: Database, handle: str, chat: str) -> None:
    def add(tx: SqlTx) -> None:
        tx.outbox.add(OutboundMessage(hear(tx, handle, chat), "hi"), "telegram")

    await database.write(add, tenant=ACME)


async def test_what_waits_follows_a_reader_who_was_heard_in_the_new_chat(
    company: Database,
) -> None:
    item = await queue(company, "ana", "first", chat="group")
    await queue_for(company, "ana", "group")
    await company.write(lambda tx: hear(tx, "ana", "supergroup"), tenant=ACME)
    await keep(company, Outcome(item, "queued", moved_to="supergroup", is_try=False))
    first = await begin(company)
    assert (first.chat, first.message.text) == ("supergroup", "first")
    await keep(company, Outcome(first, "sent", "1"))
    assert (await begin(company)).message.text == "hi"


async def test_a_chat_that_is_gone_is_told_nothing_until_it_is_heard_again(
    company: Database,
) -> None:
    item = await queue(company, "ana")
    await keep(company, Outcome(item, "dead", why="blocked", ends_chat=True))

    def told_at(tx: SqlTx) -> str | None:
        place = tx.conversations.find_of_person(PrincipalId("ana"))
        return None if place is None else place.platform

    assert await company.read(told_at, tenant=ACME) is None
    await company.write(lambda tx: hear(tx, "ana", "c1"), tenant=ACME)
    assert await company.read(told_at, tenant=ACME) == "telegram"


async def test_a_message_that_may_have_arrived_is_neither_repeated_nor_lost_sight_of(
    company: Database,
) -> None:
    item = await queue(company, "ana")
    await keep(company, Outcome(item, "ambiguous", why="maybe_sent"))
    assert await waiting(company, "telegram") == []
    (failed,) = await company.read(lambda tx: tx.outbox.list_failed(10), tenant=ACME)
    assert (failed.id, failed.principal_id, failed.why) == (item.id, "ana", "maybe_sent")


async def test_an_outcome_is_kept_once(company: Database) -> None:
    """A commit whose answer was lost is made again."""
    item = await queue(company, "ana")
    dead = Outcome(item, "dead", why="refused")
    await asyncio.gather(*(keep(company, dead) for _ in range(8)))

    assert await undelivered_facts(company) == 1


async def undelivered_facts(database: Database) -> int:
    rows = await database.read(lambda tx: tx.connection.rows(select(audit.c.body)))
    return sum(b"message.undelivered" in bytes(row[0]) for row in rows)


async def test_a_failed_message_is_sent_again_once(company: Database) -> None:
    item = await queue(company, "ana")
    await keep(company, Outcome(item, "dead", why="refused"))

    async def again() -> bool:
        return await company.write(lambda tx: tx.outbox.queue_again(item.id), tenant=ACME)

    assert sorted(await asyncio.gather(*(again() for _ in range(8)))) == [False] * 7 + [True]
    sent = await begin(company)
    assert (sent.id, sent.attempts, sent.was_tried) == (item.id, 0, False)
    await keep(company, Outcome(sent, "ambiguous", why="maybe_sent"))
    assert await again()
    assert (await begin(company)).was_tried


async def test_a_card_that_has_moved_on_is_not_brought_back(company: Database) -> None:
    item = await queue(company, "ana", "open", card="p")
    await keep(company, Outcome(item, "dead", why="refused"))
    newer = await queue(company, "ana", "closed", card="p")
    await keep(company, Outcome(newer, "sent", "m1"))
    assert not await company.write(lambda tx: tx.outbox.queue_again(item.id), tenant=ACME)


class Missed:
    """A request of Ana's whose card is on its way to Ben on Telegram."""

    def __init__(self, chat: Chat, request: Proposal) -> None:
        self.chat = chat
        self.request = request

    async def fail(self, outcome: Outcome) -> list[tuple[str, str]]:
        """Keep an outcome; return what was told to whom since."""
        before = len(self.chat.sent)
        await self.chat.database.write(lambda tx: keep_outcome(tx, outcome))
        await self.chat.app.settled()
        return [(to, item.message.text) for to, item in self.chat.sent[before:]]


@pytest.fixture
async def missed(chat: Chat) -> Missed:
    def link(tx: Tx) -> None:
        hear(tx, "ben", "dm-ben")

    await chat.database.write(link, tenant=ACME)
    await chat.say("ana", "ask for 200 more for design")
    await chat.say("ana", "yes")
    (request,) = await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME)
    return Missed(chat, request)


async def test_a_card_that_does_not_arrive_goes_to_the_next_who_may_decide(missed: Missed) -> None:
    item = await begin(missed.chat.database)
    told = await missed.fail(Outcome(item, "dead", why="blocked", ends_chat=True))
    ref = missed.request.ref
    assert "did not reach Ben Ortiz, so I have asked Carla Ruiz" in dict(told)["ana"]
    assert f"#{ref}" in dict(told)["carla"]
    assert "did not reach Ben Ortiz" in dict(told)["elena"]
    # The same outcome again tells nobody anything.
    assert await missed.fail(Outcome(item, "dead", why="blocked", ends_chat=True)) == []
    await missed.chat.say("carla", button=missed.chat.buttons("carla")["yes"])
    assert "approved" in missed.chat.told("ana")


async def test_a_card_of_what_is_decided_or_over_goes_to_nobody(missed: Missed) -> None:
    item = await begin(missed.chat.database)
    missed.chat.clock.advance(timedelta(hours=48))
    assert await missed.fail(Outcome(item, "dead", why="refused")) == []


async def test_where_nobody_else_may_decide_that_is_said(missed: Missed) -> None:
    def shut_out(tx: SqlTx) -> None:
        tx.people.set_disabled(PrincipalId("carla"), True)
        lose_owner(tx)

    await missed.chat.database.write(shut_out, tenant=ACME)
    item = await begin(missed.chat.database)
    told = await missed.fail(Outcome(item, "dead", why="refused"))
    assert [to for to, _ in told] == ["ana"]
    assert "nobody else may decide it" in told[0][1]


async def test_a_moved_card_has_buttons_that_count_where_it_went(missed: Missed) -> None:
    database = missed.chat.database
    item = await begin(database)
    await database.write(lambda tx: hear(tx, "ben", "new"), tenant=ACME)
    await missed.fail(Outcome(item, "queued", moved_to="new", is_try=False))
    card = await begin(database)
    assert (card.chat, card.message.card) == ("new", missed.request.id)
    press = InboundMessage(
        "telegram", "bot", "press", "new", "ben", button=card.message.buttons[0].token
    )
    await missed.chat.app.receive(press)
    await missed.chat.app.settled()
    found = await database.read(
        lambda tx: tx.proposals.find(ProposalId(missed.request.id)), tenant=ACME
    )
    assert found is not None
    assert found.state == "executed"


async def test_an_owner_sees_what_did_not_arrive_and_sends_it_again(missed: Missed) -> None:
    chat = missed.chat
    assert "Everything arrived" in await chat.say("elena", "undelivered")
    item = await begin(chat.database)
    await missed.fail(Outcome(item, "dead", why="blocked"))
    listed = await chat.say("elena", "undelivered")
    assert f"{item.id}" in listed
    assert "Ben Ortiz" in listed
    assert "they have blocked me" in listed
    assert missed.request.ref not in listed
    assert "may not" in await chat.say("ana", "undelivered")
    card = await chat.say("elena", f"resend {item.id}")
    assert f"send message {item.id} to Ben Ortiz" in card
    assert "sent once more" in await chat.say("elena", "yes")
    assert (await begin(chat.database)).id == item.id
    assert "no such message" in await chat.say("elena", f"resend {item.id}")
