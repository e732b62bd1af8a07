"""How much a role may do at a time: "let leads approve up to 500"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.access import AmountPermission, Role
from bot.actions.rights import SetRoleLimit
from bot.economy.money import from_decimal
from intents.extract.letters import fold, words
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.people import role_of
from intents.rules.slots import ask, with_amount
from intents.sentence import Sentence

# "finance did approve 500" is news, "finance may approve 500" a right.
_MAY: Final = frozenset(words("may can could should must might shall puede pueden podra podran"))
_NUMBER: Final = re.compile(r"\d+$", re.ASCII)
_RAISES: Final = frozenset({"raise", "give"})


def names_right(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of what some role may do."""
    text = fold(sentence.text).replace("?", " ").split()
    return (
        any(sign[0] == "K" and len(sign) > 2 for sign in sentence.signs)
        and _deed(sentence) is not None
        and not _MAY.isdisjoint(text)
    )


def set_limit(found: Found) -> Outcome:
    """Bound what a role may do at a time."""
    return _changed(found, is_bounded=True)


def set_limit_by_may(found: Found) -> Outcome:
    """Bound it where the sentence says what may be, and not what was."""
    if not names_right(found.sentence):
        return ask(found.sentence, "not_understood", near=("set_role_limit",))
    return _changed(found, is_bounded=True)


def remove_limit(found: Found) -> Outcome:
    """Take the bound away."""
    return _changed(found, is_bounded=False)


def _changed(found: Found, *, is_bounded: bool) -> Outcome:
    role, permission = role_of(found), _deed(found.sentence)
    if permission is None:
        return ask(found.sentence, "not_understood", near=("set_role_limit",))
    if role is None:
        return ask(found.sentence, "which_role")
    if not is_bounded:
        return SetRoleLimit(role=role, permission=permission)
    return _bounded(found, role, permission)


def _bounded(found: Found, role: Role, permission: AmountPermission) -> Outcome:
    year = found.piece("u1")
    if year is not None:
        # "hasta 2000" is read as a year elsewhere, but a right has no end.
        number = _NUMBER.search(found.sentence.text[year.start : year.end])
        nanos = None if number is None else from_decimal(Decimal(number.group()))
        if not nanos:
            return ask(found.sentence, "which_amount")
        return SetRoleLimit(role=role, permission=permission, amount_nanos=nanos)
    return with_amount(
        found,
        "a1",
        lambda nanos: SetRoleLimit(role=role, permission=permission, amount_nanos=nanos),
    )


def _deed(sentence: Sentence) -> AmountPermission | None:
    signs = [piece.sign for piece in sentence.pieces]
    if "approve" in signs or "request" in signs:
        return "request.decide"
    if "move" in signs:
        return "budget.move"
    for at, sign in enumerate(signs):
        if sign in _RAISES:
            return "wallet.limit" if "limit" in signs[at:] else "budget.raise"
    return None


_DEED: Final = "(approve|move|raise|give) [request|budget|limit]"
_CAN: Final = "(aux|polite|mayspend) [to]"
_UP_TO: Final = "[to|in|by|at|of|~hasta] (A|U)"


def _table(phrasings: str) -> str:
    return phrasings.replace("{deed}", _DEED).replace("{can}", _CAN).replace("{up to}", _UP_TO)


RULES: Final = (
    *rows(
        set_limit,
        _table(
            """
            let K {deed} {up to}
            notlet K {deed} more (~than|as|of|what) A
            limit [it] [what|howmuch] K {can} {deed} (to|in|at) A
            limit (to|in|at) A [it] (what|howmuch) {can} {deed} K
            limit (to|in|at) A [it] (what|howmuch) K {can} {deed}
            limit K [request] [to|in|at] A
            set [it] (what|howmuch) K {can} {deed} (to|in|at) A
            set [it] (what|howmuch) {can} {deed} K (to|in|at) A
            set (to|in|at) A [it] (what|howmuch) {can} {deed} K
            set (to|in|at) A [it] (what|howmuch) K {can} {deed}
            set [new] (request|approve|move) limit (of|for|to) K (to|in|at) A
            """
        ),
    ),
    *rows(
        set_limit_by_may,
        _table(
            """
            K {can} {deed} {up to}
            K {can} not {deed} more (~than|as|of|what) A
            K not {can} {deed} more (~than|as|of|what) A
            """
        ),
    ),
    *rows(
        remove_limit,
        _table(
            """
            (remove|take) limit (of|in|for|to) [it] [what|howmuch] K {can} {deed}
            (remove|take) limit (of|in|for|to) [it] [what|howmuch] {can} {deed} K
            (remove|take) (request|approve|move) limit (of|for|in|from|to) K
            let K {deed} (unlimited|not limit|what [~amount])
            K {can} {deed} (unlimited|not limit|what ~amount)
            """
        ),
    ),
)
