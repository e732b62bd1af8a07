"""`bursar import usage`: a provider's own figures beside what was counted, and a correction.

The comparison is read beside whoever uses the database. What would be corrected is kept for a yes
in the chat, which on SQLite needs the file to itself for a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Final

from bot import telling
from bot.access import Principal, Role
from bot.actions.bills import CorrectUsage
from bot.actions.catalog import parse_calls
from bot.bills.imports import BillImport
from bot.bills.lines import Bill
from bot.bills.reading import BillUnreadable, read_bill
from bot.bills.variance import Correction, Figures, Variance, compare, compare_days, correct, count
from bot.clock import Clock, SystemClock
from bot.deciding import executor
from bot.economy.money import to_decimal_string
from bot.errors.kinds import InvalidInput
from bot.errors.storage import DatabaseInUse
from bot.ids import new_ref
from bot.operations.costs import enter_company
from bot.operations.report import Report
from bot.ports import Actor
from bot.proposals.model import REQUEST_LIFE, Proposal
from bot.replies.bills import imported_text
from bot.settings.model import Settings
from storage.engine import open_database
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx

_KEEPERS: Final[tuple[Role, ...]] = ("finance", "owner")
_MOST_DAYS: Final = 20
_HEAD: Final = ("model", "charged", "counted", "difference", "%", "tokens charged", "counted")


def import_usage(
    settings: Settings, file: Path, provider: str, clock: Clock | None = None
) -> Report:
    """Compare a provider's export with what was counted; keep what would correct it.

    Raises:
        InvalidInput: the file cannot be read, or nothing of that provider is known here.
    """
    try:
        bill = read_bill(_bytes_of(file), provider)
    except BillUnreadable as error:
        told = "\n".join(
            f"line {one.line}: {one.why}" if one.line else f"the file: {one.why}"
            for one in error.faults
        )
        return Report(f"{told}\nNothing was imported. Mend this, or export it again.", False)
    return asyncio.run(_import(settings.database.url.get_secret_value(), bill, clock))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
        raise InvalidInput(str(file), why, example="a file exported from the provider") from error


async def _import(url: str, bill: Bill, clock: Clock | None) -> Report:
    clock = clock or SystemClock()
    async with open_snapshot(url, clock) as snapshot:
        text, corrections = await snapshot.run(lambda tx: _compare(tx, bill))
    if not corrections:
        return Report(text)
    try:
        database = await open_database(url, clock)
    except DatabaseInUse:
        return Report(
            f"{text}\nThe correction was not kept: the database is a file that `bursar serve` has"
            " open. Stop it for a moment and run this again; then it can be confirmed in the"
            " chat.",
            is_clean=False,
        )
    try:
        return Report(f"{text}\n{await database.write(lambda tx: keep(tx, bill))}")
    finally:
        await database.close()


def _compare(tx: SqlTx, bill: Bill) -> tuple[str, Sequence[Correction]]:
    enter_company(tx)
    counted = count(tx.charges, bill.provider, bill.from_on, bill.until_on)
    known = {one.name for one in tx.providers.list_all()}
    if bill.provider not in known and not counted.keys:
        raise InvalidInput(
            "provider",
            "is none that was used in these days",
            example=f"--provider {min(known, default='openai')}",
        )
    return _told(bill, compare(bill, counted), compare_days(bill, counted)), _corrections(tx, bill)


def _corrections(tx: SqlTx, bill: Bill) -> Sequence[Correction]:
    """Return what a bill corrects.

    Raises:
        InvalidInput: a day of it is yet to come, in whose periods nothing may be posted.
    """
    if bill.until_on > tx.now.astimezone(UTC).date():
        raise InvalidInput(
            "file",
            f"is of a day that is yet to come, {bill.until_on}",
            example="bursar import usage october.csv",
        )
    roots = [wallet for wallet in tx.wallets.list_all() if wallet.parent_id is None]
    counted = count(tx.charges, bill.provider, bill.from_on, bill.until_on)
    return correct(bill, counted, roots[0].id)


def keep(tx: SqlTx, bill: Bill) -> str:
    """Keep what a bill corrects, and ask who keeps the books for a yes; return what to say.

    Repeating it with the same file changes nothing once that was corrected.
    """
    enter_company(tx)
    corrections = tuple(_corrections(tx, bill))
    ref = new_ref()
    while tx.bills.find(ref) is not None:
        ref = new_ref()
    kept = tx.bills.keep(
        BillImport(bill.id, ref, bill.provider, bill.from_on, bill.until_on, corrections)
    )
    if kept.state != "open":
        return f"Usage was corrected by this file before (import {kept.ref}); nothing was changed."
    asked = [person for person in tx.people.list_with_role(_KEEPERS) if not person.is_disabled]
    for person in asked:
        _ask(tx, person, kept)
    names = ", ".join(sorted(person.name for person in asked))
    return (
        f"Import {kept.ref}: the difference is posted when somebody confirms it in the chat"
        f" (asked: {names}). Nothing was changed yet."
    )


def _ask(tx: SqlTx, person: Principal, kept: BillImport) -> None:
    """Show a draft of the correction; only say how, where a draft of something else waits.

    One of the same import gives way: it shows what was counted then.
    """
    place = telling.place_of(tx, person.id)
    text = imported_text(kept, telling.reader_of(person, tx.now))
    telling.tell(tx, person, text, message_class="alert", place=place)
    call = CorrectUsage(ref=kept.ref)
    drafts = (one for one in tx.proposals.list_open_here(place.id) if one.kind == "draft")
    if not all(_is_of(one, kept) for one in drafts):
        return
    executor.propose(tx, Actor(person, place.id), [call], place, life=REQUEST_LIFE)


def _is_of(draft: Proposal, kept: BillImport) -> bool:
    calls = parse_calls(draft.calls)
    return all(isinstance(one, CorrectUsage) and one.ref == kept.ref for one in calls)


# Words


def _told(bill: Bill, models: Sequence[Variance], days: Sequence[Variance]) -> str:
    charged = _total(one.theirs.cost_nanos for one in models)
    counted = _total(one.ours.cost_nanos for one in models)
    said = "no costs, only tokens" if not bill.has_costs else f"${to_decimal_string(charged)}"
    lines = [
        f"{bill.provider}, {bill.from_on} to {bill.until_on} (UTC): {len(bill.lines)} days and"
        f" models. Charged: {said}; counted here: ${to_decimal_string(counted)}.",
        *_table([_HEAD, *(_row(one) for one in models)]),
    ]
    if days:
        shown = sorted(days, key=lambda one: -abs(one.difference_nanos))[:_MOST_DAYS]
        lines.append(f"Days that differ: {len(days)}, the largest differences first:")
        lines += _table([("day", *_HEAD), *((str(one.on), *_row(one)) for one in shown)])
    else:
        lines.append("Every day agrees.")
    if not bill.has_costs:
        lines.append("Tokens alone correct nothing: export costs for that.")
    return "\n".join(lines)


def _total(amounts: Iterable[int | None]) -> int:
    return sum(amount or 0 for amount in amounts)


def _row(one: Variance) -> tuple[str, ...]:
    ours = one.ours.cost_nanos or 0
    difference = one.difference_nanos
    percent = f"{Decimal(difference * 100) / ours:+.1f}" if ours and difference else ""
    name = one.model if one.is_billed else f"{one.model} (not in the file)"
    return (
        name,
        _usd(one.theirs.cost_nanos),
        _usd(ours),
        ("+" if difference > 0 else "") + _usd(difference) if one.is_billed else "",
        percent if one.is_billed else "",
        _tokens(one.theirs),
        _tokens(one.ours),
    )


def _usd(nanos: int | None) -> str:
    return "-" if nanos is None else to_decimal_string(nanos)


def _tokens(figures: Figures) -> str:
    if figures.tokens_in is None or figures.tokens_out is None:
        return "-"
    return f"{figures.tokens_in:,} + {figures.tokens_out:,}"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
