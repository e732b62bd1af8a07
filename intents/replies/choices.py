"""Find which of several offered options an answer takes."""

from __future__ import annotations

import re

from intents.replies.no_words import CANCEL, CHANGE, CONTRAST, HOLD_PHRASES, NO
from intents.replies.text import Asked, Reply
from intents.replies.yes_words import FILLER, YES

_OFFERS = re.compile(
    r"\b(?:(?:one|any|either|which) of (?:these|those|them|the)|which (?:one|of|wallet|person|"
    r"team|"
    r"project|model|would|do)|pick (?:one|a|from)|choose|select (?:one|a|from|an)|options?:|"
    r"here are (?:some|the|your|a few)|(?:these|following) (?:options|choices)|alguno de|"
    r"alguna de|"
    r"cual|elige|elija|escoge|escoja|opciones|a cual|a quien te refieres)\b|(?:^|"
    r"\s)1[.):] .*\s2[.):] "
    r"|\bdid you mean\b.*\bor\b",
    re.DOTALL,
)
_ORDINALS: tuple[tuple[str, int], ...] = (
    (r"first|1st|primer[oa]?|former|top(?:most)?(?: one)?|de arriba", 1),
    (r"second|2nd|segund[oa]", 2),
    (r"third|3rd|tercer[oa]?", 3),
    (r"fourth|4th|cuart[oa]", 4),
    (r"fifth|5th|quint[oa]", 5),
    (r"last|latter|bottom|ultim[oa]|final|de abajo", -1),
)
_ORDINAL = tuple((re.compile(rf"\b(?:{words})\b"), number) for words, number in _ORDINALS)
_COUNTED = re.compile(
    r"\b(?:option|number|no|num|choice|opcion|numero|the|la|el|#)\s*#?\s*(\d|one|two|three|"
    r"four|five|"
    r"uno|una|dos|tres|[a-e])\b"
)
_BARE = re.compile(r"#?(\d|one|two|three|uno|dos|tres|[a-e])")
_NAMES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "uno": 1, "una": 1, "dos": 2, "tres": 3, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5,
}  # fmt: skip
# "The first one" may be followed by these, but not by a new value.
_VALUE = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)? ?(?:am|pm)|\d{1,2}:\d\d|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow|next week|make|prior|hour|hours|minutes)\b"
)
_NONE = re.compile(r"\b(?:none|neither|ningun[oa]?|ni un[oa]|no quiero ningun)\b")
_TAKEN = re.compile(r"\b(?:event|week|month|year|day|time i|weekend|meeting|night|name)\b")


_BESIDE = FILLER | YES | {"#"}


def offers_choice(asked: Asked) -> bool:
    """Whether what was asked offers options to choose from."""
    return asked.is_given and bool(_OFFERS.search(asked.plain))


def takes_none(said: Reply) -> bool:
    """Whether an answer refuses all options."""
    return bool(_NONE.search(said.plain))


def refuses_one(said: Reply) -> bool:
    """Whether an answer refuses one option and takes none: "not the first one"."""
    words = {word for clause in said.clauses for word in clause.words}
    named = any(pattern.search(said.plain) for pattern, _ in _ORDINAL)
    return named and bool(words & NO) and len(words) < 6


def find_choice(said: Reply) -> int | None:
    """The number of the option taken, from 1; -1 for the last; None where it is not plain."""
    words = {word for clause in said.clauses for word in clause.words}
    plain = said.plain
    if said.is_odd or words & (
        NO | CONTRAST | (CHANGE - {"add", "adding", "poner", "pon", "ponlo"})
    ):
        return None
    if words & (CANCEL - {"pass"}) or _VALUE.search(plain) or HOLD_PHRASES.search(plain):
        return None
    numbers = {number for pattern, number in _ORDINAL if pattern.search(plain)}
    after = {
        plain[m.end() :].split(" ")[1:2][0]
        for p, _ in _ORDINAL
        for m in p.finditer(plain)
        if plain[m.end() :].strip()
    }
    if any(_TAKEN.fullmatch(word) for word in after):
        return None
    if not numbers:
        numbers = {_number(found[1]) for found in _COUNTED.finditer(plain)}
    if not numbers:
        rest = [word for clause in said.clauses for word in clause.words if word not in _BESIDE]
        numbers = {_number(rest[0])} if len(rest) == 1 and _BARE.fullmatch(rest[0]) else set()
    return numbers.pop() if len(numbers) == 1 and 0 not in numbers else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NAMES[word]
