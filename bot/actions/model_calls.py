"""Why a model was asked, by what was kept with the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.actions.base import Receipt
from bot.economy.calls import KeptCall
from bot.ports import Actor, Tx
from bot.routing.kept import KeptChoice, KeptTry, parse_choice, parse_tries

# So many of the asker's latest calls are looked through for one to the model.
_CALLS_BACK: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that is over: what was chosen and why, and each try."""

    call: KeptCall
    choice: KeptChoice
    tries: tuple[KeptTry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteReceipt(Receipt):
    """Why a model was asked the last time that the asker caused it; None where they never did.

    `model` is the one that was asked about, None for the last.
    """

    model: str | None
    asked: Asked | None = None


def explain_model(model: str | None, tx: Tx, actor: Actor) -> Receipt:
    """Look up the asker's last call to a model, or their last; nobody sees anybody else's."""
    for call in tx.calls.list_of(actor.person.id, _CALLS_BACK):
        # A call under way has no tries yet; it may be the very one that read this question.
        if call.state == "under_way":
            continue
        choice, tries = parse_choice(call.route), parse_tries(call.attempts)
        named = {name for _, name, _ in choice.left_out}
        # A model that was tried is one that could be.
        named |= {route.model for route in choice.routes}
        if model is None or model in named:
            return RouteReceipt(model=model, asked=Asked(call, choice, tries))
    return RouteReceipt(model=model)
