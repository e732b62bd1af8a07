"""The senses of a text's words, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
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
    # Most words mean nothing here, so that each is looked up once.
    known = {word: senses for word in set(words) if (senses := senses_of(word)) or word in _SEEN}
    meant: list[Meant] = []
    union = first = inside = 0
    for at, word in enumerate(words):
        if word not in known and at - first <= _MOST_WORDS:
            continue
        if word in _ENDS or at - first > _MOST_WORDS:
            if len(meant) > 1:
                yield Clause(meant, union, word == "?")
            meant = []
            union = 0
            first = at
        found = known.get(word, 0)
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


def list_places(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where each word of a text stands, by its number."""
    return [token.span() for token in _TOKEN.finditer(text, begin, end)]


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
# Words to stop at though they mean nothing by themselves.
_SEEN: Final = _ENDS | _PHRASES.keys()
