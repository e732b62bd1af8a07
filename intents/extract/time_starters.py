"""Which words can begin a time, and which must be there for any time to be said.

Most sentences hold no time at all; these sets let the readers pass over them quickly.
"""

from __future__ import annotations

from typing import Final

from bot.planning import Language
from intents.extract.calendar_words import TABLES
from intents.extract.holidays import HOLIDAYS
from intents.extract.letters import words
from intents.extract.number_words import STARTERS as NUMBERS
from intents.extract.time_tokens import Token

# Phrases for the present moment, and for the end of a day.
NOW: Final[dict[Language, tuple[tuple[str, ...], ...]]] = {
    "en": (("right", "now"), ("at", "this", "time"), ("at", "the", "moment"),
           ("at", "this", "moment"), ("at", "present"), ("just", "now"), ("now",)),
    "es": (("ahora", "mismo"), ("en", "este", "momento"), ("en", "este", "instante"),
           ("justo", "ahora"), ("ahora",)),
}  # fmt: skip
DAY_ENDS: Final[dict[Language, tuple[tuple[str, ...], ...]]] = {
    "en": (("end", "of", "the", "day"), ("end", "of", "day"), ("eod",), ("close", "of", "day")),
    "es": (("final", "del", "dia"), ("fin", "del", "dia"), ("fin", "de", "dia"),
           ("final", "de", "dia"), ("ultima", "hora")),
}  # fmt: skip

_CORE_WORDS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(words(
        "tonight tonite noon noonish noontime midday midnight now moment time present eod end "
        "weekend quarter mtd ytd qtd wtd"
    )),
    "es": frozenset(words(
        "mediodia medianoche anoche ahora momento instante final fin trimestre ultima"
    )),
}  # fmt: skip
_LEADING_WORDS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(words(
        "from since between during in for of on by half quarter a an upcoming following current "
        "previous trailing right just close"
    )),
    "es": frozenset(words(
        "desde entre durante en de del al dentro hace antes cerca alrededor sobre hacia justo "
        "ultimos ultimas pasados pasadas proximos proximas actual media para por"
    )),
}  # fmt: skip


def _core(language: Language) -> frozenset[str]:
    t = TABLES[language]
    numbers = NUMBERS[language] - {"a", "un", "una", "one", "uno"}
    named = {word for rows in HOLIDAYS[language].values() for parts, _ in rows for word in parts}
    plain = {"de", "del", "la", "los", "all", "day", "new", "good", "todos", "the", "black"}
    return frozenset(
        {*t.months, *t.weekdays, *t.units, *t.days, *t.parts, *t.ordinals, *numbers, *named}
        - plain
        | _CORE_WORDS[language]
        | {"day", "days"}
    )


_CORE: Final = {"en": _core("en"), "es": _core("es")}


def _starters(language: Language) -> frozenset[str]:
    t = TABLES[language]
    phrases = {phrase[0] for phrase in (*NOW[language], *DAY_ENDS[language])}
    more = {*t.after_rels, *t.the, *t.at, *t.every, *HOLIDAYS[language], *NUMBERS[language]}
    return _CORE[language] | phrases | more | _LEADING_WORDS[language]


_STARTERS: Final = {"en": _starters("en"), "es": _starters("es")}


def starts(token: Token, language: Language) -> bool:
    """Whether a time can begin with this token."""
    if token.kind in "wp":
        return token.text.partition("'")[0] in _STARTERS[language]
    return token.kind != "m" and (token.kind != "x" or len(token.text) == 2)


def may_hold_time(tokens: list[Token], language: Language) -> bool:
    """Whether any token says something about time; False is certain."""
    core = _CORE[language]
    for at, token in enumerate(tokens):
        if token.kind in "wp":
            if token.text.partition("'")[0] in core:
                return True
            # "a la una" is an hour, "una" by itself a number or nothing.
            if token.text == "una" and at > 0 and tokens[at - 1].text == "la":
                return True
        elif token.kind != "m":
            return True
    return False
