"""Costs as files: chargeback by team and cost centre, or after FOCUS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from bot.access import may
from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.actions.reach import list_highest
from bot.economy.periods import FIRST_DAY
from bot.errors.kinds import InvalidInput, NotAllowed
from bot.exports.chargeback import charge, chargeback_file
from bot.exports.files import ExportFile, Format
from bot.exports.focus import focus_file
from bot.ids import WalletId
from bot.messages import MOST_FILE_BYTES
from bot.ports import Actor, Tx
from bot.reports.balance import descendants, today

What = Literal["chargeback", "focus"]
# A leap year.
_MOST_DAYS: Final = 366


class ExportCosts(ActionCall):
    """Hand over costs as a file, last month's where no days are named.

    `what` is "chargeback", by team, cost centre, wallet and model, or "focus", by day and person
    after the specification of that name. From `from_on` to `until_on`, both included.
    """

    action: Literal["export_costs"] = "export_costs"
    what: What
    format: Format = "csv"
    wallet_id: WalletId | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReceipt(Receipt):
    """A file of costs. No file where nothing was used.

    `wallets` are the names of the highest that it is of, none where it is of all there are.
    """

    what: What
    wallets: tuple[str, ...]
    from_on: date
    until_on: date
    rows: int
    total_nanos: int
    file: ExportFile | None


def export_costs(call: ExportCosts, tx: Tx, actor: Actor) -> Receipt:
    """Make a file of what was used.

    A plan bounds how far back somebody looks; what a company charges itself is no such look.

    Raises:
        NotAllowed: they may take nothing away, or nothing of that wallet.
        FileTooLarge: chats would not take it.
    """
    wallet_ids = _wallets_for(call.wallet_id, tx, actor)
    from_on, until_on = days_of(call.from_on, call.until_on, today(tx))
    # Somebody who names no wallet and may not have all of them is told whose costs these are.
    highest = [call.wallet_id] if call.wallet_id else []
    if call.wallet_id is None and wallet_ids is not None:
        highest = list_highest(tx, actor, "spend.export")
    rows, total, file = make_file(
        tx, call.what, call.format, from_on, until_on, wallet_ids, most_bytes=MOST_FILE_BYTES
    )
    return ExportReceipt(
        what=call.what,
        wallets=tuple(tx.wallets.get(wallet_id).name for wallet_id in highest),
        from_on=from_on,
        until_on=until_on,
        rows=rows,
        total_nanos=total,
        file=file if rows else None,
    )


def make_file(
    tx: Tx,
    what: What,
    format: Format,
    from_on: date,
    until_on: date,
    wallet_ids: Sequence[WalletId] | None = None,
    *,
    most_bytes: int | None = None,
) -> tuple[int, int, ExportFile]:
    """Return how many rows a file has, what they cost in nano-dollars, and the file.

    Raises:
        FileTooLarge: above `most_bytes`.
    """
    if what == "chargeback":
        found = charge(tx, from_on, until_on, wallet_ids)
        file = chargeback_file(found, format, most_bytes=most_bytes)
        return len(found.lines), found.total_nanos, file
    file, rows, total = focus_file(
        tx,
        from_on,
        until_on,
        format,
        company=tx.people.tenant().name,
        names={person.id: person.name for person in tx.people.list_all()},
        wallet_ids=wallet_ids,
        most_bytes=most_bytes,
    )
    return rows, total, file


def days_of(from_on: date | None, until_on: date | None, now_on: date) -> tuple[date, date]:
    """Return the days that are meant: last month where none are named, and none to come.

    Raises:
        InvalidInput: they are yet to come, end before they begin, are more than a year, or before
            all years kept.
    """
    if from_on is None and until_on is None:
        last = now_on.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if from_on is not None and from_on > now_on:
        raise InvalidInput("period", "is yet to come", example="from 1 to 15 November")
    last = min(until_on or now_on, now_on)
    first = from_on or last.replace(day=1)
    if first > last:
        raise InvalidInput("period", "ends before it begins", example="from 1 to 15 November")
    if first < FIRST_DAY:
        raise InvalidInput("period", "is too long ago", example="from 1 to 15 November")
    if (last - first).days >= _MOST_DAYS:
        raise InvalidInput("period", "is longer than a year", example="from 1 to 15 November")
    return first, last


def _wallets_for(wallet_id: WalletId | None, tx: Tx, actor: Actor) -> Sequence[WalletId] | None:
    """Return of which wallets somebody is given the costs; None for all that there are."""
    person, wallets = actor.person, tx.wallets.list_all()
    if wallet_id is not None:
        chain = [wallet.id for wallet in tx.wallets.chain(wallet_id)]
        if not may(person, "spend.export", chain):
            raise NotAllowed(person.id, "spend.export", wallet_id=wallet_id)
        return descendants(wallets, wallet_id)
    if may(person, "spend.export"):
        return None
    own = [
        wallet.id
        for wallet in wallets
        if may(person, "spend.export", [one.id for one in tx.wallets.chain(wallet.id)])
    ]
    if not own:
        raise NotAllowed(person.id, "spend.export")
    return own


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ExportCosts,
        Tier.T1,
        "spend.export",
        export_costs,
        examples={
            "en": ("export chargeback last month", "export focus since 1 November"),
            "es": (
                "exporta el chargeback del mes pasado",
                "exporta focus desde el 1 de noviembre",
            ),
        },
    ),
)
