"""An application for tests of what never gets to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.messages import InboundMessage, OutboundMessage, PageBlock


class NoTurns:
    """An application that is asked nothing."""

    async def receive(self, message: InboundMessage) -> bool:
        raise AssertionError

    async def answer(self, message: InboundMessage, *, within_s: float) -> bool:
        raise AssertionError

    async def hear(self, message: InboundMessage) -> None:
        raise AssertionError

    async def view_card(self, message: InboundMessage, card: str) -> OutboundMessage | None:
        raise AssertionError

    async def awaits(self, message: InboundMessage, *, is_late: bool = False) -> bool:
        raise AssertionError

    async def list_heard(
        self, platform: str, since: datetime, *, is_private: bool = True
    ) -> Sequence[tuple[str, str, datetime]]:
        raise AssertionError

    async def page(self, message: InboundMessage) -> Sequence[PageBlock]:
        raise AssertionError
