"""Findings taken out of a text, and put back into the answer to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.guards.findings import Finding, without_overlaps

PLACEHOLDER: Final = re.compile(r"\[([A-Z][A-Z_]{0,40})_(\d{1,6})\]")
_SECRET: Final = "SECRET"  # noqa: S105  # a word in a placeholder


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without what was found in it.

    `originals` maps placeholders such as `[PHONE_1]` to what stood there. A secret is not among
    them: nobody needs to see it again.
    """

    text: str
    originals: Mapping[str, str] = field(default_factory=dict)


def redact(text: str, findings: Iterable[Finding]) -> Redacted:
    """Put numbered placeholders in place of secrets and personal data.

    The same value gets the same placeholder. A number that the text already uses for something
    that looks like a placeholder is passed over, so that `restore` can't put anything there.
    """
    taken = {match.group() for match in PLACEHOLDER.finditer(text)}
    numbers: Counter[str] = Counter()
    names: dict[tuple[str, str], str] = {}
    originals: dict[str, str] = {}
    pieces: list[str] = []
    at = 0
    for found in without_overlaps(one for one in findings if one.kind != "injection"):
        value = text[found.start : found.end]
        word = _SECRET if found.kind == "secret" else found.type.upper()
        name = names.get((word, value))
        if name is None:
            name = names[word, value] = _free_name(word, numbers, taken)
            if found.kind != "secret":
                originals[name] = value
        pieces += (text[at : found.start], name)
        at = found.end
    return Redacted("".join((*pieces, text[at:])), originals)


def restore(reply: str, originals: Mapping[str, str]) -> str:
    """Put back into a reply what its placeholders stand for; unknown ones stay as they are.

    What is put back is not looked through again, so a value can't bring another one in.
    """
    return PLACEHOLDER.sub(lambda match: originals.get(match.group(), match.group()), reply)


def names_secret(text: str) -> bool:
    """Tell whether a text has a place from which a secret was taken out."""
    return any(match[1] == _SECRET for match in PLACEHOLDER.finditer(text))


def _free_name(word: str, numbers: Counter[str], taken: set[str]) -> str:
    while True:
        numbers[word] += 1
        if (name := f"[{word}_{numbers[word]}]") not in taken:
            return name
