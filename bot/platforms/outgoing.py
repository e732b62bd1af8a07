"""Sending what waits in the outbox, in order within a conversation.

Each message is a task of its own, so that a chat that is slow or has to wait holds up no other.
What became of it is kept together with claiming what comes next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

import structlog

from bot.clock import Clock
from bot.errors.kinds import Unavailable
from bot.errors.sending import ChatMoved, MaybeSent, NotSent, Undeliverable
from bot.messages import MessageClass, OutboxItem
from bot.platforms.pacing import Pacer, Rate
from bot.tasks import LONGEST_OUTAGE_WAIT_S, TaskGroup, Wait, wait_for

_log = structlog.get_logger(__name__)

# As many conversations at once; each has at most one message on its way.
_AT_ONCE: Final = 100
# Doubled with each try; a platform that says when to come back is believed instead.
_FIRST_WAIT: Final = timedelta(seconds=1)
_LONGEST_WAIT: Final = timedelta(minutes=5)
MOST_TRIES: Final = 10
# Longer than this no message waits here for its pace: it goes back into the outbox, whose lease
# would run out, and others take its place.
PATIENCE_S: Final = 20.0
# What somebody must see: a second copy, marked as one, is better than none.
MUST_SEE: Final[frozenset[MessageClass]] = frozenset({"card", "receipt", "alert"})

Send = Callable[[OutboxItem], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message on its way.

    `why` is a code; `ends_chat` says that nothing else will arrive there; `moved_to` is the id
    that the chat has now; `was_tried` marks a message that may have arrived; `is_try` is False
    where the platform was not even asked.
    """

    item: OutboxItem
    state: Literal["sent", "queued", "ambiguous", "dead"]
    message_id: str = ""
    not_before: datetime | None = None
    why: str = ""
    ends_chat: bool = False
    moved_to: str = ""
    was_tried: bool = False
    is_try: bool = True


class OutboxStore(Protocol):
    """What sending needs of the database."""

    async def advance(
        self, outcomes: Sequence[Outcome], platform: str, count: int
    ) -> Sequence[OutboxItem]:
        """Keep how sending went and claim what comes next, in one transaction.

        Next come the oldest unsent message of each conversation.
        """
        ...


class Channel:
    """One platform's messages on their way out. `rates` are the platform's limits."""

    def __init__(
        self,
        platform: str,
        store: OutboxStore,
        send: Send,
        clock: Clock,
        *,
        rates: Sequence[Rate] = (),
        wait: Wait | None = None,
    ) -> None:
        self._platform = platform
        self._store = store
        self._send = send
        self._clock = clock
        self._pacer = Pacer(rates, clock)
        self._wait = wait or wait_for
        self._wake = asyncio.Event()
        self._wake.set()
        self._idle = asyncio.Event()
        self._stop = asyncio.Event()
        self._tasks = TaskGroup()
        self._sending = TaskGroup()
        self._on_its_way = 0
        self._outcomes: list[Outcome] = []

    def start(self) -> None:
        """Begin to send. Must be called on the running loop."""
        self._tasks.start(self._run(), name=f"outbox-{self._platform}")

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._idle.clear()
        self._wake.set()

    async def idle(self) -> None:
        """Return when nothing waits that could be sent now."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Finish what is on its way; what waits stays in the outbox."""
        self._stop.set()
        await self._sending.join()
        self._wake.set()
        await self._tasks.join()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._advance()
            except Unavailable as error:
                _log.warning("outbox put off", code=error.code)
                await self._pause(min(error.retry_after_s, LONGEST_OUTAGE_WAIT_S))
                self._wake.set()
            except Exception as error:  # noqa: BLE001  # what waits must still be sent
                _log.error("outbox failed", exc_info=error)
                await self._pause(_FIRST_WAIT.total_seconds())
                self._wake.set()
            if self._stop.is_set() and not self._on_its_way and not self._outcomes:
                return
            if not self._wake.is_set() and not self._on_its_way:
                self._idle.set()

    async def _advance(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        count = 0 if self._stop.is_set() else _AT_ONCE - self._on_its_way
        if not outcomes and not count:
            return
        try:
            items = await self._store.advance(outcomes, self._platform, count)
        except BaseException:
            self._outcomes = [*outcomes, *self._outcomes]
            raise
        put_off = [outcome.not_before for outcome in outcomes if outcome.not_before is not None]
        if put_off:
            self._tasks.start(self._wake_at(min(put_off)), name=f"wake-{self._platform}")
        for item in items:
            self._on_its_way += 1
            self._sending.start(self._deliver(item), name=f"send-{self._platform}")

    async def _deliver(self, item: OutboxItem) -> None:
        try:
            outcome = await self._send_one(item)
        finally:
            self._on_its_way -= 1
            self._wake.set()
        self._outcomes.append(outcome)

    async def _send_one(self, item: OutboxItem) -> Outcome:
        if item.message.shows == "past" and not item.edits:
            return Outcome(item, "sent")
        patience_until = self._clock.monotonic() + PATIENCE_S
        while (wait_s := self._pacer.take(item.chat)) > 0:
            is_long = self._clock.monotonic() + wait_s > patience_until
            if not is_long:
                await self._pause(wait_s)
            if is_long or self._stop.is_set():
                due_at = self._clock.now() + timedelta(seconds=wait_s if is_long else 0)
                return Outcome(
                    item,
                    "queued",
                    not_before=due_at,
                    was_tried=item.was_tried,
                    is_try=False,
                )
        try:
            message_id = await self._send(item)
        except Exception as error:  # noqa: BLE001  # one message must not stop the others
            return self._judge(item, error)
        return Outcome(item, "sent", message_id)

    def _judge(self, item: OutboxItem, error: Exception) -> Outcome:
        """Tell what was not sent, what may have been, and what never will be."""
        if isinstance(error, NotSent) and error.facts["scope"] != "message":
            chat = item.chat if error.facts["scope"] == "chat" else None
            self._pacer.close(chat, error.retry_after_s)
        if isinstance(error, Unavailable):
            return self._later(item, error.retry_after_s, error.code)
        if isinstance(error, MaybeSent):
            if item.message.message_class in MUST_SEE or item.edits:
                return replace(self._later(item, 0.0, error.code), was_tried=True)
            _log.warning("message may not have arrived", outbox_id=item.id)
            return Outcome(item, "ambiguous", why=error.code)
        if isinstance(error, ChatMoved) and error.new_chat != item.chat:
            return Outcome(
                item,
                "queued",
                moved_to=error.new_chat,
                was_tried=item.was_tried,
                is_try=False,
            )
        if isinstance(error, Undeliverable):
            _log.warning("message not deliverable", outbox_id=item.id, code=error.why)
            return Outcome(item, "dead", why=error.why, ends_chat=error.ends_chat)
        _log.error("message not sent", outbox_id=item.id, exc_info=error)
        return Outcome(item, "dead", why="bug")

    def _later(self, item: OutboxItem, retry_after_s: float, code: str) -> Outcome:
        if item.attempts + 1 >= MOST_TRIES:
            _log.error("message given up", outbox_id=item.id, code=code)
            return Outcome(item, "dead", why=code)
        wait = max(
            timedelta(seconds=retry_after_s),
            min(_FIRST_WAIT * 2**item.attempts, _LONGEST_WAIT),
        )
        return Outcome(
            item,
            "queued",
            not_before=self._clock.now() + wait,
            why=code,
            was_tried=item.was_tried,
        )

    async def _wake_at(self, due_at: datetime) -> None:
        """Look again when what was put off is due: nothing else might tell."""
        await self._pause(max((due_at - self._clock.now()).total_seconds(), 0.0))
        self._wake.set()

    async def _pause(self, seconds: float) -> None:
        """Wait, but not past the end."""
        await self._wait(self._stop, seconds)
