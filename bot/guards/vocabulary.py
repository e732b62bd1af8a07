"""Words by which a text is known to be words, when letters of it were changed for others."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Final

from bot.guards.senses import SENSES

_COMMON: Final = (
    "a i an and are as at be been but by can could did do does for from get had has have here how"
    " if in is it like made make me more must my now of on or our out please so some than that the"
    " their them then there they this to up us user was we were when where who why will with would"
    " about after again also because before being between come first good great hello help into"
    " know last long look love many money need new next number old one only open other over people"
    " question read right same should start still take them thing think today two under use very"
    " want way well word words work world year you your yes answer system prompt admin poem joke"
    " budget wallet account approve limit el la los las de en que y por para con un una es lo si"
    " del al me mi der die das und ist ich du nicht mit ein eine zu auf den wie was"
)
# Digits and signs that are written for letters, the likeliest letter first.
_LEET: Final = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
    "2": "z", "@": "a", "$": "s", "€": "e", "!": "il", "|": "li", "+": "t",
}  # fmt: skip
# A whole word, so that no piece of a key is taken for one.
_LEET_WORD: Final = re.compile(
    r"(?<![\w.:/@$!|+'-])(?=[a-z']{0,12}[\d@$€!|+])(?=[\d@$€!|+']{0,12}[^\W\d_])"
    r"[a-z\d@$€|+!']{2,16}(?<![!|+'])(?![\w@$])"
)
# Short words that are digits alone, "70 d0 17", where the words around are written so.
_DIGITS_ALONE: Final = re.compile(r"(?<![\w.,:/@$!|+'-])[\d@$]{2,4}(?![\w.,:/@$%-])")
_SURELY: Final = 3
_MOST_WAYS: Final = 16
_SHORTEST: Final = 4
_LONGEST: Final = 16

KNOWN: Final = frozenset(
    word.rstrip("*")
    for sense in SENSES
    for word in f"{sense.words} {sense.phrases}".replace("|", " ").split()
) | frozenset(_COMMON.split())


def count_known(text: str) -> int:
    """Return how many different words of a text in small letters are known."""
    return len(KNOWN.intersection(text.split()))


def without_leet(text: str) -> str | None:
    """Return a text of the same length with letters for digits, None where none seem meant.

    What is no word either way, such as a model's name or a reference, is left alone unless most
    words around are written so.
    """
    found = list(_LEET_WORD.finditer(text))
    if not found:
        return None
    letters = [_read(match.group()) for match in found]
    known = sum(word in KNOWN and len(word) >= _SHORTEST for word in letters)
    if not known:
        return None
    if known >= _SURELY:
        alone = [match for match in _DIGITS_ALONE.finditer(text) if _read(match.group()) in KNOWN]
        found = sorted([*found, *alone], key=lambda match: match.start())
        letters = [_read(match.group()) for match in found]
    out: list[str] = []
    at = 0
    for match, word in zip(found, letters, strict=True):
        out += (text[at : match.start()], word)
        at = match.end()
    return "".join(out) + text[at:]


def _read(word: str) -> str:
    """Return the known word that is meant, or the likeliest letters."""
    ways = product(*(_LEET.get(char, char) for char in word))
    first = ""
    for way in islice(ways, _MOST_WAYS):
        letters = "".join(way)
        if letters in KNOWN:
            return letters
        first = first or letters
    return first


def apart(written: str) -> str:
    """Return a run of letters as known words with blanks between, as it is where it is none.

    Longer words are taken first; what belongs to no word stays as it stands.
    """
    out: list[str] = []
    at = 0
    while at < len(written):
        for length in range(min(_LONGEST, len(written) - at), 0, -1):
            if written[at : at + length] in KNOWN:
                break
        out.append(written[at : at + length])
        at += length
    return " ".join(out)
