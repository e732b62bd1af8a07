"""Looking at night whether ledger and audit chain hold together, and telling who can act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot import telling
from bot.ports import Tx
from bot.replies.reader import Reader
from bot.replies.upkeep import chain_broken, ledger_broken
from bot.schedules.model import Run
from scheduler.kinds import Job, Prepare

# What is broken, each thing as its tenant and a sentence; a tenant's own and those of nobody.
FindFaults = Callable[[], Awaitable[Sequence[tuple[str, str]]]]
# What is wrong with the chain, as a sentence; empty when nothing is. Notes its end if so.
VerifyChain = Callable[[], Awaitable[str]]
SOUND, BROKEN = "sound", "broken"


def ledger_check(find_faults: FindFaults) -> Prepare:
    """Return the nightly check of a company's ledger; it says something only if it is wrong."""

    async def prepare(run: Run) -> Job:
        faults = [what for tenant, what in await find_faults() if tenant == run.schedule.tenant]
        return _told(faults, lambda reader: ledger_broken(faults, reader))

    return prepare


def audit_anchor(verify_chain: VerifyChain) -> Prepare:
    """Return the nightly look through the whole chain; it says something only if it is wrong."""

    async def prepare(run: Run) -> Job:
        wrong = await verify_chain()
        return _told([wrong] if wrong else [], lambda reader: chain_broken(wrong, reader))

    return prepare


def _told(faults: Sequence[str], words: Callable[[Reader], str]) -> Job:
    def tell(tx: Tx, run: Run) -> str:
        if not faults:
            return SOUND
        tell_who_acts(tx, words)
        return BROKEN

    return tell


def tell_who_acts(tx: Tx, words: Callable[[Reader], str]) -> None:
    """Tell every owner and admin of the company something, each in their own words."""
    for person in tx.people.list_with_role(("owner", "admin")):
        if not person.is_disabled:
            text = words(telling.reader_of(person, tx.now))
            telling.tell(tx, person, text, message_class="alert")
