"""On the first of a month: what the last one cost, as files, to who keeps the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from bot import telling
from bot.access import Principal, Role
from bot.actions.exports import ExportReceipt, What, make_file
from bot.errors.talk import FileTooLarge
from bot.messages import MOST_FILE_BYTES
from bot.ports import Database, Tx
from bot.replies.exports import month_end_blocks
from bot.schedules.model import Run
from scheduler.kinds import Job, Prepare

SENT, NOTHING, NOBODY = "sent", "nothing", "nobody"
_KEEPERS: Final[tuple[Role, ...]] = ("finance", "owner")
_FILES: Final[tuple[What, ...]] = ("chargeback", "focus")


def month_end(database: Database) -> Prepare:
    """Return what sends the files of the month before an occasion's.

    They are made by a read, before the transaction that sends them: of a large month that takes
    seconds, for which no write should wait. The month comes from the occasion and not from the
    clock, so that a late run is of the same.
    """

    async def prepare(run: Run) -> Job:
        last = run.occasion.local_date.replace(day=1) - timedelta(days=1)
        made = await database.read(lambda tx: _make_all(tx, last), tenant=run.schedule.tenant)
        return partial(_send, made=made)

    return prepare


def _send(tx: Tx, run: Run, *, made: Sequence[ExportReceipt]) -> str:
    if not made:
        return NOTHING
    readers = _readers(tx)
    for person in readers:
        text, blocks = month_end_blocks(made, telling.reader_of(person, tx.now))
        telling.tell(tx, person, text, message_class="alert", blocks=blocks)
    return SENT if readers else NOBODY


def _make_all(tx: Tx, last: date) -> Sequence[ExportReceipt]:
    first = last.replace(day=1)
    spent = tx.usage.sum_by(None, from_on=first, until_on=last)
    if not spent:
        return ()
    return [_make(tx, what, first, last, spent[0].cost_nanos) for what in _FILES]


def _make(tx: Tx, what: What, first: date, last: date, spent_nanos: int) -> ExportReceipt:
    try:
        rows, total, file = make_file(tx, what, "csv", first, last, most_bytes=MOST_FILE_BYTES)
    except FileTooLarge:
        # What it came to is said all the same.
        rows, total, file = 0, spent_nanos, None
    return ExportReceipt(
        what=what,
        wallets=(),
        from_on=first,
        until_on=last,
        rows=rows,
        total_nanos=total,
        file=file,
    )


def _readers(tx: Tx) -> Sequence[Principal]:
    """Return who is of finance; the owners where nobody is."""
    for role in _KEEPERS:
        found = [one for one in tx.people.list_with_role((role,)) if not one.is_disabled]
        if found:
            return found
    return ()
