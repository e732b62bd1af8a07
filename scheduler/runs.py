"""Schedules that are due: claimed in the database, done once, whoever else looks too."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.errors.kinds import Unavailable
from bot.ids import new_id
from bot.ports import Database, Tx
from bot.schedules.model import FAILED, MAX_TRIES, Run, RunLost, claim_due
from bot.tasks import TaskGroup
from scheduler.kinds import Job, Kind

_log = structlog.get_logger(__name__)

# So many are claimed first, then twice as many each time: the first ones wait for no others.
_FIRST_CLAIMED: Final = 4
# Before a run that failed is tried again; then twice as long each time.
_FIRST_DELAY: Final = timedelta(seconds=15)


class Runs:
    """One process's share of what is due; no kind waits for another."""

    def __init__(self, database: Database, kinds: Mapping[str, Kind]) -> None:
        self._database = database
        self._kinds = kinds
        self._owner = new_id()
        self._tasks = TaskGroup()
        self._busy: set[str] = set()

    async def tick(self) -> None:
        """Begin with what is due; it goes on after this returns.

        A kind that is not known here is one of a newer release that runs beside this one.
        """
        due = await self._database.read(lambda tx: tx.runs.list_due_kinds())
        for name in due:
            kind = self._kinds.get(name)
            if kind is not None and name not in self._busy:
                self._busy.add(name)
                self._tasks.start(self._work_off(name, kind), name=f"runs-{name}")

    async def idle(self) -> None:
        """Return when all that was due is done or put off."""
        await self._tasks.join()

    async def stop(self) -> None:
        """Stop what runs; whoever takes it over when its lease is over does it from the start."""
        await self._tasks.cancel()

    async def _work_off(self, name: str, kind: Kind) -> None:
        """Claim and do what is due of a kind, some at a time, until there is no more."""
        claim = partial(claim_due, kind=name, owner=self._owner, lease=kind.lease)
        limit = min(_FIRST_CLAIMED, kind.at_once)
        try:
            while claimed := await self._database.write(partial(claim, limit=limit)):
                async with asyncio.TaskGroup() as group:
                    for run in claimed:
                        group.create_task(self._take(run, kind))
                limit = min(2 * limit, kind.at_once)
        except Unavailable as error:
            _log.warning("runs put off", kind=name, code=error.code)
        finally:
            self._busy.discard(name)

    async def _take(self, run: Run, kind: Kind) -> None:
        tenant, about = run.schedule.tenant, {"kind": run.schedule.plan.kind, "run": run.id}
        try:
            job = await kind.prepare(run)
            await self._database.write(partial(_do, run=run, job=job), tenant=tenant)
        except RunLost:
            _log.warning("run lost", fence=run.fence, **about)
        except Exception as error:  # noqa: BLE001  # a job ends here: it is tried again
            if isinstance(error, Unavailable):
                _log.warning("run put off", code=error.code, **about)
            else:
                _log.error("run failed", exc_info=error, **about)
            # Without a database to say so it is put off all the same, until its lease is over.
            with suppress(Unavailable):
                await self._database.write(partial(_put_off, run=run), tenant=tenant)


def _do(tx: Tx, *, run: Run, job: Job) -> None:
    # First, so that of two that hold it one is refused before it does anything.
    if not tx.runs.close(run):
        raise RunLost
    tx.runs.note(run, job(tx, run))


def _put_off(tx: Tx, *, run: Run) -> None:
    """Let a run be tried again later, until it was tried often enough."""
    if run.fence < MAX_TRIES:
        tx.runs.put_off(run, _FIRST_DELAY * 2 ** (run.fence - 1))
    elif tx.runs.close(run, is_failed=True):
        tx.runs.note(run, FAILED)
