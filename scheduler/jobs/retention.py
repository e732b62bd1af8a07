"""Forgetting at night what was done long ago, a few rows at a time.

Nothing that waits is ever forgotten. Each few go in a transaction of their own, so that whoever
writes meanwhile waits for a few of them at most, and a process that is killed leaves the rest to
whoever comes next. Which tables are forgotten when, and which never, stands in
`docs/schedules.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from bot.ids import ProposalId, TenantId
from bot.ports import Database, Inbox, Outbox, Tx
from bot.schedules.model import Run
from scheduler.kinds import Job, Prepare

KIND: Final = "retention"
DROPPED, NOTHING = "dropped", "nothing"
# So long it can be seen when something was done; longer than a date may come twice.
_RUNS: Final = timedelta(days=35)
# So long a token that was used, or never was, can be looked into.
_LINKS: Final = timedelta(days=30)
# So long what did not arrive, or could not be answered, waits for somebody to look at it.
_LOST: Final = timedelta(days=365)
# Some milliseconds of work on a slow disk.
_AT_ONCE: Final = 200
# Four statements each.
_DRAFTS_AT_ONCE: Final = 20
# Each is looked for in all that could name it.
_TALKS_AT_ONCE: Final = 50
# What is looked for by a read, of which no write waits.
_FOUND_AT_ONCE: Final = 2000
# Transactions for one kind of rows in a night: what is more comes in the next one.
_MOST: Final = 2000
_MESSAGES: Final[tuple[Callable[[Tx], Inbox | Outbox], ...]] = (
    lambda tx: tx.inbox,
    lambda tx: tx.outbox,
)


@dataclass(frozen=True, slots=True)
class Lives:
    """How long is kept what is over.

    `messages` must be longer than any platform delivers a message again: whether one came before
    is known by its row. `drafts` must be longer than a reference rests before it comes again.
    """

    messages: timedelta = timedelta(days=30)
    tasks: timedelta = timedelta(days=90)
    drafts: timedelta = timedelta(days=90)
    words: timedelta = timedelta(days=365)
    calls: timedelta = timedelta(days=365)
    alerts: timedelta = timedelta(days=365)
    conversations: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one kind: how long they live, and what deletes some that are older."""

    life: Callable[[Lives], timedelta]
    drop: Callable[[Tx, datetime, int], int]


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows of one kind that a read finds, and so many of which a write deletes at once."""

    life: Callable[[Lives], timedelta]
    find: Callable[[Tx, datetime, int], Sequence[str]]
    drop: Callable[[Tx, Sequence[Any], datetime], int]  # Any: keys of their own kind
    at_once: int = _AT_ONCE


def _drop_drafts(tx: Tx, ids: Sequence[ProposalId], before: datetime) -> int:
    # Whatever is over stays so: `before` was looked at when they were found.
    tx.cards.drop(ids)
    return tx.proposals.drop(ids)


_OF_A_COMPANY: Final = (
    _Rows(lambda lives: lives.tasks, lambda tx, *old: tx.tasks.drop_old(*old)),
    _Rows(
        lambda lives: lives.alerts,
        lambda tx, before, limit: tx.anomalies.drop_old(before.date()),
    ),
    _Rows(lambda lives: _RUNS, lambda tx, *old: tx.runs.drop_old(*old)),
)
_FOUND_OF_A_COMPANY: Final = (
    _Found(
        lambda lives: lives.drafts,
        lambda tx, before, limit: tx.proposals.list_old_drafts(before, limit),
        _drop_drafts,
        _DRAFTS_AT_ONCE,
    ),
    _Found(
        lambda lives: lives.calls,
        lambda tx, before, limit: tx.calls.list_old(before, limit),
        lambda tx, keys, before: tx.calls.drop_old(keys, before),
    ),
    # After the drafts, whose they may be.
    _Found(
        lambda lives: lives.conversations,
        lambda tx, before, limit: tx.conversations.list_old(before, limit),
        lambda tx, ids, before: tx.conversations.drop_old(ids, before),
        _TALKS_AT_ONCE,
    ),
)
_OF_ALL: Final = (
    _Rows(lambda lives: lives.drafts, lambda tx, *old: tx.changes.drop_old(*old)),
    _Rows(lambda lives: lives.words, lambda tx, *old: tx.audit.drop_content(*old)),
    _Rows(lambda lives: lives.alerts, lambda tx, *old: tx.alerts.drop_old(*old)),
    _Rows(lambda lives: _LINKS, lambda tx, *old: tx.links.drop_old(*old)),
)


def retention(database: Database, lives: Lives) -> Prepare:
    """Return what forgets a company's own rows, and for the first company those of all.

    Repeating it, also at the same time, is safe.
    """

    async def prepare(run: Run) -> Job:
        now = run.claimed_at
        dropped = 0
        for rows in _OF_A_COMPANY:
            dropped += await _drop(database, rows, now - rows.life(lives), run.schedule.tenant)
        for found in _FOUND_OF_A_COMPANY:
            before = now - found.life(lives)
            dropped += await _drop_found(database, found, before, run.schedule.tenant)
        if await database.read(partial(_looks_after_all, tenant=run.schedule.tenant)):
            for of in _MESSAGES:
                dropped += await _drop_messages(
                    database, of, now - lives.messages, now - max(lives.messages, _LOST)
                )
            for rows in _OF_ALL:
                dropped += await _drop(database, rows, now - rows.life(lives))
        return lambda tx, run: DROPPED if dropped else NOTHING

    return prepare


def _looks_after_all(tx: Tx, *, tenant: TenantId) -> bool:
    """Tell whether a company is the first whose clean-up is not paused: one does what is all's."""
    for company in tx.people.list_tenants():
        tx.enter(company.id)
        found = tx.schedules.find(KIND)
        if found is not None and found.state == "active":
            return company.id == tenant
    return False


async def _drop(
    database: Database, rows: _Rows, before: datetime, tenant: TenantId | None = None
) -> int:
    dropped = 0
    for _ in range(_MOST):
        some = await database.write(lambda tx: rows.drop(tx, before, _AT_ONCE), tenant=tenant)
        if not some:
            break
        dropped += some
    return dropped


async def _drop_found(database: Database, rows: _Found, before: datetime, tenant: TenantId) -> int:
    dropped = 0
    for _ in range(_MOST * _AT_ONCE // _FOUND_AT_ONCE):
        found = await database.read(
            lambda tx: rows.find(tx, before, _FOUND_AT_ONCE), tenant=tenant
        )
        if not found:
            break
        for at in range(0, len(found), rows.at_once):
            some = found[at : at + rows.at_once]
            dropped += await database.write(
                partial(_drop_some, rows=rows, some=some, before=before), tenant=tenant
            )
    return dropped


def _drop_some(tx: Tx, *, rows: _Found, some: Sequence[str], before: datetime) -> int:
    return rows.drop(tx, some, before)


async def _drop_messages(
    database: Database,
    of: Callable[[Tx], Inbox | Outbox],
    before: datetime,
    lost_before: datetime,
) -> int:
    """Walk from the oldest row to the first that came later than `before`."""
    dropped = after = 0
    while upto := await database.read(partial(_look, of=of, after=after, before=before)):
        page = partial(_drop_page, of=of, after=after, upto=upto)
        dropped += await database.write(partial(page, before=before, lost_before=lost_before))
        after = upto
    return dropped


def _look(
    tx: Tx, *, of: Callable[[Tx], Inbox | Outbox], after: int, before: datetime
) -> int | None:
    return of(tx).look_at_old(after, before, _AT_ONCE)


def _drop_page(
    tx: Tx,
    *,
    of: Callable[[Tx], Inbox | Outbox],
    after: int,
    upto: int,
    before: datetime,
    lost_before: datetime,
) -> int:
    return of(tx).drop_old(after, upto, before, lost_before)
