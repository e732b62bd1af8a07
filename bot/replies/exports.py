"""Files of costs, in words and as what is handed over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.base import Receipt
from bot.actions.exports import ExportReceipt
from bot.messages import Block, FileBlock, TextBlock
from bot.replies.amounts import usd
from bot.replies.dates import dates, month
from bot.replies.parts import listing, shown
from bot.replies.reader import Reader
from bot.replies.words import say


def export_text(receipt: ExportReceipt, reader: Reader) -> str:
    """Return what a file is of, and what it adds up to."""
    language = reader.language
    span = dates(receipt.from_on, receipt.until_on, reader)
    names = [shown(name) for name in receipt.wallets]
    who = listing(names, language) if names else say(language, "spend.everybody")
    if receipt.file is None:
        return say(language, f"export.{receipt.what}.nothing", who=who, dates=span)
    return say(
        language,
        f"export.{receipt.what}",
        who=who,
        dates=span,
        amount=usd(receipt.total_nanos, language),
        rows=receipt.rows,
    )


def file_of(receipt: Receipt, reader: Reader) -> FileBlock | None:
    """Return the file that is handed over below a receipt's text, None if it has none."""
    if not isinstance(receipt, ExportReceipt) or receipt.file is None:
        return None
    file = receipt.file
    alt = say(reader.language, "export.file", name=file.name, rows=receipt.rows)
    return FileBlock.of(file.name, file.media_type, file.data, alt)


def month_end_blocks(made: Sequence[ExportReceipt], reader: Reader) -> tuple[str, Sequence[Block]]:
    """Return what is said of a month that is over, and that with its files below.

    `made` are its files, the chargeback first; one without a file is larger than chats take.
    """
    language = reader.language
    lines = [
        say(
            language,
            "month_end",
            month=month(made[0].from_on, reader),
            amount=usd(made[0].total_nanos, language),
        )
    ]
    files = []
    for receipt in made:
        file = file_of(receipt, reader)
        if file is not None:
            files.append(file)
        else:
            lines.append(say(language, "month_end.too_large", what=receipt.what))
    text = "\n".join(lines)
    return text, (TextBlock(text), *files)
