"""Tell what an edit names and cannot be taken: an amount that is none, a day that is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.planning import Language, QuestionCode
from intents.extract.money import Amount, find_amounts
from intents.extract.periods import Until, find_until
from intents.replies.text import Asked
from intents.rules.slots import nanos_of

Unclear = tuple[QuestionCode, str]
_AMOUNTS: Final = frozenset({"amount_nanos", "limit_nanos"})
_MOST_GIVEN: Final = 60
# "Not 200 but 250": what the first number says is taken back.
NOT_THIS: Final = re.compile(
    r"\b(?:not|no|en vez de|instead of|rather than) [$€£]?\d[\d.,]*[$€£]?[,;]?\s+"
    r"(?=(?:but |sino )?[$€£]?\d)",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(r"\d[\d.,]*\s?(?:%|per ?cent\b|por ciento\b)", re.IGNORECASE)
_SIGN: Final = re.compile(r"(?:[-−–+±]\s?|\b(?:minus|negative|menos)\s+)$", re.IGNORECASE)
# A number by itself that is no amount: too fine, or with an exponent.
_NUMBER: Final = re.compile(
    r"(?<![\w#.,:/-])[-−+]?[$€£]?\d[\d.,]*(?:e\d+)?(?![\w:/-])", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|hasta)\s+(?:el |la |the )?(?P<day>[^.!?;,\n]+)", re.IGNORECASE
)


def find_unclear(
    text: str, asked: Asked, *, language: Language | None, today: date | None
) -> Unclear | None:
    """Return what must be asked about before an edit of one of our drafts, and what was typed.

    None where all that is named can be taken.
    """
    until = None
    if "until_on" in asked.draft and today is not None:
        until = _read_until(text, language, today)
        if isinstance(until, str):
            return "which_date", until[:_MOST_GIVEN]
    if _AMOUNTS.isdisjoint(asked.draft):
        return None
    given = _find_no_amount(NOT_THIS.sub("", text), asked, until, language)
    return ("which_amount", given[:_MOST_GIVEN]) if given else None


def _read_until(text: str, language: Language | None, today: date) -> Until | str | None:
    """Return the day that is named; what was typed where it is none; None if none is named."""
    for spoken in dict.fromkeys((language, "en", "es")):
        until = find_until(text, today=today, language=spoken)
        if isinstance(until, Until):
            return until
        if until is not None:
            return text[until.start : until.end]
    named = _UNTIL.search(text)
    return named["day"].strip() if named else None


def _find_no_amount(
    text: str, asked: Asked, until: Until | str | None, language: Language | None
) -> str:
    share = _SHARE.search(text)
    if share:
        return share[0]
    amounts = find_amounts(text, language=language)
    if amounts.ambiguous:
        first = amounts.ambiguous[0]
        sign = _SIGN.search(text[: first.start])
        return text[sign.start() if sign else first.start : first.end]
    for amount in amounts.found:
        if nanos_of(amount) is None:
            return text[amount.start : amount.end]
    new = _new(amounts.found, asked)
    if len(new) > 1:
        return text[new[0].start : new[-1].end]
    number = None if amounts.found or isinstance(until, Until) else _NUMBER.search(text)
    return number[0] if number else ""


def _new(found: tuple[Amount, ...], asked: Asked) -> list[Amount]:
    """Return the amounts that do not stand in the draft already."""
    return [amount for amount in found if amount.value.normalize() not in asked.numbers]
