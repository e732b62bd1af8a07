"""Naming a proposal by its reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.proposals.model import Proposal

_REF: Final = re.compile(r"#?\b([2-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4})\b")


def find_named(proposals: Sequence[Proposal], text: str) -> tuple[Proposal | None, str]:
    """Return the proposal that a text names by reference, and the text without it."""
    by_ref = {proposal.ref: proposal for proposal in proposals}
    for match in _REF.finditer(text):
        found = by_ref.get(match[1].upper())
        if found is not None:
            bare = (text[: match.start()] + text[match.end() :]).strip(" ,.:")
            return found, bare
    return None, text
