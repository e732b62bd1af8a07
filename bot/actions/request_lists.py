"""Requests: those that wait, the asker's own, how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from bot.actions.asking import (
    AdmitPerson,
    RaiseBudget,
    may_read_on,
    parse_requested,
    wallets_of,
)
from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.economy.periods import FIRST_DAY, end_of_day, start_of_day
from bot.errors.kinds import InvalidInput
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal, Standing

# Looked through for those that concern the asker; shown are the latest twenty.
_MOST_REQUESTS: Final = 500
RequestState = Literal["waiting", "approved", "rejected", "cancelled", "expired", "failed"]


class ListRequests(ActionCall):
    """Show requests: those that wait, or the asker's own, or all.

    By how they stand, for a wallet and those below it, from a person, and made from `from_on` to
    `until_on`, both included.
    """

    action: Literal["list_requests"] = "list_requests"
    which: Literal["open", "mine", "all"] = "open"
    state: RequestState | None = None
    wallet_id: WalletId | None = None
    person_id: PrincipalId | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request in a list. `state` and `outcome` as in the proposal.

    There is no amount where somebody asks to be let in, and maybe no wallet.
    """

    ref: str
    wallet: str
    amount_nanos: int | None
    until_on: date | None
    asked_by: str
    created_at: datetime
    expires_at: datetime
    state: str
    outcome: str | None
    decided_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsReceipt(Receipt):
    """Requests, newest first, and what was looked for, in names."""

    which: str
    requests: tuple[RequestLine, ...]
    state: RequestState | None = None
    wallet: str | None = None
    person: str | None = None
    from_on: date | None = None
    until_on: date | None = None


def list_requests(call: ListRequests, tx: Tx, actor: Actor) -> Receipt:
    """List the requests that concern the asker: their own, and those they may decide or read."""
    person_id = actor.person.id if call.which == "mine" else call.person_id
    from_at, until_at = _instants(call.from_on, call.until_on, tx)
    found = tx.proposals.list_requests(
        requester_id=person_id,
        wallet_id=call.wallet_id,
        standing=None if call.state is None else Standing[call.state.upper()],
        from_at=from_at,
        until_at=until_at,
        only_open=call.which == "open",
        limit=_MOST_REQUESTS,
    )
    lines = [request_line(request, tx) for request in found if concerns(request, tx, actor)]
    return RequestsReceipt(
        which=call.which,
        requests=tuple(lines),
        state=call.state,
        wallet=None if call.wallet_id is None else tx.wallets.get(call.wallet_id).name,
        person=None if call.person_id is None else tx.people.get(call.person_id).name,
        from_on=call.from_on,
        until_on=call.until_on,
        topic=call.wallet_id,
    )


def _instants(
    from_on: date | None, until_on: date | None, tx: Tx
) -> tuple[datetime | None, datetime | None]:
    if from_on is not None and until_on is not None and from_on > until_on:
        raise InvalidInput("period", "ends before it begins", example="from 1 to 15 November")
    return (
        None if from_on is None else start_of_day(max(from_on, FIRST_DAY), tx.zone),
        None if until_on is None else end_of_day(until_on, tx.zone),
    )


def concerns(request: Proposal, tx: Tx, actor: Actor) -> bool:
    """Tell whether a request is the asker's own, or about wallets that they may read."""
    if request.requester_id == actor.person.id:
        return True
    return may_read_on(actor.person, parse_requested(request.calls), tx)


def request_line(request: Proposal, tx: Tx) -> RequestLine:
    """Read a request as a line of a list."""
    call = parse_requested(request.calls)
    decided_by = request.decided_by
    return RequestLine(
        ref=request.ref,
        wallet=" -> ".join(tx.wallets.get(one).name for one in wallets_of(call)),
        amount_nanos=None if isinstance(call, AdmitPerson) else call.amount_nanos,
        until_on=call.until_on if isinstance(call, RaiseBudget) else None,
        asked_by=tx.people.get(request.requester_id).name,
        created_at=request.created_at,
        expires_at=request.expires_at,
        state=request.state,
        outcome=request.outcome,
        decided_by=None if decided_by is None else tx.people.get(decided_by).name,
    )


ACTIONS: Final[tuple[Action[Any], ...]] = (  # Any: the type of its calls
    Action(
        ListRequests,
        Tier.T1,
        "spend.read",
        list_requests,
        examples={"en": ("open requests",), "es": ("solicitudes abiertas",)},
    ),
)
