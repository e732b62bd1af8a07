"""Naming a proposal by its reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.proposals.model import Proposal

# What has the form of a reference and counts or names something else: "200k", "22nd", "10pm".
_COUNTED: Final = re.compile(r"\d+(?:k|m|st|nd|rd|th|am|pm|min|mil|usd|eur|h|hrs)", re.IGNORECASE)
_MOST_WORDS: Final = 3
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


def find_other_ref(proposals: Sequence[Proposal], text: str) -> str | None:
    """Return a reference in a text that none of these proposals has; None if it names none.

    Without `#` it is one only where it is written as the cards write it, or in very few words.
    """
    refs = {proposal.ref for proposal in proposals}
    for match in _REF.finditer(text):
        ref, typed = match[1].upper(), match[1]
        is_mixed = any(c.isdigit() for c in ref) and not ref.isdigit()
        is_plain = is_mixed and not _COUNTED.fullmatch(typed)
        is_shown = is_plain and (typed.isupper() or len(text.split()) <= _MOST_WORDS)
        if ref not in refs and (match[0].startswith("#") or is_shown):
            return ref
    return None
