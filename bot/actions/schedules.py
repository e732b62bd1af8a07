"""What Bursar does by itself: seeing it, letting it rest, and having it done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import may_anywhere, require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, examples, record
from bot.errors.kinds import Ambiguous, Conflict, InvalidInput, NotFound
from bot.ports import Actor, Tx
from bot.schedules.model import Schedule, ScheduleId, ScheduleState, coming_of

# The name of a kind, or the reference that the list shows.
Which = Annotated[str, Field(min_length=1, max_length=40)]
_REF_LENGTH: Final = 6


class ListSchedules(ActionCall):
    """Show what Bursar does by itself for the asker, and for the company to who looks after it."""

    action: Literal["list_schedules"] = "list_schedules"


class PauseSchedule(ActionCall):
    """Let something rest that Bursar does by itself, until it is resumed."""

    action: Literal["pause_schedule"] = "pause_schedule"
    which: Which


class ResumeSchedule(ActionCall):
    """Have something done again that rests; what came meanwhile is not made up for."""

    action: Literal["resume_schedule"] = "resume_schedule"
    which: Which


class RunSchedule(ActionCall):
    """Have something done now that Bursar does by itself, beside the times that are set."""

    action: Literal["run_schedule"] = "run_schedule"
    which: Which


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One thing that is done by itself: when it comes, and the code of how it ended last."""

    kind: str
    ref: str
    state: ScheduleState
    next_at: datetime | None
    last_at: datetime | None
    last_result: str
    is_companys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulesReceipt(Receipt):
    """What is done by itself, the next first, the asker's before the company's."""

    lines: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChanged(Receipt):
    """Something rests, goes on, or is done in a moment."""

    how: Literal["paused", "resumed", "asked"]
    kind: str
    next_at: datetime | None = None


def list_schedules(call: ListSchedules, tx: Tx, actor: Actor) -> Receipt:
    """List the asker's, and the company's where they look after it."""
    return SchedulesReceipt(
        lines=tuple(
            ScheduleLine(
                kind=one.plan.kind,
                ref=_ref(one.id),
                state=one.state,
                next_at=None if one.next is None else one.next.at,
                last_at=one.last_at,
                last_result=one.last_result,
                is_companys=one.plan.owner_id is None,
            )
            for one in _visible(tx, actor)
        )
    )


def preview_change(call: PauseSchedule | ResumeSchedule, tx: Tx, actor: Actor) -> Preview:
    """Show what would rest or go on, and when it comes next."""
    found = _find(call.which, tx, actor)
    _check_state(call, found)
    coming = found.next if found.next is not None else coming_of(found.plan, tx.schedules.now())
    return Preview(
        action=call.action,
        subject=found.plan.kind,
        comes_at=None if coming is None else coming.at,
    )


def preview_run(call: RunSchedule, tx: Tx, actor: Actor) -> Preview:
    """Show what would be done."""
    return Preview(action=call.action, subject=_find(call.which, tx, actor).plan.kind)


def pause_schedule(call: PauseSchedule, tx: Tx, actor: Actor) -> Receipt:
    """Let something rest.

    Raises:
        InvalidInput: it rests already.
        Conflict: it was changed at the same moment; nothing changed.
    """
    found = _find(call.which, tx, actor)
    _check_state(call, found)
    if not tx.schedules.pause(found):
        raise Conflict("the schedule was changed at this moment")
    record(tx, actor, "schedule_paused", found.id, {"kind": found.plan.kind})
    undo = ResumeSchedule(which=_ref(found.id))
    return ScheduleChanged(how="paused", kind=found.plan.kind, undo=undo)


def resume_schedule(call: ResumeSchedule, tx: Tx, actor: Actor) -> Receipt:
    """Have something done again, from its next time on.

    Raises:
        InvalidInput: it does not rest, or its time comes no more.
        Conflict: it was changed at the same moment; nothing changed.
    """
    found = _find(call.which, tx, actor)
    _check_state(call, found)
    coming = coming_of(found.plan, tx.schedules.now())
    if coming is None:
        raise InvalidInput("schedule", "has no time to come", example="schedules")
    if not tx.schedules.resume(found, coming):
        raise Conflict("the schedule was changed at this moment")
    record(tx, actor, "schedule_resumed", found.id, {"kind": found.plan.kind})
    undo = PauseSchedule(which=_ref(found.id))
    return ScheduleChanged(how="resumed", kind=found.plan.kind, next_at=coming.at, undo=undo)


def run_schedule(call: RunSchedule, tx: Tx, actor: Actor) -> Receipt:
    """Have something done as soon as a process is free for it, once.

    Raises:
        Conflict: it is being done at this moment.
    """
    found = _find(call.which, tx, actor)
    if not tx.runs.ask_for(found):
        raise Conflict("the schedule runs at this moment")
    record(tx, actor, "schedule_asked_for", found.id, {"kind": found.plan.kind})
    return ScheduleChanged(how="asked", kind=found.plan.kind)


def _visible(tx: Tx, actor: Actor) -> list[Schedule]:
    own = tx.schedules.list_of(actor.person.id)
    if not may_anywhere(actor.person, "schedules.manage"):
        return own
    return own + tx.schedules.list_of(None)


def _find(which: str, tx: Tx, actor: Actor) -> Schedule:
    """Find what is meant among what the asker may change.

    Raises:
        NotFound: there is nothing of theirs by that name or reference.
        Ambiguous: there are several of that kind; their references tell them apart.
        NotAllowed: it is the company's, which somebody else looks after.
    """
    found = [x for x in _visible(tx, actor) if which in {x.plan.kind, _ref(x.id)}]
    if not found:
        if any(which in {x.plan.kind, _ref(x.id)} for x in tx.schedules.list_of(None)):
            require(actor.person, "schedules.manage")
        raise NotFound("schedule", "")
    if len(found) > 1:
        raise Ambiguous("schedule", which, tuple(_ref(x.id) for x in found))
    return found[0]


def _check_state(call: PauseSchedule | ResumeSchedule, found: Schedule) -> None:
    wanted: ScheduleState = "active" if isinstance(call, PauseSchedule) else "paused"
    if found.state != wanted:
        raise InvalidInput("schedule", "rests already, or does not", example="schedules")


def _ref(schedule_id: ScheduleId) -> str:
    # The random end of its id: enough to tell apart what one person sees.
    return schedule_id[-_REF_LENGTH:]


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListSchedules,
        Tier.T1,
        "account.own",
        list_schedules,
        is_free=True,
        examples=examples("schedules", "programaciones"),
    ),
    Action(
        PauseSchedule,
        Tier.T3,
        "account.own",
        pause_schedule,
        preview_change,
        examples=examples("pause the ledger check", "pausa la revisión del libro mayor"),
    ),
    Action(
        ResumeSchedule,
        Tier.T3,
        "account.own",
        resume_schedule,
        preview_change,
        examples=examples("resume the ledger check", "reanuda la revisión del libro mayor"),
    ),
    Action(
        RunSchedule,
        Tier.T2,
        "account.own",
        run_schedule,
        preview_run,
        is_at_once=True,
        examples=examples("run the ledger check now", "ejecuta la revisión del libro mayor ahora"),
    ),
)
