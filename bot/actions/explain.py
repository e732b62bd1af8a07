"""Why: what was refused, which limit binds, what a request says, which model was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import Field

from bot.access import may
from bot.actions.asking import chain_ids
from bot.actions.base import Action, ActionCall, Receipt, Ref, Tier
from bot.actions.model_calls import explain_model
from bot.actions.reach import readable
from bot.actions.request_lists import RequestLine, concerns, request_line
from bot.economy.wallets import Wallet
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import BudgetLine, balance, tightest

# Refusals that are about the asker's own plan and pace.
_OF_A_PLAN: Final = frozenset(
    {"quota_exceeded", "too_fast", "beyond_history", "not_in_plan", "call_too_dear"}
)


class Explain(ActionCall):
    """Explain the last refusal, an amount, the limit that binds, or which model was asked.

    `why` in the chat. `model` is the one that is asked about, the last that answered if none.
    """

    action: Literal["explain"] = "explain"
    about: Literal["last", "limit", "amount", "model"] = "last"
    ref: Ref | None = None
    wallet_id: WalletId | None = None
    model: Annotated[str, Field(max_length=100)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainReceipt(Receipt):
    """Why: the code and facts of the last refusal, and the budget that binds."""

    code: str | None
    facts: Mapping[str, object]
    wallet: Wallet | None
    binding: tuple[Wallet, BudgetLine] | None
    limits: tuple[tuple[str, BudgetLine], ...]
    request: RequestLine | None = None


def explain(call: Explain, tx: Tx, actor: Actor) -> Receipt:
    """Say why: what was refused last in this conversation, or which limit binds, in numbers.

    Of a model, why it was asked the last time that it answered the asker.
    """
    if call.about == "model":
        return explain_model(call.model, tx, actor)
    place = None
    if actor.conversation_id is not None:
        place = tx.conversations.get(actor.conversation_id)
    refusal: dict[str, object] = {}
    if call.about == "last" and call.wallet_id is None and place and place.refusal:
        refusal = orjson.loads(place.refusal)
    if not call.ref and (
        refusal.get("code") in _OF_A_PLAN or _is_beyond(refusal.get("wallet_id"), tx, actor)
    ):
        # No wallet has a part in it, or one that is not the asker's to look into.
        return ExplainReceipt(
            code=str(refusal["code"]), facts=refusal, wallet=None, binding=None, limits=()
        )
    request = tx.proposals.find_request(call.ref) if call.ref else None
    if request is not None and not concerns(request, tx, actor):
        request = None
    named = call.wallet_id or refusal.get("wallet_id") or (place and place.topic_wallet_id)
    wallet_id = readable(WalletId(str(named)) if named else None, tx, actor)
    chain = tx.wallets.chain(wallet_id)
    return ExplainReceipt(
        code=str(refusal["code"]) if refusal else None,
        facts=refusal,
        wallet=chain[0],
        binding=tightest(tx, wallet_id),
        limits=tuple(
            (wallet.name, line) for wallet in chain for line in balance(tx, wallet.id).lines
        ),
        request=None if request is None else request_line(request, tx),
        topic=wallet_id,
    )


def _is_beyond(wallet_id: object, tx: Tx, actor: Actor) -> bool:
    """Tell whether a refusal is about a wallet above those that the asker may see."""
    wallet = tx.wallets.find(WalletId(wallet_id)) if isinstance(wallet_id, str) else None
    return wallet is not None and not may(actor.person, "spend.read", chain_ids(tx, wallet.id))


ACTIONS: Final[tuple[Action[Any], ...]] = (  # Any: the type of its calls
    Action(
        Explain,
        Tier.T1,
        "spend.read",
        explain,
        examples={"en": ("why was that refused?",), "es": ("¿por qué se rechazó?",)},
        is_free=True,
    ),
)
