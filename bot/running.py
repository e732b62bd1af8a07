"""A running Bursar: what adapters hand messages to, and what sends through them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from bot.audit.anchors import append_anchor, find_last_anchor
from bot.charts.studio import Studio
from bot.clock import Clock, from_us, to_us
from bot.completions import Completions
from bot.deciding.answers import CardAnswers
from bot.deciding.taps import OfferTaps
from bot.deciding.views import view_card
from bot.ids import new_id
from bot.messages import InboundMessage, OutboundMessage, OutboxItem, PageBlock
from bot.people.links import token_in
from bot.people.pages import own_page
from bot.planning import Planner, SecondCritic
from bot.platforms.deliveries import keep_outcome
from bot.platforms.drawing import with_charts
from bot.platforms.handovers import Handovers
from bot.platforms.outgoing import Channel, Outcome, Send
from bot.platforms.pacing import Rate
from bot.ports import OneCall
from bot.turns.analysis import Analyst
from bot.turns.busy import Busy, ShowBusy
from bot.turns.limits import TurnLimits
from bot.turns.orders import Orders
from bot.turns.reading import Reading
from bot.turns.scene import Names, awaits, hear
from bot.turns.steps import Delivery
from bot.turns.suspects import Suspects
from bot.turns.turn import TurnOutcome, Turns
from bot.turns.workers import Workers
from intents.critic import review
from intents.forms import read_form
from intents.planner import RulePlanner
from intents.replies.answer import read_reply
from scheduler.jobs.expiry import expire_holds
from storage.chain import verify_chain
from storage.database import Database
from storage.inbox import MAX_ATTEMPTS
from storage.transaction import SqlTx
from storage.verify import verify_ledger

_log = structlog.get_logger(__name__)
# Claimed at a time when another instance, or a crash, left messages behind.
_CLAIMED_AT_ONCE = 200
# A message in whose turn the process has died more often is taken alone.
_TRIES_BESIDE_OTHERS = 2


class _SqlOutbox:
    """The outbox behind what sends, a batch a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def advance(
        self, outcomes: Sequence[Outcome], platform: str, count: int
    ) -> Sequence[OutboxItem]:
        def advance(tx: SqlTx) -> list[OutboxItem]:
            for outcome in outcomes:
                keep_outcome(tx, outcome)
            items = tx.outbox.list_next(platform, count)
            claimed = tx.outbox.begin([item.id for item in items])
            return [item for item in items if item.id in claimed]

        return await self._database.write(advance)


class Observer(Protocol):
    """What counts what the app does."""

    def turn_done(self, outcome: str, seconds: float) -> None: ...
    def holds_expired(self, count: int) -> None: ...
    def call_tried(self, model: str, outcome: str, seconds: float) -> None: ...
    def tokens_counted(self, estimated: int, counted: int) -> None: ...
    def model_rests(self, model: str, is_resting: bool) -> None: ...


class App:
    """A running Bursar: what adapters hand messages to, and what sends through them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        limits: TurnLimits,
        *,
        planner: Planner | None = None,
        analyst: Analyst | None = None,
        second_critic: SecondCritic | None = None,
        suspects: Suspects | None = None,
        one_call: OneCall | None = None,
        completions: Completions | None = None,
        busy: Busy | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.handovers = Handovers(database)
        self._owner = new_id()
        self._channels: dict[str, Channel] = {}
        self._studio = Studio()
        self._names = Names(clock)
        planner = planner or RulePlanner()
        reading = Reading(database, analyst, limits=limits, one_call=one_call)
        orders = Orders(
            database,
            planner,
            review,
            reading,
            read_reply,
            limits=limits,
            second_critic=second_critic,
        )
        answers = CardAnswers(orders, read_reply, read_form)
        self._turns = Turns(
            database,
            planner,
            orders,
            answers,
            OfferTaps(orders),
            self._names,
            owner=self._owner,
            limits=limits,
        )
        self.workers = Workers(self._take)
        self._suspects = suspects or Suspects()
        self._observers: list[Observer] = []
        self._completions = completions
        self._busy = busy or Busy(clock)
        # Who waits for the end of a turn, by the delivery's row in the inbox.
        self._awaited: dict[int, list[asyncio.Event]] = {}
        database.on_commit(self._committed)

    def observe(self, observer: Observer) -> None:
        """Tell `observer` of each turn, of holds that ended by time and of calls to models."""
        self._observers.append(observer)
        if self._completions is not None:
            self._completions.observe(observer)

    async def receive(self, message: InboundMessage) -> bool:
        """Keep a delivery; it is safe when this returns. False if it was kept before.

        Raises:
            Unavailable: it was not kept; the platform should deliver it again.
        """
        return await self._accept(message) is not None

    async def answer(self, message: InboundMessage, *, within_s: float) -> bool:
        """Keep a delivery and wait until its turn is done; False if it was not in that time.

        A copy waits for the turn of the first one, also where another instance has it.

        Raises:
            Unavailable: it was not kept; the platform should deliver it again.
        """
        kept = await self._accept(message)
        row_id = await self._find(message) if kept is None else kept
        done = asyncio.Event()
        waiting = self._awaited.setdefault(row_id, [])
        waiting.append(done)
        try:
            # Only now: its turn may end between a look and the wait.
            if kept is None and await self._is_finished(row_id):
                return True
            async with asyncio.timeout(within_s):
                await done.wait()
        except TimeoutError:
            return kept is None and await self._is_finished(row_id)
        finally:
            waiting.remove(done)
            if not waiting:
                del self._awaited[row_id]
        return True

    async def hear(self, message: InboundMessage) -> None:
        """Note how a person is reached, without a turn."""
        await self.database.write(lambda tx: hear(tx, message.storable()))

    async def awaits(self, message: InboundMessage, *, is_late: bool = False) -> bool:
        """Tell whether the bot waits for an answer of the sender's where they wrote."""
        message = message.storable()
        if is_late and not await self.database.read(lambda tx: tx.inbox.is_answered(message)):
            return False
        return await self.database.read(lambda tx: awaits(tx, message))

    async def view_card(self, message: InboundMessage, card: str) -> OutboundMessage | None:
        """Return a card as the sender of a message may see it now; None if they may not."""
        return await self.database.write(lambda tx: view_card(tx, message, card))

    async def page(self, message: InboundMessage) -> Sequence[PageBlock]:
        """Return the sender's own page: what is left, what waits, and what is set for them."""
        return await self.database.read(lambda tx: own_page(tx, message))

    async def list_heard(
        self, platform: str, since: datetime, *, is_private: bool = True
    ) -> Sequence[tuple[str, str, datetime]]:
        """Return where people wrote, latest first; see `Turns`."""
        # Noted to the hour: whoever wrote since may be noted as an hour earlier.
        since_us = to_us(since - timedelta(hours=1))
        found = await self.database.read(
            lambda tx: tx.conversations.list_heard(platform, since_us, is_private=is_private)
        )
        return [(chat, thread, from_us(heard_us)) for chat, thread, heard_us in found]

    async def _accept(self, message: InboundMessage) -> int | None:
        message = message.storable()
        if token_in(message.text) is None:
            # Before it is kept at all, so that no backup and no log of the database has it.
            message = message.without_keys()
        # Who delivered it waits for an answer, and delivers again if there is none.
        row_id = await self.database.write(
            lambda tx: tx.inbox.accept(message, self._owner), is_urgent=True
        )
        if row_id is not None:
            self.workers.add([Delivery(row_id, message)])
        return row_id

    async def _find(self, message: InboundMessage) -> int:
        return await self.database.read(lambda tx: tx.inbox.get_id(message.storable()))

    async def _is_finished(self, row_id: int) -> bool:
        return await self.database.read(lambda tx: tx.inbox.is_finished(row_id))

    def add_channel(
        self,
        platform: str,
        send: Send,
        rates: Sequence[Rate] = (),
        *,
        shows_pictures: bool = False,
        show_busy: ShowBusy | None = None,
    ) -> None:
        """Send a platform's messages through `send`, beginning with what waits already.

        `rates` are the platform's limits. Where no pictures are shown, charts are in letters.
        `show_busy` shows in a conversation that an answer takes longer.
        """
        if show_busy is not None:
            self._busy.add(platform, show_busy)
        store = _SqlOutbox(self.database)
        send = with_charts(send, self._studio, shows_pictures=shows_pictures)
        channel = Channel(platform, store, send, self.clock, rates=rates)
        self._channels[platform] = channel
        channel.start()

    async def settled(self) -> None:
        """Return when every message taken is answered and every answer sent."""
        await self.workers.idle()
        for channel in self._channels.values():
            await channel.idle()

    async def take_over(self, *, is_start: bool = False) -> int:
        """Take what a crash or another instance left half done; return how many messages.

        `is_start` says that nothing is on its way from here yet: with the database to itself,
        the app then knows that nothing is at all.
        """
        is_alone = self.database.is_exclusive

        def recover(tx: SqlTx) -> None:
            tx.outbox.recover(takes_all=is_alone and is_start)
            if is_alone and is_start:
                tx.leases.free_all()
                tx.runs.free_all()

        await self.database.write(recover)
        for channel in self._channels.values():
            channel.wake()
        count = 0
        while True:
            found = await self.database.write(
                lambda tx: tx.inbox.claim(self._owner, count=_CLAIMED_AT_ONCE, takes_all=is_alone)
            )
            if not found:
                return count
            count += len(found)
            self.workers.add(Delivery(one.id, one.message, one.attempts) for one in found)

    async def expire_holds(self) -> int:
        """Give back every hold whose time is over; return how many."""
        count = await expire_holds(self.database)
        for observer in self._observers:
            observer.holds_expired(count)
        return count

    async def check_ledger(self) -> bool:
        """Compare every counter with its transfers; False when something is broken.

        Money then stands still: stop rather than be wrong. Reads go on.
        """
        return not await self.find_faults()

    async def find_faults(self) -> Sequence[tuple[str, str]]:
        """Check the ledger as `check_ledger` does; return what is broken, by tenant."""
        faults = await self.database.read(verify_ledger, is_long=True)
        if faults and not self.database.guard.is_read_only:
            self.database.guard.close(f"{faults[0].subject}: {faults[0].what}")
        for fault in faults:
            _log.critical(
                "ledger broken", tenant=fault.tenant, place=fault.subject, check=fault.what
            )
        return [(fault.tenant, f"{fault.subject}: {fault.what}") for fault in faults]

    async def anchor_chain(self, anchor_file: Path) -> str:
        """Look through the whole audit chain and, if it is whole, note its end in a file.

        Returns what is wrong with it as a sentence, empty when nothing is.

        Raises:
            StorageFull, StorageDamaged: the file cannot be written, or is none of anchors.
        """
        anchor = await asyncio.to_thread(find_last_anchor, anchor_file)
        found = await self.database.read(lambda tx: verify_chain(tx, anchor), is_long=True)
        if found.fault is not None:
            return f"row {found.fault.seq}: {found.fault.why}"
        if not found.mismatch:
            now = self.clock.now()
            await asyncio.to_thread(append_anchor, anchor_file, found.head, now)
        return found.mismatch

    async def stop(self) -> None:
        """Finish what runs; what waits is kept for the next start."""
        await self.workers.stop()
        await self._busy.stop()
        for channel in self._channels.values():
            await channel.stop()

    async def _take(self, delivery: Delivery) -> None:
        began = self.clock.monotonic()
        if delivery.attempts <= _TRIES_BESIDE_OTHERS:
            async with self._suspects.beside_others():
                outcome = await self._take_once(delivery)
        else:
            async with self._suspects.alone():
                outcome = await self._take_once(delivery)
        for done in self._awaited.get(delivery.id, ()):
            done.set()
        for observer in self._observers:
            observer.turn_done(outcome, self.clock.monotonic() - began)

    async def _take_once(self, delivery: Delivery) -> TurnOutcome:
        """Take a message. Where it was left half done, the try is counted before it begins."""
        if delivery.attempts == 1:
            with self._busy.during(delivery.message):
                return await self._turns.take(delivery)
        await self.database.write(
            lambda tx: tx.inbox.begin(delivery.id, self._owner, delivery.attempts)
        )
        if delivery.attempts > MAX_ATTEMPTS:
            # It may be what brings the process down: it must not do so for ever.
            await self._turns.give_up(delivery)
            return "failed"
        with self._busy.during(delivery.message):
            return await self._turns.take(delivery)

    def _committed(self, events: list[object]) -> None:
        self._names.forget(events)
        for platform in {event[1] for event in events if isinstance(event, tuple)}:
            channel = self._channels.get(platform)
            if channel is not None:
                channel.wake()
