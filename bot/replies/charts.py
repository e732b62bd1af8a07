"""What a chart shows, in its reader's words: the finding as its title, its labels, and its alt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import singledispatch
from typing import Final

from bot.actions.base import Receipt
from bot.actions.charts import DaysReceipt, SharesReceipt, TreeReceipt
from bot.actions.digest import DigestReceipt
from bot.charts.model import Ahead, Bar, BarsChart, Chart, DaysChart, Level, Tone
from bot.economy.wallets import Wallet
from bot.replies.amounts import about_usd, chart_usd, forecast_usd, percent, share, usd
from bot.replies.dates import dates, day_of_month, in_month, in_period, month_day, short_date
from bot.replies.inert import inert
from bot.replies.parts import listing, shown
from bot.replies.reader import Language, Reader
from bot.replies.words import say
from bot.reports.balance import TreeNode

# Of models: more than a phone shows are "others". Of wallets a long list is still a list.
_MOST_MODELS: Final = 6
_MOST_WALLETS: Final = 30
# Wallets that the title names.
_MOST_NAMED: Final = 3
_NEAR_PERCENT: Final = 80
# Below fewer days each has its own label.
_EVERY: Final = ((8, 1), (62, 7))
_LABELS: Final = 5
_MOST_ALT: Final = 900


@singledispatch
def chart_of(receipt: Receipt, reader: Reader) -> Chart | None:
    """Return the chart of what a receipt found; None for one that is told in words alone."""
    return None


def chart_title(receipt: Receipt, reader: Reader) -> str:
    """Return what a chart says, as the words above it."""
    chart = chart_of(receipt, reader)
    assert chart is not None  # noqa: S101  # only receipts that have one
    return f"{chart.title}."


@chart_of.register
def _days(receipt: DaysReceipt, reader: Reader) -> DaysChart:
    language = reader.language
    spent = {date.fromisoformat(line.heading): line.cost_nanos for line in receipt.days}
    been = _each(receipt.from_on, receipt.until_on)
    total = about_usd(receipt.total_nanos, language)
    line, ahead = receipt.line, None
    if receipt.forecast is not None and receipt.forecast.is_known:
        ends_on = month_day(receipt.forecast.ends_on, reader)
        amount = forecast_usd(receipt.forecast.at_end_nanos, language)
        ahead = Ahead(
            receipt.forecast.at_end_nanos,
            receipt.forecast.low_nanos,
            receipt.forecast.high_nanos,
            say(language, "chart.ahead", amount=amount, day=ends_on),
        )
    limit = None
    if line is not None:
        text = say(language, "chart.limit", amount=usd(line.limit_nanos, language))
        limit = Level(line.limit_nanos, text)
    most = ""
    if spent:
        on = max(spent, key=lambda day: (spent[day], day))
        most = say(
            language,
            "chart.most",
            amount=about_usd(spent[on], language),
            day=short_date(on, reader),
        )
    title = _days_title(receipt, reader)
    details = "; ".join(x for x in (most, limit and limit.label, ahead and ahead.label) if x)
    return DaysChart(
        title=title,
        alt=inert(say(language, "chart.days.alt", title=title, details=details), _MOST_ALT),
        days=tuple(spent.get(day, 0) for day in been),
        count=(receipt.ends_on - receipt.from_on).days + 1,
        labels=_labels(receipt.from_on, receipt.ends_on, reader),
        so_far=Level(receipt.total_nanos, total),
        ends=(month_day(receipt.from_on, reader), month_day(receipt.until_on, reader)),
        most=most,
        limit=limit,
        ahead=ahead,
    )


def _days_title(receipt: DaysReceipt, reader: Reader) -> str:
    language, line = reader.language, receipt.line
    wallet = wallets_words(receipt.wallets, language)
    if line is None:
        return say(
            language,
            "chart.days" if receipt.total_nanos else "chart.days.nothing",
            wallet=wallet,
            amount=about_usd(receipt.total_nanos, language),
            dates=dates(receipt.from_on, receipt.until_on, reader),
        )
    title = say(
        language,
        "chart.days.limit",
        wallet=wallet,
        used=about_usd(line.used_nanos, language),
        limit=usd(line.limit_nanos, language),
        period=in_period(line.period, reader),
        percent=percent(line.percent),
    )
    ahead = receipt.forecast
    if line.used_nanos >= line.limit_nanos:
        return say(language, "chart.used_up", title=title)
    if ahead is None or not ahead.is_known:
        return title
    if ahead.runs_out_on is None:
        return say(language, "chart.holds", title=title)
    return say(language, "chart.runs_out", title=title, day=short_date(ahead.runs_out_on, reader))


def wallets_words(wallets: Sequence[Wallet], language: Language) -> str:
    """Return the names of wallets that are told of together: of many the first few."""
    names = [shown(wallet.name) for wallet in wallets]
    # One that is left is named too: it takes no more room than to say so.
    many = len(names) > _MOST_NAMED + 1
    named, left = names[: _MOST_NAMED if many else None], len(names) - _MOST_NAMED
    if many:
        named.append(say(language, "chart.others", number=left))
    return listing(named, language)


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _labels(first: date, last: date, reader: Reader) -> tuple[tuple[int, str], ...]:
    """Return which days are named below their bars: the first ones of weeks, and the last."""
    count = (last - first).days + 1
    every = next((every for most, every in _EVERY if count < most), count // _LABELS or 1)
    # The last one has its month, and needs the room of the one before it.
    at = [*range(0, count - max(every * 2 // 3, 1), every), count - 1]
    is_month = first.month == last.month and first.year == last.year
    name = day_of_month if is_month else month_day
    return tuple(
        (n, (month_day if n == count - 1 else name)(first + timedelta(days=n), reader))
        for n in dict.fromkeys(at)
    )


@chart_of.register
def _digest(receipt: DigestReceipt, reader: Reader) -> DaysChart | None:
    return None if receipt.is_quiet else _days(receipt.days, reader)


@chart_of.register
def _shares(receipt: SharesReceipt, reader: Reader) -> BarsChart:
    language = reader.language
    wallet, total = shown(receipt.wallet.name), receipt.total_nanos
    span = dates(receipt.from_on, receipt.until_on, reader)
    if not receipt.models:
        title = say(language, "chart.days.nothing", wallet=wallet, dates=span)
        return BarsChart(title, title, ())
    first = receipt.models[0]
    title = say(
        language,
        "chart.all" if len(receipt.models) == 1 else "chart.models",
        model=shown(first.heading),
        percent=share(first.cost_nanos, total),
        wallet=wallet,
        dates=span,
    )
    cut = _MOST_MODELS - 1 if len(receipt.models) > _MOST_MODELS else _MOST_MODELS
    rows: list[tuple[str, int, Tone]] = [
        (shown(line.heading), line.cost_nanos, "plain") for line in receipt.models[:cut]
    ]
    others = receipt.models[cut:]
    if others:
        name = say(language, "chart.others", number=len(others))
        rows.append((name, sum(line.cost_nanos for line in others), "rest"))
    most = max(cost for _, cost, _ in rows)
    bars = tuple(
        Bar(
            name,
            f"{chart_usd(cost, language)} · {share(cost, total)}",
            cost,
            most,
            tone,
        )
        for name, cost, tone in rows
    )
    return BarsChart(title, _alt(title, bars, reader), bars)


@chart_of.register
def _tree(receipt: TreeReceipt, reader: Reader) -> BarsChart:
    language = reader.language
    if not receipt.nodes:
        title = say(language, "tree.none")
        return BarsChart(title, title, ())
    nodes = receipt.nodes[:_MOST_WALLETS]
    has_limits = any(node.limit_nanos for node in nodes)
    most = max(node.used_nanos for node in nodes)
    bars = tuple(
        _wallet(node, reader) if has_limits else _plain_wallet(node, most, reader)
        for node in nodes
    )
    left = len(receipt.nodes) - len(nodes)
    title = _tree_title(receipt, reader)
    return BarsChart(
        title,
        _alt(title, bars, reader),
        bars,
        has_tracks=has_limits,
        rest=say(language, "list.more", number=left) if left else "",
    )


def _wallet(node: TreeNode, reader: Reader) -> Bar:
    language = reader.language
    used = chart_usd(node.used_nanos, language)
    name, limit = shown(node.wallet.name), node.limit_nanos
    if limit is None:
        return Bar(name, used, depth=node.depth)
    text = say(language, "chart.of", used=used, limit=chart_usd(limit, language))
    return Bar(name, text, node.used_nanos, limit, _tone(node), node.depth)


def _plain_wallet(node: TreeNode, most: int, reader: Reader) -> Bar:
    used = chart_usd(node.used_nanos, reader.language)
    return Bar(shown(node.wallet.name), used, node.used_nanos, most, depth=node.depth)


def _tone(node: TreeNode) -> Tone:
    if not node.limit_nanos or node.used_nanos * 100 < node.limit_nanos * _NEAR_PERCENT:
        return "plain"
    return "over" if node.used_nanos > node.limit_nanos else "near"


def _tree_title(receipt: TreeReceipt, reader: Reader) -> str:
    language, month = reader.language, in_month(receipt.month_on, reader)
    if not any(node.used_nanos for node in receipt.nodes):
        return say(language, "chart.tree.nothing", month=month)
    over = [node.wallet for node in receipt.nodes if _tone(node) == "over"]
    if over:
        key = "chart.tree.over" if len(over) == 1 else "chart.tree.over.more"
        return say(language, key, month=month, wallets=wallets_words(over, language))
    limited = [node for node in receipt.nodes if node.limit_nanos]
    if not limited:
        first = receipt.nodes[0]
        return say(
            language,
            "chart.tree.no_limits",
            wallet=shown(first.wallet.name),
            amount=about_usd(first.used_nanos, language),
            month=month,
        )
    fullest = max(limited, key=lambda node: node.used_nanos * 1000 // (node.limit_nanos or 1))
    return say(
        language,
        "chart.tree",
        wallet=shown(fullest.wallet.name),
        month=month,
        percent=share(fullest.used_nanos, fullest.limit_nanos or 0),
        limit=usd(fullest.limit_nanos or 0, language),
    )


def _alt(title: str, bars: Sequence[Bar], reader: Reader) -> str:
    details = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return inert(say(reader.language, "chart.bars.alt", title=title, details=details), _MOST_ALT)
