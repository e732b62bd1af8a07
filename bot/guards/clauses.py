"""The senses of a text's words, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from bot.guards.senses import SENSES

_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?;\n]")
_ENDS: Final = frozenset(".!?;\n")
# A clause that never ends is looked through in parts.
_MOST_WORDS: Final = 60

# Senses are one bit each, so that a clause's are compared with a combination's in one step.
BITS: Final = {sense.name: 1 << number for number, sense in enumerate(SENSES)}


class Meant(NamedTuple):
    """A word or phrase with senses: the numbers of its first and last word in the text."""

    at: int
    until: int
    senses: int


class Clause(NamedTuple):
    """The words of a clause that have senses, in order, and whether it ends as a question."""

    meant: list[Meant]
    senses: int
    is_question: bool


def list_clauses(text: str, begin: int, end: int) -> Iterator[Clause]:
    """Yield each clause that has at least two words with a sense."""
    words = _TOKEN.findall(text, begin, end)
    meant: list[Meant] = []
    union = first = inside = 0
    for at, word in enumerate(words):
        if word in _ENDS or at - first > _MOST_WORDS:
            if len(meant) > 1:
                yield Clause(meant, union, word == "?")
            meant = []
            union = 0
            first = at
        found = senses_of(word)
        last = at
        if word in _PHRASES:
            found, length = _phrase_at(words, at, found)
            last = at + length - 1
        if found:
            if at < inside:
                # "I" within a phrase is said by everybody who says so.
                found &= ~_MINE
            meant.append(Meant(at, last, found))
            union |= found
        if last > at:
            inside = max(inside, last + 1)
    if len(meant) > 1:
        yield Clause(meant, union, False)


def place_of(text: str, begin: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return where words of a text stand, from the first to the last one."""
    tokens = islice(_TOKEN.finditer(text, begin, end), first, last + 1)
    start = next(tokens)
    for token in tokens:
        end = token.end()
    return start.start(), end if last > first else start.end()


def _phrase_at(words: list[str], at: int, found: int) -> tuple[int, int]:
    """Return the senses of the phrases that a word begins, and the length of the longest."""
    longest = 1
    if at + 1 < len(words):
        for phrase, senses in _PHRASES[words[at]].get(words[at + 1], ()):
            length = len(phrase)
            if length == 2 or words[at : at + length] == phrase:
                found = (found | senses) & ~_MINE
                longest = max(longest, length)
    return found, longest


def _by_word() -> dict[str, int]:
    found: dict[str, int] = {}
    for sense in SENSES:
        for word in sense.words.split():
            found[word] = found.get(word, 0) | BITS[sense.name]
    return found


def _by_first_words() -> dict[str, dict[str, list[tuple[list[str], int]]]]:
    """Return the phrases by their first word and their second, with what their words mean too."""
    found: dict[str, dict[str, list[tuple[list[str], int]]]] = {}
    for sense in SENSES:
        for phrase in filter(None, sense.phrases.split("|")):
            words = phrase.split()
            senses = BITS[sense.name]
            for word in words:
                senses |= senses_of(word)
            found.setdefault(words[0], {}).setdefault(words[1], []).append((words, senses))
    return found


_WORDS: Final = _by_word()
_BEGINNINGS: Final = tuple(
    (word[:-1], senses) for word, senses in _WORDS.items() if word.endswith("*")
)
_MINE: Final = BITS["mine"]


@lru_cache(maxsize=16384)
def senses_of(word: str) -> int:
    """Return the senses of a word, 0 for most."""
    found = _WORDS.get(word, 0)
    for beginning, senses in _BEGINNINGS:
        if word.startswith(beginning):
            found |= senses
    if word.endswith("gpt"):
        found |= BITS["persona"]
    return found


_PHRASES: Final = _by_first_words()
