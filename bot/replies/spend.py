"""What was spent over some days, and by whom, in words."""

from __future__ import annotations

from datetime import date

from bot.actions.spend import SpendReceipt, TopSpendersReceipt
from bot.economy.usage import SpendLine
from bot.replies.amounts import about_usd, percent, share
from bot.replies.dates import dates, days, month, short_date
from bot.replies.parts import shown, spender
from bot.replies.reader import Reader
from bot.replies.tables import table
from bot.replies.words import say

# Up to here two spans are "about the same".
_SAME_PERCENT = 1


def spend_text(receipt: SpendReceipt, reader: Reader) -> str:
    """Return a sum, how it compares with the days before, and what it is made of."""
    language = reader.language
    span = dates(receipt.from_on, receipt.until_on, reader)
    if not receipt.total_nanos:
        return say(language, "spend.nothing", who=_who(receipt, reader), dates=span)
    amount = about_usd(receipt.total_nanos, language)
    texts = [say(language, "spend", who=_who(receipt, reader), amount=amount, dates=span)]
    if receipt.before_nanos is not None:
        texts[0] += f" {_compared(receipt.before_nanos, receipt, reader)}"
    if receipt.by is None:
        if receipt.model is None:
            texts.append(_mostly(receipt, reader))
    else:
        texts.append(_broken_down(receipt, reader))
    return "\n".join(text for text in texts if text)


def top_spenders_text(receipt: TopSpendersReceipt, reader: Reader) -> str:
    """Return who spent most: name, amount, share of all."""
    language = reader.language
    span = dates(receipt.from_on, receipt.until_on, reader)
    wallet = shown(receipt.wallet.name)
    if not receipt.people:
        return say(language, "top.nothing", wallet=wallet, dates=span)
    total = about_usd(receipt.total_nanos, language)
    rows = [
        (
            spender(one.name, language),
            about_usd(one.cost_nanos, language),
            share(one.cost_nanos, receipt.total_nanos),
        )
        for one in receipt.people
    ]
    head = say(language, "top", wallet=wallet, dates=span, total=total)
    return f"{head}\n{table(rows, 'lrr', language)}"


def _who(receipt: SpendReceipt, reader: Reader) -> str:
    language = reader.language
    wallet = None if receipt.wallet is None else shown(receipt.wallet.name)
    who = shown(receipt.person) if receipt.person is not None else wallet
    if who is None:
        who = say(language, "spend.everybody")
    if receipt.person is not None and wallet is not None:
        who = say(language, "spend.in_wallet", who=who, wallet=wallet)
    if receipt.model is not None:
        who = say(language, "spend.with_model", who=who, model=shown(receipt.model))
    return who


def _compared(before: int, receipt: SpendReceipt, reader: Reader) -> str:
    language = reader.language
    number = (receipt.until_on - receipt.from_on).days + 1
    key = "spend.span.day" if number == 1 else "spend.span"
    span = say(language, key, days=days(number, language))
    total = receipt.total_nanos
    if not before:
        return say(language, "spend.none_before", span=span)
    change = (abs(total - before) * 200 + before) // (2 * before)
    key = "spend.more" if total > before else "spend.less"
    return say(
        language,
        "spend.same" if change <= _SAME_PERCENT else key,
        percent=percent(change),
        span=span,
        before=about_usd(before, language),
    )


def _mostly(receipt: SpendReceipt, reader: Reader) -> str:
    models = ", ".join(
        f"{_heading(receipt, line, reader)} {about_usd(line.cost_nanos, reader.language)}"
        for line in receipt.lines[:2]
    )
    return say(reader.language, "balance.mostly", models=models) if models else ""


def _broken_down(receipt: SpendReceipt, reader: Reader) -> str:
    language = reader.language
    rows = [
        (
            _heading(receipt, line, reader),
            about_usd(line.cost_nanos, language),
            share(line.cost_nanos, receipt.total_nanos),
        )
        for line in receipt.lines
    ]
    return table(rows, "lrr", language)


def _heading(receipt: SpendReceipt, line: SpendLine, reader: Reader) -> str:
    try:
        if receipt.by == "day":
            return short_date(date.fromisoformat(line.heading), reader)
        if receipt.by == "month":
            return month(date.fromisoformat(f"{line.heading}-01"), reader)
    except ValueError:
        pass
    return spender(receipt.names.get(line.heading, line.heading), reader.language)
