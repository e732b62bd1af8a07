"""Why: the rule behind a refusal, and the numbers that it was decided by."""

from __future__ import annotations

from bot.actions.explain import ExplainReceipt
from bot.economy.wallets import Wallet
from bot.replies.amounts import about_usd, percent, usd
from bot.replies.dates import at_time, in_period
from bot.replies.errors import rule_of, what_happened
from bot.replies.lists import request_state
from bot.replies.parts import limit_name, listing, shown, until
from bot.replies.reader import Reader
from bot.replies.tables import table
from bot.replies.words import say
from bot.reports.balance import BudgetLine


def explain_text(receipt: ExplainReceipt, reader: Reader) -> str:
    """Return what was refused and by which rule, the limit that binds, and all limits."""
    texts = [*_refusal(receipt, reader), *_request(receipt, reader)]
    if not texts and receipt.wallet is None:
        texts.append(say(reader.language, "why.nothing"))
    if receipt.wallet is not None:
        texts.append(_binding(receipt.wallet, receipt.binding, reader))
    # With one limit the line above has said it all.
    if len(receipt.limits) > 1:
        texts.append(_limits(receipt, reader))
    return "\n".join(texts)


def _refusal(receipt: ExplainReceipt, reader: Reader) -> list[str]:
    if receipt.code is None:
        return []
    names = {}
    if receipt.wallet is not None:
        names[str(receipt.wallet.id)] = receipt.wallet.name
    if receipt.binding is not None:
        names[str(receipt.binding[0].id)] = receipt.binding[0].name
    what = what_happened(receipt.code, receipt.facts, reader, names)
    texts = [say(reader.language, "why.refused", what=what)]
    rule = rule_of(receipt.code, receipt.facts, reader)
    if rule:
        texts.append(say(reader.language, "why.rule", rule=rule))
    lifts = receipt.facts.get("lifts")
    if isinstance(lifts, (list, tuple)) and lifts:
        able = listing([shown(str(name)) for name in lifts], reader.language, by="or")
        texts.append(say(reader.language, "alert.lifts", names=able))
    return texts


def _request(receipt: ExplainReceipt, reader: Reader) -> list[str]:
    line = receipt.request
    if line is None:
        return []
    text = say(
        reader.language,
        "why.request" if line.amount_nanos is not None else "why.request.join",
        ref=line.ref,
        amount=usd(line.amount_nanos or 0, reader.language),
        wallet=shown(line.wallet),
        until="" if line.until_on is None else until(line.until_on, None, reader),
        asker=shown(line.asked_by),
        at=at_time(line.created_at, reader),
        state=request_state(line, reader),
    )
    # Without a day the sentence has a hole.
    return [text.replace(" ,", ",")]


def _binding(wallet: Wallet, binding: tuple[Wallet, BudgetLine] | None, reader: Reader) -> str:
    language = reader.language
    if binding is None:
        return say(language, "why.no_limit", wallet=shown(wallet.name))
    binder, line = binding
    return say(
        language,
        "why.binds.own" if binder.id == wallet.id else "why.binds",
        wallet=shown(wallet.name),
        binder=shown(binder.name),
        name=limit_name(line.period.span, language),
        free=about_usd(max(line.free_nanos, 0), language, "less"),
        limit=usd(line.limit_nanos, language),
        period=in_period(line.period, reader),
        used=about_usd(line.used_nanos, language),
    )


def _limits(receipt: ExplainReceipt, reader: Reader) -> str:
    language = reader.language
    rows = [
        (
            shown(name),
            in_period(line.period, reader),
            about_usd(line.used_nanos, language),
            say(language, "tree.of", limit=usd(line.limit_nanos, language)),
            percent(line.percent),
            say(
                language,
                "why.free",
                amount=about_usd(max(line.free_nanos, 0), language, "less"),
            ),
        )
        for name, line in receipt.limits
    ]
    return table(rows, "llrrrr", language)
