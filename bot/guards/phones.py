"""Phone numbers: by their plus, their grouping, or the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from bot.guards.findings import Finding
from bot.guards.nearby import is_amount, is_named

# Where numbers without a country are tried. Others are found by their grouping or by a word.
_REGIONS: Final = ("ES", "GB", "FR", "US")
_EXTENSION: Final = r"\s{0,2}(?:x|ext\.?|extension|#)\s{0,2}[0-9]{1,6}"
_NUMBER: Final = re.compile(
    # A sign, a bracket or a digit, then digits with at most three signs between two of them.
    r"(?<![\w.@#$€£-])(?<![0-9][:/,'])(?:\(?\+\s?"
    r"|\()?[0-9](?:[ ()./\u00a0\u2011-]{0,3}[0-9]){6,18}"
    rf"(?:{_EXTENSION}|(?![\w€£$%@:]))(?![\w-])(?![.,][0-9])",
    re.IGNORECASE,
)
# A plus right behind a word: "is+45 12 34 56 78", "is(+45)12345678".
_PLUS: Final = re.compile(r"\(?\+[0-9](?:[ ()./-]{0,3}[0-9]){7,15}(?![\w])")
_WORDS: Final = re.compile(
    r"(?<![a-z])(?:phone|tel(?:[eé]fono|ephone|efon)?|t[eé]l[eé]phone|m[oó]vil|mobile"
    r"|cell(?:ular)?"
    r"|celular|handy(?:nummer)?|fax|call(?:ing)?|dial|whatsapp|sms|text(?:ing)?|ring|reach"
    r"|contact(?:o)?|ll[aá]m\w{1,8}|marca(?:r)?|messages? to|rufnummer|telefonnummer|hotline)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_NOT_ITS_NUMBER: Final = re.compile(r"(?:phone|call)[ -](?:bill|cost|plan|budget)", re.IGNORECASE)
_NANP: Final = re.compile(
    r"(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\)\s?|[2-9][0-9]{2}([ .-]))[2-9][0-9]{2}[ .-][0-9]{4}"
)
_GROUPS: Final = re.compile(r"[0-9]+")
_DATE: Final = re.compile(
    r"(?:[0-3]?[0-9]([./-])[01]?[0-9]\1(?:19|20)[0-9]{2}|(?:19"
    r"|20)[0-9]{2}([./-])[01][0-9]\2[0-3][0-9])"
    r"(?:[ T]{1,2}[0-9 ]*)?"
)


def find_phones(text: str) -> Iterator[Finding]:
    """Yield phone numbers with the sign or bracket that they begin with, and their extension."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        score = _score(text, start, end)
        if score:
            yield Finding("pii", "phone", start, end, score)
    if "+" in text:
        for match in _PLUS.finditer(text):
            if score := _international(match.group()):
                yield Finding("pii", "phone", match.start(), match.end(), score)


def _score(text: str, start: int, end: int) -> float:
    found = text[start:end]
    if found.startswith(("+", "(+")):
        return _international(found)
    if _DATE.match(found):
        return 0.0
    groups = _GROUPS.findall(found)
    digits = "".join(groups)
    if digits.startswith("00"):
        return _international("+" + digits[2:]) if digits[2:3] not in ("", "0") else 0.0
    is_named_one = is_named(text, start, end, _WORDS) and not _NOT_ITS_NUMBER.search(
        text, max(start - 40, 0), start
    )
    if is_named_one and 7 <= len(digits) <= 16:
        return 0.9
    if _NANP.match(found) is not None and len(digits) <= 17:
        return 0.8
    if is_amount(text, start, end) or not 9 <= len(digits) <= 12:
        return 0.0
    if len(groups) == 1:
        return 0.5 if digits[0] == "0" and _is_known(digits) else 0.0
    if digits[0] == "0" or found.startswith("("):
        return 0.7
    # Groups of three alone are how amounts are written too, except where a mobile begins.
    is_spanish = len(digits) == 9 and digits[0] in "6789" and len(groups[0]) in (2, 3)
    return 0.6 if is_spanish and "." not in found and "/" not in found else 0.0


def _international(found: str) -> float:
    """Score a number with its country: sure where the country's plan has it."""
    try:
        number = phonenumbers.parse(found, None)
    except phonenumbers.NumberParseException:
        # Too long for any plan, as numbers with an office's digits behind them are.
        return 0.5 if 9 <= sum(char.isdigit() for char in found) <= 18 else 0.0
    return 0.95 if phonenumbers.is_valid_number(number) else 0.7


def _is_known(digits: str) -> bool:
    """Tell whether a country's plan has this number."""
    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
