"""What waits for the writer: urgent writes first, and never behind a whole batch of others."""

from __future__ import annotations

import asyncio

import pytest

from storage.sqlite_queue import LEAST_BETWEEN, Write, WriteQueue


@pytest.fixture
def queue() -> WriteQueue:
    return WriteQueue()


def put(queue: WriteQueue, *names: str) -> None:
    """Queue writes by name; names in capitals are urgent."""
    loop = asyncio.new_event_loop()
    for name in names:
        write = Write(lambda _: None, None, loop, loop.create_future(), is_urgent=name.isupper())
        write.result = name
        queue.put(write)
    loop.close()


def names(writes: list[Write]) -> list[str]:
    return [write.result for write in writes]


def test_urgent_ones_go_first_and_the_rest_keeps_its_order(queue: WriteQueue) -> None:
    put(queue, "a", "b", "U", "c", "V")
    assert names(queue.take(4)) == ["U", "V", "a", "b"]
    assert names(queue.take(4)) == ["c"]


def test_a_batch_ends_for_an_urgent_one_once_it_has_done_its_share(queue: WriteQueue) -> None:
    others = [f"n{number}" for number in range(LEAST_BETWEEN + 5)]
    put(queue, *others)
    batch = queue.take(100)
    run = []
    for write in queue.in_turn(batch):
        run.append(write.result)
        if len(run) == 2:
            put(queue, "U")
    assert run == others[:LEAST_BETWEEN]
    # What runs no more is no part of the batch, and is next after the urgent one.
    assert names(batch) == run
    assert names(queue.take(100)) == ["U", *others[LEAST_BETWEEN:]]


def test_without_an_urgent_one_a_batch_runs_to_its_end(queue: WriteQueue) -> None:
    put(queue, "U", *"abcdefghijklmnop")
    batch = queue.take(100)
    assert names(list(queue.in_turn(batch))) == ["U", *"abcdefghijklmnop"]


def test_what_came_before_the_end_is_taken_and_what_came_after_is_not(queue: WriteQueue) -> None:
    put(queue, "a")
    queue.put(None)
    put(queue, "late", "LATE")
    assert names(queue.take(100)) == ["a"]
    assert queue.take(100) == []
    assert names(list(queue.take_late())) == ["late", "LATE"]
