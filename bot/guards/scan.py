"""All guards over one text: what is in it, and the text without what nobody else needs to see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.guards.findings import Finding, Kind, without_overlaps
from bot.guards.injection import find_injections
from bot.guards.personal import find_personal_data
from bot.guards.redaction import Redacted, redact, restore
from bot.guards.secrets import find_secrets

REMOVABLE: Final[tuple[Kind, ...]] = ("secret", "pii")
_SECRETS: Final[tuple[Kind, ...]] = ("secret",)
# What was taken out can lay bare what it hid, but not often.
_MOST_ROUNDS: Final = 8


def scan(text: str) -> list[Finding]:
    """Return what was found, in the order of the text.

    Secrets and personal data share no character with each other; injections may lie over both.
    """
    found = [*find_removable(text), *find_injections(text)]
    return sorted(found, key=lambda one: (one.start, one.end))


def find_removable(text: str) -> list[Finding]:
    """Return secrets and personal data alone, for what only has to be taken out."""
    return without_overlaps([*find_secrets(text), *find_personal_data(text)])


def without_secrets(text: str) -> str:
    """Return a text without secrets; it is looked through once where there are none."""
    return clean(text, _SECRETS).text if find_secrets(text) else text


def clean(
    text: str, kinds: Collection[Kind] = REMOVABLE, *, known: Sequence[Finding] | None = None
) -> Redacted:
    """Take secrets and personal data out until nothing of these kinds is found any more.

    To clean a cleaned text changes nothing. `known` is what `scan` found in it, where that has
    been asked already.
    """
    originals: dict[str, str] = {}
    for _ in range(_MOST_ROUNDS):
        looked = find_removable(text) if known is None else known
        known = None
        found = [one for one in looked if one.kind in kinds]
        if not found:
            break
        redacted = redact(text, found)
        # A later round may take out a place with a placeholder of an earlier one in it.
        originals |= {name: restore(was, originals) for name, was in redacted.originals.items()}
        text = redacted.text
    return Redacted(text, originals)
