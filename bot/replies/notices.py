"""What a platform's adapter has to say itself: about where an answer is, copies, and taps."""

from __future__ import annotations

from typing import Literal

from bot.replies.reader import Language
from bot.replies.words import say

TapRemark = Literal["working", "unknown", "not_yours", "not_now", "answered"]


def maybe_a_copy(language: Language, reference: str = "") -> str:
    """Say that a message may be a second copy of one that arrived."""
    if reference:
        return say(language, "notice.copy.ref", ref=reference)
    return say(language, "notice.copy")


def no_picture(language: Language) -> str:
    """Say beside a picture's words that it itself could not be shown."""
    return say(language, "notice.no_picture")


def no_file(language: Language) -> str:
    """Say beside a file's words that it itself could not be handed over."""
    return say(language, "notice.no_file")


def file_aside(language: Language) -> str:
    """Say to somebody who asked among others that the file is in their direct messages."""
    return say(language, "notice.file_aside")


def file_begins(language: Language, name: str) -> str:
    """Introduce the first lines of a file."""
    return say(language, "notice.file_begins", name=name)


def file_in_private(language: Language) -> str:
    """Say where others read along where the file itself can be had."""
    return say(language, "notice.file_in_private")


def file_offered(language: Language) -> str:
    """Say beside the card that offers a file what to press."""
    return say(language, "notice.file_offered")


def file_saved(language: Language, name: str) -> str:
    """Say that a file arrived where its reader wanted it."""
    return say(language, "notice.file_saved", name=name)


def file_not_saved(language: Language, name: str) -> str:
    """Say that a file did not arrive, and that it is offered again."""
    return say(language, "notice.file_not_saved", name=name)


def file_unsure(language: Language, name: str) -> str:
    """Say that a file may have arrived, and that it is offered again."""
    return say(language, "notice.file_unsure", name=name)


def file_gone(language: Language) -> str:
    """Say that a file is not kept any more."""
    return say(language, "notice.file_gone")


def file_left(language: Language, name: str) -> str:
    """Say that a file was left, and how to have it after all."""
    return say(language, "notice.file_left", name=name)


def file_elsewhere(language: Language, name: str) -> str:
    """Say on another platform that a file could not be handed over where it was taken."""
    return say(language, "notice.file_elsewhere", name=name)


def answered_aside(language: Language) -> str:
    """Say in a group, to everybody, that the answer is in the asker's private chat."""
    return say(language, "notice.aside")


def card_aside(language: Language) -> str:
    """Say in a group, to everybody, that a card is in the asker's private chat."""
    return say(language, "notice.card_aside")


def no_private_chat(language: Language) -> str:
    """Say in a group that there is no private chat to answer in yet, and how to open one."""
    return say(language, "notice.no_private")


def open_private_chat(language: Language) -> str:
    """Ask in a group to open the private chat, without which nothing can be answered."""
    return say(language, "notice.open_private")


def private_chat_label(language: Language) -> str:
    """Return what the button says that opens the private chat."""
    return say(language, "notice.private_chat")


def tap_remark(language: Language, remark: TapRemark) -> str:
    """Answer a tap that no card answers."""
    return say(language, f"tap.{remark}")
