"""What is kept of talks, on both databases: in order, taken out once, and gone when forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.ids import ConversationId, TenantId
from bot.memory import MOST_TURNS, KeptTurn, MovedOn, Summary, add_up, fold, sum_up
from scheduler.jobs.memory import tidy_memory
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, BEN, TEAM, Company, found_company

KEEP_FOR = timedelta(days=90)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


@pytest.fixture
async def talk(books: Company) -> ConversationId:
    found = await books.write(lambda tx: tx.conversations.open("telegram", "c", "", ANA))
    return found.id


def say(talk: ConversationId, *numbers: int) -> Callable[[SqlTx], None]:
    """Keep turns of Ana's."""

    def keep(tx: SqlTx) -> None:
        for number in numbers:
            said = KeptTurn(number, f"said {number}", "x", "rules", ("undo",), TEAM, tx.now)
            tx.memory.keep(talk, ANA, said)

    return keep


async def turns_of(books: Company, talk: ConversationId) -> list[KeptTurn]:
    return await books.read(lambda tx: tx.memory.list_turns(talk, 10_000))


async def summary_of(books: Company, talk: ConversationId) -> Summary | None:
    return await books.read(lambda tx: tx.memory.find_summary(talk))


async def test_turns_come_back_as_they_were_in_their_order(
    books: Company, talk: ConversationId, clock: ManualClock
) -> None:
    turn = KeptTurn(3, "who\n“x”", "a", "gpt", ("a", "b"), None, clock.now())
    await books.write(say(talk, 5))
    await books.write(lambda tx: tx.memory.keep(talk, ANA, turn))
    await books.write(say(talk, 4))
    found = await turns_of(books, talk)
    assert [x.id for x in found] == [3, 4, 5]
    assert found[0] == turn
    last = await books.read(lambda tx: tx.memory.list_turns(talk, 2))
    assert [x.id for x in last] == [4, 5]


async def test_turns_are_summed_up_once_whoever_tries(
    books: Company, talk: ConversationId
) -> None:
    await books.write(say(talk, *range(1, 9)))
    older = (await turns_of(books, talk))[:5]

    async def sum_up_once(task: int) -> bool:
        new = sum_up(None, older, f"by {task}")
        try:
            await books.write(lambda tx: fold(tx.memory, talk, ANA, older, new))
        except MovedOn:
            return False
        return True

    done = await asyncio.gather(*(sum_up_once(task) for task in range(8)))
    assert sum(done) == 1
    summary = await summary_of(books, talk)
    assert summary is not None
    assert summary.text == f"by {done.index(True)}"
    assert [x.id for x in await turns_of(books, talk)] == [6, 7, 8]
    assert not await sum_up_once(9)
    assert await summary_of(books, talk) == summary


async def test_two_that_read_different_turns_lose_none(
    books: Company, talk: ConversationId
) -> None:
    await books.write(say(talk, 1, 2, 3, 4))
    found = await turns_of(books, talk)

    async def count(turns: list[KeptTurn]) -> None:
        try:
            await books.write(lambda tx: fold(tx.memory, talk, ANA, turns, add_up(None, turns)))
        except MovedOn:
            return

    await asyncio.gather(*(count(found[: n % 3 + 1]) for n in range(8)))
    summary, left = await summary_of(books, talk), await turns_of(books, talk)
    assert summary is not None
    assert summary.turns + len(left) == 4
    assert summary.counts == {"undo": summary.turns}


async def test_what_was_forgotten_meanwhile_is_not_summed_up(
    books: Company, talk: ConversationId
) -> None:
    await books.write(say(talk, 1, 2, 3))
    older = await turns_of(books, talk)
    assert await books.write(lambda tx: tx.memory.forget(ANA)) == (3, 0)
    with pytest.raises(MovedOn):
        await books.write(lambda tx: fold(tx.memory, talk, ANA, older, sum_up(None, older, "x")))
    assert await summary_of(books, talk) is None
    # Nor after others were kept in their place.
    await books.write(say(talk, 4, 5, 6))
    with pytest.raises(MovedOn):
        await books.write(lambda tx: fold(tx.memory, talk, ANA, older, sum_up(None, older, "x")))
    assert await summary_of(books, talk) is None
    assert len(await turns_of(books, talk)) == 3


async def test_forgetting_races_with_summing_up_and_wins(
    books: Company, talk: ConversationId
) -> None:
    for number in range(5):
        await books.write(say(talk, 2 * number + 1, 2 * number + 2))
        older = await turns_of(books, talk)

        async def sum_up_now(older: list[KeptTurn] = older) -> None:
            new = sum_up(None, older, "x")
            try:
                await books.write(lambda tx: fold(tx.memory, talk, ANA, older, new))
            except MovedOn:
                return

        await asyncio.gather(
            sum_up_now(), books.write(lambda tx: tx.memory.forget(ANA)), sum_up_now()
        )
        assert await summary_of(books, talk) is None
        assert await turns_of(books, talk) == []


async def test_one_persons_memory_is_nobody_elses(books: Company, talk: ConversationId) -> None:
    await books.write(say(talk, 1))
    assert await books.write(lambda tx: tx.memory.forget(BEN)) == (0, 0)
    held = await books.read(lambda tx: tx.memory.held(ANA))
    assert held.turns == 1
    assert (await books.read(lambda tx: tx.memory.held(BEN))).since is None


async def test_what_is_old_goes_and_what_is_too_much_is_counted(
    database: Database, books: Company, talk: ConversationId, clock: ManualClock
) -> None:
    await books.write(say(talk, 1, 2))
    clock.advance(KEEP_FOR)
    await books.write(say(talk, *range(3, MOST_TURNS + 10)))
    await tidy_memory(database, KEEP_FOR)
    # On the day itself nothing has gone yet; the nine oldest are counted.
    assert [x.id for x in await turns_of(books, talk)] == list(range(10, MOST_TURNS + 10))
    summary = await summary_of(books, talk)
    assert summary is not None
    assert (summary.turns, summary.counts, summary.wallets) == (9, {"undo": 9}, (TEAM,))
    assert await tidy_memory(database, KEEP_FOR) == 0
    assert await summary_of(books, talk) == summary
    clock.advance(KEEP_FOR + timedelta(microseconds=1))
    assert await tidy_memory(database, KEEP_FOR) == MOST_TURNS + 1
    assert await turns_of(books, talk) == []
    assert await summary_of(books, talk) is None


async def test_every_company_is_tidied(
    database: Database, books: Company, talk: ConversationId, clock: ManualClock
) -> None:
    other = TenantId("globex")
    await database.write(lambda tx: found_company(tx, tenant=other))
    await books.write(say(talk, 1))
    clock.advance(KEEP_FOR + timedelta(seconds=1))
    assert await tidy_memory(database, KEEP_FOR) == 1
    assert await database.read(lambda tx: tx.memory.list_long(0, 9), tenant=ACME) == []


async def test_words_behind_the_chain_are_erased_once_whoever_tries(
    database: Database, books: Company
) -> None:
    for number in range(3):
        await books.write(lambda tx, n=number: tx.audit.keep_content(ANA, f"said {n}", b"salt"))  # type: ignore[misc]  # bound now
    await books.write(lambda tx: tx.audit.keep_content(BEN, "mine", b"salt"))
    erased = await asyncio.gather(
        *(books.write(lambda tx: tx.audit.erase_content(ANA)) for _ in range(8))
    )
    assert sorted(erased) == [0] * 7 + [3]
    assert await books.read(lambda tx: tx.audit.count_content(ANA)) == 0
    assert await books.read(lambda tx: tx.audit.count_content(BEN)) == 1
    assert await database.read(lambda tx: tx.audit.verify()) is None
