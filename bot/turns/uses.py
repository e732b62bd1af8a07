"""What a turn uses of its person's plan, and how fast they go: counted in its transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.access import Principal
from bot.allowances import Allowance
from bot.cooldowns import Cooldown, Pace
from bot.economy.periods import period_at
from bot.economy.quotas import Nearly, Quota, admit
from bot.messages import InboundMessage
from bot.ports import Tx

# What was written longer ago waited because Bursar was away, and comes at once with what was
# written before and after it.
_WAITED: Final = timedelta(minutes=5)


def keep_pace(
    tx: Tx, person: Principal, message: InboundMessage, pace: Pace, *, is_write: bool
) -> Cooldown | None:
    """Count a message, and a change that it begins; return the pause that it falls into.

    A message that is kept by its own transaction once is counted once.
    """
    if not _is_counted(person, message, pace, tx.now):
        return None
    return tx.paces.count(person.id, pace, is_write=is_write)


def foresees_pause(person: Principal, message: InboundMessage, pace: Pace, now: datetime) -> bool:
    """Tell whether a message will fall into a pause, so that nobody need read its words.

    Only `keep_pace` decides: the pause may end, or be lifted, before it is asked.
    """
    is_cooling = person.cooled_until is not None and person.cooled_until > now
    return is_cooling and _is_counted(person, message, pace, now)


def _is_counted(person: Principal, message: InboundMessage, pace: Pace, now: datetime) -> bool:
    """Tell whether a message counts.

    A tap on a button does not, in a pause either: each works once, and an approver whom several
    people wait for taps as often as there are cards. Guests are answered once an hour anyway.
    """
    if message.button or person.is_guest or message.platform in pace.exempt:
        return False
    return message.sent_at is None or now - message.sent_at <= _WAITED


def use_up(
    tx: Tx, person: Principal, allowance: Allowance, *, reads: int, writes: int, key: str
) -> list[Nearly]:
    """Count what a turn reads and begins against the person's day; return what comes to an end.

    Repeating it with the same key counts once. A day begins and ends in the company's zone.

    Raises:
        QuotaExceeded: too little is left; what was counted before it is for the caller to undo.
    """
    day = period_at("day", tx.now, tx.zone)
    nearly: list[Nearly] = []
    if reads:
        quota = Quota(person.id, "reads", day, allowance.reads_per_day, allowance.plan)
        nearly += admit(tx, quota, reads, key=f"{key}:reads")
    if writes:
        quota = Quota(person.id, "writes", day, allowance.writes_per_day, allowance.plan)
        nearly += admit(tx, quota, writes, key=f"{key}:writes")
    return nearly
