"""What was asked among others and answered in private: where the talk goes on.

On some platforms an answer that is for the asker's eyes only is shown in their private chat. The
person reads one chat there and answers what they read, whichever conversation it belongs to.
"""

from __future__ import annotations

from bot.access import Principal
from bot.messages import Conversation, InboundMessage
from bot.ports import Tx
from bot.proposals.model import Proposal
from bot.proposals.naming import find_named
from bot.turns.asked import load_asked

Place = tuple[Conversation | None, tuple[Proposal, ...]]


def asks(tx: Tx, place: Conversation | None) -> bool:
    """Tell whether something was asked in a conversation that still waits for its answer."""
    if place is None or place.question is None:
        return False
    return load_asked(place.question).until > tx.now


def find_place(tx: Tx, message: InboundMessage, person: Principal) -> Place:
    """Return the conversation in which a message is said, and what is open there.

    None before the first message. Where only one conversation that is answered in this chat waits
    for something, it is that one, or the one whose reference the text has. Where several wait,
    what is open is all of it: a yes must say which.
    """
    own = tx.conversations.find(message.platform, message.chat, message.thread, person.id)
    here = () if own is None else tuple(tx.proposals.list_open_here(own.id))
    if not message.has_asides or message.button or message.text.lstrip().startswith("/"):
        return own, here
    waiting: list[tuple[Conversation, tuple[Proposal, ...]]] = []
    for place in tx.conversations.list_elsewhere(person.id, message):
        found = tuple(tx.proposals.list_open_here(place.id))
        if found or asks(tx, place):
            waiting.append((place, found))
    if not waiting:
        return own, here
    everything = (*here, *(one for _, found in waiting for one in found))
    named, _ = find_named(everything, message.text)
    if named is not None:
        return next((x for x in waiting if named in x[1]), (own, here))
    if len(waiting) == 1 and not here and not asks(tx, own):
        return waiting[0]
    return own, everything if len(everything) > 1 else here
