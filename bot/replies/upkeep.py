"""What Bursar says of its own state, to who can do something about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.inert import inert
from bot.replies.reader import Reader
from bot.replies.words import say


def ledger_broken(faults: Sequence[str], reader: Reader) -> str:
    """Say that the ledger does not add up, with the first thing that does not."""
    return say(reader.language, "upkeep.ledger", count=len(faults), first=inert(faults[0]))


def chain_broken(what: str, reader: Reader) -> str:
    """Say that the audit chain is not whole."""
    return say(reader.language, "upkeep.chain", what=inert(what))
