"""What senses say together: an order to lay rules aside, whichever words it is put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.guards.clauses import BITS, Meant, list_clauses, list_places
from bot.guards.signals import SignalType


# Compared by identity, for each is one row of a table.
@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """Senses in one clause that are a sign together.

    Each of `steps` comes after the one before, at most `gap` words on; a step is met by any of
    its senses. Nothing from two words before the first step to three after the last has the
    sense `unless`. `weight` is the chance that a text with it is an injection, as far as this
    alone tells. In a question it is none unless `asks`.
    """

    type: SignalType
    weight: float
    steps: tuple[int, ...]
    gap: int
    unless: int
    asks: bool


def _combination(
    type_: SignalType,
    weight: float,
    steps: str,
    *,
    gap: int = 5,
    unless: str = "mine",
    asks: bool = True,
) -> Combination:
    """Return a combination; steps are parted by blanks, the senses of a step by `|`."""
    return Combination(
        type_,
        weight,
        tuple(sum(BITS[name] for name in step.split("|")) for step in steps.split()),
        gap,
        BITS[unless] if unless else 0,
        asks,
    )


COMBINATIONS: Final = (
    # Lay your rules aside.
    _combination("override", 0.8, "lay your orders|bounds|prompt"),
    _combination("override", 0.75, "lay all orders|bounds|prompt"),
    _combination("override", 0.75, "lay earlier|told orders|bounds|prompt|work"),
    _combination("override", 0.7, "lay orders|bounds|prompt|work|texts here|told"),
    _combination("override", 0.65, "lay orders|bounds|prompt|work|texts earlier", gap=3),
    _combination("override", 0.65, "lay earlier|all texts", gap=2),
    _combination("override", 0.65, "lay here|told", gap=4),
    _combination("override", 0.6, "lay texts say", gap=3),
    _combination("override", 0.55, "lay texts say|tell", gap=6),
    _combination("override", 0.45, "follow not texts|papers|orders|prompt", gap=3),
    _combination("override", 0.55, "lay papers", gap=2, asks=False),
    _combination("override", 0.35, "lay earlier message", gap=2),
    _combination("override", 0.35, "lay message earlier", gap=2),
    _combination("override", 0.6, "lay your|all work|texts|message", gap=3),
    _combination("override", 0.5, "lay orders|bounds|prompt", gap=2, asks=False),
    _combination("override", 0.7, "drop your prompt|orders|bounds", gap=4),
    _combination("override", 0.65, "drop earlier|told|all|here orders|prompt", gap=4),
    _combination("override", 0.6, "drop orders|prompt|work|texts told|here", gap=4),
    _combination("override", 0.5, "drop prompt", gap=3),
    _combination("override", 0.6, "drop all bounds say|tell|become|free", gap=4),
    _combination("override", 0.65, "shift orders|bounds|prompt|work|texts|told aside", gap=6),
    _combination("override", 0.65, "shift aside orders|bounds|prompt|texts|told", gap=2),
    # Do not follow them, do not listen to what was written.
    _combination("override", 0.75, "not follow your|earlier|told|here orders|bounds|prompt|texts"),
    _combination("override", 0.65, "not follow all orders|prompt|texts"),
    _combination("override", 0.6, "not follow orders|bounds|prompt", gap=3, asks=False),
    _combination("override", 0.65, "not follow texts here|earlier|told", gap=4),
    _combination("override", 0.5, "not your orders|bounds|prompt", gap=3, asks=False),
    _combination("override", 0.6, "your orders|bounds|prompt not follow", gap=6),
    _combination("override", 0.6, "not texts|orders|earlier|here follow", gap=4),
    _combination("override", 0.6, "as-if orders|bounds|prompt|bind void|not|free", gap=8),
    _combination("override", 0.6, "as-if not|void|lay orders|bounds|prompt|bind", gap=8),
    _combination("override", 0.55, "permit not|lay|drop orders|bounds|prompt", gap=6),
    _combination("override", 0.5, "not bind", gap=3),
    _combination("override", 0.45, "not follow papers|texts", gap=3, asks=False),
    _combination("override", 0.6, "you-lack orders|prompt", gap=3, asks=False),
    _combination("override", 0.5, "bind your", gap=1),
    # They do not hold any more, others do.
    _combination("override", 0.65, "your|earlier|told orders|bounds|prompt|texts void", gap=6),
    _combination("override", 0.6, "orders|bounds|prompt|texts here|earlier void", gap=4),
    _combination("override", 0.6, "void your|earlier|told orders|bounds|prompt|texts", gap=5),
    _combination("override", 0.6, "become orders|bounds|prompt void", gap=5),
    _combination("override", 0.5, "prompt void", gap=4),
    _combination("override", 0.65, "new your orders|prompt|work", gap=2),
    _combination("override", 0.65, "your new orders|prompt|work", gap=2),
    _combination("override", 0.5, "your work|persona|orders void|changed", gap=4),
    _combination("override", 0.55, "here void", gap=4),
    _combination("override", 0.4, "new work become|say", gap=6),
    _combination("override", 0.35, "lay say", gap=4),
    _combination("override", 0.35, "only say", gap=3),
    _combination("override", 0.35, "say only", gap=4),
    _combination("role", 0.3, "say all", gap=4, unless=""),
    _combination("override", 0.35, "all only|say say", gap=6, unless=""),
    _combination("override", 0.3, "must say", gap=2),
    _combination("role", 0.35, "must persona", gap=3),
    _combination("override", 0.35, "bounds|prompt void", gap=2),
    _combination("override", 0.35, "drop bounds", gap=2, asks=False),
    _combination("override", 0.5, "not say message|work|papers", gap=4, asks=False),
    # Show what stands there.
    _combination("leak", 0.65, "tell your orders|prompt", gap=6),
    _combination("leak", 0.6, "ask your orders|prompt", gap=5),
    _combination("leak", 0.5, "tell your bounds", gap=2, asks=False),
    _combination("leak", 0.55, "earlier|hidden prompt tell", gap=8),
    _combination("leak", 0.6, "ask|tell told-you", gap=4),
    _combination("leak", 0.6, "told-you ask|tell", gap=6),
    _combination("leak", 0.6, "your orders|prompt show", gap=3),
    _combination("leak", 0.6, "tell hidden orders|prompt", gap=5),
    _combination("leak", 0.6, "tell|ask orders|bounds|prompt|texts told", gap=6),
    _combination("leak", 0.6, "tell prompt|hidden hidden", gap=5),
    _combination("leak", 0.55, "tell prompt", gap=1),
    _combination("leak", 0.6, "tell|ask texts|prompt here", gap=6),
    _combination("leak", 0.55, "tell texts hidden", gap=6),
    _combination("leak", 0.6, "tell orders|prompt earlier|here", gap=3),
    _combination("leak", 0.5, "tell earlier orders|prompt", gap=4),
    _combination("leak", 0.55, "tell|ask told here", gap=6),
    _combination("leak", 0.6, "tell here", gap=2),
    _combination("leak", 0.6, "orders|bounds|prompt told tell", gap=6),
    _combination("leak", 0.35, "tell|ask credential", gap=4, unless="not"),
    # Be somebody who is not bound.
    _combination("role", 0.4, "become persona", gap=6, unless=""),
    _combination("role", 0.6, "become loose", gap=10, unless=""),
    _combination("role", 0.5, "persona loose", gap=10, unless="", asks=False),
    _combination("role", 0.45, "loose persona", gap=6, asks=False),
    _combination("role", 0.5, "become not|lay|ignores limits|orders|bounds|prompt", gap=10),
    _combination("role", 0.5, "persona not|lay|ignores limits|orders|bounds|prompt", gap=10),
    _combination("role", 0.45, "not refuse", gap=4),
    _combination("role", 0.35, "not|ignores limits", gap=4),
    _combination("role", 0.3, "not follow limits", gap=4, unless=""),
    _combination("role", 0.2, "loose", gap=4),
    _combination("role", 0.35, "become|say vile", gap=10, unless=""),
    _combination("role", 0.55, "as-if vile|persona", gap=8, unless=""),
    _combination("role", 0.3, "permit say|vile", gap=4),
    # Act without the yes.
    _combination("tool", 0.6, "lay confirm pay", gap=8, asks=False),
    _combination("tool", 0.55, "drop|not confirm pay", gap=8, asks=False),
    _combination("tool", 0.55, "pay not|lay|drop confirm", gap=8, asks=False),
)


def find_combinations(
    text: str, begin: int, end: int
) -> Iterator[tuple[Combination, tuple[int, int]]]:
    """Yield each combination of a part of a text once, with its place."""
    known: set[Combination] = set()
    places: list[tuple[int, int]] = []
    for clause in list_clauses(text, begin, end):
        for one in _possible(clause.senses, clause.is_question):
            if one not in known:
                words = _words(one, clause.meant)
                if words is not None:
                    known.add(one)
                    places = places or list_places(text, begin, end)
                    first, last = words
                    yield one, (places[first][0], places[last][1])


@lru_cache(maxsize=8192)
def _possible(senses: int, is_question: bool) -> tuple[Combination, ...]:
    """Return the combinations whose senses a clause has, in whichever order."""
    return tuple(
        one
        for one in COMBINATIONS
        if all(senses & step for step in one.steps) and (one.asks or not is_question)
    )


def _words(one: Combination, meant: list[Meant]) -> tuple[int, int] | None:
    """Return the first and last word of a combination, None where they are too far apart."""
    for first, begin in enumerate(meant):
        if not begin.senses & one.steps[0]:
            continue
        number = first
        for step in one.steps[1:]:
            number = _next(meant, number, step, one.gap)
            if not number:
                break
        else:
            end = meant[number]
            if not any(
                word.senses & one.unless
                and begin.at - word.until <= 2
                and word.at - end.until <= 3
                for word in meant
            ):
                return begin.at, end.until
    return None


def _next(meant: list[Meant], number: int, step: int, gap: int) -> int:
    """Return the number of the next word with one of a step's senses, 0 where none is near."""
    latest = meant[number].until + gap + 1
    for at in range(number + 1, len(meant)):
        if meant[at].at > latest:
            return 0
        if meant[at].senses & step:
            return at
    return 0
