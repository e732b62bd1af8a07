"""How much a text looks like an order to the assistant against those who run it.

The score is one signal for others to weigh. It is never what keeps anything safe: that is done
by rights, by confirmations from the database, and by what a model's answer may do at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from bot.guards.combinations import Combination, find_combinations
from bot.guards.findings import Finding
from bot.guards.folding import Reading, list_readings
from bot.guards.personas import Trait, find_traits
from bot.guards.signals import Signal
from bot.guards.signals_hints import HINTS
from bot.guards.signals_languages import LANGUAGES
from bot.guards.signals_leak import LEAK
from bot.guards.signals_override import OVERRIDE
from bot.guards.signals_role import ROLE
from bot.guards.signals_stored import STORED
from bot.guards.signals_tool import TOOL

Sign = Signal | Combination | Trait
SIGNALS: Final = (*OVERRIDE, *LEAK, *ROLE, *TOOL, *STORED, *LANGUAGES, *HINTS)
_WORD: Final = re.compile(r"[^\W_]+")
_ANYWHERE: Final = tuple(signal for signal in SIGNALS if not signal.starts)


_STARTS: Final = tuple((start, signal) for signal in SIGNALS for start in signal.starts)


@lru_cache(maxsize=16384)
def _signals_at(word: str) -> tuple[tuple[str, Signal], ...]:
    """Return what may begin with a word; a start may go on behind it."""
    return tuple(
        (start, signal)
        for start, signal in _STARTS
        if word.startswith(start)
        or (start.startswith(word) and not start[len(word) : len(word) + 1].isalnum())
    )


# From here on a text is reported.
LEAST_SCORE: Final = 0.5
# Whoever hides words has a reason to.
_HIDDEN: Final = 0.35
_MOST: Final = 0.99
# What is so sure is not read in other ways too.
_ENOUGH: Final = 0.9
# What weighs less only counts together with others.
_HINT: Final = 0.4


def find_injections(text: str) -> list[Finding]:
    """Return one finding for each type of sign, all with the score of the text.

    Nothing is returned below `LEAST_SCORE`. Signs count once, in whichever reading they show.
    """
    found: dict[Sign, tuple[int, int]] = {}
    hidden = 0
    score = 0.0
    for reading in list_readings(text):
        new: dict[Sign, tuple[int, int]] = {}
        for begin, end in reading.windows:
            new |= _signs(reading, begin, end, {**found, **new} if new else found)
        found |= new
        # A hint in what came in with a paste is no more than a hint.
        hidden += reading.is_hidden and any(sign.weight >= _HINT for sign in new)
        score = _total([*_apart(found), *[_HIDDEN] * hidden])
        if score >= _ENOUGH:
            break
    if score < LEAST_SCORE:
        return []
    # Hints are told only where there is nothing else to tell.
    told = {sign: place for sign, place in found.items() if sign.weight >= _HINT} or found
    return _longest_of_each(
        Finding("injection", sign.type, start, end, score) for sign, (start, end) in told.items()
    )


def _signs(
    reading: Reading, begin: int, end: int, known: Collection[Sign]
) -> dict[Sign, tuple[int, int]]:
    """Return the signs of a part of a reading that are not known yet, and where they stand."""
    text = reading.text
    matches: dict[Signal, re.Match[str]] = {}
    # Most words begin nothing, so that each is looked up once.
    begun = {
        word: signals
        for word in set(_WORD.findall(text, begin, end))
        if (signals := _signals_at(word))
    }
    for word in _WORD.finditer(text, begin, end) if begun else ():
        for start, signal in begun.get(word.group(), ()):
            if (
                signal not in matches
                and signal not in known
                and text.startswith(start, word.start())
            ):
                match = signal.pattern.match(text, word.start(), end)
                if match is not None:
                    matches[signal] = match
    for signal in _ANYWHERE:
        if signal not in known and _has_parts(signal, text):
            match = signal.pattern.search(text, begin, end)
            if match is not None:
                matches[signal] = match
    found: dict[Sign, tuple[int, int]] = {
        signal: reading.place_of(*match.span()) for signal, match in matches.items()
    }
    signs: tuple[tuple[Combination | Trait, tuple[int, int]], ...] = (
        *find_combinations(text, begin, end),
        *find_traits(text, begin, end),
    )
    for one, place in signs:
        if one not in known:
            found[one] = reading.place_of(*place)
    return found


def _has_parts(signal: Signal, text: str) -> bool:
    """Tell whether a text has one of each of a signal's parts. Runs often, hence the loops."""
    for group in signal.parts:
        for part in group:
            if part in text:
                break
        else:
            return False
    return True


def _apart(found: dict[Sign, tuple[int, int]]) -> Iterator[float]:
    """Yield the weights of signs that do not say the same of the same words.

    Of combinations that share words with a sign of their type only the heaviest counts, for they
    are several ways of seeing one thing.
    """
    heaviest: dict[str, list[tuple[int, int]]] = {}
    for sign, (start, end) in sorted(found.items(), key=lambda item: -item[0].weight):
        places = heaviest.setdefault(sign.type, [])
        if isinstance(sign, Combination) and any(
            start < until and begin < end for begin, until in places
        ):
            continue
        places.append((start, end))
        yield sign.weight


def _total(weights: Iterable[float]) -> float:
    """Add up chances that are taken to be independent of each other."""
    return round(min(1.0 - math.prod(1.0 - weight for weight in weights), _MOST), 2)


def _longest_of_each(findings: Iterable[Finding]) -> list[Finding]:
    kept: dict[str, Finding] = {}
    for found in findings:
        other = kept.get(found.type)
        if other is None or found.end - found.start > other.end - other.start:
            kept[found.type] = found
    return sorted(kept.values(), key=lambda found: found.start)
