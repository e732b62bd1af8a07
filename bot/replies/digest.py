"""A digest in words: five lines, what Bursar itself cost, and the end of the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.actions.digest import DigestReceipt, DigestSet
from bot.actions.digest_now import DigestPosted
from bot.actions.shared_digest import DigestShared
from bot.economy.wallets import Wallet
from bot.replies.amounts import about_usd, forecast_usd, percent, usd
from bot.replies.charts import wallets_words
from bot.replies.dates import dates, days, in_month, month_day, short_date, today
from bot.replies.parts import listing, shown, spender
from bot.replies.reader import Language, Reader
from bot.replies.words import say
from bot.reports.forecast import LEAST_DAYS
from bot.reports.movers import Mover
from bot.schedules.shared_digests import EndedBy

_MOST_REFS: Final = 3
_WEEK: Final = 7


def digest_text(receipt: DigestReceipt, reader: Reader) -> str:
    """Return a digest's lines."""
    figures, language = receipt.figures, reader.language
    wallets = wallets_words(figures.wallets, language)
    if _days_told(receipt) > 1:
        span = dates(figures.from_on, figures.until_on, reader)
        head = say(language, _whose("digest.week", receipt), wallets=wallets, dates=span)
    else:
        day = short_date(figures.until_on, reader)
        head = say(language, _whose("digest", receipt), wallets=wallets, day=day)
    lines = [
        _spent(receipt, reader),
        _change(receipt, reader),
        _mover(receipt, reader),
        _ahead(receipt, reader),
        _requests(receipt, reader),
    ]
    if receipt.is_quiet:
        lines = [say(language, "digest.quiet")]
    own = about_usd(figures.own_nanos, language)
    lines.append(
        say(language, "digest.own" if figures.own_nanos else "digest.own.none", amount=own)
    )
    end = receipt.head
    lines.append(say(language, "digest.head", row=end.seq, hash=end.hash.hex()))
    return "\n".join([head, *lines])


def digest_set_text(receipt: DigestSet, reader: Reader) -> str:
    """Return when a digest comes now."""
    at = f"{receipt.at:%H:%M}"
    return say(reader.language, f"digest.set.{receipt.how}", at=at, zone=receipt.zone)


def digest_shared_text(receipt: DigestShared, reader: Reader) -> str:
    """Return what a chat is told from now on."""
    language = reader.language
    return say(
        language,
        f"digest.shared.{receipt.how}",
        wallets=wallets_words(receipt.wallets, language),
        at=f"{receipt.at:%H:%M}",
        zone=receipt.zone,
    )


def digest_posted_text(receipt: DigestPosted, reader: Reader) -> str:
    """Say that a chat was shown a digest."""
    wallets = wallets_words(receipt.wallets, reader.language)
    return say(reader.language, "digest.posted", wallets=wallets)


def shared_digest_ended_text(
    wallets: Sequence[Wallet], orderer: str, why: EndedBy, language: Language
) -> str:
    """Return why a chat is told nothing more, and how it is ordered again."""
    return say(
        language,
        f"digest.ended.{why}",
        wallets=wallets_words(wallets, language),
        by=shown(orderer),
    )


def _whose(key: str, receipt: DigestReceipt) -> str:
    return f"{key}.shared" if receipt.is_shared else key


def _days_told(receipt: DigestReceipt) -> int:
    return (receipt.figures.until_on - receipt.figures.from_on).days + 1


def _key(key: str, receipt: DigestReceipt) -> str:
    told = _days_told(receipt)
    return key if told == 1 else f"{key}.week" if told == _WEEK else f"{key}.days"


def _spent(receipt: DigestReceipt, reader: Reader) -> str:
    figures, language = receipt.figures, reader.language
    used, period = about_usd(figures.month_nanos, language), in_month(figures.month_on, reader)
    if figures.line is None:
        month = say(language, "digest.month.no_limit", used=used, period=period)
    else:
        month = say(
            language,
            "digest.month",
            used=used,
            limit=usd(figures.line.limit_nanos, language),
            period=period,
            percent=percent(figures.line.percent),
        )
    spent = about_usd(figures.movement.spent_nanos, language)
    told = days(_days_told(receipt), language)
    return say(language, _key("digest.spent", receipt), spent=spent, month=month, days=told)


def _change(receipt: DigestReceipt, reader: Reader) -> str:
    movement, language = receipt.figures.movement, reader.language
    if not receipt.has_before:
        return say(language, _whose("digest.change.unknown", receipt))
    change, by = movement.change_nanos, movement.change_percent
    how = "more" if change > 0 else "less" if change < 0 else "same"
    return say(
        language,
        _key(f"digest.change.{how}", receipt),
        amount=about_usd(abs(change), language),
        day=short_date(movement.against, reader),
        percent="" if by is None else f" ({by:+d} %)",
    )


def _mover(receipt: DigestReceipt, reader: Reader) -> str:
    movement, language = receipt.figures.movement, reader.language
    found = [one for one in (movement.wallet, movement.model, movement.person) if one is not None]
    if not found or not receipt.has_before:
        return say(language, "digest.mover.none")
    if _is_all_of_it(found[0], receipt) and len(found) > 1:
        movement = replace(movement, wallet=None)
        found = found[1:]
    top = movement.top
    assert top is not None  # noqa: S101  # one of them moved
    others = [_name(one, receipt, language) for one in found if one is not top]
    sign = "+" if top.change_nanos > 0 else "-"
    # Where others moved the other way it is more than all of the change: no share of it.
    is_share = top.share_percent <= 100
    share = say(language, "digest.mover.share", share=percent(top.share_percent))
    return say(
        language,
        "digest.mover",
        first=_name(top, receipt, language),
        change=sign + about_usd(abs(top.change_nanos), language),
        share=share if is_share else "",
        others=say(language, "digest.mover.others", names=listing(others, language))
        if others
        else "",
    )


def _is_all_of_it(mover: Mover, receipt: DigestReceipt) -> bool:
    """Tell whether a mover is the one wallet that is told of: that it moved says nothing."""
    is_only = [mover.heading] == [wallet.id for wallet in receipt.figures.wallets]
    return mover.kind == "wallet" and is_only and mover.share_percent == 100


def _name(mover: Mover, receipt: DigestReceipt, language: Language) -> str:
    names = {"wallet": receipt.figures.names, "person": receipt.people, "model": {}}[mover.kind]
    return spender(names.get(mover.heading, mover.heading), language)


def _ahead(receipt: DigestReceipt, reader: Reader) -> str:
    ahead, line, language = receipt.figures.forecast, receipt.figures.line, reader.language
    if not ahead.is_known:
        known = min(ahead.days_of_data, LEAST_DAYS)
        least = days(LEAST_DAYS, language)
        return say(language, "digest.ahead.unknown", days=known, least=least)
    end = ""
    if line is not None and line.used_nanos >= line.limit_nanos:
        end = say(language, "digest.ahead.used_up")
    elif line is not None and ahead.runs_out_on is None:
        end = say(language, "digest.ahead.holds")
    elif ahead.runs_out_on is not None:
        day = short_date(max(ahead.runs_out_on, today(reader)), reader)
        end = say(language, "digest.ahead.runs_out", day=day)
    return say(
        language,
        "digest.ahead",
        amount=forecast_usd(ahead.at_end_nanos, language),
        day=month_day(ahead.ends_on, reader),
        end=end,
    )


def _requests(receipt: DigestReceipt, reader: Reader) -> str:
    language, count = reader.language, len(receipt.requests)
    if not count:
        return say(language, "digest.requests.none")
    refs = [f"#{ref}" for ref in receipt.requests[:_MOST_REFS]]
    if count > _MOST_REFS:
        refs.append(say(language, "chart.others", number=count - _MOST_REFS))
    key = "digest.requests.one" if count == 1 else "digest.requests"
    if receipt.is_shared:
        # What they are about is for those whom they concern.
        return say(language, f"{key}.shared", number=count)
    return say(language, key, number=count, refs=listing(refs, language))
