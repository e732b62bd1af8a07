"""Chargeback: what each team and cost centre used over some days, to be charged to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.exports.files import ExportFile, Format, to_amount, write_file
from bot.exports.tree import belongings
from bot.ids import WalletId
from bot.reports.balance import ReportBooks

COLUMNS: Final = (
    "from", "until", "cost_centre", "team", "team_id", "wallet", "wallet_id", "model", "calls",
    "tokens_in", "tokens_out", "cost_usd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """What one wallet used of one model, and to whom it is charged."""

    cost_centre: str
    team: str
    team_id: str
    wallet: str
    wallet_id: str
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_nanos: int


@dataclass(frozen=True, slots=True)
class Chargeback:
    """What was used from one local day to another, both included; the lines add up to the total.

    By cost centre, team, wallet and model.
    """

    from_on: date
    until_on: date
    lines: tuple[ChargeLine, ...]

    @property
    def total_nanos(self) -> int:
        """What all of it cost."""
        return sum(line.cost_nanos for line in self.lines)


def charge(
    books: ReportBooks, from_on: date, until_on: date, wallet_ids: Sequence[WalletId] | None = None
) -> Chargeback:
    """Sum what was used over days, of some wallets or of all."""
    owners = belongings(books.wallets.list_all())
    cells = books.usage.sum_across(
        ("wallet", "model"), from_on=from_on, until_on=until_on, wallet_ids=wallet_ids
    )
    lines = []
    for cell in cells:
        wallet_id, model = cell.headings
        of = owners[WalletId(wallet_id)]
        lines.append(
            ChargeLine(
                cost_centre=of.cost_centre,
                team=of.team.name,
                team_id=of.team.id,
                wallet=of.wallet.name,
                wallet_id=wallet_id,
                model=model,
                calls=cell.calls,
                tokens_in=cell.tokens_in,
                tokens_out=cell.tokens_out,
                cost_nanos=cell.cost_nanos,
            )
        )
    lines.sort(key=lambda x: (x.cost_centre, x.team, x.team_id, x.wallet, x.wallet_id, x.model))
    return Chargeback(from_on, until_on, tuple(lines))


def chargeback_file(
    found: Chargeback, format: Format, *, most_bytes: int | None = None
) -> ExportFile:
    """Write a chargeback. Raises `FileTooLarge` above `most_bytes`."""
    head: dict[str, object] = {
        "what": "chargeback",
        "from": found.from_on.isoformat(),
        "until": found.until_on.isoformat(),
        "currency": "USD",
        "total_usd": to_amount(found.total_nanos),
    }
    stem = f"chargeback-{found.from_on}-{found.until_on}"
    return write_file(stem, format, COLUMNS, _rows(found), head=head, most_bytes=most_bytes)


def _rows(found: Chargeback) -> Iterator[Sequence[object]]:
    from_on, until_on = found.from_on.isoformat(), found.until_on.isoformat()
    for line in found.lines:
        yield (
            from_on,
            until_on,
            line.cost_centre,
            line.team,
            line.team_id,
            line.wallet,
            line.wallet_id,
            line.model,
            line.calls,
            line.tokens_in,
            line.tokens_out,
            to_amount(line.cost_nanos),
        )
