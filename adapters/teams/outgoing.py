"""Messages on their way to Teams: where they go, in how many pieces, and what is edited.

Where others read along, the answer itself goes to the person's private chat, and the chat gets a
line that says so. A card's line renews itself for its reader, so that they can answer there too.
What is for everybody stands in the chat as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import structlog

from adapters.teams.addresses import Address, Shown, is_at, load_address, load_shown
from adapters.teams.connector import Connector, MessageGone, TooLarge
from adapters.teams.handing import Handing, Offered, may_offer, with_hint, without_files
from adapters.teams.render import Place, to_activities, to_notice, to_text
from adapters.teams.sizes import MOST_BYTES
from bot.errors.sending import NotSent, Undeliverable, Undelivered
from bot.messages import OutboundMessage, OutboxItem, TextBlock
from bot.replies.notices import answered_aside, card_aside, maybe_a_copy, no_private_chat

_log = structlog.get_logger(__name__)

# Smaller and smaller, where the service takes less than it says.
_SIZES: Final = (MOST_BYTES, MOST_BYTES // 2, MOST_BYTES // 4, MOST_BYTES // 8)
_MOST_KEPT: Final = 1000


class Outgoing:
    """Sends what the outbox hands over."""

    def __init__(self, connector: Connector, handing: Handing | None = None) -> None:
        self._connector = connector
        self._handing = handing
        # How many pieces of a message went before one did not: by its number in the outbox.
        self._begun: dict[int, int] = {}
        # Which messages had their public line; each answer to them would add another one.
        self._noted: dict[tuple[str, str], None] = {}

    async def send(self, item: OutboxItem) -> str:
        """Send a message or edit one; see `bot.platforms.model.Platform.send`."""
        address = load_address(item.address)
        if address is None:
            raise Undeliverable("refused")
        if item.message.handover is not None and self._handing is not None:
            return (await self._handing.send(item, address, item.message.handover)).dump()
        shown = load_shown(item.edits) if item.edits else None
        if shown is not None:
            try:
                return await self._edit(item, address, shown)
            except MessageGone:
                _log.info("message to edit is gone", outbox_id=item.id)
                if not item.message.buttons:
                    # Somebody took the card away, and it waits for nothing any more.
                    return item.edits
        if item.is_private:
            shown = await self._post(item, address, reply_to=item.message.reply_to)
            return shown.dump()
        if item.message.is_for_all:
            # A post of its own in a channel, in whichever thread it was ordered.
            here = replace(item, thread="")
            return (await self._post(here, address.aside(item.chat))).dump()
        if item.message.card and not item.message.buttons and not item.edits:
            # It was only seen in the answer to a tap; there it is renewed when it is looked at.
            return ""
        return await self._send_aside(item, address)

    async def _edit(self, item: OutboxItem, address: Address, shown: Shown) -> str:
        there = address.aside(shown.conversation)
        for most_bytes in _SIZES:
            activity = self._render(item, there, most_bytes)[-1]
            try:
                await self._connector.update(there, shown.activity, activity)
            except TooLarge:
                continue
            break
        else:
            raise Undeliverable("refused")
        if shown.notice:
            # So that it renews itself for whoever looks at it.
            text = card_aside(item.language)
            line = to_notice(text, item.message.card, _readers(item))
            try:
                await self._connector.update(address.aside(shown.notice_in), shown.notice, line)
            except (NotSent, Undelivered, TooLarge, MessageGone) as error:
                _log.warning("public line not edited", outbox_id=item.id, exc_info=error)
        return item.edits

    async def _send_aside(self, item: OutboxItem, address: Address) -> str:
        try:
            aside = await self._connector.open_private(address, item.external_id)
        except Undeliverable as error:
            if error.why != "token_revoked":
                await self._note(item, address, to_text(no_private_chat(item.language)))
            raise Undeliverable(error.why) from error
        shown = await self._post(item, aside)
        card = item.message.card
        text = card_aside(item.language) if card else answered_aside(item.language)
        line = to_notice(text, card, _readers(item)) if card else to_text(text)
        notice = await self._note(item, address, line)
        if notice and card:
            shown = replace(shown, notice_in=address.conversation, notice=notice)
        return shown.dump()

    async def _note(self, item: OutboxItem, address: Address, line: dict[str, Any]) -> str:
        """Say a line to everybody, once for each message that is answered; return its id.

        It carries nothing: a line that does not arrive is not sent again.
        """
        reply_to = item.message.reply_to
        key = (address.conversation, reply_to)
        if not reply_to or (key in self._noted and not item.message.card):
            return ""
        self._noted[key] = None
        if len(self._noted) > _MOST_KEPT:
            del self._noted[next(iter(self._noted))]
        try:
            return await self._connector.create(address, line, reply_to=reply_to)
        except (NotSent, Undelivered, TooLarge) as error:
            _log.warning("public line not sent", outbox_id=item.id, exc_info=error)
            return ""

    async def _post(self, item: OutboxItem, address: Address, *, reply_to: str = "") -> Shown:
        files: Sequence[Offered] = ()
        if self._handing is not None and may_offer(item):
            files = await self._handing.offer(item)
        for most_bytes in _SIZES:
            try:
                made = await self._post_pieces(item, address, most_bytes, reply_to, files)
            except TooLarge:
                # Pieces of another size are other pieces.
                self._begun.pop(item.id, None)
                continue
            return Shown(address.conversation, made)
        raise Undeliverable("refused")

    async def _post_pieces(
        self,
        item: OutboxItem,
        address: Address,
        most_bytes: int,
        reply_to: str,
        files: Sequence[Offered],
    ) -> str:
        made = ""
        pieces: list[dict[str, Any] | Offered] = [
            *self._render(item, address, most_bytes, files),
            *files,
        ]
        for index, piece in enumerate(pieces):
            if index < self._begun.get(item.id, 0):
                continue
            if isinstance(piece, Offered):
                made = await self._post_file(item, address, piece)
            else:
                made = await self._connector.create(address, piece, reply_to=reply_to)
            if len(pieces) > 1:
                self._begun[item.id] = index + 1
        if len(self._begun) > _MOST_KEPT:
            del self._begun[next(iter(self._begun))]
        self._begun.pop(item.id, None)
        return made

    async def _post_file(self, item: OutboxItem, address: Address, file: Offered) -> str:
        """Offer a file; where Teams takes no such card, show how it begins."""
        try:
            return await self._connector.create(address, file.activity)
        except Undeliverable as error:
            if error.why != "refused":
                raise
            _log.warning("file not offered", outbox_id=item.id, exc_info=error)
        shown = replace(item.message, text=file.block.alt, blocks=(file.block,))
        (beginning,) = to_activities(shown, language=item.language)
        return await self._connector.create(address, beginning)

    def _render(
        self,
        item: OutboxItem,
        address: Address,
        most_bytes: int,
        files: Sequence[Offered] = (),
    ) -> list[dict[str, Any]]:
        message = _marked(item)
        if files:
            message = without_files(message, files, item.language)
        elif message.is_for_all and self._handing is not None:
            message = with_hint(message, item.language)
        return to_activities(
            message,
            readers=_readers(item),
            place=_place(item, address),
            most_bytes=most_bytes,
            language=item.language,
        )


def _readers(item: OutboxItem) -> Sequence[str]:
    return [item.external_id] if item.external_id else []


def _place(item: OutboxItem, address: Address) -> Place | None:
    """Return where a card belongs if it is shown somewhere else."""
    if is_at(address.conversation, item.chat, item.thread):
        return None
    return item.chat, item.thread


def _marked(item: OutboxItem) -> OutboundMessage:
    """Say of a message that may have arrived before that it may be a copy."""
    message = item.message
    if not item.was_tried or item.edits:
        return message
    remark = maybe_a_copy(item.language, message.reference)
    blocks = (*message.blocks, TextBlock(remark)) if message.blocks else ()
    return replace(message, text=f"{message.text}\n\n{remark}", blocks=blocks)
