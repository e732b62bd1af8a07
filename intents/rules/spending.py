"""What people ask about money spent: how much, on what, by whom, and who spends most."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.actions.base import ActionCall
from bot.actions.spend import ShowSpend, ShowTopSpenders, SpendBy
from bot.ids import PrincipalId, WalletId
from bot.planning import Choice, Question
from intents.names import Named
from intents.rules.asked import Asked, Read
from intents.rules.slots import ask
from intents.sentence import Piece


def spend_by(a: Asked) -> SpendBy | None:
    """Return what spend is to be told apart by, None where nothing is said."""
    after = {"by", "each", "what", "of", "for", "in", "and"}
    for at, sign in enumerate(a.row):
        before = a.row[at - 1] if at else ""
        two = a.row[at - 2] if at > 1 else ""
        near = before in after or two == "each"
        if sign in {"model", "models"} and (near or a.any("top", "each")):
            return "model"
        if sign in {"person", "people"} and near:
            return "person"
        if sign in {"team", "teams", "project", "projects", "wallet", "wallets"} and (
            near or sign.endswith("s") or a.any("top")
        ):
            return "wallet"
        if sign in {"day", "Vday"} and (near or sign == "Vday"):
            return "day"
        if sign in {"month", "Vmonth"} and (before in {"by", "each"} or sign == "Vmonth"):
            return "month"
    if a.any("model") and not a.any("M"):
        return "model"
    if a.any("each"):
        return "wallet"
    return None


def find_spend(a: Asked) -> Read | None:
    """Return what was asked about spend, by wallet, person, model or day."""
    models = [p.value for p in a.sentence.slots("M") if isinstance(p.value, tuple)]
    by = spend_by(a)
    ours = (
        a.names
        or models
        or a.any("budget", "company", "wallet", "team", "project", "wallets", "teams", "projects")
        or by
    )
    if not a.any("spend"):
        if (
            not (a.any("top") and a.any("model"))
            and not (a.any("where") and a.any("budget") and not a.names)
            and not (models and (a.any("howmuch") or len(a.row) <= 3))
            and not (
                by
                and not a.any("balance")
                and a.unknown == 0
                and len(a.row) <= 6
                and a.any("by", "each")
            )
        ):
            return None
    elif a.any("balance", "mayspend") and not a.any("T"):
        return None
    if a.unknown > (4 if ours else 1) or (a.unknown and not ours and not a.asks):
        return None
    model = models[0][0] if models and len(models[0]) == 1 else None
    if models and model is None and by is None:
        by = "model"
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    from_on, until_on = days
    confidence = 0.95 if a.unknown == 0 else 0.8

    def make(wallet_id: WalletId | None, person_id: PrincipalId | None = None) -> ActionCall:
        return ShowSpend(
            wallet_id=wallet_id,
            person_id=person_id,
            model=model,
            by=by,
            from_on=from_on,
            until_on=until_on,
        )

    people = [p for p in a.names if isinstance(p.value, Named) and p.value.people]
    if people:
        return _of_people(a, people, make, confidence)
    if not a.names and not a.any("budget", "company", "wallet") and _is_singular(a):
        speaker = a.sentence.context.speaker_id
        if speaker is not None:
            return Read((make(None, speaker),), confidence)
    return a.on_wallets(make, confidence)


_SINGULAR: Final = re.compile(
    r"\b(?:i|i've|my|yo|he gastado|he consumido|he usado|llevo gastado|llevo|gasté|mi|mis)\b"
)


def _is_singular(a: Asked) -> bool:
    return _SINGULAR.search(a.sentence.text.lower()) is not None


def _of_people(
    a: Asked,
    people: list[Piece],
    make: Callable[[WalletId | None, PrincipalId | None], ActionCall],
    confidence: float,
) -> Read:
    others = [
        p.value.wallet_id for p in a.names if isinstance(p.value, Named) and not p.value.people
    ]
    where = others[0] if others else None
    calls: list[ActionCall] = []
    for piece in people:
        named = piece.value
        if not isinstance(named, Named):
            continue
        if named.person_id is None:
            choices = [Choice(one.name, (make(where, one.id),)) for one in named.people]
            given = a.sentence.text[piece.start : piece.end]
            return Read(ask(a.sentence, "which_person", given=given, choices=choices), 0.5)
        calls.append(make(where, named.person_id))
    return Read(tuple(dict.fromkeys(calls)), confidence)


# "top -5" and "top 500": from 1 to 20 are shown.
_ODD_COUNT: Final = re.compile(
    r"\btop (-\s?\d+|0+|2[1-9]|[3-9]\d|\d{3,}|\d+[.,]\d+)(?![\w./:-])(?! [a-z]{3,}ber\b)",
    re.IGNORECASE | re.ASCII,
)


def find_top(a: Asked) -> Read | None:
    """Return who spends most, where that is asked."""
    spends = a.any("spend", "budget")
    if not (
        a.any("spender")
        or (
            a.any("who")
            and spends
            and not a.any("R", "approve")
            and (a.any("top", "more") or a.asks)
        )
        or (a.any("top") and a.any("people", "person") and a.unknown == 0)
        or (a.any("top") and spends and a.count() is not None)
    ):
        return None
    if a.any("model", "M") or (a.any("who") and a.any("approve", "binds", "role", "past")):
        return None
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    odd = _ODD_COUNT.search(a.sentence.text)
    if odd is not None:
        return Read(Question("which_count", text=a.sentence.text, given=odd[1]), 0.5)
    count = a.count() or 5
    return a.on_wallets(
        lambda w: ShowTopSpenders(wallet_id=w, from_on=days[0], until_on=days[1], count=count),
        0.9,
        default=False,
    )


def find_days_spend(a: Asked) -> Read:
    """Return the spend of the days that a follow-up names."""
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    return a.on_wallets(lambda w: ShowSpend(wallet_id=w, from_on=days[0], until_on=days[1]), 0.75)
