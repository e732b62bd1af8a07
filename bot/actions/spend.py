"""What wallets and people spent, what is left, and where it is heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.actions.base import Action, ActionCall, C, Receipt, Tier
from bot.actions.reach import allowance_of, asked_days, list_highest, readable
from bot.economy.usage import CORRECTED, SpendLine
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import (
    Balance,
    TreeNode,
    balance,
    descendants,
    main_line,
    today,
    wallet_tree,
)
from bot.reports.forecast import Forecast

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
    """A person by name, and what they spent; corrections by bills have no name."""

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
    if from_on - span >= allowance_of(actor).oldest_on(today(tx)):
        before = _total(tx, from_on - span, from_on - timedelta(days=1), filters)
    lines = tx.usage.sum_by(call.by or "model", from_on=from_on, until_on=until_on, **filters)
    told = [line.heading for line in lines] if call.by == "person" else []
    if call.person_id is not None:
        told.append(call.person_id)
    people = {CORRECTED: ""} | tx.people.names(told) if told else {}
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
    names = {CORRECTED: ""} | tx.people.names(line.heading for line in lines[: call.count])
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


def _total(tx: Tx, from_on: date, until_on: date, filters: Mapping[str, Any]) -> int:
    sums = tx.usage.sum_by(None, from_on=from_on, until_on=until_on, **filters)
    return sums[0].cost_nanos if sums else 0


def _read(call: type[C], apply: Callable[[C, Tx, Actor], Receipt], **examples: str) -> Action[C]:
    return Action(
        call,
        Tier.T1,
        "spend.read",
        apply,
        examples={language: (text,) for language, text in examples.items()},
    )


ACTIONS: Final[tuple[Action[Any], ...]] = (  # Any: each has its own type of call
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
)
