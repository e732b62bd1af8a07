"""No overspend and no false refusal, however many ask at once, in one process and in two."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.economy import spending
from bot.errors.money import HoldResolved, InsufficientFunds
from storage.database import Database
from storage.engine import open_database
from tests.ledgers import KEY, LIFE, ORG, OTHER, PROJECT, TEAM, Company, found_company
from tests.servers import PostgresServer

RACER = "tests.contract.racer"
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    await database.write(found_company)
    made = Company(database)
    yield made
    await made.assert_sound()


async def set_tree(books: Company, organisation: int) -> None:
    """Limit every wallet of the chain; for spends of 10 the organisation is what binds."""
    for step, wallet_id in enumerate((ORG, TEAM, PROJECT, KEY)):
        await books.limit(wallet_id, organisation + 10 * step)


@pytest.mark.parametrize(
    ("asked", "admitted"), [(1, 0), (1, 1), (8, 3), (100, 37), (1000, 370), (2000, 999)]
)
async def test_exactly_k_of_n_are_admitted(books: Company, asked: int, admitted: int) -> None:
    # No account of the period is open yet: the first request is one of them.
    await set_tree(books, admitted * 10)
    wallets = (KEY, PROJECT, TEAM, OTHER)
    answers = await asyncio.gather(
        *(books.hold(wallets[index % 4], 10, f"k{index}") for index in range(asked)),
        return_exceptions=True,
    )
    refused = [x for x in answers if isinstance(x, BaseException)]
    assert {type(x) for x in refused} <= {InsufficientFunds}
    assert {x.facts["wallet_id"] for x in refused if isinstance(x, InsufficientFunds)} <= {ORG}
    assert len(answers) - len(refused) == admitted
    assert await books.figures(ORG) == (admitted * 10, 0, admitted * 10, 0)


async def test_exactly_k_are_admitted_when_amounts_differ(books: Company) -> None:
    await set_tree(books, 1000)
    answers = await asyncio.gather(
        *(books.hold(KEY, 1 + index % 23, f"k{index}") for index in range(300)),
        return_exceptions=True,
    )
    held = sum(
        1 + index % 23 for index, x in enumerate(answers) if not isinstance(x, BaseException)
    )
    assert await books.figures(ORG) == (1000, 0, held, 1000 - held)
    # What was refused last asked for more than was left; nothing small was turned away.
    assert held == 1000


@pytest.mark.parametrize(("asked_before", "admitted"), [(10, 30), (50, 50)])
async def test_a_limit_lowered_meanwhile_admits_no_more(
    books: Company, asked_before: int, admitted: int
) -> None:
    await set_tree(books, 1000)

    def ask(first: int, last: int) -> list[asyncio.Future[object]]:
        return [
            asyncio.ensure_future(books.hold(KEY, 10, f"k{index}")) for index in range(first, last)
        ]

    before = ask(0, asked_before)
    lowered = asyncio.ensure_future(books.limit(ORG, 300))
    after = ask(asked_before, 200)
    answers = await asyncio.gather(*before, *after, return_exceptions=True)
    assert await lowered == 1000
    assert sum(not isinstance(x, BaseException) for x in answers) == admitted
    assert {type(x) for x in answers if isinstance(x, BaseException)} == {InsufficientFunds}
    assert await books.figures(ORG) == (300, 0, admitted * 10, 300 - admitted * 10)


async def test_a_thousand_resolutions_of_37_holds_win_37_times(books: Company) -> None:
    await set_tree(books, 1000)
    await asyncio.gather(*(books.hold(KEY, 10, f"k{index}") for index in range(37)))

    async def resolve(index: int) -> bool:
        key = f"k{index % 37}"
        if index % 3 == 0:
            return await books.release(key)
        if index % 3 == 1:
            return await books.write(lambda tx: spending.expire(tx, key))
        try:
            await books.settle(KEY, 7, key)
        except HoldResolved:
            return False
        return True

    # A hold that expired is charged when its settlement comes late, so only one way of ending
    # it is raced here against giving it back.
    answers = await asyncio.gather(*(resolve(index) for index in range(1000) if index % 3 != 1))
    assert sum(answers) == 37
    _, used, held, _ = await books.figures(ORG)
    assert held == 0
    assert used % 7 == 0


async def test_expiry_and_release_race_for_each_hold_once(
    books: Company, clock: ManualClock
) -> None:
    await set_tree(books, 1000)
    await asyncio.gather(*(books.hold(KEY, 10, f"k{index}") for index in range(37)))
    clock.advance(LIFE)
    calls = [
        books.write(lambda tx, key=f"k{index % 37}": spending.expire(tx, key))  # type: ignore[misc]  # bound now
        if index % 2
        else books.release(f"k{index % 37}")
        for index in range(1000)
    ]
    assert sum(await asyncio.gather(*calls)) == 37
    assert await books.figures(ORG) == (1000, 0, 0, 1000)


async def race(url: str, what: str, count: int) -> tuple[int, Counter[str]]:
    """Let two processes do the same at the same moment; return what both together got."""
    racers = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            RACER,
            url,
            what,
            name,
            str(count),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        for name in ("a", "b")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert await racer.stdout.readline() == b"ready\n"
    outputs = await asyncio.gather(*(racer.communicate(b"go\n") for racer in racers))
    answers = [json.loads(output) for output, _ in outputs]
    errors: Counter[str] = Counter()
    for answer in answers:
        errors.update(answer["errors"])
    return sum(answer["admitted"] for answer in answers), errors


@pytest.fixture
async def shared(
    postgres: PostgresServer, clock: ManualClock
) -> AsyncIterator[tuple[str, Company]]:
    """A company on a server that several processes use."""
    url = postgres.create_database()
    database = await open_database(url, clock)
    await database.write(found_company)
    books = Company(database)
    yield url, books
    await books.assert_sound()
    await database.close()


@pytest.mark.parametrize(("each", "admitted"), [(1, 1), (4, 3), (50, 37), (500, 370)])
async def test_two_processes_admit_exactly_k(
    shared: tuple[str, Company], each: int, admitted: int
) -> None:
    url, books = shared
    await set_tree(books, admitted * 10)
    got, errors = await race(url, "hold", each)
    assert (got, errors) == (
        admitted,
        {"InsufficientFunds": 2 * each - admitted} if 2 * each > admitted else {},
    )
    assert await books.figures(ORG) == (admitted * 10, 0, admitted * 10, 0)


async def test_two_processes_hold_the_same_key_once(shared: tuple[str, Company]) -> None:
    url, books = shared
    await set_tree(books, 10_000)
    got, errors = await race(url, "same", 100)
    assert (got, errors) == (200, {})
    assert await books.figures(ORG) == (10_000, 0, 1000, 9000)


async def test_two_processes_settle_37_holds_37_times(shared: tuple[str, Company]) -> None:
    url, books = shared
    await set_tree(books, 1000)
    await asyncio.gather(*(books.hold(KEY, 10, f"held-{index}") for index in range(37)))
    got, errors = await race(url, "settle", 500)
    assert (got, errors) == (37, {"HoldResolved": 963})
    assert await books.figures(ORG) == (1000, 37 * 7, 0, 1000 - 37 * 7)
