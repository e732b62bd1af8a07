"""Files of costs, in words and as what is handed over."""

from __future__ import annotations

from bot.actions.base import Receipt
from bot.actions.exports import ExportReceipt
from bot.messages import FileBlock
from bot.replies.amounts import usd
from bot.replies.dates import dates
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.words import say


def export_text(receipt: ExportReceipt, reader: Reader) -> str:
    """Return what a file is of, and what it adds up to."""
    language = reader.language
    span = dates(receipt.from_on, receipt.until_on, reader)
    who = say(language, "spend.everybody") if receipt.wallet is None else shown(receipt.wallet)
    if receipt.file is None:
        return say(language, "spend.nothing", who=who, dates=span)
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
