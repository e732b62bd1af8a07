"""What Bursar does by itself, as people read it."""

from __future__ import annotations

from bot.actions.schedules import ScheduleChanged, ScheduleLine, SchedulesReceipt
from bot.replies.dates import at_time, when
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say


def kind_name(kind: str, language: Language) -> str:
    """Return what a kind of schedule is called: "the ledger check"."""
    key = f"kind.{kind}"
    return say(language, key if has_words(language, key) else "kind.other")


def schedules_text(receipt: SchedulesReceipt, reader: Reader) -> str:
    """Return what is done by itself: its reference, name, next time and how it ended last."""
    language = reader.language
    if not receipt.lines:
        return say(language, "schedules.none")
    rows = [_row(line, reader) for line in receipt.lines]
    hint = say(language, "schedules.hint", ref=receipt.lines[0].ref)
    return f"{say(language, 'schedules')}\n{table(rows, 'lLLL', language)}\n{hint}"


def schedule_changed_text(receipt: ScheduleChanged, reader: Reader) -> str:
    """Say that something rests, goes on, or is done in a moment."""
    return say(
        reader.language,
        f"schedule.{receipt.how}",
        schedule=kind_name(receipt.kind, reader.language),
        when="" if receipt.next_at is None else when(receipt.next_at, reader),
    )


def _row(line: ScheduleLine, reader: Reader) -> tuple[str, ...]:
    language = reader.language
    name = kind_name(line.kind, language)
    if line.is_companys:
        name = f"{name} ({say(language, 'schedules.companys')})"
    coming = say(language, "schedules.paused")
    if line.next_at is not None:
        coming = when(line.next_at, reader)
    return line.ref, name, coming, _last(line, reader)


def _last(line: ScheduleLine, reader: Reader) -> str:
    language = reader.language
    if line.last_at is None:
        return say(language, "schedules.never")
    key = f"ran.{line.last_result}"
    result = say(language, key if has_words(language, key) else "ran.other")
    return say(language, "schedules.last", result=result, at=at_time(line.last_at, reader))
