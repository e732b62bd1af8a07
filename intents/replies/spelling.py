"""Mend how a word of an answer is spelled, where it can only be a word of consent."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from intents.extract.letters import words_of
from intents.replies.no_words import BLOCKERS, QUESTION_START
from intents.replies.yes_words import FILLER, NEUTRAL_EN, NEUTRAL_ES, YES

_KNOWN = YES | BLOCKERS | FILLER | NEUTRAL_EN | NEUTRAL_ES | QUESTION_START
_RUNS = re.compile(r"(.)\1{2,}")
_DOUBLES = re.compile(r"(.)\1+")


def spelled(word: str) -> str:
    """Spell a folded word as the tables spell it, as far as it is known for certain."""
    if word in _KNOWN or not word.isalpha() or len(word) < 2:
        return word
    for shorter in (_RUNS.sub(r"\1\1", word), _RUNS.sub(r"\1", word), _DOUBLES.sub(r"\1", word)):
        if shorter in _KNOWN:
            return shorter
    parts = _unrun(word) if len(word) >= 6 else None
    if parts:
        return parts
    return _respelled(word) if len(word) >= 4 else word


_RUN_HEADS = words_of(
    "thank thanks looks sounds yes yeah ok okay thats its go all very so works many im iam this "
    "that muy esta todo por please sure do perfect great good"
)
_RUN_TAILS = YES | words_of(
    "you u is for me it that so much please ahead thanks thank gracias favor good great fine"
)
_NO_RUNS = words_of("goodness yesterday")


@lru_cache(maxsize=4096)
def _unrun(word: str) -> str | None:
    """Part two words of consent that were typed as one: "thankyou", "looksgood"."""
    if word in _NO_RUNS:
        return None
    for head in sorted(_RUN_HEADS):
        if word.startswith(head) and word[len(head) :] in _RUN_TAILS and len(word) - len(head) > 1:
            return f"{head} {word[len(head) :]}"
    return None


@lru_cache(maxsize=4096)
def _respelled(word: str) -> str:
    """Mend one slip in a word of consent; first letters are left alone, and in short words last.

    A word grown from one of consent, "correctness" or "agreeing", counts as that word.
    """
    grown = _GROWN.fullmatch(word)
    if grown:
        return next(one for one in grown.groups() if one)
    if len(word) < 7:
        if word in _NO_SLIPS:
            return word
        for known in _SHORT_YES:
            if (word[0], word[-1]) == (known[0], known[-1]) and (
                OSA.distance(word, known, score_cutoff=1) <= 1
            ):
                return known
        return word
    for known in _LONG_YES:
        if word[0] == known[0] and OSA.distance(word, known, score_cutoff=1) <= 1:
            return known
    return word


_GROWN = re.compile(
    r"(affirm|confirm|agree|approve|correct|perfect)(?:ed|d|ing|ation|ative|atively|ly|ness|s|"
    r"able|o|"
    r"edly|ment)"
)
_SHORT_YES = ("right", "good", "great", "fine", "sure", "nice", "okay", "works", "sounds", "looks")
# Words of their own, one letter from those.
_NO_SLIPS = words_of(
    "food gold god goods goof grad ground greet groat grant treat fire five file find fee fie "
    "fane fate fare face finer nine niece nave sore size safe side same site sue share shore "
    "score coil words worlds worms world worse works sound rights oily only oval lots locks "
    "books looms loops loos soups sands sinks seconds shunds rigged ripet reght nighr fade "
    "fame fake fence gold glad grid grand gird guard gnat grea sire sane sale save spare "
    "scare stare snare sugar nape name none note node nude once nerve locus looky lock links"
)


@lru_cache(maxsize=8192)
def is_slip_of(word: str, words: frozenset[str]) -> bool:
    """Whether a long word is one slip away from one of the words, first letter kept."""
    return len(word) >= 7 and any(
        known[:1] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1
        for known in words
        if len(known) >= 6 and known.isalpha()
    )


_LONG_YES = tuple(sorted(word for word in YES if len(word) >= 7 and "_" not in word))
