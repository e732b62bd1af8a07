"""Who works when: through an outage of the database, and to the end."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.clock import ManualClock
from bot.errors.kinds import Unavailable
from bot.errors.storage import StorageBusy, StorageFull
from bot.errors.talk import OutOfTurn
from bot.messages import InboundMessage
from bot.turns.steps import Delivery
from bot.turns.workers import Workers
from tests.pauses import Pauses, settle


def delivery(number: int, person: str = "7") -> Delivery:
    message = InboundMessage("x", "bot", f"{number}", "chat", person, text="hello", button="")
    return Delivery(number, message)


@dataclass
class Desk:
    """Takes messages, unless the database is away; then nothing is done."""

    away: Unavailable | None = None
    taken: list[int] = field(default_factory=list)
    tries: int = 0

    async def take(self, one: Delivery) -> None:
        self.tries += 1
        if self.away is not None:
            raise self.away
        self.taken.append(one.id)


@pytest.mark.parametrize("outage", [StorageBusy("away"), StorageFull("no room"), OutOfTurn("no")])
async def test_a_database_that_is_back_is_found_within_ten_seconds(
    clock: ManualClock, outage: Unavailable
) -> None:
    desk, pauses = Desk(outage), Pauses(clock)
    workers = Workers(desk.take, count=2, wait=pauses)
    workers.start()
    workers.add([delivery(1), delivery(2), delivery(3, "8")])
    await settle()
    for _ in range(3600):
        await pauses.advance(1)
    # Not all the time either.
    assert desk.tries < 2 * 3600 / 4
    assert desk.taken == []
    desk.away = None
    await pauses.advance(5)
    assert sorted(desk.taken) == [1, 2, 3]
    await pauses.stop(workers)


async def test_the_end_waits_for_no_outage(clock: ManualClock) -> None:
    desk, pauses = Desk(StorageFull("no room")), Pauses(clock)
    workers = Workers(desk.take, count=2, wait=pauses)
    workers.start()
    workers.add([delivery(1)])
    await settle()
    before = clock.now()
    await pauses.stop(workers)
    assert clock.now() == before
    assert (desk.taken, desk.tries) == ([], 1)


async def test_the_first_waits_are_short(clock: ManualClock) -> None:
    desk, pauses = Desk(StorageBusy("away")), Pauses(clock)
    workers = Workers(desk.take, count=1, wait=pauses)
    workers.start()
    workers.add([delivery(1)])
    for seconds in (0, 1, 2, 4, 5):
        await pauses.advance(seconds)
    assert pauses.waits == [1, 2, 4, 5, 5]
    await pauses.stop(workers)
