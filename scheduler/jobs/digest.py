"""Sending everybody their digest, and planning one for whoever should have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot import telling
from bot.access import Principal
from bot.actions.digest import (
    KIND,
    USUAL_ROLES,
    DigestHow,
    DigestReceipt,
    SetDigest,
    add_usual,
    digest_of,
)
from bot.actions.digest_times import rhythm_of
from bot.actions.reach import list_highest
from bot.actions.request_lists import ListRequests
from bot.actions.spend import ShowTopSpenders
from bot.allowances import Allowances
from bot.deciding import offers
from bot.deciding.offers import Offer
from bot.ids import PrincipalId, TenantId
from bot.ports import Actor, Database, Tx
from bot.replies.charts import chart_of
from bot.replies.reader import Language
from bot.replies.receipts import receipt_text
from bot.replies.words import say
from bot.reports.told import Told
from bot.schedules.model import Run
from scheduler.each import each
from scheduler.jobs.digest_figures import KeptFigures
from scheduler.kinds import Kind, quick

# How a run ended: what was sent, or why nothing was.
SENT, QUIET, NOWHERE, NOTHING_TO_READ = "sent", "nothing_new", "nowhere", "nothing_to_read"
# So many are sent in one commit; the next ones wait for it, and what was sent is on its way.
_AT_A_TIME: Final = 25
# So many are planned in one transaction.
_AT_ONCE: Final = 200


def digest_kind(allowances: Allowances, figures: KeptFigures | None = None) -> Kind:
    """Return how digests are done: some at a time, so that the first are sent at once."""
    digests = Digests(allowances, figures or KeptFigures())
    return replace(quick(digests.send), at_once=_AT_A_TIME)


class Digests:
    """Sends people their digests."""

    def __init__(self, allowances: Allowances, figures: KeptFigures) -> None:
        self._allowances = allowances
        self._figures = figures

    def send(self, tx: Tx, run: Run) -> str:
        """Send a person the digest that a run is for; return how it ended, as a code.

        Somebody who was never heard of anywhere is told nothing, nor is whoever would be told
        what they were told last.
        """
        schedule = run.schedule
        person = tx.people.get(PrincipalId(schedule.plan.subject))
        place = tx.conversations.find_of_person(person.id)
        if place is None or person.is_disabled or person.is_guest:
            return NOWHERE
        actor = Actor(person, place.id, allowances=self._allowances)
        roots = list_highest(tx, actor)
        if not roots:
            return NOTHING_TO_READ
        figures = self._figures.of(tx, roots, run)
        receipt = digest_of(figures, tx, actor)
        told, last = Told.of(figures, receipt.requests), Told.load(schedule.told)
        if receipt.is_quiet or (last is not None and not told.is_news_after(last)):
            return QUIET
        _tell(tx, person, receipt, is_weekly=rhythm_of(schedule.plan.rule) == "weekly")
        tx.schedules.note_told(schedule, told.dump())
        return SENT


def _tell(tx: Tx, person: Principal, receipt: DigestReceipt, *, is_weekly: bool) -> None:
    reader = telling.reader_of(person, tx.now)
    text = receipt_text(receipt, reader)
    offers.tell(
        tx,
        person,
        text,
        _offers(receipt, reader.language, is_weekly=is_weekly),
        blocks=telling.titled(text),
        chart=chart_of(receipt, reader),
    )


def _offers(receipt: DigestReceipt, language: Language, *, is_weekly: bool) -> list[Offer]:
    """Return what can be done about a digest: look closer, or have it less often."""
    roots = receipt.figures.wallets
    top = ShowTopSpenders(wallet_id=roots[0].id if len(roots) == 1 else None)
    made = [Offer(say(language, "offer.top"), top)]
    if receipt.requests:
        made.append(Offer(say(language, "offer.requests"), ListRequests(which="open")))
    other: DigestHow = "daily" if is_weekly else "weekly"
    return [
        *made,
        Offer(say(language, f"offer.digest.{other}"), SetDigest(how=other)),
        Offer(say(language, "offer.digest.off"), SetDigest(how="off", is_own=True)),
    ]


async def plan_digests(database: Database) -> int:
    """Plan a digest for owners, finance and leads who have none; return how many were planned.

    Whoever has ever said when theirs comes, or that they want none, is left alone.
    """

    async def plan(tenant: TenantId, _: None) -> int:
        planned = 0
        without = await database.read(_list_without, tenant=tenant)
        for at in range(0, len(without), _AT_ONCE):
            some = without[at : at + _AT_ONCE]
            planned += await database.write(_plan(some), tenant=tenant)
        return planned

    companies = await database.read(lambda tx: tx.people.list_tenants())
    return await each(((one.id, None) for one in companies), plan, job="plan_digests")


def _list_without(tx: Tx) -> list[Principal]:
    people = tx.people.list_with_role(USUAL_ROLES)
    return [one for one in people if tx.schedules.find(KIND, one.id) is None]


def _plan(people: Sequence[Principal]) -> Callable[[Tx], int]:
    return lambda tx: sum(add_usual(person, tx) for person in people)
