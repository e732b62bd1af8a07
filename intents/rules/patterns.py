"""A short way to write down a phrasing, and what was found where one fits.

A phrasing is a row of signs: `raise [budget|limit] [of|for] W [by] A {tail}`. `[x|y]` may be
missing, `(x|y)` may not. Capital letters are slots: W a wallet or a person, A an amount, R a
reference, K a role, V a window, X a percentage, U a day until which, M a model, E an address, Z
a new name and N that of a person. `W:to` labels a slot, `{tail}` takes what may follow a sum of
money in any order. A phrasing must fit the whole sentence: a word that nobody expected there
makes it no order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.actions.base import ActionCall
from bot.planning import Question
from intents.sentence import Piece, Sentence

Outcome = ActionCall | Question
_SLOTS: Final = {
    "W": r"(?:W\d|it|me|my)",
    "A": r"(?:A\d|X\d|all)",
    "R": r"R\d",
    "K": r"K\w+",
    "V": r"V\w+",
    "X": r"X\d",
    "U": r"[UT]\d",
    "M": r"M\d",
    "E": r"E\d",
}
_TAIL: Final = (
    r"(?:(?:for|in|to|of|under) (?:budget |limit )?(?:of |for )?(?P<wt>W\d|it|my|me) "
    r"|(?:for |by |in )?(?P<ut>[UT]\d) "
    r"|more |temp |me |(?:of )?(?:more )?budget "
    r"|(?P<vt>V\w+) )*"
)
# What a name does not begin with.
_NO_NAME: Final = r"(?!(?:for|in|to|of|under|with|from|wallet|team|project|new|call) )"
_ITEM: Final = re.compile(r"\s*(\{tail\}|[A-Z](?::\w+)?(?!\w)|~\w+|[\w~]+|[\[\]()|+,:=])")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrasing that fits: the slots by label, the pieces it took, and the reason after them."""

    sentence: Sentence
    pieces: tuple[Piece, ...]
    slots: dict[str, str]
    reason: str = ""
    # The first piece of a new name and the one after it.
    name_at: tuple[int, int] | None = None

    def piece(self, label: str) -> Piece | None:
        """Return the piece that a label caught."""
        sign = self.slots.get(label)
        return self.by_sign(sign) if sign else None

    def by_sign(self, sign: str) -> Piece | None:
        """Return the first piece with this sign."""
        return next((piece for piece in self.pieces if piece.sign == sign), None)

    def has(self, sign: str) -> bool:
        """Tell whether a sign is among the pieces."""
        return any(piece.sign == sign for piece in self.pieces)

    @property
    def is_guess(self) -> bool:
        """Whether a misspelt word or name had to be mended."""
        return any(piece.is_guess for piece in self.pieces)


Maker = Callable[[Found], Outcome]
Row = tuple[str, Maker, bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrasing and what it makes; `takes_reason` if free words may follow it."""

    shape: re.Pattern[str]
    make: Maker
    takes_reason: bool = False


# Parts that many phrasings share.
_MACROS: Final = {
    "{w}": "[budget|limit] [of|for] W [budget|limit]",
    "{to}": "(to|at|in|on|of|as|is|=|:|with|for)",
    "{to?}": "[to|at|in|on|of|as|is|=|:|with|for]",
    "{on}": "(of|for|on|in|to|by|from)",
    "{on?}": "[of|for|on|in|to|by|from]",
    "{percents}": "[at|to|in|on|of|with] X" + 5 * " [and] [to|at] [X]",
    "{it?}": "[it|my|all|last] [open] [request] [call|:|of]",
    "{whose?}": "[of|from|by|for] [W] [request]",
    "{kind}": "(wallet|team|project|budget)",
    "{with?}": "[with|of|,] [V] [limit|budget] [of|at|:] [A] [V] [of|in] [V] [limit|budget] [V]",
}


def rows(make: Maker, phrasings: str, *, takes_reason: bool = False) -> Iterator[Row]:
    """Read a table of phrasings, one a line, that make the same thing."""
    for line in phrasings.strip().splitlines():
        phrasing = line.strip()
        for name, part in _MACROS.items():
            phrasing = phrasing.replace(name, part)
        yield phrasing, make, takes_reason


def compile_shape(phrasing: str) -> re.Pattern[str]:
    """Turn a phrasing into a pattern over signs, each followed by one space."""
    counts: dict[str, int] = {}
    out: list[str] = []
    at = 0
    while at < len(phrasing.rstrip()):
        match = _ITEM.match(phrasing, at)
        if match is None:
            raise ValueError(f"cannot read phrasing at {phrasing[at:]!r}")
        at = match.end()
        out.append(_item(match.group(1), counts))
    return re.compile("".join(out))


def _item(item: str, counts: dict[str, int]) -> str:
    special = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", "+": "+", "{tail}": _TAIL}
    if item in special:
        return special[item]
    letter, _, label = item.partition(":")
    if letter == "N":
        # A new name begins with a new word; "Marco Rossi" may share one with Gina Rossi.
        return rf"(?P<{label or 'z'}>~\S+ (?:(?:~\S+|W\d) ){{0,3}}?)"
    if letter == "Z":
        return rf"(?P<{label or 'z'}>{_NO_NAME}(?:[^\s,;]+ ){{1,6}}?)"
    if letter in _SLOTS:
        counts[letter] = counts.get(letter, 0) + 1
        return f"(?P<{label or letter.lower() + str(counts[letter])}>{_SLOTS[letter]}) "
    return re.escape(item) + " "


def first_signs(phrasing: str) -> frozenset[str]:
    """Return the signs that a phrasing can begin with; a slot as its letter."""
    items = [m.group(1) for m in _ITEM.finditer(phrasing)]
    depth, signs, may_skip, expects = 0, set[str](), False, True
    for item in items:
        if item in "[(":
            depth += 1
            may_skip = may_skip or (depth == 1 and item == "[")
            expects = True
        elif item in "])":
            depth -= 1
            if depth == 0 and not may_skip:
                break
            may_skip, expects = False, True
        elif item == "|":
            expects = True
        elif expects:
            signs.add(item.partition(":")[0])
            expects = False
            if depth == 0:
                break
    return frozenset(signs)


class RuleBook:
    """All phrasings, found by the sign that they begin with."""

    def __init__(self, rules: Iterable[Row]) -> None:
        self._by_first: dict[str, list[Rule]] = {}
        for phrasing, make, takes_reason in rules:
            rule = Rule(compile_shape(phrasing), make, takes_reason)
            for sign in first_signs(phrasing):
                for one in ("W", "it", "me", "my") if sign == "W" else (sign,):
                    self._by_first.setdefault(one, []).append(rule)

    def starts(self, sign: str) -> list[Rule]:
        """Return the rules whose phrasing can begin with a sign."""
        return self._by_first.get(sign if sign[0] not in "WARKVXUTME" else sign[0], [])
