"""Sending: at the platform's pace, in order, and with each error for what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors.sending import ChatMoved, MaybeSent, NotSent, Undeliverable
from bot.errors.storage import StorageBusy, StorageFull
from bot.ids import ConversationId, TenantId
from bot.messages import MessageClass, OutboundMessage, OutboxItem
from bot.platforms.outgoing import MOST_TRIES, PATIENCE_S, Channel, Outcome
from bot.platforms.pacing import Rate
from tests.pauses import Pauses, settle


def item_of(
    item_id: int, chat: str = "a", *, message_class: MessageClass = "reply", attempts: int = 0
) -> OutboxItem:
    message = OutboundMessage(ConversationId(chat), f"m{item_id}", message_class)
    return OutboxItem(item_id, TenantId("acme"), "x", chat, "", attempts, message)


@dataclass
class Store:
    """An outbox in memory: the oldest of each chat, one of each at a time."""

    clock: ManualClock
    waiting: list[OutboxItem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    later: list[Outcome] = field(default_factory=list)
    faults: int = 0
    fault: Exception = field(default_factory=lambda: StorageBusy("busy"))

    async def advance(
        self, outcomes: Sequence[Outcome], platform: str, count: int
    ) -> Sequence[OutboxItem]:
        if self.faults:
            self.faults -= 1
            raise self.fault
        for outcome in outcomes:
            self.outcomes.append(outcome)
            self.taken.discard(outcome.item.chat)
            if outcome.state == "queued":
                self.later.append(outcome)
        for outcome in list(self.later):
            if outcome.not_before is None or outcome.not_before <= self.clock.now():
                self.later.remove(outcome)
                attempts = outcome.item.attempts + outcome.is_try
                self.waiting.insert(0, replace(outcome.item, attempts=attempts))
        held = {outcome.item.chat for outcome in self.later}
        found: list[OutboxItem] = []
        for item in sorted(self.waiting, key=lambda item: item.id):
            if item.chat not in self.taken | held and len(found) < count:
                self.taken.add(item.chat)
                found.append(item)
        for item in found:
            self.waiting.remove(item)
        return found

    def of(self, item_id: int) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.item.id == item_id]


@dataclass
class Sender:
    """A platform: what it was given, and what it answers by text."""

    sent: list[str] = field(default_factory=list)
    answers: dict[str, list[Exception]] = field(default_factory=dict)

    async def __call__(self, item: OutboxItem) -> str:
        text = item.message.text
        if self.answers.get(text):
            raise self.answers[text].pop(0)
        self.sent.append(text)
        return f"id-{item.id}"


class Stage:
    """A channel with all that it works with."""

    def __init__(self, clock: ManualClock, rates: Sequence[Rate] = ()) -> None:
        self.store, self.send, self.pauses = Store(clock), Sender(), Pauses(clock)
        self.channel = Channel("x", self.store, self.send, clock, rates=rates, wait=self.pauses)

    async def play(self, *items: OutboxItem) -> None:
        self.store.waiting.extend(items)
        self.channel.start()
        await settle()


async def test_a_chats_messages_go_in_order(clock: ManualClock) -> None:
    stage = Stage(clock)
    await stage.play(*(item_of(number) for number in (3, 1, 2)))
    assert stage.send.sent == ["m1", "m2", "m3"]
    assert [outcome.message_id for outcome in stage.store.outcomes] == ["id-1", "id-2", "id-3"]
    await stage.pauses.stop(stage.channel)


async def test_a_slow_chat_holds_up_no_other(clock: ManualClock) -> None:
    stage = Stage(clock, [Rate(1, 10.0)])
    await stage.play(item_of(1, "a"), item_of(2, "a"), item_of(3, "b"), item_of(4, "c"))
    assert sorted(stage.send.sent) == ["m1", "m3", "m4"]
    await stage.pauses.advance(9.9)
    assert "m2" not in stage.send.sent
    await stage.pauses.advance(0.1)
    assert "m2" in stage.send.sent
    await stage.pauses.stop(stage.channel)


async def test_the_apps_rate_is_kept(clock: ManualClock) -> None:
    stage = Stage(clock, [Rate(2, 1.0, "app")])
    await stage.play(*(item_of(number, f"chat{number}") for number in range(1, 6)))
    assert len(stage.send.sent) == 2
    await stage.pauses.advance(1)
    assert len(stage.send.sent) == 4
    await stage.pauses.advance(1)
    assert len(stage.send.sent) == 5
    await stage.pauses.stop(stage.channel)


async def test_what_would_wait_long_goes_back_and_comes_again_in_time(clock: ManualClock) -> None:
    """Longer than the lease of a message nobody may hold it, or it would be sent twice."""
    stage = Stage(clock, [Rate(1, 3 * PATIENCE_S)])
    await stage.play(item_of(1), item_of(2))
    (back,) = stage.store.of(2)
    assert (back.state, back.is_try) == ("queued", False)
    assert back.not_before == clock.now() + timedelta(seconds=3 * PATIENCE_S)
    await stage.pauses.advance(3 * PATIENCE_S)
    assert stage.send.sent == ["m1", "m2"]
    await stage.pauses.stop(stage.channel)


async def test_many_that_wait_long_take_no_place_from_others(clock: ManualClock) -> None:
    stage = Stage(clock)
    closed = [item_of(number, f"closed{number}") for number in range(1, 201)]
    for item in closed:
        stage.send.answers[item.message.text] = [NotSent("slow", retry_after_s=300, scope="chat")]
    await stage.play(*closed, item_of(999, "open"))
    assert stage.send.sent == ["m999"]
    await stage.pauses.advance(300)
    assert len(stage.send.sent) == 201
    await stage.pauses.stop(stage.channel)


async def test_a_retry_after_closes_its_chat_and_no_other(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [NotSent("slow", retry_after_s=5, scope="chat")]
    await stage.play(item_of(1, "a"), item_of(2, "b"))
    assert stage.send.sent == ["m2"]
    await stage.pauses.advance(4.9)
    assert stage.send.sent == ["m2"]
    await stage.pauses.advance(0.1)
    assert stage.send.sent == ["m2", "m1"]
    assert [outcome.state for outcome in stage.store.of(1)] == ["queued", "sent"]
    await stage.pauses.stop(stage.channel)


async def test_a_retry_after_of_the_app_closes_all(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [NotSent("slow", retry_after_s=5, scope="app")]
    await stage.play(item_of(1, "a"))
    stage.store.waiting.append(item_of(2, "b"))
    stage.channel.wake()
    await settle()
    assert stage.send.sent == []
    await stage.pauses.advance(5)
    assert sorted(stage.send.sent) == ["m1", "m2"]
    await stage.pauses.stop(stage.channel)


@pytest.mark.parametrize("asked_for", [float("nan"), float("inf"), 1e300, -1e300])
@pytest.mark.parametrize("scope", ["chat", "app"])
async def test_a_wait_that_is_no_time_loses_no_message(
    clock: ManualClock, asked_for: float, scope: str
) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [NotSent("slow", retry_after_s=asked_for, scope=scope)]
    await stage.play(item_of(1))
    (outcome,) = stage.store.outcomes
    assert outcome.state == "queued"
    assert outcome.not_before is not None
    assert outcome.not_before <= clock.now() + timedelta(days=1)
    await stage.pauses.advance(86_400)
    assert stage.send.sent == ["m1"]
    await stage.pauses.stop(stage.channel)


async def test_what_was_not_sent_is_tried_again_without_anybody_asking(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [NotSent("down"), NotSent("down")]
    await stage.play(item_of(1))
    await stage.pauses.advance(1)
    assert stage.send.sent == []
    await stage.pauses.advance(2)
    assert stage.send.sent == ["m1"]
    await stage.pauses.stop(stage.channel)


async def test_what_is_never_taken_is_given_up(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [NotSent("down")]
    await stage.play(item_of(1, attempts=MOST_TRIES - 1))
    (outcome,) = stage.store.outcomes
    assert (outcome.state, outcome.why) == ("dead", "not_sent")
    await stage.pauses.stop(stage.channel)


@pytest.mark.parametrize(
    ("message_class", "state"),
    [("reply", "ambiguous"), ("card", "queued"), ("receipt", "queued"), ("alert", "queued")],
)
async def test_what_may_have_arrived_is_repeated_where_it_must_be_seen(
    clock: ManualClock, message_class: MessageClass, state: str
) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [MaybeSent("no answer")]
    await stage.play(item_of(1, message_class=message_class))
    first = stage.store.outcomes[0]
    assert (first.state, first.was_tried) == (state, state == "queued")
    await stage.pauses.stop(stage.channel)


async def test_what_can_never_arrive_is_dead_at_once(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [Undeliverable("blocked", ends_chat=True)]
    stage.send.answers["m2"] = [RuntimeError("a bug")]
    await stage.play(item_of(1, "a"), item_of(2, "b"), item_of(3, "c"))
    found = {outcome.item.id: (outcome.state, outcome.why) for outcome in stage.store.outcomes}
    assert found == {1: ("dead", "blocked"), 2: ("dead", "bug"), 3: ("sent", "")}
    assert stage.store.of(1)[0].ends_chat
    await stage.pauses.stop(stage.channel)


async def test_a_chat_that_moved_is_no_try_and_one_that_moves_to_itself_is_a_fault(
    clock: ManualClock,
) -> None:
    stage = Stage(clock)
    stage.send.answers["m1"] = [ChatMoved("new")]
    stage.send.answers["m2"] = [ChatMoved("b")]
    await stage.play(item_of(1, "a"), item_of(2, "b"))
    moved, *_ = stage.store.of(1)
    assert (moved.state, moved.moved_to, moved.is_try) == ("queued", "new", False)
    assert [outcome.state for outcome in stage.store.of(2)] == ["dead"]
    await stage.pauses.stop(stage.channel)


async def test_an_outcome_is_not_lost_with_a_busy_database(clock: ManualClock) -> None:
    stage = Stage(clock)
    await stage.play(item_of(1))
    stage.store.waiting.append(item_of(2))
    stage.channel.wake()
    stage.store.faults = 1
    await settle()
    await stage.pauses.advance(5)
    assert [outcome.item.id for outcome in stage.store.outcomes] == [1, 2]
    await stage.pauses.stop(stage.channel)


async def test_stopping_waits_for_no_pace_and_keeps_what_waits(clock: ManualClock) -> None:
    stage = Stage(clock, [Rate(1, 10.0)])
    await stage.play(item_of(1), item_of(2))
    await stage.pauses.stop(stage.channel)
    assert stage.send.sent == ["m1"]
    (kept,) = stage.store.of(2)
    assert (kept.state, kept.is_try) == ("queued", False)


async def test_a_database_that_is_back_is_found_within_ten_seconds(clock: ManualClock) -> None:
    stage = Stage(clock)
    stage.store.fault = StorageFull("no room")
    stage.store.faults = 100
    await stage.play(item_of(1))
    await stage.pauses.advance(3600)
    stage.store.faults = 0
    await stage.pauses.advance(10)
    assert stage.send.sent == ["m1"]
    await stage.pauses.stop(stage.channel)
