"""A file on its way: offered by a card, taken, put into its reader's OneDrive, shown there.

What is done follows from how the file stands, so that a message that is sent again goes on where
the last try ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog

from adapters.teams.addresses import Address, Shown
from adapters.teams.connector import Connector, MessageGone, TooLarge
from adapters.teams.files import consent_activity, info_activity
from adapters.teams.render import to_text
from adapters.teams.uploads import Upload, Uploads
from bot.errors.sending import NotSent, Undelivered
from bot.messages import FileBlock, HandoverPart, OutboundMessage, OutboxItem, TextBlock
from bot.platforms.model import Handovers
from bot.platforms.offered_files import Handover
from bot.replies.notices import (
    file_gone,
    file_in_private,
    file_not_saved,
    file_offered,
    file_saved,
    file_unsure,
    maybe_a_copy,
)
from bot.replies.reader import Language

_log = structlog.get_logger(__name__)

# Waits of 1, 2, 4 and 8 s lie between them: whoever pressed Allow still looks.
_MOST_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A file of a message, and the card that offers it."""

    block: FileBlock
    activity: Mapping[str, object]


def may_offer(item: OutboxItem) -> bool:
    """Tell whether files of a message are offered: only their reader sees them, as messages."""
    message = item.message
    is_alone = not (message.is_for_all or message.card or item.edits)
    return is_alone and any(isinstance(block, FileBlock) for block in message.blocks)


def without_files(
    message: OutboundMessage, files: Sequence[Offered], language: Language
) -> OutboundMessage:
    """Return a message without the files that are offered below it."""
    offered = [file.block for file in files]
    line = file_offered(language)
    kept = tuple(block for block in message.blocks if block not in offered)
    return replace(message, text=f"{message.text}\n{line}", blocks=(*kept, TextBlock(line)))


def with_hint(message: OutboundMessage, language: Language) -> OutboundMessage:
    """Add to a message that everybody sees where its files can be had."""
    if not any(isinstance(block, FileBlock) for block in message.blocks):
        return message
    return replace(message, blocks=(*message.blocks, TextBlock(file_in_private(language))))


class Handing:
    """Hands files over."""

    def __init__(self, connector: Connector, handovers: Handovers, uploads: Uploads) -> None:
        self._connector = connector
        self._handovers = handovers
        self._uploads = uploads

    async def offer(self, item: OutboxItem) -> Sequence[Offered]:
        """Return the files of a message with the cards that offer them."""
        ids = await self._handovers.offer(item)
        return [
            Offered(block, consent_activity(block, ids[number]))
            for number, block in enumerate(item.message.blocks)
            if isinstance(block, FileBlock) and number in ids
        ]

    async def send(self, item: OutboxItem, address: Address, part: HandoverPart) -> Shown:
        """Say what has become of a file, with the file itself where it arrived.

        Raises:
            NotSent, MaybeSent, Undeliverable: what became of the message.
        """
        made = await self._say(item, address, part)
        if part.shown_in:
            await self._take_away(item, address, part.shown_in)
        return Shown(address.conversation, made)

    async def _say(self, item: OutboxItem, address: Address, part: HandoverPart) -> str:
        if not part.file_id:
            text = _marked(item, item.message.text)
            return await self._connector.create(address, to_text(text))
        found = await self._handovers.find(item, part.file_id)
        if found is None or (found.block is None and found.file.state != "handed_over"):
            return await self._connector.create(address, to_text(file_gone(item.language)))
        upload: Upload = "unsure"
        if found.file.state == "taken":
            upload = await self._upload(item, found)
        elif found.file.state == "handed_over":
            upload = "done"
        if upload == "done":
            return await self._show(item, address, found)
        return await self._offer_again(item, address, found, upload)

    async def _upload(self, item: OutboxItem, found: Handover) -> Upload:
        to, block = found.file.destination, found.block
        if to is None or block is None:
            return "failed"
        upload = await self._uploads.put(
            to.upload_url,
            block.data,
            is_again=item.was_tried or item.attempts > 0,
            is_last=item.attempts + 1 >= _MOST_TRIES,
        )
        if upload == "done":
            await self._handovers.finish(item, found.file.id)
        else:
            _log.warning("file not handed over", outbox_id=item.id, code=upload)
            await self._handovers.put_back(item, found.file.id)
        return upload

    async def _show(self, item: OutboxItem, address: Address, found: Handover) -> str:
        to = found.file.destination
        text = _marked(item, file_saved(item.language, found.file.name))
        if to is None:
            return await self._connector.create(address, to_text(text))
        return await self._connector.create(address, info_activity(to, found.file.name, text))

    async def _offer_again(
        self, item: OutboxItem, address: Address, found: Handover, upload: Upload
    ) -> str:
        name = found.file.name
        words = file_not_saved if upload == "failed" else file_unsure
        made = await self._connector.create(address, to_text(words(item.language, name)))
        if found.block is None:
            return made
        return await self._connector.create(address, consent_activity(found.block, found.file.id))

    async def _take_away(self, item: OutboxItem, address: Address, shown_in: str) -> None:
        """Remove the card that offered it: Teams leaves its buttons alive.

        It only remarks: whoever presses them is told how the file stands.
        """
        try:
            await self._connector.delete(address, shown_in)
        except (NotSent, Undelivered, TooLarge, MessageGone) as error:
            _log.info("card of a file not removed", outbox_id=item.id, exc_info=error)


def _marked(item: OutboxItem, text: str) -> str:
    return f"{text} {maybe_a_copy(item.language)}" if item.was_tried else text
