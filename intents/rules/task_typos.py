"""Slips in the few words that make a text one about tasks: "remidn me", "un recordatoro"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from intents.extract.letters import words

_MENDED: Final = words(
    "remind reminder reminders remember recuerdame recordarme recordatorio recordatorios"
)
# Words of their own, one letter away.
_WORDS: Final = frozenset(
    words(
        "rewind remand remands reminds reminded remainder remainders remembers remembered "
        "recuerdale recuerdate recuerdase recuerdan recuerda recuerdas recuerde recuerdo "
        "recordarle recordarte recordarse recordarlo recordarla recordare recordar"
    )
)
_WORD: Final = re.compile(r"[a-z]+")
_ME: Final = re.compile(r"\s?(?:me|us|myself)\b")


def _slips(word: str) -> Iterator[str]:
    """Return what one slip makes of a word; its first letter is right."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _read() -> dict[str, str]:
    meant: dict[str, str] = {}
    for word in _MENDED:
        for slip in _slips(word):
            if slip not in _WORDS and slip not in _MENDED:
                meant.setdefault(slip, word)
    # Two vowels left out, as one does who types fast.
    return meant | {"rmd": "remind", "rmnd": "remind", "rmndr": "reminder", "rmndme": "remind me"}


_MEANT: Final = _read()
SLIPS: Final = frozenset(_MEANT)


def mend(text: str, folded: str) -> str:
    """Return a text with the slips mended; `folded` is it, letter for letter."""
    out, at = "", 0
    for found in _WORD.finditer(folded):
        meant = _MEANT.get(found[0])
        if meant is None:
            continue
        if meant in {"remind", "reminder"}:
            # "Reminde" is short of one letter or has one too many; "me" tells which.
            has_me = _ME.match(folded, found.end()) is not None
            meant = "remind" if has_me else "reminder" if found[0] in _NOUNS else meant
        out += text[at : found.start()] + meant
        at = found.end()
    return out + text[at:]


_NOUNS: Final = frozenset(_slips("reminder"))
