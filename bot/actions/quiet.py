"""A person's quiet hours: setting them, ending them, looking at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.errors.kinds import Conflict, InvalidInput
from bot.people.quiet import QuietHours
from bot.ports import Actor, Tx

# A time of day, "07:00" to "23:59".
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_EXAMPLE = "quiet hours 22:00 to 7:00"


class SetQuietHours(ActionCall):
    """Tell the asker nothing by itself from one time of day until another; none ends that."""

    action: Literal["set_quiet_hours"] = "set_quiet_hours"
    begins: ClockTime | None = None
    ends: ClockTime | None = None


class RestoreQuietHours(ActionCall):
    """Set the asker's quiet hours to what they were, if they are still what they became."""

    action: Literal["restore_quiet_hours"] = "restore_quiet_hours"
    begins: ClockTime | None
    ends: ClockTime | None
    expected_begins: ClockTime | None
    expected_ends: ClockTime | None


class ShowQuietHours(ActionCall):
    """Show the asker's quiet hours."""

    action: Literal["show_quiet_hours"] = "show_quiet_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHoursReceipt(Receipt):
    """A person's quiet hours as they are now, None for none; `is_set` if they just became so."""

    hours: QuietHours | None
    zone: str
    is_set: bool = False


def preview_quiet(call: SetQuietHours, tx: Tx, actor: Actor) -> Preview:
    """Show the quiet hours before and after."""
    return _shown(call, actor.person.quiet, _asked(call, actor))


def set_quiet(call: SetQuietHours, tx: Tx, actor: Actor) -> Receipt:
    """Set or end the asker's quiet hours.

    Raises:
        InvalidInput: they are that already, or begin when they end.
        Conflict: they were changed at the same moment; nothing changed.
    """
    return _set(tx, actor, actor.person.quiet, _asked(call, actor))


def preview_restore(call: RestoreQuietHours, tx: Tx, actor: Actor) -> Preview:
    """Show the quiet hours as they were."""
    expected, before = _restored(call)
    return _shown(call, expected, before)


def restore_quiet(call: RestoreQuietHours, tx: Tx, actor: Actor) -> Receipt:
    """Set the asker's quiet hours back. Raises `Conflict` if they were changed since."""
    expected, before = _restored(call)
    return _set(tx, actor, expected, before)


def show_quiet(call: ShowQuietHours, tx: Tx, actor: Actor) -> Receipt:
    """Read the asker's quiet hours."""
    return QuietHoursReceipt(hours=actor.person.quiet, zone=actor.person.zone)


def _asked(call: SetQuietHours, actor: Actor) -> QuietHours | None:
    asked = _hours(call.begins, call.ends)
    if asked == actor.person.quiet:
        raise InvalidInput("quiet hours", "are that already", example=_EXAMPLE)
    return asked


def _restored(call: RestoreQuietHours) -> tuple[QuietHours | None, QuietHours | None]:
    return _hours(call.expected_begins, call.expected_ends), _hours(call.begins, call.ends)


def _hours(begins: str | None, ends: str | None) -> QuietHours | None:
    if begins is None and ends is None:
        return None
    if begins is None or ends is None or begins == ends:
        raise InvalidInput("quiet hours", "need two times that differ", example=_EXAMPLE)
    return QuietHours(begins, ends)


def _shown(call: ActionCall, before: QuietHours | None, after: QuietHours | None) -> Preview:
    return Preview(
        action=call.action,
        subject=call.action,
        before=None if before is None else str(before),
        after=None if after is None else str(after),
    )


def _set(tx: Tx, actor: Actor, before: QuietHours | None, after: QuietHours | None) -> Receipt:
    person = actor.person
    if not tx.people.set_quiet(person.id, after, expected=before):
        raise Conflict("the quiet hours were changed since")
    until = None if after is None else after.end_after(tx.now, ZoneInfo(person.zone))
    tx.outbox.hold_again(person.id, until)
    undo = RestoreQuietHours(
        begins=None if before is None else before.begins,
        ends=None if before is None else before.ends,
        expected_begins=None if after is None else after.begins,
        expected_ends=None if after is None else after.ends,
    )
    return QuietHoursReceipt(hours=after, zone=person.zone, is_set=True, undo=undo)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowQuietHours,
        Tier.T1,
        "account.own",
        show_quiet,
        is_free=True,
        examples={"en": ("my quiet hours",), "es": ("mis horas de silencio",)},
    ),
    Action(
        SetQuietHours,
        Tier.T2,
        "account.own",
        set_quiet,
        preview_quiet,
        is_tapped=True,
        examples={
            "en": (_EXAMPLE, "no quiet hours"),
            "es": ("horas de silencio de 22:00 a 7:00", "sin horas de silencio"),
        },
    ),
    Action(
        RestoreQuietHours,
        Tier.T2,
        "undo",
        restore_quiet,
        preview_restore,
        is_hidden=True,
    ),
)
