"""What a platform's adapter has to say itself: about where an answer is, and about copies."""

from __future__ import annotations

from bot.replies.reader import Language
from bot.replies.words import say


def maybe_a_copy(language: Language, reference: str = "") -> str:
    """Say that a message may be a second copy of one that arrived."""
    if reference:
        return say(language, "notice.copy.ref", ref=reference)
    return say(language, "notice.copy")


def answered_aside(language: Language) -> str:
    """Say in a group, to everybody, that the answer is in the asker's private chat."""
    return say(language, "notice.aside")


def open_private_chat(language: Language) -> str:
    """Ask in a group to open the private chat, without which nothing can be answered."""
    return say(language, "notice.open_private")


def private_chat_label(language: Language) -> str:
    """Return what the button says that opens the private chat."""
    return say(language, "notice.private_chat")
