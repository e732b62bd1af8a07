"""What people ask: balance, spend, wallets, forecast, requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import Field

from bot.access import may
from bot.actions.asking import (
    AdmitPerson,
    RaiseBudget,
    chain_ids,
    may_read_on,
    parse_requested,
    wallets_of,
)
from bot.actions.base import Action, ActionCall, C, Receipt, Ref, Tier
from bot.actions.model_calls import explain_model
from bot.allowances import Allowance
from bot.economy.periods import start_of_day
from bot.economy.usage import SpendLine
from bot.economy.wallets import Wallet
from bot.errors import BeyondHistory, InvalidInput, NotAllowed
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor, Tx
from bot.proposals.model import Proposal, Standing
from bot.reports.balance import (
    Balance,
    BudgetLine,
    TreeNode,
    balance,
    descendants,
    main_line,
    tightest,
    today,
    wallet_tree,
)
from bot.reports.forecast import Forecast

# Looked through for those that concern the asker; shown are the latest twenty.
_MOST_REQUESTS: Final = 500
# Refusals that are about the asker's own plan and pace.
_OF_A_PLAN: Final = frozenset(
    {"quota_exceeded", "too_fast", "beyond_history", "not_in_plan", "call_too_dear"}
)
SpendBy = Literal["wallet", "person", "model", "day", "month"]


class ShowBalance(ActionCall):
    """Show what a wallet has left, the asker's own where none is named."""

    action: Literal["show_balance"] = "show_balance"
    wallet_id: WalletId | None = None


class ShowSpend(ActionCall):
    """Show what was spent from `from_on` to `until_on`, both included; this month by default."""

    action: Literal["show_spend"] = "show_spend"
    wallet_id: WalletId | None = None
    person_id: PrincipalId | None = None
    model: Annotated[str, Field(max_length=100)] | None = None
    by: SpendBy | None = None
    from_on: date | None = None
    until_on: date | None = None


class ShowWallets(ActionCall):
    """Show the wallets as a tree with spend and limit."""

    action: Literal["show_wallets"] = "show_wallets"
    wallet_id: WalletId | None = None


class ShowTopSpenders(ActionCall):
    """Show who spent most from `from_on` to `until_on`, both included; this month by default."""

    action: Literal["show_top_spenders"] = "show_top_spenders"
    wallet_id: WalletId | None = None
    from_on: date | None = None
    until_on: date | None = None
    count: Annotated[int, Field(ge=1, le=20)] = 5


class ShowForecast(ActionCall):
    """Show what a wallet will have spent at the end of its period, and when it runs out."""

    action: Literal["show_forecast"] = "show_forecast"
    wallet_id: WalletId | None = None


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
class BalanceReceipt(Receipt):
    """A wallet at present."""

    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendReceipt(Receipt):
    """What was spent over some days. `lines` are under `headings` where ids stand for names.

    `before_nanos` is what the same number of days before came to, None where the asker's plan
    does not look back so far.
    """

    wallet: Wallet | None
    person: str | None
    model: str | None
    by: SpendBy | None
    from_on: date
    until_on: date
    total_nanos: int
    before_nanos: int | None
    lines: tuple[SpendLine, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletsReceipt(Receipt):
    """The wallets as a tree."""

    nodes: tuple[TreeNode, ...]
    month_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spender:
    """A person by name, and what they spent."""

    name: str
    cost_nanos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopSpendersReceipt(Receipt):
    """Who spent most, the first one most, and what all together spent."""

    wallet: Wallet
    from_on: date
    until_on: date
    people: tuple[Spender, ...]
    total_nanos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastReceipt(Receipt):
    """Where a wallet is heading."""

    wallet: Wallet
    forecast: Forecast
    used_nanos: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainReceipt(Receipt):
    """Why: the code and facts of the last refusal, and the budget that binds."""

    code: str | None
    facts: Mapping[str, object]
    wallet: Wallet | None
    binding: tuple[Wallet, BudgetLine] | None
    limits: tuple[tuple[str, BudgetLine], ...]
    request: RequestLine | None = None


def show_balance(call: ShowBalance, tx: Tx, actor: Actor) -> Receipt:
    """Read one wallet."""
    wallet_id = readable(call.wallet_id, tx, actor)
    return BalanceReceipt(balance=balance(tx, wallet_id), topic=wallet_id)


def show_spend(call: ShowSpend, tx: Tx, actor: Actor) -> Receipt:
    """Sum what was spent, over this month where no days are named."""
    from_on, until_on = asked_days(call.from_on, call.until_on, tx, actor)
    is_month = from_on == today(tx).replace(day=1) and until_on >= today(tx)
    if is_month and not (call.by or call.person_id or call.model):
        # What somebody who asks this also wants to know: the limit, and how long it lasts.
        return show_balance(ShowBalance(wallet_id=call.wallet_id), tx, actor)
    is_own = call.person_id == actor.person.id and call.wallet_id is None
    wallet_id = None if is_own else readable(call.wallet_id, tx, actor)
    wallets = tx.wallets.list_all()
    ids = None if wallet_id is None else descendants(wallets, wallet_id)
    filters: dict[str, Any] = {"wallet_ids": ids, "person_id": call.person_id, "model": call.model}
    span = until_on - from_on + timedelta(days=1)
    before = None
    if from_on - span >= _allowance(actor).oldest_on(today(tx)):
        before = _total(tx, from_on - span, from_on - timedelta(days=1), filters)
    lines = tx.usage.sum_by(call.by or "model", from_on=from_on, until_on=until_on, **filters)
    told = [line.heading for line in lines] if call.by == "person" else []
    if call.person_id is not None:
        told.append(call.person_id)
    people = tx.people.names(told)
    names: dict[str, str] = {
        **{str(key): name for key, name in people.items()},
        **{wallet.id: wallet.name for wallet in wallets},
    }
    return SpendReceipt(
        wallet=None if wallet_id is None else tx.wallets.get(wallet_id),
        person=None if call.person_id is None else people.get(call.person_id, call.person_id),
        model=call.model,
        by=call.by,
        from_on=from_on,
        until_on=until_on,
        total_nanos=sum(line.cost_nanos for line in lines),
        before_nanos=before,
        lines=tuple(lines),
        names={line.heading: names.get(line.heading, line.heading) for line in lines},
        topic=wallet_id,
    )


def show_wallets(call: ShowWallets, tx: Tx, actor: Actor) -> Receipt:
    """Read the tree, from the highest wallets that the asker may see."""
    if call.wallet_id is not None:
        roots = [readable(call.wallet_id, tx, actor)]
    else:
        roots = list_highest(tx, actor)
    return WalletsReceipt(
        nodes=tuple(wallet_tree(tx, roots)),
        month_on=today(tx).replace(day=1),
        topic=call.wallet_id,
    )


def show_top_spenders(call: ShowTopSpenders, tx: Tx, actor: Actor) -> Receipt:
    """Rank the people who spent from a wallet and those below it."""
    wallet_id = readable(call.wallet_id, tx, actor, widest=True)
    from_on, until_on = asked_days(call.from_on, call.until_on, tx, actor)
    ids = descendants(tx.wallets.list_all(), wallet_id)
    lines = tx.usage.sum_by("person", from_on=from_on, until_on=until_on, wallet_ids=ids)
    names = tx.people.names(line.heading for line in lines[: call.count])
    return TopSpendersReceipt(
        wallet=tx.wallets.get(wallet_id),
        from_on=from_on,
        until_on=until_on,
        people=tuple(
            Spender(
                name=names.get(PrincipalId(line.heading), line.heading), cost_nanos=line.cost_nanos
            )
            for line in lines[: call.count]
        ),
        total_nanos=sum(line.cost_nanos for line in lines),
        topic=wallet_id,
    )


def show_forecast(call: ShowForecast, tx: Tx, actor: Actor) -> Receipt:
    """Say where a wallet is heading."""
    wallet_id = readable(call.wallet_id, tx, actor)
    found = balance(tx, wallet_id)
    line = main_line(found.lines)
    return ForecastReceipt(
        wallet=found.wallet,
        forecast=found.forecast,
        used_nanos=line.used_nanos if line else found.month_nanos,
        topic=wallet_id,
    )


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
    lines = [_request_line(request, tx) for request in found if _concerns(request, tx, actor)]
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
        None if from_on is None else start_of_day(from_on, tx.zone),
        None if until_on is None else start_of_day(until_on + timedelta(days=1), tx.zone),
    )


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
    if request is not None and not _concerns(request, tx, actor):
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
        request=None if request is None else _request_line(request, tx),
        topic=wallet_id,
    )


def _is_beyond(wallet_id: object, tx: Tx, actor: Actor) -> bool:
    """Tell whether a refusal is about a wallet above those that the asker may see."""
    wallet = tx.wallets.find(WalletId(wallet_id)) if isinstance(wallet_id, str) else None
    return wallet is not None and not may(actor.person, "spend.read", chain_ids(tx, wallet.id))


def list_highest(tx: Tx, actor: Actor) -> list[WalletId]:
    """Return the wallets that somebody may read and that are below none such, by name."""
    wallets = tx.wallets.list_all()
    parents = {wallet.id: wallet.parent_id for wallet in wallets}

    def chain(wallet_id: WalletId | None) -> Iterator[WalletId]:
        while wallet_id is not None:
            yield wallet_id
            wallet_id = parents[wallet_id]

    seen = {one.id for one in wallets if may(actor.person, "spend.read", [*chain(one.id)])}
    return [wallet.id for wallet in wallets if wallet.id in seen and wallet.parent_id not in seen]


def may_read(wallet_id: WalletId, tx: Tx, actor: Actor) -> bool:
    """Tell whether somebody may see what a wallet spends."""
    chain = [wallet.id for wallet in tx.wallets.chain(wallet_id)]
    return may(actor.person, "spend.read", chain)


def readable(
    wallet_id: WalletId | None, tx: Tx, actor: Actor, *, widest: bool = False
) -> WalletId:
    """Return the wallet that is asked about; raise unless the asker may read it.

    Where none is named it is the asker's own, or the highest that they may read.
    """
    person = actor.person
    if wallet_id is None:
        candidates = [
            *([] if widest else [person.home_wallet_id]),
            *(wallet.id for wallet in tx.wallets.list_all() if wallet.parent_id is None),
            person.home_wallet_id,
            *(grant.wallet_id for grant in person.grants if grant.wallet_id),
        ]
        for candidate in candidates:
            if candidate and tx.wallets.find(candidate) and may_read(candidate, tx, actor):
                return candidate
        raise NotAllowed(person.id, "spend.read")
    if not may_read(wallet_id, tx, actor):
        raise NotAllowed(person.id, "spend.read", wallet_id=wallet_id)
    return wallet_id


def asked_days(
    from_on: date | None, until_on: date | None, tx: Tx, actor: Actor
) -> tuple[date, date]:
    """Return the days that are asked about.

    What reaches further back than the asker's plan is refused as a whole: the sum of a part would
    be read as the sum of all.
    """
    # What has not been yet cannot have been spent: "this month" runs to today.
    last = min(until_on or today(tx), today(tx)) if from_on != until_on else until_on or today(tx)
    allowance = _allowance(actor)
    oldest = allowance.oldest_on(today(tx))
    first = from_on or max(last.replace(day=1), oldest)
    if min(first, last) < oldest:
        raise BeyondHistory(allowance.plan, days=allowance.history_days, from_on=oldest)
    if first > last:
        raise InvalidInput("period", "ends before it begins", example="from 1 to 15 November")
    return first, last


def _allowance(actor: Actor) -> Allowance:
    return actor.allowances.of(actor.person.plan)


def _total(tx: Tx, from_on: date, until_on: date, filters: Mapping[str, Any]) -> int:
    sums = tx.usage.sum_by(None, from_on=from_on, until_on=until_on, **filters)
    return sums[0].cost_nanos if sums else 0


def _concerns(request: Proposal, tx: Tx, actor: Actor) -> bool:
    if request.requester_id == actor.person.id:
        return True
    return may_read_on(actor.person, parse_requested(request.calls), tx)


def _request_line(request: Proposal, tx: Tx) -> RequestLine:
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


def _read(call: type[C], apply: Callable[[C, Tx, Actor], Receipt], **examples: str) -> Action[C]:
    return Action(
        call,
        Tier.T1,
        "spend.read",
        apply,
        examples={language: (text,) for language, text in examples.items()},
    )


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    _read(ShowBalance, show_balance, en="what's left for design?", es="¿cuánto queda?"),
    _read(
        ShowSpend,
        show_spend,
        en="what did we spend last week by model?",
        es="¿cuánto gastamos la semana pasada por modelo?",
    ),
    _read(ShowWallets, show_wallets, en="show the wallets", es="muestra las carteras"),
    _read(
        ShowTopSpenders,
        show_top_spenders,
        en="who spent most this month?",
        es="¿quién gastó más este mes?",
    ),
    _read(ShowForecast, show_forecast, en="will design make it?", es="¿llegamos a fin de mes?"),
    _read(ListRequests, list_requests, en="open requests", es="solicitudes abiertas"),
    replace(
        _read(Explain, explain, en="why was that refused?", es="¿por qué se rechazó?"),
        is_free=True,
    ),
)
