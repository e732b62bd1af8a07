"""Personal data with a form of its own: numbers and addresses that lead to one person.

Names and streets have no such form and are not looked for.
"""

from __future__ import annotations

from typing import Final

from bot.guards.addresses import find_addresses
from bot.guards.findings import Finding
from bot.guards.identifiers import find_identifiers
from bot.guards.phones import find_phones

_FEWEST_DIGITS: Final = 4


def find_personal_data(text: str) -> list[Finding]:
    """Return the personal data of a text, in no order; some may overlap."""
    found = list(find_addresses(text))
    # Most of what people write has no number that could be one.
    if sum(map(text.count, "0123456789")) >= _FEWEST_DIGITS:
        found += find_phones(text)
        found += find_identifiers(text)
    return found
