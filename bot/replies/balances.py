"""What a wallet has spent, has left and is heading for, in words."""

from __future__ import annotations

from bot.actions.spend import ForecastReceipt
from bot.replies.amounts import about_usd, forecast_usd, percent, rough_usd, usd
from bot.replies.dates import days, in_month, in_period, short_date, today
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.words import say
from bot.reports.balance import Balance, BudgetLine, main_line
from bot.reports.forecast import LEAST_DAYS, LOOK_BACK_DAYS, Forecast


def balance_text(balance: Balance, reader: Reader) -> str:
    """Return a wallet at present: spend and limit; the pace; what binds; other windows."""
    language = reader.language
    line = main_line(balance.lines)
    if balance.wallet.is_closed:
        left = [say(language, "balance.closed")]
    else:
        left = ["" if line is None else _free(line, reader), _pace(balance.forecast, line, reader)]
    texts = [
        balance_line(balance, reader),
        " ".join(text for text in (*left, _mostly(balance, reader)) if text),
    ]
    texts.extend(
        _line(other, reader, key="balance.also") for other in balance.lines if other is not line
    )
    if balance.binding is not None:
        wallet, binding = balance.binding
        texts.append(
            say(
                language,
                "balance.binds",
                wallet=shown(wallet.name),
                free=about_usd(binding.free_nanos, language, "less"),
                period=in_period(binding.period, reader),
            )
        )
    return "\n".join(text for text in texts if text)


def balance_line(balance: Balance, reader: Reader) -> str:
    """Return the one line that says it all: spent of limit, and how long to go."""
    line = main_line(balance.lines)
    name = shown(balance.wallet.name)
    if line is None:
        return say(
            reader.language,
            "balance.no_limit",
            wallet=name,
            used=about_usd(balance.month_nanos, reader.language),
            period=in_month(balance.month_on, reader),
        )
    key = "balance" if line.days_left else "balance.last_day"
    return _line(line, reader, key=key, wallet=name)


def forecast_text(receipt: ForecastReceipt, reader: Reader) -> str:
    """Return where a wallet is heading, and what that is reckoned from."""
    language, ahead = reader.language, receipt.forecast
    name, used = shown(receipt.wallet.name), about_usd(receipt.used_nanos, language)
    if not ahead.is_known:
        text = say(language, "forecast.unknown", wallet=name)
        so_far = say(
            language,
            "forecast.days",
            days=days(ahead.days_of_data, language),
            least=days(LEAST_DAYS, language),
            used=used,
        )
        return f"{text}\n{so_far}"
    text = say(
        language,
        "forecast.no_limit" if ahead.limit_nanos is None else "forecast.limit",
        wallet=name,
        amount=forecast_usd(ahead.at_end_nanos, language),
        band=_band(ahead, "forecast.band", reader),
        day=short_date(ahead.ends_on, reader),
        limit=usd(ahead.limit_nanos or 0, language),
    )
    pace = say(
        language,
        "forecast.pace",
        used=used,
        per_day=forecast_usd(ahead.per_day_nanos, language),
        days=days(min(ahead.days_of_data, LOOK_BACK_DAYS), language),
        trend=_trend(ahead, reader),
    )
    return f"{text}{_end(ahead, reader)}\n{pace}"


def _band(ahead: Forecast, key: str, reader: Reader) -> str:
    """Return from where to where it probably comes; nothing where both read the same."""
    low, high = (rough_usd(x, reader.language) for x in (ahead.low_nanos, ahead.high_nanos))
    return "" if low == high else say(reader.language, key, low=low, high=high)


def _trend(ahead: Forecast, reader: Reader) -> str:
    if not ahead.trend_nanos:
        return ""
    key = "forecast.rising" if ahead.trend_nanos > 0 else "forecast.falling"
    return say(reader.language, key)


def _end(ahead: Forecast, reader: Reader) -> str:
    if ahead.limit_nanos is None:
        return ""
    if ahead.runs_out_on is None:
        may = ahead.may_run_out_on
        day = "" if may is None else short_date(may, reader)
        key = "forecast.holds" if may is None else "forecast.may_run_out"
        return f" {say(reader.language, key, day=day)}"
    if ahead.runs_out_on <= today(reader):
        return f" {say(reader.language, 'forecast.runs_out_today')}"
    day = short_date(ahead.runs_out_on, reader)
    return f" {say(reader.language, 'forecast.runs_out', day=day)}"


def _line(line: BudgetLine, reader: Reader, *, key: str, wallet: str = "") -> str:
    return say(
        reader.language,
        key,
        wallet=wallet,
        used=about_usd(line.used_nanos, reader.language),
        limit=usd(line.limit_nanos, reader.language),
        period=in_period(line.period, reader),
        percent=percent(line.percent),
        left=days(line.days_left, reader.language),
    )


def _free(line: BudgetLine, reader: Reader) -> str:
    language = reader.language
    if line.free_nanos <= 0:
        text = say(language, "balance.none_free")
    else:
        free = about_usd(line.free_nanos, language, "less")
        text = say(language, "balance.free", free=free)
    if line.held_nanos:
        held = say(language, "balance.held", held=about_usd(line.held_nanos, language))
        text = f"{text} {held}"
    return text


def _pace(ahead: Forecast, line: BudgetLine | None, reader: Reader) -> str:
    language = reader.language
    if not ahead.is_known:
        return say(
            language,
            "pace.unknown",
            days=days(ahead.days_of_data, language),
            least=days(LEAST_DAYS, language),
        )
    if line is not None and line.free_nanos <= 0:
        return ""
    if ahead.runs_out_on is None:
        return say(
            language,
            "pace.holds",
            amount=forecast_usd(ahead.at_end_nanos, language),
            band=_band(ahead, "pace.band", reader),
            day=short_date(ahead.ends_on, reader),
        )
    if ahead.runs_out_on <= today(reader):
        return say(language, "pace.runs_out_today")
    return say(language, "pace.runs_out", day=short_date(ahead.runs_out_on, reader))


def _mostly(balance: Balance, reader: Reader) -> str:
    if not balance.top_models:
        return ""
    models = ", ".join(
        f"{shown(model)} {about_usd(cost, reader.language)}" for model, cost in balance.top_models
    )
    return say(reader.language, "balance.mostly", models=models)
