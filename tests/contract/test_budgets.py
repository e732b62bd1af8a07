"""Limits, raises and moves of budget, through the periods of a tenant's zone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ManualClock
from bot.economy import budgets, limit_changes
from bot.economy.limit_changes import MAX_LIMIT_NANOS
from bot.economy.periods import Span, period_at
from bot.economy.wallets import TemporaryRaise, Wallet
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.errors.money import InsufficientFunds, WalletClosed
from bot.ids import TenantId, WalletId, new_id
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import KEY, ORG, OTHER, PROJECT, TEAM, Company, budget_of, found_company

END_OF_MONTH = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
async def books(database: Database) -> AsyncIterator[Company]:
    """A company whose team has 100 a month; every test ends with sound books."""
    await database.write(found_company)
    made = Company(database)
    await made.limit(TEAM, 100)
    yield made
    await made.assert_sound()


async def raise_limit(
    books: Company,
    amount: int,
    until_at: datetime | None,
    *,
    wallet_id: WalletId = TEAM,
    key: str = "",
) -> TemporaryRaise | None:
    return await books.write(
        lambda tx: limit_changes.raise_limit(
            tx, wallet_id, amount, until_at=until_at, key=key or new_id(), actor="x"
        )
    )


async def end_raise(books: Company, raise_id: str, key: str = "") -> TemporaryRaise:
    return await books.write(
        lambda tx: limit_changes.end_raise(tx, raise_id, key=key or new_id(), actor="x")
    )


async def move(
    books: Company, source: WalletId, target: WalletId, amount: int, key: str = ""
) -> object:
    return await books.write(
        lambda tx: limit_changes.move_budget(
            tx, source, target, amount, key=key or new_id(), actor="x"
        )
    )


@pytest.mark.parametrize("is_used", [False, True])
async def test_a_limit_set_up_counts_at_once(books: Company, is_used: bool) -> None:
    if is_used:
        await books.spend(TEAM, 60)
    assert await books.limit(TEAM, 250) == 100
    used = 60 if is_used else 0
    assert await books.figures(TEAM) == (250, used, 0, 250 - used)


async def test_a_limit_set_below_use_refuses_only_what_is_new(books: Company) -> None:
    await books.spend(TEAM, 60)
    await books.hold(TEAM, 20, "k")
    await books.limit(TEAM, 50)
    assert await books.figures(TEAM) == (50, 60, 20, -30)
    with pytest.raises(InsufficientFunds):
        await books.hold(TEAM, 1, "l")
    await books.settle(TEAM, 20, "k")
    assert await books.figures(TEAM) == (50, 80, 0, -30)
    await books.limit(TEAM, 90)
    await books.spend(TEAM, 10)
    with pytest.raises(InsufficientFunds):
        await books.hold(TEAM, 1, "l")


async def test_a_limit_set_twice_is_set_once(books: Company) -> None:
    await books.spend(TEAM, 60)
    assert await books.limit(TEAM, 250, key="s") == 100
    assert await books.limit(TEAM, 250, key="s") == 250
    assert await books.figures(TEAM) == (250, 60, 0, 190)


async def test_a_limit_set_from_many_tasks_is_one_of_them(books: Company) -> None:
    await books.spend(TEAM, 60)
    answers = await asyncio.gather(
        *(books.limit(TEAM, 200 + index) for index in range(20)), return_exceptions=True
    )
    assert {type(x) for x in answers} <= {int, Conflict}
    limit, used, _, free = await books.figures(TEAM)
    assert 200 <= limit < 220
    assert (used, free) == (60, limit - 60)


async def test_a_limit_taken_away_and_set_again_counts_what_was_used(books: Company) -> None:
    await books.spend(TEAM, 60)
    assert await books.limit(TEAM, None) == 100
    await books.hold(TEAM, 10**6, "free")
    assert await books.limit(TEAM, 80) is None
    assert await books.figures(TEAM) == (80, 60, 0, 20)


async def test_a_raise_outlives_its_limit(books: Company, clock: ManualClock) -> None:
    await raise_limit(books, 40, END_OF_MONTH + timedelta(days=2))
    await books.limit(TEAM, None)
    clock.set(END_OF_MONTH)
    await books.limit(TEAM, 100)
    assert await books.figures(TEAM) == (140, 0, 0, 140)
    await books.spend(TEAM, 5)
    assert await books.figures(TEAM) == (140, 5, 0, 135)


async def test_a_limit_beyond_what_a_transfer_carries_is_refused(books: Company) -> None:
    with pytest.raises(InvalidInput):
        await books.limit(TEAM, MAX_LIMIT_NANOS + 1)
    await books.limit(TEAM, MAX_LIMIT_NANOS)
    await books.spend(TEAM, 5)


async def test_a_limit_of_zero_refuses_everything(books: Company) -> None:
    await books.limit(TEAM, 0)
    with pytest.raises(InsufficientFunds):
        await books.hold(TEAM, 1, "k")
    assert await books.figures(TEAM) == (0, 0, 0, 0)


@pytest.mark.parametrize("is_opened", [False, True])
async def test_an_overdraft_follows_the_limit(books: Company, is_opened: bool) -> None:
    lab = WalletId("acme-lab")
    await books.write(
        lambda tx: tx.wallets.add(Wallet(lab, None, "team", "lab", overdraft_percent=10))
    )
    await books.limit(lab, 100)
    if is_opened:
        await books.spend(lab, 1, "first")
        await books.limit(lab, 101)
    for limit in (1000, 200):
        await books.limit(lab, limit)
        _, used, _, free = await books.figures(lab)
        assert free == limit + limit // 10 - used
    _, used, _, free = await books.figures(lab)
    await books.spend(lab, free)
    with pytest.raises(InsufficientFunds):
        await books.hold(lab, 1, "k")


async def test_an_overdraft_is_not_handed_on(books: Company) -> None:
    lab = WalletId("acme-lab")
    await books.write(
        lambda tx: tx.wallets.add(Wallet(lab, None, "team", "lab", overdraft_percent=10))
    )
    await books.limit(lab, 100)
    with pytest.raises(InsufficientFunds) as caught:
        await move(books, lab, TEAM, 101)
    assert caught.value.facts["free_nanos"] == 100
    await move(books, lab, TEAM, 100)
    assert await books.figures(lab) == (0, 0, 0, 10)


async def test_a_raise_ends_by_itself_in_the_middle_of_a_period(
    books: Company, clock: ManualClock
) -> None:
    await raise_limit(books, 40, clock.now() + timedelta(days=2))
    assert await books.figures(TEAM) == (140, 0, 0, 140)
    await books.spend(TEAM, 130)
    clock.advance(timedelta(days=2) - timedelta(microseconds=1))
    assert await books.figures(TEAM) == (140, 130, 0, 10)
    clock.advance(timedelta(microseconds=1))
    assert await books.figures(TEAM) == (100, 130, 0, -30)
    with pytest.raises(InsufficientFunds):
        await books.hold(TEAM, 1, "k")


async def test_a_raise_reaches_into_the_next_period(books: Company, clock: ManualClock) -> None:
    await raise_limit(books, 40, END_OF_MONTH + timedelta(days=2))
    clock.set(END_OF_MONTH)
    assert await books.figures(TEAM) == (140, 0, 0, 140)
    await books.spend(TEAM, 120)
    clock.advance(timedelta(days=2))
    assert await books.figures(TEAM) == (100, 120, 0, -20)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert await books.figures(TEAM) == (100, 0, 0, 100)


async def test_a_raise_repeated_raises_once(books: Company) -> None:
    for _ in range(2):
        await raise_limit(books, 40, END_OF_MONTH, key="r")
    await asyncio.gather(*(raise_limit(books, 40, END_OF_MONTH, key="r") for _ in range(10)))
    assert await books.figures(TEAM) == (140, 0, 0, 140)
    with pytest.raises(Conflict):
        await raise_limit(books, 41, END_OF_MONTH, key="r")
    with pytest.raises(Conflict):
        await raise_limit(books, 40, END_OF_MONTH - timedelta(days=1), key="r")


@pytest.mark.parametrize("is_used", [False, True])
async def test_a_raise_ended_early_lapses_only_once(
    books: Company, clock: ManualClock, is_used: bool
) -> None:
    until_at = clock.now() + timedelta(days=5)
    raise_ = await raise_limit(books, 40, until_at)
    assert raise_ is not None
    if is_used:
        await books.spend(TEAM, 120)
    used = 120 if is_used else 0
    clock.advance(timedelta(days=1))
    await end_raise(books, raise_.id)
    assert await books.figures(TEAM) == (100, used, 0, 100 - used)
    clock.set(until_at + timedelta(days=1))
    assert await books.figures(TEAM) == (100, used, 0, 100 - used)


async def test_a_raise_is_ended_once(books: Company, clock: ManualClock) -> None:
    raise_ = await raise_limit(books, 40, END_OF_MONTH)
    assert raise_ is not None
    answers = await asyncio.gather(
        *(end_raise(books, raise_.id) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(x, TemporaryRaise) for x in answers) == 1
    assert sum(isinstance(x, Conflict) for x in answers) == 9
    assert await books.figures(TEAM) == (100, 0, 0, 100)


async def test_a_raise_that_is_over_cannot_be_ended(books: Company, clock: ManualClock) -> None:
    raise_ = await raise_limit(books, 40, END_OF_MONTH)
    assert raise_ is not None
    clock.set(END_OF_MONTH)
    with pytest.raises(Conflict):
        await end_raise(books, raise_.id)


async def test_a_raise_ended_in_the_next_period_ends_there(
    books: Company, clock: ManualClock
) -> None:
    raise_ = await raise_limit(books, 40, END_OF_MONTH + timedelta(days=9))
    assert raise_ is not None
    clock.set(END_OF_MONTH)
    await books.spend(TEAM, 10)
    await end_raise(books, raise_.id)
    assert await books.figures(TEAM) == (100, 10, 0, 90)
    clock.advance(timedelta(days=10))
    assert await books.figures(TEAM) == (100, 10, 0, 90)


async def test_a_raise_needs_a_time_to_come_and_a_limit(
    books: Company, clock: ManualClock
) -> None:
    with pytest.raises(InvalidInput):
        await raise_limit(books, 40, clock.now())
    with pytest.raises(InvalidInput):
        await raise_limit(books, 40, END_OF_MONTH, wallet_id=OTHER)


async def test_a_raise_needs_the_amount_free_above(books: Company) -> None:
    await books.limit(ORG, 130)
    await books.spend(TEAM, 20)
    for until_at in (END_OF_MONTH, None):
        with pytest.raises(InsufficientFunds) as caught:
            await raise_limit(books, 111, until_at)
        assert caught.value.facts["wallet_id"] == ORG
    await raise_limit(books, 110, END_OF_MONTH)
    assert await books.figures(TEAM) == (210, 20, 0, 190)


async def test_a_raise_for_good_is_a_higher_limit(books: Company, clock: ManualClock) -> None:
    assert await raise_limit(books, 40, None) is None
    clock.set(END_OF_MONTH)
    assert await books.figures(TEAM) == (140, 0, 0, 140)


async def test_a_raise_is_of_the_main_limit(books: Company) -> None:
    for span in ("day", "week", "total"):
        await books.limit(TEAM, 100, span)
    await raise_limit(books, 40, END_OF_MONTH)
    limits = [(await books.figures(TEAM, span))[0] for span in ("day", "week", "month", "total")]
    assert limits == [100, 100, 140, 100]


async def test_budget_moves_for_the_running_period(books: Company, clock: ManualClock) -> None:
    await books.limit(OTHER, 50)
    await books.spend(TEAM, 30)
    for _ in range(2):
        await move(books, TEAM, OTHER, 60, key="m")
    await asyncio.gather(*(move(books, TEAM, OTHER, 60, key="m") for _ in range(10)))
    assert await books.figures(TEAM) == (40, 30, 0, 10)
    assert await books.figures(OTHER) == (110, 0, 0, 110)
    clock.set(END_OF_MONTH)
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    assert await books.figures(OTHER) == (50, 0, 0, 50)


async def test_budget_moves_only_as_far_as_it_is_free(books: Company) -> None:
    await books.limit(OTHER, 50)
    await books.hold(TEAM, 30, "k")
    answers = await asyncio.gather(
        *(move(books, TEAM, OTHER, 20) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(x, InsufficientFunds) for x in answers) == 7
    assert await books.figures(TEAM) == (40, 0, 30, 10)
    assert await books.figures(OTHER) == (110, 0, 0, 110)


async def test_budget_moves_only_between_two_limits_of_a_window(books: Company) -> None:
    for target in (TEAM, OTHER):
        with pytest.raises(InvalidInput):
            await move(books, TEAM, target, 10)
    await books.limit(OTHER, 50, "day")
    with pytest.raises(InvalidInput):
        await move(books, TEAM, OTHER, 10)
    with pytest.raises(NotFound):
        await move(books, TEAM, WalletId("globex-team"), 10)


async def test_a_closed_wallet_neither_gives_nor_takes(books: Company) -> None:
    await books.limit(OTHER, 50)
    await books.write(lambda tx: tx.wallets.set_closed(OTHER, True))
    for change in (
        partial(move, books, TEAM, OTHER, 10),
        partial(move, books, OTHER, TEAM, 10),
        partial(books.limit, OTHER, 70),
        partial(raise_limit, books, 10, END_OF_MONTH, wallet_id=OTHER),
    ):
        with pytest.raises(WalletClosed):
            await change()
    await books.write(lambda tx: tx.wallets.set_closed(OTHER, False))
    await move(books, OTHER, TEAM, 10)
    assert await books.figures(OTHER) == (40, 0, 0, 40)


@pytest.mark.parametrize(
    ("span", "next_at"),
    [
        ("day", datetime(2026, 11, 19, tzinfo=UTC)),
        ("week", datetime(2026, 11, 23, tzinfo=UTC)),
        ("month", datetime(2026, 12, 1, tzinfo=UTC)),
        ("total", None),
    ],
)
async def test_a_limit_holds_for_its_window(
    books: Company, clock: ManualClock, span: Span, next_at: datetime | None
) -> None:
    await books.limit(OTHER, 100, span)
    await books.spend(OTHER, 80)
    clock.set((next_at or datetime(2030, 1, 1, tzinfo=UTC)) - timedelta(microseconds=1))
    assert await books.figures(OTHER, span) == (100, 80, 0, 20)
    clock.advance(timedelta(microseconds=1))
    assert await books.figures(OTHER, span) == ((100, 0, 0, 100) if next_at else (100, 80, 0, 20))


async def test_the_narrowest_window_binds(books: Company) -> None:
    await books.limit(TEAM, 30, "day")
    with pytest.raises(InsufficientFunds) as caught:
        await books.hold(TEAM, 31, "k")
    assert caught.value.facts["period"] == "day:2026-11-18"
    assert await books.figures(TEAM, "month") == (100, 0, 0, 100)


async def test_a_hold_is_settled_in_the_period_that_it_was_made_in(
    books: Company, clock: ManualClock
) -> None:
    clock.set(END_OF_MONTH - timedelta(seconds=1))
    await books.hold(TEAM, 60, "k")
    clock.advance(timedelta(seconds=2))
    await books.settle(TEAM, 80, "k")
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    clock.set(END_OF_MONTH - timedelta(seconds=1))
    assert await books.figures(TEAM) == (100, 80, 0, 20)


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        # Clocks went back: that Sunday has 25 hours.
        ("Europe/Madrid", ["2026-10-24T22:00", "2026-10-25T23:00", "2026-10-26T23:00"]),
        # Forward: 23 hours.
        ("Europe/Madrid", ["2026-03-28T23:00", "2026-03-29T22:00", "2026-03-30T22:00"]),
        ("America/New_York", ["2026-11-01T04:00", "2026-11-02T05:00", "2026-11-03T05:00"]),
        # By half an hour.
        ("Australia/Lord_Howe", ["2026-10-03T13:30", "2026-10-04T13:00", "2026-10-05T13:00"]),
        # Midnight falls into the gap: the day begins at one.
        ("Africa/Cairo", ["2026-04-22T22:00", "2026-04-23T22:00", "2026-04-24T21:00"]),
        ("Asia/Beirut", ["2026-03-27T22:00", "2026-03-28T22:00", "2026-03-29T21:00"]),
    ],
)
async def test_days_begin_at_local_midnight(
    database: Database, clock: ManualClock, zone: str, moments: list[str]
) -> None:
    clock.set(datetime(2026, 1, 1, tzinfo=UTC))
    await database.write(lambda tx: found_company(tx, zone=zone))
    books = Company(database)
    await books.limit(TEAM, 100, "day")
    for moment in moments:
        begins_at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        clock.set(begins_at - timedelta(microseconds=1))
        before = (await books.read(lambda tx: budget_of(tx, TEAM, "day"))).period.key
        await books.spend(TEAM, 60)
        clock.set(begins_at)
        budget = await books.read(lambda tx: budget_of(tx, TEAM, "day"))
        assert budget.period.key != before
        assert (budget.used_nanos, budget.free_nanos) == (0, 100)
        assert budget.period.from_at == begins_at
    await books.assert_sound()


async def test_tenants_have_their_own_midnights(database: Database, clock: ManualClock) -> None:
    auckland, lima = TenantId("auckland"), TenantId("lima")
    await database.write(lambda tx: found_company(tx, tenant=auckland, zone="Pacific/Auckland"))
    await database.write(lambda tx: found_company(tx, tenant=lima, zone="America/Lima"))
    keys = []
    for tenant in (auckland, lima):
        books, wallet_id = Company(database, tenant), WalletId(f"{tenant}-team")
        await books.limit(wallet_id, 100, "day")
        keys.append((await books.read(partial(_day_of, wallet_id))).period.key)
    assert keys == ["day:2026-11-19", "day:2026-11-18"]


def _day_of(wallet_id: WalletId, tx: SqlTx) -> budgets.Budget:
    return budget_of(tx, wallet_id, "day")


async def test_a_threshold_is_crossed_once_in_a_period(books: Company, clock: ManualClock) -> None:
    async def crossed(amount: int) -> list[tuple[WalletId, int]]:
        done = await books.spend(TEAM, amount)
        return [(x.wallet_id, x.percent) for x in done.crossings]

    assert await crossed(79) == []
    assert await crossed(1) == [(TEAM, 80)]
    assert await crossed(1) == []
    assert await crossed(19) == [(TEAM, 90), (TEAM, 95), (TEAM, 100)]
    await books.limit(TEAM, 1000)
    await books.limit(TEAM, 100)
    await books.limit(TEAM, 102)
    assert await crossed(2) == []
    clock.set(END_OF_MONTH)
    assert await crossed(85) == [(TEAM, 80)]


async def test_a_threshold_is_crossed_once_from_many_tasks(books: Company) -> None:
    await books.limit(ORG, 1000)
    done = await asyncio.gather(*(books.spend(KEY, 5) for _ in range(20)))
    crossings = [(x.wallet_id, x.percent) for settled in done for x in settled.crossings]
    assert sorted(crossings, key=lambda x: x[1]) == [(TEAM, x) for x in (80, 90, 95, 100)]


async def test_a_wallet_has_its_own_thresholds(books: Company) -> None:
    await books.write(lambda tx: tx.wallets.set_thresholds(PROJECT, (50,)))
    await books.limit(PROJECT, 80)
    done = await books.spend(PROJECT, 80)
    assert [(x.wallet_id, x.percent) for x in done.crossings] == [
        (PROJECT, 50),
        (PROJECT, 100),
        (TEAM, 80),
    ]


async def test_a_limit_shows_the_same_before_and_after_its_first_use(books: Company) -> None:
    await raise_limit(books, 40, END_OF_MONTH)
    await books.limit(PROJECT, 70)
    for wallet_id, expected in ((TEAM, (140, 0, 0, 140)), (PROJECT, (70, 0, 0, 70))):
        assert await books.figures(wallet_id) == expected
    await books.hold(PROJECT, 1, "k")
    await books.release("k")
    for wallet_id, expected in ((TEAM, (140, 0, 0, 140)), (PROJECT, (70, 0, 0, 70))):
        assert await books.figures(wallet_id) == expected


def test_a_missing_day_is_no_period_of_its_own() -> None:
    # Samoa had no 30 December 2011: two keys would be one instant.
    apia = ZoneInfo("Pacific/Apia")
    last = datetime(2011, 12, 30, 9, 59, tzinfo=UTC)
    before, after = (period_at("day", x, apia) for x in (last, last + timedelta(minutes=1)))
    assert (before.key, after.key) == ("day:2011-12-29", "day:2011-12-31")


async def test_a_raise_ends_once_also_when_the_clock_was_set_back(
    books: Company, clock: ManualClock
) -> None:
    await books.limit(TEAM, 100)
    until = clock.now() + timedelta(hours=40)
    await books.write(
        lambda tx: limit_changes.raise_limit(tx, TEAM, 50, until_at=until, key="r", actor="x")
    )
    clock.advance(-timedelta(minutes=3))
    await books.write(lambda tx: limit_changes.end_raise(tx, "r", key="e1", actor="x"))
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    for _ in range(2):
        with pytest.raises(Conflict):
            await books.write(lambda tx: limit_changes.end_raise(tx, "r", key="e2", actor="x"))
        clock.advance(timedelta(minutes=3))
    assert await books.figures(TEAM) == (100, 0, 0, 100)
    clock.advance(timedelta(hours=40))
    assert await books.figures(TEAM) == (100, 0, 0, 100)


async def test_an_ended_raise_is_over_also_when_the_clock_goes_back_behind_its_end(
    books: Company, clock: ManualClock
) -> None:
    await books.limit(TEAM, 100)
    until = clock.now() + timedelta(hours=40)
    await books.write(
        lambda tx: limit_changes.raise_limit(tx, TEAM, 50, until_at=until, key="r", actor="x")
    )
    clock.advance(timedelta(minutes=5))
    await end_raise(books, "r")
    clock.advance(-timedelta(minutes=3))
    answers = await asyncio.gather(
        *(end_raise(books, "r") for _ in range(8)), return_exceptions=True
    )
    assert all(isinstance(answer, Conflict) for answer in answers)
    assert await books.figures(TEAM) == (100, 0, 0, 100)
