"""Inbox, outbox and conversations: every delivery once, every message in order."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import asyncpg
import pytest

from bot.clock import ManualClock, to_us
from bot.ids import ConversationId
from bot.messages import (
    BarBlock,
    Button,
    Conversation,
    FieldsBlock,
    FileBlock,
    InboundMessage,
    OutboundMessage,
    PictureBlock,
    TextBlock,
)
from storage.database import Database
from storage.inbox import LEASE_US, MAX_ATTEMPTS, Delivery
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, BEN, Company, found_company

LEASE = timedelta(microseconds=LEASE_US)
REFUSED_BY_DATABASE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
HELLO = InboundMessage("telegram", "bot", "1", "chat", "7", text="hello", button="")


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


def message(key: str, person: str = "7", account: str = "bot") -> InboundMessage:
    return replace(HELLO, key=key, external_id=person, account=account)


async def accept(books: Company, key: str, owner: str = "me", person: str = "7") -> int | None:
    return await books.database.write(lambda tx: tx.inbox.accept(message(key, person), owner))


async def claim(books: Company, owner: str, *, takes_all: bool = False) -> list[str]:
    found = await books.database.write(
        lambda tx: tx.inbox.claim(owner, count=10, takes_all=takes_all)
    )
    return [x.message.key for x in found]


async def finish(books: Company, row_id: int | None, owner: str = "me") -> bool:
    assert row_id is not None
    return await books.database.write(lambda tx: tx.inbox.finish(row_id, owner))


async def test_a_delivery_is_accepted_once(books: Company) -> None:
    assert await accept(books, "1") is not None
    assert await accept(books, "1") is None
    answers = await asyncio.gather(*(accept(books, "2") for _ in range(50)))
    assert sum(x is not None for x in answers) == 1
    assert await books.database.read(lambda tx: tx.inbox.depth()) == 2


async def test_a_delivery_that_is_done_is_not_accepted_again(books: Company) -> None:
    row_id = await accept(books, "1")
    assert await finish(books, row_id)
    assert await accept(books, "1") is None
    assert await claim(books, "other", takes_all=True) == []


async def test_keys_are_told_apart_by_platform_and_account(books: Company) -> None:
    for other in (
        HELLO,
        replace(HELLO, platform="slack"),
        replace(HELLO, account="bot-2"),
    ):
        row_id = await books.database.write(partial(lambda x, tx: tx.inbox.accept(x, "me"), other))
        assert row_id is not None


async def test_a_message_comes_back_as_it_was(books: Company, clock: ManualClock) -> None:
    odd = replace(
        HELLO, text="a\u2028b \U0001f600 'x'; DROP", thread="t", button="b", sent_at=clock.now()
    )
    await books.database.write(lambda tx: tx.inbox.accept(odd, "me"))
    found = await books.database.write(lambda tx: tx.inbox.claim("other", count=1, takes_all=True))
    assert [(x.message, x.attempts) for x in found] == [(odd, 2)]


async def test_a_message_is_finished_once_and_by_who_leased_it(books: Company) -> None:
    row_id = await accept(books, "1")
    assert not await finish(books, row_id, "other")
    answers = await asyncio.gather(*(finish(books, row_id) for _ in range(20)))
    assert sum(answers) == 1


async def test_a_lost_lease_ends_nothing(books: Company, clock: ManualClock) -> None:
    row_id = await accept(books, "1")
    clock.advance(LEASE - timedelta(microseconds=1))
    assert await claim(books, "other") == []
    clock.advance(timedelta(microseconds=1))
    assert await claim(books, "other") == ["1"]
    assert not await finish(books, row_id, "me")
    assert await finish(books, row_id, "other")


async def test_a_message_is_claimed_by_one_of_many(books: Company, clock: ManualClock) -> None:
    for index in range(8):
        await accept(books, str(index), person=str(index))
    clock.advance(LEASE)
    found = await asyncio.gather(*(claim(books, f"worker-{index}") for index in range(10)))
    assert sorted(key for keys in found for key in keys) == [str(index) for index in range(8)]


async def test_a_message_waits_for_the_one_before_it_elsewhere(
    books: Company, clock: ManualClock
) -> None:
    await accept(books, "1", owner="other")
    clock.advance(LEASE / 2)
    row_id = await accept(books, "2", owner="me")
    lane = message("2").lane
    assert row_id is not None
    assert not await books.database.read(lambda tx: tx.inbox.is_first(row_id, lane))
    clock.advance(LEASE / 2)
    # The first one's lease is over, the second's is not.
    assert await claim(books, "third") == ["1"]
    clock.advance(LEASE / 2)
    assert await claim(books, "third") == ["2"]


async def test_a_message_counts_as_said_after_the_one_before_it_had_ended(
    books: Company, clock: ManualClock
) -> None:
    """What is read back is no answer to what was not said yet when it was written."""

    async def is_answered(seconds: float, person: str = "7") -> bool:
        later = replace(message("2", person), sent_at=clock.now() + timedelta(seconds=seconds))
        return await books.database.read(lambda tx: tx.inbox.is_answered(later))

    first = await accept(books, "1")
    assert not await is_answered(60)
    assert await is_answered(-60, person="8")
    assert await finish(books, first)
    assert await is_answered(1)
    assert not await is_answered(-1)
    without = message("3")
    assert not await books.database.read(lambda tx: tx.inbox.is_answered(without))


async def test_lanes_do_not_wait_for_each_other(books: Company) -> None:
    await accept(books, "1", person="7")
    row_id = await accept(books, "2", person="8")
    assert row_id is not None
    lane = message("2", "8").lane
    assert await books.database.read(lambda tx: tx.inbox.is_first(row_id, lane))


async def test_what_a_dead_process_left_is_taken_over_at_once(books: Company) -> None:
    for key in ("1", "2"):
        await accept(books, key, owner="dead")
    assert await claim(books, "me", takes_all=True) == ["1", "2"]
    assert await claim(books, "me", takes_all=True) == []


async def test_a_try_counts_once_it_begins_however_often_it_was_claimed(
    books: Company, clock: ManualClock
) -> None:
    async def claim_one(owner: str) -> Delivery:
        clock.advance(LEASE)
        (one,) = await books.database.write(
            lambda tx: tx.inbox.claim(owner, count=10, takes_all=False)
        )
        return one

    await accept(books, "1")
    for _ in range(MAX_ATTEMPTS):
        found = await claim_one("waits")
        assert found.attempts == 2
    for attempt in range(2, MAX_ATTEMPTS + 1):
        found = await claim_one("begins")
        assert found.attempts == attempt
        for _ in range(2):
            assert await books.database.write(
                lambda tx, one=found: tx.inbox.begin(one.id, "begins", one.attempts)  # type: ignore[misc]  # bound now
            )
        assert not await books.database.write(
            lambda tx, one=found: tx.inbox.begin(one.id, "other", 99)  # type: ignore[misc]  # bound now
        )
    assert (await claim_one("me")).attempts == MAX_ATTEMPTS + 1


async def open_conversation(books: Company, chat: str = "chat") -> Conversation:
    return await books.write(lambda tx: tx.conversations.open("telegram", chat, "", ANA))


async def queue(books: Company, text: str, conversation: Conversation) -> None:
    waiting = OutboundMessage(conversation.id, text, "card", (Button("Yes", "t"),), "c", "r")
    await books.write(lambda tx: tx.outbox.add(waiting, "telegram"))


async def list_next(books: Company) -> list[tuple[int, str]]:
    found = await books.database.read(lambda tx: tx.outbox.list_next("telegram", 10))
    return [(x.id, x.message.text) for x in found]


async def end(books: Company, item_id: int, state: str, not_before_us: int = 0) -> None:
    await books.database.write(
        lambda tx: tx.outbox.end(item_id, state, not_before_us=not_before_us)
    )


async def begin(books: Company, item_id: int) -> bool:
    return item_id in await books.database.write(lambda tx: tx.outbox.begin([item_id]))


async def test_messages_go_out_in_order_and_one_at_a_time(books: Company) -> None:
    first, second = await open_conversation(books), await open_conversation(books, "second")
    for text in ("a", "b"):
        await queue(books, text, first)
    await queue(books, "c", second)
    (a, _), (c, _) = listed = await list_next(books)
    assert [text for _, text in listed] == ["a", "c"]
    assert await begin(books, a)
    assert [text for _, text in await list_next(books)] == ["c"]
    await end(books, a, "sent")
    assert [text for _, text in await list_next(books)] == ["b", "c"]
    assert await begin(books, c)
    await end(books, c, "dead")
    assert [text for _, text in await list_next(books)] == ["b"]
    assert await books.database.read(lambda tx: tx.outbox.depth()) == 1


async def test_a_message_goes_out_with_all_that_it_was_queued_with(books: Company) -> None:
    conversation = await open_conversation(books)
    blocks = (
        TextBlock("October", is_title=True),
        FieldsBlock((("Design", "$1.50"),)),
        BarBlock("83 %", 83),
        PictureBlock("aGk=", "a chart"),
        FileBlock.of("october.csv", "text/csv", b"\x00\xff,1\r\n", "October"),
    )
    waiting = OutboundMessage(conversation.id, "October", blocks=blocks)
    await books.write(lambda tx: tx.outbox.add(waiting, "telegram"))
    (item,) = await books.database.read(lambda tx: tx.outbox.list_next("telegram", 10))
    assert item.message == waiting


async def test_a_message_is_claimed_for_sending_once(books: Company) -> None:
    await queue(books, "a", await open_conversation(books))
    ((item_id, _),) = await list_next(books)
    answers = await asyncio.gather(*(begin(books, item_id) for _ in range(20)))
    assert sum(answers) == 1
    await end(books, item_id, "sent")
    assert not await begin(books, item_id)
    await end(books, item_id, "dead")
    assert await recover(books, takes_all=True) == 0


async def test_a_message_is_tried_again_when_its_time_has_come(
    books: Company, clock: ManualClock
) -> None:
    conversation = await open_conversation(books)
    for text in ("a", "b"):
        await queue(books, text, conversation)
    ((item_id, _),) = await list_next(books)
    await begin(books, item_id)
    later = clock.now() + timedelta(seconds=30)
    await end(books, item_id, "queued", to_us(later))
    assert await list_next(books) == []
    clock.set(later)
    assert await list_next(books) == [(item_id, "a")]


async def recover(books: Company, *, takes_all: bool) -> int:
    return await books.database.write(lambda tx: tx.outbox.recover(takes_all=takes_all))


@pytest.mark.parametrize("takes_all", [True, False])
async def test_what_a_dead_process_was_sending_is_queued_again(
    books: Company, clock: ManualClock, takes_all: bool
) -> None:
    await queue(books, "a", await open_conversation(books))
    ((item_id, _),) = await list_next(books)
    await begin(books, item_id)
    if not takes_all:
        # Another process may still be at it.
        clock.advance(LEASE - timedelta(microseconds=1))
        assert await recover(books, takes_all=False) == 0
        clock.advance(timedelta(microseconds=1))
    assert await recover(books, takes_all=takes_all) == 1
    (item,) = await books.database.read(lambda tx: tx.outbox.list_next("telegram", 10))
    assert item.attempts == 1
    assert item.message.buttons == (Button("Yes", "t"),)


async def test_a_message_is_queued_only_with_what_it_tells(books: Company) -> None:
    conversation = await open_conversation(books)
    heard: list[object] = []
    books.database.on_commit(heard.extend)

    def fail(tx: object) -> None:
        raise ValueError("odd")

    waiting = OutboundMessage(conversation.id, "a")
    steps: list[Callable[..., None]] = [lambda tx: tx.outbox.add(waiting, "telegram"), fail]
    with pytest.raises(ValueError, match="odd"):
        await books.write(lambda tx: [step(tx) for step in steps])
    assert await list_next(books) == []
    assert heard == []
    await books.write(steps[0])
    assert heard == [("outbox", "telegram")]


async def test_a_message_goes_only_to_a_conversation_that_there_is(books: Company) -> None:
    lost = OutboundMessage(ConversationId("none"), "a")
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.outbox.add(lost, "telegram"))


async def test_places_are_listed_by_whether_others_read_along(
    books: Company, clock: ManualClock
) -> None:
    alone, among = replace(HELLO, chat="a"), replace(HELLO, chat="b", is_private=False)

    def hear(tx: SqlTx) -> None:
        tx.enter(ACME)
        for said in (alone, among):
            tx.conversations.hear(said, ANA)

    await books.database.write(hear)
    for is_private, chat in ((True, "a"), (False, "b")):
        found = await books.database.read(
            lambda tx, which=is_private: tx.conversations.list_heard(  # type: ignore[misc]
                "telegram", to_us(clock.now()), is_private=which
            )
        )
        assert [place for place, _, _ in found] == [chat]


async def test_a_conversation_is_opened_once(books: Company) -> None:
    found = await asyncio.gather(*(open_conversation(books) for _ in range(20)))
    assert len({x.id for x in found}) == 1


async def test_a_conversation_is_told_apart_by_its_whole_key(books: Company) -> None:
    keys = [
        ("telegram", "chat", "", ANA),
        ("slack", "chat", "", ANA),
        ("telegram", "other", "", ANA),
        ("telegram", "chat", "thread", ANA),
        ("telegram", "chat", "", BEN),
    ]
    made = [
        await books.write(partial(lambda key, tx: tx.conversations.open(*key), key))
        for key in keys
    ]
    assert len({x.id for x in made}) == len(keys)
    assert await books.read(lambda tx: tx.conversations.find_of_person(ANA)) in made[:4]
    assert await books.read(lambda tx: tx.conversations.find_of_person(BEN)) == made[4]


async def test_a_conversation_remembers(books: Company) -> None:
    made = await open_conversation(books)
    await books.write(
        lambda tx: tx.conversations.remember(
            made.id, topic_wallet_id="w", question="{}", refusal=None
        )
    )
    again = await books.read(lambda tx: tx.conversations.get(made.id))
    assert (again.topic_wallet_id, again.question, again.refusal) == ("w", "{}", None)
