"""Numbers written out, English and Spanish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.planning import Language
from intents.extract.letters import words

_EN_ONES: Final = {
    word: n
    for n, word in enumerate(words("one two three four five six seven eight nine"), start=1)
}
_EN_TEENS: Final = {
    word: n
    for n, word in enumerate(
        words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        start=10,
    )
}
_EN_TENS: Final = {
    word: n * 10
    for n, word in enumerate(
        words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
} | {"fourty": 40}
_ES_ONES: Final = {
    word: n
    for n, word in enumerate(words("uno dos tres cuatro cinco seis siete ocho nueve"), start=1)
} | {"un": 1, "una": 1}
_ES_TEENS: Final = {
    word: n
    for n, word in enumerate(
        words(
            "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte "
            "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
            "veintiocho veintinueve"
        ),
        start=10,
    )
} | {"veintiun": 21, "veintiuna": 21}
_ES_TENS: Final = {
    word: n * 10
    for n, word in enumerate(
        words("treinta cuarenta cincuenta sesenta setenta ochenta noventa"), start=3
    )
}
_ES_HUNDREDS: Final = {
    f"{stem}{end}": n * 100
    for n, stem in {
        2: "doscient", 3: "trescient", 4: "cuatrocient", 5: "quinient", 6: "seiscient",
        7: "setecient", 8: "ochocient", 9: "novecient",
    }.items()
    for end in ("os", "as")
} | {"cien": 100, "ciento": 100}  # fmt: skip

SCALES: Final[dict[Language, dict[str, int]]] = {
    "en": {
        "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
        "trillion": 10**12, "millions": 10**6, "billions": 10**9,
        "trillions": 10**12,
    },
    # A Spanish "billón" is a million millions.
    "es": {
        "mil": 10**3, "millon": 10**6, "millones": 10**6, "millardo": 10**9,
        "millardos": 10**9, "billon": 10**12, "billones": 10**12,
    },
}  # fmt: skip

_ONES: Final = {"en": _EN_ONES, "es": _ES_ONES}
_TEENS: Final = {"en": _EN_TEENS, "es": _ES_TEENS}
_TENS: Final = {"en": _EN_TENS, "es": _ES_TENS}
STARTERS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(_EN_ONES) | frozenset(_EN_TEENS) | frozenset(_EN_TENS) | {"a"},
    "es": frozenset(_ES_ONES)
    | frozenset(_ES_TEENS)
    | frozenset(_ES_TENS)
    | frozenset(_ES_HUNDREDS)
    | {"mil"},
}


def read_below_hundred(
    words: Sequence[str], at: int, language: Language
) -> tuple[int, int] | None:
    """Read 1 to 99 at `at`; (index after it, value)."""
    word = words[at] if at < len(words) else ""
    if (value := _TEENS[language].get(word) or _ONES[language].get(word)) is not None:
        return at + 1, value
    tens = _TENS[language].get(word)
    if tens is None:
        return None
    after = at + 1
    if after < len(words) and words[after] == ("-" if language == "en" else "y"):
        after += 1
    ones = _ONES[language].get(words[after]) if after < len(words) else None
    if ones is not None and (language == "en" or after == at + 2):
        return after + 1, tens + ones
    return at + 1, tens


def read_number(words: Sequence[str], at: int, language: Language) -> tuple[int, int] | None:
    """Read the longest whole number that is written out at `at`.

    `words` are folded words and punctuation, a hyphen being a word of its own.

    Returns:
        The index after the number and its value, None when none starts here.
    """
    return (_read_english if language == "en" else _read_spanish)(words, at)


def _read_english(words: Sequence[str], at: int) -> tuple[int, int] | None:
    scales = SCALES["en"]
    total, limit, end, i = 0, 10**15, at, at
    while (read := _english_group(words, i, may_be_a=i == at)) is not None:
        after, group = read
        scale = scales.get(words[after], 1) if after < len(words) else 1
        # What stands after a scale is smaller than it: "two thousand five million" is two numbers.
        if scale >= limit or group >= limit:
            break
        total += group * scale
        end = after + (scale > 1)
        if scale == 1:
            break
        limit = scale
        i = end + (end < len(words) and words[end] == "and")
    return (end, total) if end > at else None


def _english_group(words: Sequence[str], at: int, *, may_be_a: bool) -> tuple[int, int] | None:
    if may_be_a and words[at] == "a":
        if at + 1 == len(words) or words[at + 1] not in SCALES["en"]:
            return None
        i, group = at + 1, 1
    elif (below := read_below_hundred(words, at, "en")) is not None:
        i, group = below
    else:
        return None
    if i == len(words) or words[i] != "hundred":
        return i, group
    i, group = i + 1, group * 100
    rest = i + (i < len(words) and words[i] == "and")
    below = read_below_hundred(words, rest, "en")
    return (below[0], group + below[1]) if below else (i, group)


def _read_spanish(words: Sequence[str], at: int) -> tuple[int, int] | None:
    scales = SCALES["es"]
    total, thousands, group, limit, i = 0, 0, 0, 10**15, at
    fresh = True
    while i < len(words):
        word = words[i]
        if word == "mil" and not thousands:
            thousands, group, fresh = (group or 1) * 1000, 0, True
        elif word in scales and word != "mil":
            scale = scales[word]
            if scale >= limit or not (thousands + group):
                break
            total, thousands, group, limit = total + (thousands + group) * scale, 0, 0, scale
            fresh = True
        elif fresh and (read := _spanish_group(words, i)) is not None:
            i, group = read[0] - 1, read[1]
            fresh = False
        else:
            break
        i += 1
    return (i, total + thousands + group) if i > at else None


def _spanish_group(words: Sequence[str], at: int) -> tuple[int, int] | None:
    hundreds = _ES_HUNDREDS.get(words[at])
    if hundreds is None:
        return read_below_hundred(words, at, "es")
    below = read_below_hundred(words, at + 1, "es") if words[at] != "cien" else None
    return (below[0], hundreds + below[1]) if below else (at + 1, hundreds)
