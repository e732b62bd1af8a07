"""Plans of people: who is on which, what is used of it, and what administrators do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from bot.access import Principal, require
from bot.actions.base import Action, ActionCall, Notice, Preview, Receipt, Tier
from bot.allowances import Allowance, PlanName
from bot.cooldowns import Cooldown
from bot.economy.ledger import Account, Unit
from bot.economy.periods import Period, period_at
from bot.economy.quotas import Quota, add_to
from bot.errors.kinds import Conflict, InvalidInput, KeyReused, NotFound
from bot.ids import PrincipalId
from bot.ports import Actor, Tx
from bot.reports.balance import today

_UNITS: Final[tuple[Unit, ...]] = ("reads", "writes")
# So many people are looked up in one statement.
_AT_ONCE: Final = 50


class ShowQuota(ActionCall):
    """Show a person's plan and what is used of it today, the asker's own where none is named."""

    action: Literal["show_quota"] = "show_quota"
    person_id: PrincipalId | None = None
    everybody: bool = False


class SetPlan(ActionCall):
    """Put a person on a plan."""

    action: Literal["set_plan"] = "set_plan"
    person_id: PrincipalId
    plan: PlanName


class RestorePlan(ActionCall):
    """Put a person back on the plan that they were on; None is the company's usual one."""

    action: Literal["restore_plan"] = "restore_plan"
    person_id: PrincipalId
    plan: PlanName | None
    expected: PlanName | None


class LiftPause(ActionCall):
    """End the pause of a person who wrote too fast, before its time."""

    action: Literal["lift_pause"] = "lift_pause"
    person_id: PrincipalId


class GiveBackQuota(ActionCall):
    """Give a person back what they have used of today's questions and changes."""

    action: Literal["give_back_quota"] = "give_back_quota"
    person_id: PrincipalId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """A person's day: uses and how many there may be, and the pause that they are in."""

    name: str
    plan: PlanName
    reads: tuple[int, int]
    writes: tuple[int, int]
    cooldown: Cooldown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReceipt(Receipt):
    """The days of people, those in a pause and those who have used most first.

    `oldest_on` is the first day of which spending is shown to the one person who was asked about,
    None where it was everybody.
    """

    lines: tuple[QuotaLine, ...]
    opens_at: datetime
    oldest_on: date | None
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSet(Receipt):
    """A person was put on a plan."""

    name: str
    before: PlanName
    plan: PlanName


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseLifted(Receipt):
    """A person's pause was ended; it would have lasted until `until`."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaGivenBack(Receipt):
    """So many questions and changes were given back for today."""

    name: str
    reads: int
    writes: int


def show_quota(call: ShowQuota, tx: Tx, actor: Actor) -> Receipt:
    """Read the plan and the day of the asker, of a person, or of everybody."""
    is_own = not call.everybody and call.person_id in {None, actor.person.id}
    if not is_own:
        require(actor.person, "people.manage")
    if call.everybody:
        people = [person for person in tx.people.list_all() if not person.is_disabled]
    else:
        people = [tx.people.get(call.person_id or actor.person.id)]
    day = _day(tx)
    assert day.until_at is not None  # noqa: S101  # a day has an end
    lines = sorted(_lines(people, day, tx, actor), key=_by_need)
    oldest_on = None
    if not call.everybody:
        oldest_on = _allowance(people[0], actor).oldest_on(today(tx))
    return QuotaReceipt(
        lines=tuple(lines), opens_at=day.until_at, oldest_on=oldest_on, is_own=is_own
    )


def _lines(people: Sequence[Principal], day: Period, tx: Tx, actor: Actor) -> Sequence[QuotaLine]:
    used = {unit: _accounts([person.id for person in people], unit, day, tx) for unit in _UNITS}
    cooldowns = tx.paces.list_cooldowns()
    return [
        QuotaLine(
            name=person.name,
            plan=_allowance(person, actor).plan,
            reads=_uses(used["reads"].get(person.id), _allowance(person, actor).reads_per_day),
            writes=_uses(used["writes"].get(person.id), _allowance(person, actor).writes_per_day),
            cooldown=cooldowns.get(person.id),
        )
        for person in people
    ]


def _accounts(ids: Sequence[str], unit: Unit, day: Period, tx: Tx) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        # Filled up with the last one: a statement is compiled for each count.
        some += [some[-1]] * (_AT_ONCE - len(some) if len(ids) > 1 else 0)
        for account in tx.ledger.list_accounts("quota", some, [day.key], unit):
            found[account.key.owner] = account
    return found


def _uses(account: Account | None, limit: int) -> tuple[int, int]:
    return (0, limit) if account is None else (account.used, account.limit)


def _by_need(line: QuotaLine) -> tuple[bool, float, str]:
    most = max(used / limit for used, limit in (line.reads, line.writes) if limit)
    return line.cooldown is None, -most, line.name


def preview_plan(call: SetPlan, tx: Tx, actor: Actor) -> Preview:
    """Show a person's plan before and after."""
    person, before = _to_change(call, tx, actor)
    return Preview(action=call.action, subject=person.name, before=before, after=call.plan)


def set_plan(call: SetPlan, tx: Tx, actor: Actor) -> Receipt:
    """Put a person on a plan, once. A larger day counts at once, a smaller one from tomorrow on.

    Raises:
        InvalidInput: they are on it already.
        Conflict: somebody changed it at the same moment; nothing changed.
    """
    person, _ = _to_change(call, tx, actor)
    return _put(person, call.plan, person.plan, tx, actor)


def preview_restore(call: RestorePlan, tx: Tx, actor: Actor) -> Preview:
    """Show a person's plan as it was."""
    require(actor.person, "people.manage")
    return Preview(
        action=call.action,
        subject=tx.people.get(call.person_id).name,
        before=actor.allowances.of(call.expected).plan,
        after=actor.allowances.of(call.plan).plan,
    )


def restore_plan(call: RestorePlan, tx: Tx, actor: Actor) -> Receipt:
    """Put a person back on their plan. Raises `Conflict` if it was changed since."""
    require(actor.person, "people.manage")
    return _put(tx.people.get(call.person_id), call.plan, call.expected, tx, actor)


def _to_change(call: SetPlan, tx: Tx, actor: Actor) -> tuple[Principal, PlanName]:
    require(actor.person, "people.manage")
    person = tx.people.get(call.person_id)
    before = _allowance(person, actor).plan
    if person.plan == call.plan or (person.plan is None and before == call.plan):
        raise InvalidInput("plan", "is on it already", example="put ana on premium")
    return person, before


def _put(
    person: Principal,
    plan: PlanName | None,
    expected: PlanName | None,
    tx: Tx,
    actor: Actor,
) -> PlanSet:
    if not tx.people.set_plan(person.id, plan, expected=expected):
        raise Conflict(f"plan of {person.id!r} was changed since")
    before, after = actor.allowances.of(expected), actor.allowances.of(plan)
    _widen(person, before, after, tx, actor)
    return PlanSet(
        name=person.name,
        before=before.plan,
        plan=after.plan,
        undo=RestorePlan(person_id=person.id, plan=expected, expected=plan),
        notices=_told(person, actor),
    )


def _widen(person: Principal, before: Allowance, after: Allowance, tx: Tx, actor: Actor) -> None:
    """Add to a day that has begun what another plan allows more; once, however often it is set."""
    day = _day(tx)
    for unit in _UNITS:
        old, new = _per_day(before, unit), _per_day(after, unit)
        if new <= old:
            continue
        quota = Quota(person.id, unit, day, old, before.plan)
        key = f"plan:{person.id}:{unit}:{day.key}:{new}"
        try:
            add_to(tx, quota, new - old, key=key, actor=actor.person.id)
        except KeyReused:
            # The plans themselves were changed today; what was added before stays.
            continue


def _per_day(allowance: Allowance, unit: Unit) -> int:
    return allowance.reads_per_day if unit == "reads" else allowance.writes_per_day


def preview_lift(call: LiftPause, tx: Tx, actor: Actor) -> Preview:
    """Show whose pause is ended, and until when it would last."""
    person, cooldown = _paused(call, tx, actor)
    return Preview(action=call.action, subject=person.name, ends_at=cooldown.until)


def lift_pause(call: LiftPause, tx: Tx, actor: Actor) -> Receipt:
    """End a pause, once. Raises `NotFound` when it is over by itself, or somebody was faster."""
    person, cooldown = _paused(call, tx, actor)
    if not tx.paces.lift(person.id):
        raise NotFound("pause", person.name)
    return PauseLifted(name=person.name, until=cooldown.until, notices=_told(person, actor))


def _paused(call: LiftPause, tx: Tx, actor: Actor) -> tuple[Principal, Cooldown]:
    require(actor.person, "people.manage")
    person = tx.people.get(call.person_id)
    cooldown = tx.paces.find_cooldown(person.id)
    if cooldown is None:
        raise NotFound("pause", person.name)
    return person, cooldown


def preview_give_back(call: GiveBackQuota, tx: Tx, actor: Actor) -> Preview:
    """Show how many questions and changes are given back."""
    person, used = _to_give_back(call, tx, actor)
    return Preview(
        action=call.action, subject=person.name, reads=used["reads"], writes=used["writes"]
    )


def give_back(call: GiveBackQuota, tx: Tx, actor: Actor) -> Receipt:
    """Give back what was used today, as it is now; repeating it with the same key adds once.

    Raises:
        NotFound: nothing is used.
    """
    person, used = _to_give_back(call, tx, actor)
    allowance = _allowance(person, actor)
    for unit in _UNITS:
        if used[unit]:
            quota = Quota(person.id, unit, _day(tx), _per_day(allowance, unit), allowance.plan)
            add_to(tx, quota, used[unit], key=f"{actor.key}:{unit}", actor=actor.person.id)
    return QuotaGivenBack(
        name=person.name,
        reads=used["reads"],
        writes=used["writes"],
        notices=_told(person, actor),
    )


def _to_give_back(call: GiveBackQuota, tx: Tx, actor: Actor) -> tuple[Principal, dict[Unit, int]]:
    require(actor.person, "people.manage")
    person = tx.people.get(call.person_id)
    allowance, day = _allowance(person, actor), _day(tx)
    used: dict[Unit, int] = {}
    for unit in _UNITS:
        limit = _per_day(allowance, unit)
        account = tx.ledger.find_account(Quota(person.id, unit, day, limit).account)
        # Never more than what is missing to a whole day of the plan.
        missing = 0 if account is None else limit - account.free
        used[unit] = max(0, missing)
    if not any(used.values()):
        raise NotFound("use", person.name)
    return person, used


def _day(tx: Tx) -> Period:
    return period_at("day", tx.now, tx.zone)


def _allowance(person: Principal, actor: Actor) -> Allowance:
    return actor.allowances.of(person.plan)


def _told(person: Principal, actor: Actor) -> tuple[Notice, ...]:
    return () if person.id == actor.person.id else (Notice(to=person.id),)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowQuota,
        Tier.T1,
        "account.own",
        show_quota,
        is_free=True,
        examples={
            "en": ("my quota", "quota of ben", "everybody's quota"),
            "es": ("mi cupo", "cupo de ben", "los cupos"),
        },
    ),
    Action(
        SetPlan,
        Tier.T3,
        "people.manage",
        set_plan,
        preview_plan,
        examples={"en": ("put ben on premium",), "es": ("pon a ben en premium",)},
    ),
    Action(RestorePlan, Tier.T3, "undo", restore_plan, preview_restore, is_hidden=True),
    Action(
        LiftPause,
        Tier.T3,
        "people.manage",
        lift_pause,
        preview_lift,
        examples={"en": ("lift the pause of ben",), "es": ("quita la pausa de ben",)},
    ),
    Action(
        GiveBackQuota,
        Tier.T3,
        "people.manage",
        give_back,
        preview_give_back,
        examples={"en": ("give ben the quota back",), "es": ("devuelve el cupo a ben",)},
    ),
)
