"""The daily digest: reading it, and saying when it comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, Final, Literal

from bot.access import Principal, Role
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.actions.charts import DaysReceipt
from bot.actions.digest_times import USUAL_AT, changed_rule, days_of, rhythm_of
from bot.actions.quiet import ClockTime
from bot.actions.reach import list_highest
from bot.actions.request_lists import ListRequests, RequestsReceipt, list_requests
from bot.actions.shared_digest import UnshareDigest, is_told_here, unshare_digest
from bot.audit.chain import Head
from bot.economy.usage import CORRECTED
from bot.errors.kinds import NotAllowed
from bot.ids import PrincipalId
from bot.ports import Actor, Tx
from bot.reports.balance import today
from bot.reports.digest import Figures, gather_figures
from bot.schedules.model import Plan, ensure, plan
from bot.schedules.recurrence import daily

KIND: Final = "digest"
# Who is sent one without asking for it.
USUAL_ROLES: Final[tuple[Role, ...]] = ("owner", "finance", "lead")
DigestHow = Literal["off", "daily", "workdays", "weekly"]


class ShowDigest(ActionCall):
    """Show the asker's digest now."""

    action: Literal["show_digest"] = "show_digest"


class SetDigest(ActionCall):
    """Send the asker their digest every day, on workdays or on Mondays, at a time, or no more.

    What is not said stays as it was: daily, at 9:00, for whoever had none. "off" in a chat that is
    told as a whole ends that, where the asker may; `is_own` says that theirs is meant.
    """

    action: Literal["set_digest"] = "set_digest"
    how: DigestHow | None = None
    at: ClockTime | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestReceipt(Receipt):
    """A digest for somebody: figures of all that they may read, and what waits there.

    `days` is its chart. `people` are names of those whom the figures name by id. `head` is the end
    of the audit chain at this moment. Where the reader's plan looks back less far than to what
    the days compare with, `has_before` is False. One that `is_shared` is read by a whole chat: no
    person is named in it, and requests only counted.
    """

    figures: Figures
    days: DaysReceipt
    requests: tuple[str, ...]
    people: dict[str, str]
    head: Head
    has_before: bool = True
    is_shared: bool = False

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
    """Read the asker's digest of yesterday, or of all since the last one that came by itself."""
    found = tx.schedules.find(KIND, actor.person.id)
    days = days_of(found.plan.rule, today(tx)) if found is not None else 1
    roots = list_highest(tx, actor)
    if not roots:
        raise NotAllowed(actor.person.id, "spend.read")
    figures = gather_figures(tx, roots, today(tx) - timedelta(days=1), days=days)
    return digest_of(figures, tx, actor)


def digest_of(figures: Figures, tx: Tx, actor: Actor, *, is_shared: bool = False) -> DigestReceipt:
    """Make somebody's digest of figures that they may read, or may show to others."""
    movement = figures.movement
    if is_shared:
        movement = replace(movement, person=None)
        figures = replace(figures, movement=movement)
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
        requests=_open_requests(figures, tx, actor, is_shared=is_shared),
        people={str(one): name for one, name in names.items()},
        head=tx.audit.head(),
        has_before=movement.against - span >= oldest,
        is_shared=is_shared,
    )


def _open_requests(figures: Figures, tx: Tx, actor: Actor, *, is_shared: bool) -> tuple[str, ...]:
    """Return the references of what waits: all that concerns the actor, or of these wallets."""
    ids = [wallet.id for wallet in figures.wallets] if is_shared else [None]
    refs: dict[str, None] = {}
    for wallet_id in ids:
        found = list_requests(ListRequests(which="open", wallet_id=wallet_id), tx, actor)
        assert isinstance(found, RequestsReceipt)  # noqa: S101  # that is what it returns
        refs |= dict.fromkeys(line.ref for line in found.requests)
    return tuple(refs)


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


def preview_digest(call: SetDigest, tx: Tx, actor: Actor) -> Preview:
    """Show when the asker's digest would come: `target` is how often, `after` the time of day."""
    if call.how == "off" and not call.is_own and is_told_here(tx, actor):
        return Preview(action=UnshareDigest().action, subject="")
    found = tx.schedules.find(KIND, actor.person.id)
    was = usual_plan(actor.person).rule if found is None else found.plan.rule
    rule = was if call.how == "off" else changed_rule(was, call.how, call.at)
    how = call.how or rhythm_of(rule)
    return Preview(action=call.action, subject="", target=how, after=f"{rule.at:%H:%M}")


def set_digest(call: SetDigest, tx: Tx, actor: Actor) -> Receipt:
    """Set when the asker's digest comes. Repeating it is safe."""
    person = actor.person
    if call.how == "off" and not call.is_own and is_told_here(tx, actor):
        return unshare_digest(UnshareDigest(), tx, actor)
    found = tx.schedules.find(KIND, person.id)
    was = usual_plan(person).rule if found is None else found.plan.rule
    rule = was if call.how == "off" else changed_rule(was, call.how, call.at)
    kept = plan(tx, replace(usual_plan(person), rule=rule))
    if call.how == "off" and kept is not None:
        # Kept, so that nobody is sent one again who wanted none.
        tx.schedules.end(kept)
    return DigestSet(how=call.how or rhythm_of(rule), at=rule.at, zone=person.zone)


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
        preview_digest,
        # It changes nothing but when the asker hears of what they may look at anyway.
        is_at_once=True,
        examples={
            "en": ("digest weekly", "digest on weekdays", "digest at 8:30", "digest off"),
            "es": ("resumen semanal", "resumen entre semana", "resumen a las 8:30", "sin resumen"),
        },
    ),
)
