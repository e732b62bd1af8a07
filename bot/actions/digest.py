"""The daily digest: reading it, and saying when it comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, Final, Literal

from bot.access import Principal, Role
from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.actions.charts import DaysReceipt
from bot.actions.quiet import ClockTime
from bot.actions.reach import list_highest
from bot.actions.request_lists import ListRequests, RequestsReceipt, list_requests
from bot.audit import Head
from bot.economy.usage import CORRECTED
from bot.errors import NotAllowed
from bot.ids import PrincipalId
from bot.ports import Actor, Tx
from bot.recurrence import Recurrence, daily, weekly
from bot.reports.balance import today
from bot.reports.digest import Figures, gather_figures
from bot.schedules import Plan, ensure, plan

KIND: Final = "digest"
USUAL_AT: Final = time(9, 0)
# Who is sent one without asking for it.
USUAL_ROLES: Final[tuple[Role, ...]] = ("owner", "finance", "lead")
_MONDAY: Final = 0
_WEEK: Final = 7
DigestHow = Literal["off", "daily", "weekly"]


class ShowDigest(ActionCall):
    """Show the asker's digest now."""

    action: Literal["show_digest"] = "show_digest"


class SetDigest(ActionCall):
    """Send the asker their digest every day or on Mondays, at a time of day, or not any more.

    What is not said stays as it was: daily, at 9:00, for whoever had none.
    """

    action: Literal["set_digest"] = "set_digest"
    how: DigestHow | None = None
    at: ClockTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestReceipt(Receipt):
    """A digest for somebody: figures of all that they may read, and what waits there.

    `days` is its chart. `people` are names of those whom the figures name by id. `head` is the end
    of the audit chain at this moment. Where the reader's plan looks back less far than to what
    the days compare with, `has_before` is False.
    """

    figures: Figures
    days: DaysReceipt
    requests: tuple[str, ...]
    people: dict[str, str]
    head: Head
    has_before: bool = True

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return self.figures.is_quiet and not self.requests


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSet(Receipt):
    """When somebody's digest comes now."""

    how: DigestHow
    at: time
    zone: str


def show_digest(call: ShowDigest, tx: Tx, actor: Actor) -> Receipt:
    """Read the asker's digest of yesterday, or of the last week where it comes weekly."""
    found = tx.schedules.find(KIND, actor.person.id)
    days = days_of(found.plan.rule) if found is not None else 1
    roots = list_highest(tx, actor)
    if not roots:
        raise NotAllowed(actor.person.id, "spend.read")
    figures = gather_figures(tx, roots, today(tx) - timedelta(days=1), days=days)
    return digest_of(figures, tx, actor)


def digest_of(figures: Figures, tx: Tx, actor: Actor) -> DigestReceipt:
    """Make somebody's digest of figures that they may read."""
    open_requests = list_requests(ListRequests(which="open"), tx, actor)
    assert isinstance(open_requests, RequestsReceipt)  # noqa: S101  # that is what it returns
    movement = figures.movement
    person = None if movement.person is None else PrincipalId(movement.person.heading)
    names = {CORRECTED: ""} if person is None else {CORRECTED: ""} | tx.people.names([person])
    oldest = actor.allowances.of(actor.person.plan).oldest_on(today(tx))
    span = figures.until_on - figures.from_on
    return DigestReceipt(
        figures=figures,
        days=DaysReceipt(
            wallets=figures.wallets,
            from_on=figures.month_on,
            until_on=today(tx),
            ends_on=figures.forecast.ends_on,
            total_nanos=figures.month_nanos,
            days=figures.days,
            line=figures.line,
            forecast=figures.forecast,
        ),
        requests=tuple(line.ref for line in open_requests.requests),
        people={str(one): name for one, name in names.items()},
        head=tx.audit.head(),
        has_before=movement.against - span >= oldest,
    )


def days_of(rule: Recurrence) -> int:
    """Return how many days a digest tells of that comes by a rule."""
    return _WEEK if rule.unit == "week" else 1


def usual_plan(person: Principal) -> Plan:
    """Return when somebody is sent their digest who has said nothing about it."""
    return Plan(
        kind=KIND,
        rule=daily(USUAL_AT),
        zone=person.zone,
        subject=person.id,
        owner_id=person.id,
    )


def add_usual(person: Principal, tx: Tx) -> bool:
    """Send somebody a digest from now on unless they ever said when, or that they want none."""
    return ensure(tx, usual_plan(person))


def set_digest(call: SetDigest, tx: Tx, actor: Actor) -> Receipt:
    """Set when the asker's digest comes. Repeating it is safe."""
    person = actor.person
    found = tx.schedules.find(KIND, person.id)
    was = usual_plan(person).rule if found is None else found.plan.rule
    at = was.at if call.at is None else time.fromisoformat(call.at)
    how: DigestHow = call.how or ("weekly" if was.unit == "week" else "daily")
    rule = weekly((_MONDAY,), at) if how == "weekly" else daily(at)
    if how == "off":
        # Kept, so that nobody is sent one again who wanted none.
        rule = was
    wanted = replace(usual_plan(person), rule=rule)
    kept = plan(tx, wanted)
    if how == "off" and kept is not None:
        tx.schedules.end(kept)
    return DigestSet(how=how, at=rule.at, zone=person.zone)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowDigest,
        Tier.T1,
        "spend.read",
        show_digest,
        examples={"en": ("digest now",), "es": ("resumen ahora",)},
    ),
    Action(
        SetDigest,
        Tier.T2,
        "account.own",
        set_digest,
        # It changes nothing but when the asker hears of what they may look at anyway.
        is_at_once=True,
        examples={
            "en": ("digest weekly", "digest at 8:30", "digest off"),
            "es": ("resumen semanal", "resumen a las 8:30", "sin resumen"),
        },
    ),
)
