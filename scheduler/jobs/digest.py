"""Sending everybody their digest, and planning one for whoever should have it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot import cards, offers
from bot.access import Principal
from bot.actions.digest import (
    KIND,
    USUAL_ROLES,
    DigestHow,
    DigestReceipt,
    SetDigest,
    add_usual,
    days_of,
    digest_of,
)
from bot.actions.reach import list_highest
from bot.actions.request_lists import ListRequests
from bot.actions.spend import ShowTopSpenders
from bot.allowances import Allowances
from bot.ids import PrincipalId, TenantId, WalletId
from bot.offers import Offer
from bot.ports import Actor, Database, Tx
from bot.replies.charts import chart_of
from bot.replies.reader import Language
from bot.replies.receipts import receipt_text
from bot.replies.words import say
from bot.reports.digest import Figures, gather_figures
from bot.schedules import Run
from scheduler.kinds import Kind, quick

# How a run ended: what was sent, or why nothing was.
SENT, QUIET, NOWHERE, NOTHING_TO_READ = "sent", "nothing_new", "nowhere", "nothing_to_read"
# Whoever is due at the same minute and may read the same is told the same.
_KEPT_FOR: Final = timedelta(minutes=10)
_MOST_KEPT: Final = 256
# So many are sent in one commit; the next ones wait for it, and what was sent is on its way.
_AT_A_TIME: Final = 25
# So many are planned in one transaction.
_AT_ONCE: Final = 200

_Key = tuple[TenantId, tuple[WalletId, ...], date, int]


def digest_kind(allowances: Allowances) -> Kind:
    """Return how digests are done: some at a time, so that the first are sent at once."""
    return replace(quick(Digests(allowances).send), at_once=_AT_A_TIME)


class Digests:
    """Sends digests. Figures of the same wallets at the same time are gathered once."""

    def __init__(self, allowances: Allowances) -> None:
        self._allowances = allowances
        self._kept: OrderedDict[_Key, tuple[datetime, Figures]] = OrderedDict()

    def send(self, tx: Tx, run: Run) -> str:
        """Send a person the digest that a run is for; return how it ended, as a code.

        The days come from the run and not from the clock, so that one that is late, or tried
        again, tells of the same days. Somebody who was never heard of anywhere is told nothing.
        """
        person = tx.people.get(PrincipalId(run.schedule.plan.subject))
        place = tx.conversations.find_of_person(person.id)
        if place is None or person.is_disabled or person.is_guest:
            return NOWHERE
        actor = Actor(person, place.id, allowances=self._allowances)
        roots = list_highest(tx, actor)
        if not roots:
            return NOTHING_TO_READ
        receipt = digest_of(self._figures(tx, roots, run), tx, actor)
        if receipt.is_quiet:
            return QUIET
        is_weekly = days_of(run.schedule.plan.rule) > 1
        _tell(tx, person, receipt, is_weekly=is_weekly)
        return SENT

    def _figures(self, tx: Tx, roots: Sequence[WalletId], run: Run) -> Figures:
        days = days_of(run.schedule.plan.rule)
        # Amounts are counted by the company's days: the last one that is over there too.
        here_on = run.occasion.at.astimezone(tx.zone).date()
        until_on = min(run.occasion.local_date, here_on) - timedelta(days=1)
        key = (tx.tenant, tuple(roots), until_on, days)
        kept = self._kept.get(key)
        if kept is not None and tx.now - kept[0] < _KEPT_FOR:
            return kept[1]
        figures = gather_figures(tx, roots, until_on, days=days)
        self._kept[key] = (tx.now, figures)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return figures


def _tell(tx: Tx, person: Principal, receipt: DigestReceipt, *, is_weekly: bool) -> None:
    reader = cards.reader_of(person, tx.now)
    offers.tell(
        tx,
        person,
        receipt_text(receipt, reader),
        _offers(receipt, reader.language, is_weekly=is_weekly),
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
        Offer(say(language, "offer.digest.off"), SetDigest(how="off")),
    ]


async def plan_digests(database: Database) -> int:
    """Plan a digest for owners, finance and leads who have none; return how many were planned.

    Whoever has ever said when theirs comes, or that they want none, is left alone.
    """
    planned = 0
    for company in await database.read(lambda tx: tx.people.list_tenants()):
        without = await database.read(_list_without, tenant=company.id)
        for at in range(0, len(without), _AT_ONCE):
            some = without[at : at + _AT_ONCE]
            planned += await database.write(_plan(some), tenant=company.id)
    return planned


def _list_without(tx: Tx) -> list[Principal]:
    people = tx.people.list_with_role(USUAL_ROLES)
    return [one for one in people if tx.schedules.find(KIND, one.id) is None]


def _plan(people: Sequence[Principal]) -> Callable[[Tx], int]:
    return lambda tx: sum(add_usual(person, tx) for person in people)
