"""Sending again what did not arrive."""

from __future__ import annotations

from typing import Final

from bot.actions.undelivered import SendAgain
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask

_MOST_DIGITS: Final = 18


def send_again(found: Found) -> Outcome:
    """Send a message again, by its number."""
    piece = next((x for x in found.pieces if x.sign[0] in "AR" and x.value is not None), None)
    typed = "" if piece is None else found.sentence.text[piece.start : piece.end].lstrip("#")
    return numbered(typed) or ask(found.sentence, "not_understood", near=("send_again",))


def numbered(typed: str) -> SendAgain | None:
    """Return the call of a number as it is typed; None if it is none."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS
    return SendAgain(number=int(typed)) if is_number and int(typed) else None


RULES: Final = (
    *rows(
        send_again,
        """
        resend [it|message] (A|R)
        """,
    ),
)
