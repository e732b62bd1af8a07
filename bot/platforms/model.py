"""What a platform is to the rest: it takes messages in, sends them out, is opened and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.messages import InboundMessage, OutboundMessage, OutboxItem, PageBlock
from bot.platforms.offered_files import FileAnswer, Handover
from bot.platforms.pacing import Rate

if TYPE_CHECKING:
    from aiohttp import web


class Turns(Protocol):
    """What an adapter asks of the application."""

    async def receive(self, message: InboundMessage) -> bool:
        """Keep a delivery; it may be acknowledged once this returns. False if it was kept before.

        Raises:
            Unavailable: it was not kept; the platform must deliver it again.
        """
        ...

    async def answer(self, message: InboundMessage, *, within_s: float) -> bool:
        """Keep a delivery and wait until its turn is done; False if it was not in that time.

        For platforms that want to see in the answer what a tap has done. A repeated delivery
        does nothing of its own; it waits for the turn of the first.
        """
        ...

    async def hear(self, message: InboundMessage) -> None:
        """Note how a person is reached, without a turn: they came, and said nothing yet."""
        ...

    async def awaits(self, message: InboundMessage, *, is_late: bool = False) -> bool:
        """Tell whether the bot waits for an answer of the sender's where they wrote.

        For what is heard without being meant for the bot: it is kept only if this says so.
        `is_late` is for what is read back: it must have been written after all that the bot has
        said to its sender there, so that a yes is none to what was not shown yet.

        Raises:
            Unavailable: nobody knows; the platform must deliver it again.
        """
        ...

    async def view_card(self, message: InboundMessage, card: str) -> OutboundMessage | None:
        """Return a card as the sender of a message may see it now; None if they may not.

        `card` is the card's own id, as the outbox names it. Whoever may decide gets buttons of
        their own; whoever asked can take it back; everybody else sees how it stands.
        """
        ...

    async def page(self, message: InboundMessage) -> Sequence[PageBlock]:
        """Return the sender's own page: what is left, what waits, and what is set for them.

        Only looks.
        """
        ...

    async def list_heard(
        self, platform: str, since: datetime, *, is_private: bool = True
    ) -> Sequence[tuple[str, str, datetime]]:
        """Return where people wrote, with nobody reading along or not: (chat, thread, when).

        The time is that of a message there, up to an hour before the last one: from it on a
        platform's history holds all that may not have been delivered. Latest first.
        """
        ...


class Handovers(Protocol):
    """What an adapter asks of the application where its platform asks before it takes a file.

    Each raises `Unavailable` where nothing was kept.
    """

    async def offer(self, item: OutboxItem) -> Mapping[int, str]:
        """Offer the files of a message; return their ids by the numbers of their blocks.

        For the same message they are the same. Files without a byte are not among them.
        """
        ...

    async def answer(self, message: InboundMessage, answer: FileAnswer) -> None:
        """Take or leave a file for the sender of a message, and say what comes of it.

        A file that was taken comes back to `Platform.send` as the `handover` of a message. The
        same address once more does nothing.
        """
        ...

    async def find(self, item: OutboxItem, file_id: str) -> Handover | None:
        """Return a file and how it stands; None if there is none any more."""
        ...

    async def finish(self, item: OutboxItem, file_id: str) -> None:
        """Note that a file that was taken arrived."""
        ...

    async def put_back(self, item: OutboxItem, file_id: str) -> None:
        """Offer a file again that was taken and did not arrive."""
        ...


class Platform(Protocol):
    """One platform's adapter. `rates` are the limits that it sets to what is sent."""

    name: str
    rates: Sequence[Rate]

    def running(self) -> AbstractAsyncContextManager[None]:
        """Open the connection and take messages in until the block ends."""
        ...

    async def stop_receiving(self) -> None:
        """Take nothing further, while what was taken is still answered."""
        ...

    async def send(self, item: OutboxItem) -> str:
        """Send a message, or edit the one it takes the place of; return the platform's id.

        Raises:
            NotSent: for certain; it is tried again after the error's `retry_after_s`.
            MaybeSent: it was handed over and no answer came.
            Undeliverable: it never will be.
            ChatMoved: the chat has another id.
        """
        ...

    async def show_busy(self, message: InboundMessage) -> None:
        """Show for a few seconds, where a message came from, that its answer is worked on.

        Raises:
            NotSent: not now, nor before the error's `retry_after_s`.
        """
        ...

    def routes(self) -> Sequence[web.RouteDef]:
        """Return what the platform calls over HTTP; empty where the bot connects out."""
        ...

    async def find_faults(self) -> Sequence[str]:
        """Return why it does not work at present, as short sentences; empty when it does."""
        ...
