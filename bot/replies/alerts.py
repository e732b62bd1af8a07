"""Alerts in words: what was passed, what follows, what is open, what is muted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.actions.alerts import AlertLine, AlertsAnswered, AlertsReceipt
from bot.alerts.events import EventName
from bot.alerts.ladder import FULL_PERCENT
from bot.replies.amounts import about_usd, percent, usd
from bot.replies.dates import at_time, duration, in_period, short_date, when
from bot.replies.parts import listing, shown
from bot.replies.reader import Language, Reader
from bot.replies.words import say
from bot.reports.anomalies import Anomaly


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What an alert says: use and limit as they are now, and who can lift the limit, by name.

    `until_at` is when the period ends, None for one without end; `open_since` is set where it was
    told before and nobody has acknowledged it.
    """

    wallet: str
    period: str
    percent: int
    used_nanos: int
    limit_nanos: int
    free_nanos: int
    until_at: datetime | None
    runs_out_on: date | None = None
    lifts: tuple[str, ...] = ()
    open_since: datetime | None = None


def alert_text(facts: AlertFacts, reader: Reader) -> str:
    """Return an alert: how much is used, where that leads, and who can do something."""
    language = reader.language
    is_full = facts.percent >= FULL_PERCENT
    lines = [
        say(
            language,
            "alert.full" if is_full else "alert.passed",
            wallet=shown(facts.wallet),
            percent=_used(facts.used_nanos, facts.limit_nanos),
            used=about_usd(facts.used_nanos, language),
            limit=usd(facts.limit_nanos, language),
            period=in_period(facts.period, reader),
        )
    ]
    if is_full:
        lines.append(_stop(facts, reader))
        if facts.lifts:
            names = [shown(name) for name in facts.lifts]
            lines.append(say(language, "alert.lifts", names=listing(names, language, by="or")))
    elif facts.runs_out_on is not None:
        day = short_date(facts.runs_out_on, reader)
        lines.append(say(language, "alert.runs_out", day=day))
    if facts.open_since is not None:
        age = duration(reader.now - facts.open_since, language)
        lines.append(say(language, "alert.again", age=age))
    return "\n".join(lines)


def _stop(facts: AlertFacts, reader: Reader) -> str:
    language = reader.language
    if facts.free_nanos > 0:
        free = about_usd(facts.free_nanos, language, "less")
        is_left = facts.used_nanos < facts.limit_nanos
        return say(language, "alert.rest" if is_left else "alert.overdraft", free=free)
    if facts.until_at is None:
        return say(language, "alert.stop")
    return say(language, "alert.stop.until", at=at_time(facts.until_at, reader))


def _used(used_nanos: int, limit_nanos: int) -> str:
    # Rounded down: "100 %" is only said of a limit that is used up.
    return percent(used_nanos * 100 // limit_nanos if limit_nanos > 0 else 100)


def anomaly_text(found: Anomaly, wallet: str, spender: str, reader: Reader) -> str:
    """Return what is unusual about a wallet's spend, in numbers, and whose it mostly is."""
    language = reader.language
    lines = [
        say(
            language,
            "anomaly",
            wallet=shown(wallet),
            model=shown(found.model),
            spent=about_usd(found.spent_nanos, language),
            at=at_time(found.hour_at, reader),
        ),
        say(
            language,
            f"anomaly.{found.basis}{'.one' if found.low_nanos == found.high_nanos else ''}",
            low=about_usd(found.low_nanos, language),
            high=about_usd(found.high_nanos, language),
        ),
    ]
    if found.since_at < found.hour_at:
        since = at_time(found.since_at, reader)
        total = about_usd(found.since_nanos, language)
        lines.append(say(language, "anomaly.since", at=since, total=total))
    if spender:
        amount = about_usd(found.person_nanos, language)
        lines.append(say(language, "anomaly.person", name=shown(spender), amount=amount))
    return "\n".join(lines)


def shared_text(
    event: EventName,
    wallet: str,
    percentage: int,
    used_nanos: int,
    limit_nanos: int,
    language: Language,
) -> str:
    """Return one line for readers of mail and of monitoring, in the company's language."""
    return say(
        language,
        f"shared.{event}",
        wallet=shown(wallet),
        percent=percent(percentage),
        used=about_usd(used_nanos, language),
        limit=usd(limit_nanos, language),
    )


def shared_anomaly_text(event: EventName, found: Anomaly, wallet: str, language: Language) -> str:
    """Return one line about something unusual, as `shared_text` does about a limit."""
    return say(
        language,
        f"shared.anomaly.{event}",
        wallet=shown(wallet),
        model=shown(found.model),
        spent=about_usd(found.spent_nanos, language),
        high=about_usd(found.high_nanos, language),
    )


OfferName = Literal["raise", "ask", "top", "acknowledge", "snooze", "mute"]


def offer_label(name: OfferName, language: Language, amount_nanos: int = 0) -> str:
    """Return what a button below an alert says: the effect of a tap."""
    return say(language, f"offer.{name}", amount=usd(amount_nanos, language))


def alerts_text(receipt: AlertsReceipt, reader: Reader) -> str:
    """Return what is open, newest first, and what the reader has muted."""
    language = reader.language
    lines = []
    if receipt.lines is not None:
        lines.append(say(language, "alerts" if receipt.lines else "alerts.none"))
        lines += [_line(line, reader) for line in receipt.lines]
    elif not receipt.muted:
        lines.append(say(language, "alerts.muted.none"))
    lines += [_unusual(*one, reader) for one in receipt.unusual]
    for one in receipt.muted:
        key = "alerts.muted.for_good" if one.until_at is None else "alerts.muted"
        at = "" if one.until_at is None else at_time(one.until_at, reader)
        below = say(language, "alerts.muted.below") if one.covers_below else ""
        lines.append(say(language, key, wallet=shown(one.wallet), at=at, below=below))
    if receipt.lines:
        lines.append(say(language, "alerts.hint", wallet=shown(receipt.lines[0].wallet)))
    return "\n".join(lines)


def _unusual(wallet: str, found: Anomaly, reader: Reader) -> str:
    return say(
        reader.language,
        "alerts.unusual",
        wallet=shown(wallet),
        model=shown(found.model),
        spent=about_usd(found.spent_nanos, reader.language),
        high=about_usd(found.high_nanos, reader.language),
        at=at_time(found.hour_at, reader),
    )


def _line(line: AlertLine, reader: Reader) -> str:
    language = reader.language
    text = say(
        language,
        "alerts.line",
        wallet=shown(line.wallet),
        percent=_used(line.used_nanos, line.limit_nanos),
        used=about_usd(line.used_nanos, language),
        limit=usd(line.limit_nanos, language),
        period=in_period(line.period, reader),
        at=at_time(line.opened_at, reader),
    )
    if line.snoozed_until is None:
        return text
    return f"{text} {say(language, 'alerts.snoozed', at=at_time(line.snoozed_until, reader))}"


def answered_text(receipt: AlertsAnswered, reader: Reader) -> str:
    """Return what became of a wallet's alerts."""
    key = f"alert.{receipt.how}"
    if receipt.how == "muted" and receipt.until_at is None:
        key = "alert.muted.for_good"
    at = "" if receipt.until_at is None else when(receipt.until_at, reader)
    language = reader.language
    below = ""
    if receipt.below:
        count = receipt.below
        below = say(language, f"alert.below{'.one' if count == 1 else ''}", count=count)
    text = say(language, key, wallet=shown(receipt.wallet), when=at, below=below)
    if not receipt.below:
        return text
    return f"{text} {say(language, 'alert.below.hint', wallet=shown(receipt.wallet))}"
