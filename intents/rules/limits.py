"""What a wallet may spend, and at which shares of it people are warned."""

from __future__ import annotations

from typing import Final, cast

from bot.actions.limits import SetLimit, SetThresholds
from bot.economy.periods import Span
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, with_amount, with_wallet

_PERCENT: Final = ("%", "percent", "per cent", "por ciento")
_MAX_PERCENTS: Final = 5


def window_of(found: Found) -> Span | None:
    """Return the window that was named, the month where none was; None if there are two."""
    named = {piece.sign[1:] for piece in found.pieces if piece.sign[0] == "V"}
    if len(named) > 1:
        return None
    return cast(Span, named.pop()) if named else "month"  # the signs are made of its words


def set_limit(found: Found) -> Outcome:
    """Set a wallet's limit; the wallet must be named or be the topic."""
    window = window_of(found)
    if window is None or any(p.value is not None and p.sign[0] in "UT" for p in found.pieces):
        return ask(found.sentence, "not_understood", near=("set_limit", "raise_budget"))
    label = "w1" if found.slots.get("w1") else "wt"
    return with_wallet(
        found,
        label,
        lambda wallet_id: with_amount(
            found,
            "a1",
            lambda nanos: SetLimit(wallet_id=wallet_id, window=window, amount_nanos=nanos),
        ),
        default="none",
    )


def remove_limit(found: Found) -> Outcome:
    """Take a limit away."""
    window = window_of(found)
    if window is None:
        return ask(found.sentence, "not_understood", near=("set_limit",))
    return with_wallet(
        found,
        "w1",
        lambda wallet_id: SetLimit(wallet_id=wallet_id, window=window, amount_nanos=None),
        default="none",
    )


def set_thresholds(found: Found) -> Outcome:
    """Set at which percentages a wallet warns."""
    percents = tuple(
        sorted({p.value for p in found.pieces if p.sign[0] == "X" and isinstance(p.value, int)})
    )
    folded = found.sentence.text.lower()
    if "threshold" not in found.sentence.signs and not any(one in folded for one in _PERCENT):
        # "warn me at 8" is about the clock.
        return ask(found.sentence, "not_understood", near=("set_thresholds",))
    if not percents or len(percents) > _MAX_PERCENTS or not all(1 <= p <= 100 for p in percents):
        given = ", ".join(map(str, percents))
        return ask(found.sentence, "which_percents", given=given)
    label = "w1" if found.slots.get("w1") else "w2"
    return with_wallet(
        found, label, lambda wallet_id: SetThresholds(wallet_id=wallet_id, percents=percents)
    )


RULES: Final = (
    *rows(
        set_limit,
        """
        (set|make|put) [new] [V] [limit|budget] {on?} W [V] [limit|budget] [V] {to} [V] A \
            [V]
        (set|make|put) W [V] (limit|budget) [V] {to?} A [V]
        (set|make|put|new) [new] [V] (limit|budget) [V] {on} W [V] {to?} A [V]
        (set|make|put|add|create|give|new) [new] [V] (limit|budget) [V] {to?} A [V] {on} W \
            [V]
        (set|make|put) [V] (limit|budget) [V] {on} W [V]
        (set|make|put) W [V] (limit|budget) [V]
        (set|make|put) [new] [V] (limit|budget) [V] {to?} A [V]
        (set|make|put|give|add) [to|for] W [new] [V] (limit|budget) [V] [of|at|in] A [V]
        (set|make|put) [of|to|for] W [at|to|in] A V
        (set|make|put|give|add) [to] W A V
        (set|put|give|add) A V (to|for|on|in) W
        (set|put|give|add) A [of] [V] limit [V] (to|for|on|in) W [V]
        (set|put) it A [of] [V] limit [V] (to|for|on|in) W [V]
        [new] [V] limit [V] [of] A [V] (to|for|on) W [V]
        set [V] limit [V] of W by A [V]
        limit [V] [budget] [spend] [of|to|for] W [V] [budget] [spend] [to|at|in|on|with|of] \
            A [V]
        limit [V] [of|for|on] W [to|at|in|:|=|is] A [V]
        W [V] limit [V] [to|:|=] A [V]
        (set|make|put|raise|lower|up) [V] [limit|budget] [V] [of|for|on] W [V] [limit|budget] \
            [V] (from|of) A:old to A:a1 [V]
        W [V] (limit|budget) now_is [at] A [V]
        (limit|budget) {on} W now_is [at] A [V]
        need W [V] (limit|budget) (to|in|at) [is] A [V]
        let W (spend|aux|get) A V
        notlet W (spend|mayspend) [more] [of] A V
        (set|put) (to|in|at|on) A [V] limit [V] {on} W
        notlet W spend more as A V
        notlet W spend [more] [than] A V
        notlet W spend more (as|~than) A [V]
        (let|mayspend) W [spend] A V
        W mayspend [V] A V
        W mayspend A [in] V
        """,
    ),
    *rows(
        remove_limit,
        """
        (remove|take|cancel|lower) [V] limit [V] {on?} W [V]
        (remove|take|cancel) [to|from|of] W [V] limit [V]
        (remove|take|cancel) [to|from|of] W [my] [V] limit [V]
        (remove|take|cancel) [V] limit [V]
        (set|make|put) [V] [limit] [of|to] W [V] [limit] [to|as] unlimited [V]
        unlimited [V] [budget] (for|to) W
        """,
    ),
    *rows(
        set_thresholds,
        """
        (set|make|put|new|add|create) [my] threshold [of|for|on|in|to] [W] {percents} {on?} \
            [W:w2]
        (set|make|put|add) [of] W threshold {percents}
        (set|make|put|add) [of] [W] threshold [of|for|on|to|in] [W:w2]
        (set|make|put|add|create|new) warn {percents} {on?} [W]
        warn [me] {percents} {on?} [W] [budget|limit]
        warn [me] [when] [if] [of|in|about|on] W [spend|budget] \
            [has|aux|spend|is|reach|makeit] [reach] [of|its|to] {percents} {on?} [my] \
            [budget|limit]
        warn [me] [when] [reach|makeit|spend] [W] [reach|makeit|spend] [to] {percents} [of] \
            [W:w2] [budget|limit]
        threshold [of|for|on|in] W [:|to|at|in|is] {percents}
        """,
    ),
)
