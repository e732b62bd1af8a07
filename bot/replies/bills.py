"""Imported bills and corrections, in words."""

from __future__ import annotations

from bot.actions.bills import UsageCorrected
from bot.bills.imports import BillImport
from bot.replies.amounts import usd
from bot.replies.dates import dates
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.words import say


def corrected_text(receipt: UsageCorrected, reader: Reader) -> str:
    """Say that usage is what the provider charged."""
    language = reader.language
    return say(
        language,
        "bill.corrected",
        provider=shown(receipt.provider),
        dates=dates(receipt.from_on, receipt.until_on, reader),
        before=usd(receipt.before_nanos, language),
        after=usd(receipt.after_nanos, language),
        ref=receipt.ref,
    )


def imported_text(kept: BillImport, reader: Reader) -> str:
    """Tell who keeps the books of a bill that was imported, and how to correct by it."""
    language = reader.language
    return say(
        language,
        "bill.imported",
        provider=shown(kept.provider),
        dates=dates(kept.from_on, kept.until_on, reader),
        before=usd(kept.ours_nanos, language),
        after=usd(kept.theirs_nanos, language),
        ref=kept.ref,
    )
