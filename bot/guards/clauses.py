"""The senses of a text's words, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.guards.senses import SENSES

_TOKEN: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?;\n]")
_ENDS: Final = frozenset(".!?;\n")
# A clause that never ends is looked through in parts.
_MOST_WORDS: Final = 60

# Senses are one bit each, so that a clause's are compared with a combination's in one step.
BITS: Final = {sense.name: 1 << number for number, sense in enumerate(SENSES)}


@dataclass(frozen=True, slots=True)
class Meant:
    """A word or phrase with senses: the number of its first and last word, and its place."""

    at: int
    until: int
    start: int
    end: int
    senses: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a clause that have senses, in order, and whether it ends as a question."""

    meant: tuple[Meant, ...]
    senses: int
    is_question: bool


def list_clauses(text: str, begin: int, end: int) -> Iterator[Clause]:
    """Yield each clause that has at least two words with a sense."""
    tokens = list(_TOKEN.finditer(text, begin, end))
    words = [token.group() for token in tokens]
    meant: list[Meant] = []
    union = first = inside = 0
    for at, word in enumerate(words):
        if word in _ENDS or at - first > _MOST_WORDS:
            if len(meant) > 1:
                yield Clause(tuple(meant), union, word == "?")
            meant = []
            union = 0
            first = at
        found = senses_of(word)
        length = 1
        if word in _PHRASES:
            found, length = _phrase_at(words, at, found)
        if at < inside:
            # "I" within a phrase is said by everybody who says so.
            found &= ~_MINE
        if length > 1:
            inside = max(inside, at + length)
        if found:
            last = at + length - 1
            meant.append(Meant(at, last, tokens[at].start(), tokens[last].end(), found))
            union |= found
    if len(meant) > 1:
        yield Clause(tuple(meant), union, False)


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
