"""Answers to taps in cards, inside the time that Teams gives, from what is committed."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from adapters.teams.activities import CARD, MESSAGE, invoke_answer
from adapters.teams.heard import Heard
from adapters.teams.inbound import Tap, to_tap, to_tapped
from adapters.teams.render import to_card
from bot.errors.kinds import InvalidInput
from bot.messages import InboundMessage
from bot.platforms.model import Turns
from bot.replies.notices import TapRemark, tap_remark
from bot.replies.reader import Language

_log = structlog.get_logger(__name__)

ACTION: Final = "adaptiveCard/action"
# Teams waits 10 to 15 seconds and then delivers again.
_TURN_S: Final = 5.0
_VIEW_S: Final = 2.0


class Taps:
    """Answers invokes."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    async def answer(self, heard: Heard, account: str) -> tuple[int, bytes]:
        """Return the status and body that answer an invoke.

        Raises:
            InvalidInput: it is none that a card of ours sends.
            Unavailable: a tap was not kept; it must be delivered again.
        """
        if heard.name != ACTION:
            raise InvalidInput("invoke", "not one that a card sends", example=ACTION)
        tap = to_tap(heard.value)
        if tap is None:
            return _say(heard, "unknown")
        message = to_tapped(heard, account, tap)
        if tap.verb == "press" and not await self._turns.answer(message, within_s=_TURN_S):
            return _say(heard, "working")
        if tap.verb == "press" and not tap.card:
            # What is below no card is answered by a message.
            return _say(heard, "answered")
        return await self._view(heard, message, tap)

    async def _view(self, heard: Heard, message: InboundMessage, tap: Tap) -> tuple[int, bytes]:
        """Show the card as it is now.

        A client stops asking for it where this fails, so it never does.
        """
        try:
            async with asyncio.timeout(_VIEW_S):
                card = await self._turns.view_card(message, tap.card) if tap.card else None
        except Exception as error:  # noqa: BLE001  # a request ends here
            _log.warning("card was not shown", exc_info=error)
            return _say(heard, "not_now" if tap.verb == "view" else "working")
        if card is None:
            return _say(heard, "not_yours" if tap.verb == "view" else "unknown")
        shown = to_card(card, readers=[message.external_id], place=tap.place)
        return invoke_answer(CARD, shown)


def _say(heard: Heard, remark: TapRemark) -> tuple[int, bytes]:
    language: Language = "es" if heard.locale.casefold().startswith("es") else "en"
    return invoke_answer(MESSAGE, tap_remark(language, remark))
