"""Plans of people and what is used of them, in words."""

from __future__ import annotations

from bot.actions.plans import QuotaLine, QuotaReceipt
from bot.replies.amounts import count
from bot.replies.dates import at_time, long_date, when
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.tables import table
from bot.replies.words import say


def quota_text(receipt: QuotaReceipt, reader: Reader) -> str:
    """Return one person's plan and day, or a line for each of several."""
    if receipt.oldest_on is None:
        rows = [_row(line, reader) for line in receipt.lines]
        return f"{say(reader.language, 'quota.all')}\n{table(rows, 'llrrl', reader.language)}"
    language, line = reader.language, receipt.lines[0]
    key = "quota.own" if receipt.is_own else "quota.of"
    texts = [
        say(language, key, name=shown(line.name), plan=line.plan),
        say(
            language,
            "quota.day",
            reads=count(line.reads[0], language),
            most_reads=count(line.reads[1], language),
            writes=count(line.writes[0], language),
            most_writes=count(line.writes[1], language),
            when=when(receipt.opens_at, reader),
        ),
        say(language, "quota.history", day=long_date(receipt.oldest_on, reader)),
    ]
    if line.cooldown is not None:
        texts.append(
            say(
                language,
                "quota.pause",
                when=when(line.cooldown.until, reader),
                swallowed=count(line.cooldown.swallowed, language),
            )
        )
    return "\n".join(texts)


def _row(line: QuotaLine, reader: Reader) -> tuple[str, ...]:
    cooldown = line.cooldown
    return (
        shown(line.name),
        line.plan,
        f"{line.reads[0]}/{line.reads[1]}",
        f"{line.writes[0]}/{line.writes[1]}",
        ""
        if cooldown is None
        else say(reader.language, "quota.paused", at=at_time(cooldown.until, reader)),
    )
