"""Threads in which nobody writes any more go at night; where somebody is told things stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import select

from bot.clock import ManualClock
from bot.ids import ConversationId, PrincipalId, ProposalId
from bot.memory import kept_turn
from bot.messages import Conversation, InboundMessage, OutboundMessage
from bot.proposals.model import Proposal
from bot.proposals.offers import NewOffer
from bot.schedules.model import Run
from bot.schedules.recurrence import Occasion
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.jobs.retention import Lives, retention
from storage.database import Database
from storage.tables.messages import conversation
from storage.transaction import SqlTx
from tests.interleaved import interleave, opened_twice
from tests.ledgers import ACME, ANA, BEN, Company, found_company
from tests.servers import PostgresServer

DAY: Final = timedelta(days=1)
TICK: Final = timedelta(microseconds=1)
# The outbox keeps its last row, and here it names a private chat.
LIVES: Final = Lives()


@pytest.fixture
async def company(database: Database) -> Company:
    await database.write(found_company, tenant=ACME)
    await database.write(ensure_company_plans)
    return Company(database)


async def clean(company: Company, times: int = 1) -> Sequence[str]:
    """Do the nightly clean-up, so often at the same time; return how each ended."""
    return await asyncio.gather(*(_once(company.database) for _ in range(times)))


async def _once(database: Database) -> str:
    found = await database.read(lambda tx: tx.schedules.find("retention"), tenant=ACME)
    assert found is not None
    now = await database.read(lambda tx: tx.schedules.now())
    run = Run("x", found, Occasion(now.date(), now), "x", 1, now)
    job = await retention(database, LIVES)(run)
    return await database.write(lambda tx: job(tx, run), tenant=ACME)


async def hear(
    company: Company,
    chat: str,
    thread: str = "",
    *,
    private: bool = False,
    person: PrincipalId = ANA,
    platform: str = "slack",
) -> ConversationId:
    """Hear somebody somewhere."""
    message = InboundMessage(
        platform, "bot", "k", chat, f"u-{person}", "hi", thread=thread, is_private=private
    )
    place = await company.write(lambda tx: tx.conversations.hear(message, person))
    return place.id


async def left(company: Company) -> set[str]:
    """Return the ids of the conversations that there are."""
    rows = await company.read(lambda tx: tx.connection.rows(select(conversation.c.id)))
    return {row[0] for row in rows}


@pytest.mark.parametrize("times", [1, 8])
async def test_a_thread_goes_after_its_time_and_not_before(
    company: Company, clock: ManualClock, times: int
) -> None:
    old = await hear(company, "C1", "1.1")
    clock.advance(TICK)
    young = await hear(company, "C1", "2.2")
    home = await hear(company, "D1", private=True)
    clock.advance(90 * DAY - 2 * TICK)
    await clean(company, times)
    assert await left(company) == {old, young, home}
    clock.advance(TICK)
    assert "dropped" in await clean(company, times)
    assert await left(company) == {young, home}
    assert set(await clean(company, times)) == {"nothing"}


async def test_many_threads_go_a_few_at_a_time(company: Company, clock: ManualClock) -> None:
    def many(tx: SqlTx) -> None:
        for number in range(450):
            message = InboundMessage(
                "slack", "bot", "k", "C1", "u1", "hi", thread=str(number), is_private=False
            )
            tx.conversations.hear(message, ANA)

    await company.write(many)
    clock.advance(TICK)
    home = await hear(company, "D1", private=True)
    clock.advance(91 * DAY)
    await clean(company, 3)
    assert await left(company) == {home}


async def test_where_somebody_is_told_things_stays(company: Company, clock: ManualClock) -> None:
    """Of each platform the last place, and every chat with Bursar alone."""
    for chat in ("C1", "C2"):
        await hear(company, chat, "1.1", person=BEN)
        clock.advance(TICK)
    only = await hear(company, "C3", "1.1", person=BEN)
    alone = await hear(company, "D1", private=True)
    clock.advance(TICK)
    await hear(company, "T1", private=False, platform="telegram")
    clock.advance(TICK)
    last = await hear(company, "T2", private=False, platform="telegram")
    other = await hear(company, "D2", private=True)
    told = await company.read(lambda tx: tx.conversations.find_of_person(BEN))
    reached = await company.read(lambda tx: tx.conversations.list_private(ANA))
    clock.advance(1000 * DAY)
    await clean(company)
    assert await left(company) == {only, alone, last, other}
    assert await company.read(lambda tx: tx.conversations.find_of_person(BEN)) == told
    assert await company.read(lambda tx: tx.conversations.list_private(ANA)) == reached


async def test_of_threads_in_a_private_chat_the_last_stays(
    company: Company, clock: ManualClock
) -> None:
    await hear(company, "D1", "1.1", private=True)
    clock.advance(TICK)
    last = await hear(company, "D1", "2.2", private=True)
    clock.advance(91 * DAY)
    await clean(company)
    assert await left(company) == {last}


async def test_a_place_where_nothing_arrives_goes(company: Company, clock: ManualClock) -> None:
    gone = await hear(company, "D1", private=True)
    await company.write(lambda tx: tx.conversations.lose(gone))
    clock.advance(91 * DAY)
    await clean(company)
    assert await left(company) == set()
    # Whoever writes there again begins anew.
    assert await hear(company, "D1", private=True) != gone


def draft(kind: str) -> Callable[[SqlTx, ConversationId], None]:
    def run(tx: SqlTx, talk: ConversationId) -> None:
        one = Proposal(
            id=ProposalId("p"),
            kind=kind,  # type: ignore[arg-type]  # of the two that there are
            ref="7K2M",
            conversation_id=talk,
            requester_id=ANA,
            calls="[]",
            tier=3,
            state="pending",
            version=1,
            preview="{}",
            created_at=tx.now,
            expires_at=tx.now + DAY,
        )
        tx.proposals.add(one)

    return run


def show(tx: SqlTx, talk: ConversationId) -> None:
    """Show a card there that was asked for elsewhere."""
    elsewhere = tx.conversations.open("telegram", "x", "", BEN)
    draft("request")(tx, elsewhere.id)
    found = tx.proposals.find_request("7K2M")
    assert found is not None
    tx.cards.show(found, talk)


def write(tx: SqlTx, talk: ConversationId) -> None:
    tx.outbox.add(OutboundMessage(talk, "hello"), "slack")


def offer(tx: SqlTx, talk: ConversationId) -> None:
    tx.offers.add(
        [NewOffer("o", "token", "More", "{}")],
        conversation_id=talk,
        person_id=ANA,
        expires_at=tx.now + 500 * DAY,
    )


def remember(tx: SqlTx, talk: ConversationId) -> None:
    turn = kept_turn(
        1, "hi", ["hello"], read_by="rules", actions=(), wallet_id=None, at=tx.now + 500 * DAY
    )
    tx.memory.keep(talk, ANA, turn)


KEEPERS: Final = {
    "draft": draft("draft"),
    "request": draft("request"),
    "card": show,
    "message": write,
    "offer": offer,
    "turn": remember,
}


@pytest.mark.parametrize("what", KEEPERS)
async def test_what_is_kept_of_a_thread_keeps_the_thread(
    company: Company, clock: ManualClock, what: str
) -> None:
    talk = await hear(company, "C1", "1.1")
    await company.write(lambda tx: KEEPERS[what](tx, talk))
    clock.advance(TICK)
    await hear(company, "D1", private=True)
    clock.advance(91 * DAY)
    await clean(company)
    assert talk in await left(company)
    place = await company.read(lambda tx: tx.conversations.get(talk))
    assert isinstance(place, Conversation)


async def test_a_thread_that_a_chats_digest_names_stays(
    company: Company, clock: ManualClock
) -> None:
    talk = await hear(company, "C1", "1.1")
    place = await company.read(lambda tx: tx.conversations.get(talk))
    await company.write(lambda tx: tx.shared_digests.put(place, ()))
    clock.advance(TICK)
    await hear(company, "D1", private=True)
    clock.advance(91 * DAY)
    await clean(company)
    assert talk in await left(company)


async def test_whoever_writes_in_a_thread_that_goes_is_heard(
    company: Company, clock: ManualClock
) -> None:
    await hear(company, "C1", "1.1")
    clock.advance(TICK)
    home = await hear(company, "D1", private=True)
    clock.advance(91 * DAY)
    ids = await company.read(lambda tx: tx.conversations.list_old(tx.now - 90 * DAY, 9))
    again = await hear(company, "C1", "1.1")
    assert await company.write(lambda tx: tx.conversations.drop_old(ids, tx.now - 90 * DAY)) == 0
    assert await left(company) == {again, home}


async def test_whoever_is_heard_while_their_thread_goes_gets_another(
    postgres: PostgresServer, clock: ManualClock
) -> None:
    """Only where two write at once: what tells of the conversation would have no place."""
    url = postgres.create_database()
    async with opened_twice(url, clock, clock) as (first, second):
        await first.database.write(found_company)
        old = await hear(first, "C1", "1.1")
        clock.advance(TICK)
        home = await hear(first, "D1", private=True)
        clock.advance(91 * DAY)
        before = clock.now() - 90 * DAY
        again = InboundMessage(
            "slack", "b", "k", "C1", "u-acme-ana", thread="1.1", is_private=False
        )
        dropped, place = await interleave(
            url,
            (first, lambda tx: tx.conversations.drop_old([old], before)),
            (second, lambda tx: tx.conversations.hear(again, ANA).id),
        )
        assert dropped == 1
        assert await left(first) == {home, place}
