"""Numbers that states and banks give to one person: accounts, cards, identities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from stdnum import iban, luhn
from stdnum.exceptions import ValidationError

from bot.guards.checks import Check
from bot.guards.findings import Finding
from bot.guards.identifier_checks import CHECKS
from bot.guards.identifier_checks_named import list_named
from bot.guards.nearby import is_amount, is_named

# Words with digits that stand together; only there is anything to find.
_ISLAND: Final = re.compile(
    r"[0-9][0-9A-Za-z]*+(?:[ ./:+()-]{1,3}[A-Za-z]{0,4}[0-9][0-9A-Za-z]*+)*+"
    r"(?:[ -][A-Za-z]{1,3}(?![A-Za-z]))?"
)
# As many letters and a gap stand before the first digit of a number, at most.
_LEADING: Final = 7
_FEWEST_DIGITS: Final = 4
_FEW_DIGITS: Final = 2
_IBAN: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])"
)
# IBAN registry of SWIFT: a country's letters and the length.
_IBAN_LENGTHS: Final = {
    entry[:2]: int(entry[2:])
    for entry in [
        "AD24", "AE23", "AL28", "AT20", "AZ28", "BA20", "BE16", "BG22", "BH22", "BI27", "BR29",
        "BY28", "CH21", "CR22", "CY28", "CZ24", "DE22", "DJ27", "DK18", "DO28", "EE20", "EG29",
        "ES24", "FI18", "FK18", "FO18", "FR27", "GB22", "GE22", "GI23", "GL18", "GR27", "GT28",
        "HN28", "HR21", "HU28", "IE22", "IL23", "IQ23", "IS26", "IT27", "JO30", "KW30", "KZ20",
        "LB28", "LC32", "LI21", "LT20", "LU20", "LV21", "LY25", "MC27", "MD24", "ME22", "MK19",
        "MN20", "MR27", "MT31", "MU30", "NI28", "NL18", "NO15", "OM23", "PK24", "PL28", "PS29",
        "PT25", "QA29", "RO24", "RS22", "RU33", "SA24", "SC31", "SD18", "SE24", "SI19", "SK24",
        "SM27", "SO23", "ST25", "SV28", "TL23", "TN24", "TR26", "UA29", "VA22", "VG24", "XK20",
        "YE30",
    ]
}  # fmt: skip
_CARD: Final = re.compile(r"(?<![\w.+-])[0-9](?:[ -]?[0-9]){11,18}(?![\w-])(?![.,][0-9])")
# First digits that issuers have: Visa, Mastercard, Amex, Diners, Discover, JCB, Maestro, UnionPay.
_ISSUER: Final = re.compile(r"4|5[0-9]|2(?:2[2-9]|[3-6]|7[01]|720|131)|1800|3[04-9]|6")


def find_identifiers(text: str) -> Iterator[Finding]:
    """Yield accounts, cards and numbers of persons."""
    yield from _find_ibans(text)
    for match in _CARD.finditer(text):
        digits = re.sub("[ -]", "", match.group())
        if _ISSUER.match(digits) and len(set(digits)) > 1 and luhn.is_valid(digits):
            yield Finding("pii", "card", match.start(), match.end(), 0.9)
    checks: list[Check] = []
    for island in _ISLAND.finditer(text):
        count = sum(map(str.isdigit, island.group()))
        if count >= _FEWEST_DIGITS:
            checks = checks or [*CHECKS, *list_named(text)]
            begin, end = max(island.start() - _LEADING, 0), island.end()
            yield from _find_checked(text, begin, end, count, checks)


def _find_checked(
    text: str, begin: int, until: int, digits: int, checks: Iterable[Check]
) -> Iterator[Finding]:
    for check in checks:
        if digits < check.digits:
            continue
        end = begin
        # Most are nowhere in it: to ask for the first is less than to go through all. Two more
        # characters, for what may not stand behind a number.
        while match := check.pattern.search(text, end, until + 2):
            start, end = match.span()
            if not check.is_valid(match.group()):
                continue
            if is_named(text, start, end, check.names):
                yield Finding("pii", check.type, start, end, 0.95)
            elif check.bare and not is_amount(text, start, end) and _varies(match.group()):
                yield Finding("pii", check.type, start, end, check.bare)


def _varies(number: str) -> bool:
    """Tell whether a number has more than a digit or two, which nobody's has by chance."""
    return len(set(filter(str.isdigit, number))) > _FEW_DIGITS


def _find_ibans(text: str) -> Iterator[Finding]:
    at = 0
    while (match := _IBAN.search(text, at)) is not None:
        at = match.start() + 2
        # What follows in capitals may be the next word: the country says how long it is.
        ends = [one.end() for one in re.finditer("[A-Z0-9]", match.group())]
        length = _IBAN_LENGTHS.get(match.group()[:2], 0)
        if not length or len(ends) < length:
            continue
        end = match.start() + ends[length - 1]
        compact = re.sub("[ -]", "", text[match.start() : end])
        is_whole = not text[end : end + 1].isalnum()
        if is_whole and _is_mod_97(compact) and _is_iban(compact):
            yield Finding("pii", "iban", match.start(), end, 0.95)
            at = end


def _is_mod_97(compact: str) -> bool:
    """Check the two digits, which is cheaper than all that the country asks for."""
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _is_iban(compact: str) -> bool:
    """Check a number's form; some countries' own check digits are left out by their banks."""
    try:
        iban.validate(compact, check_country=False)
    except ValidationError:
        return False
    return True
