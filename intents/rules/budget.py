"""Asking for budget, giving it, moving it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.actions.asking import MoveBudget, RaiseBudget, RequestBudget
from bot.ids import WalletId
from intents.names import Named
from intents.rules.limits import set_limit
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, reason_of, with_amount, with_until, with_wallet


def request(found: Found) -> Outcome:
    """Ask for budget for a wallet, the speaker's own where none is named."""
    if found.slots.get("vt", "Vmonth") != "Vmonth":
        return ask(found.sentence, "not_understood", near=("request_budget", "set_limit"))
    label = "w1" if found.slots.get("w1") else "wt"
    if found.slots.get(label) in {"me", "my"}:
        found.slots.pop(label)
    return with_wallet(
        found,
        label,
        lambda wallet_id: with_amount(
            found,
            "a1",
            lambda nanos: with_until(
                found,
                lambda until: RequestBudget(
                    wallet_id=wallet_id,
                    amount_nanos=nanos,
                    until_on=until,
                    reason=reason_of(found),
                ),
            ),
        ),
    )


def raise_(found: Found) -> Outcome:
    """Give a wallet more; one's own is not given to but asked for."""
    label = "w1" if found.slots.get("w1") else "wt"
    if found.slots.get(label) in {"my", "me"}:
        return request(found)
    if found.slots.get("vt", "Vmonth") != "Vmonth":
        return ask(found.sentence, "not_understood", near=("raise_budget", "set_limit"))
    # "top up 50" may be a card or a phone; with "budget" it is the wallet that is spoken of.
    is_ours = found.has("budget") or found.has("limit")
    return with_wallet(
        found,
        label,
        default="home" if is_ours else "topic",
        then=lambda wallet_id: with_amount(
            found,
            "a1",
            lambda nanos: with_until(
                found,
                lambda until: RaiseBudget(
                    wallet_id=wallet_id,
                    amount_nanos=nanos,
                    until_on=until,
                    reason=reason_of(found),
                ),
            ),
        ),
    )


def give(found: Found) -> Outcome:
    """Give a wallet a sum: with a window it is a limit, else more budget."""
    if found.slots.get("vt") and not found.has("more"):
        return set_limit(found)
    return raise_(found)


def need(found: Found) -> Outcome:
    """Take "I need 200" for a request only where the sentence is about budget."""
    about_budget = (
        found.has("more")
        or found.has("budget")
        or found.has("limit")
        or any(piece.sign[0] in "UTW" and piece.value is not None for piece in found.pieces)
    )
    if not about_budget:
        return ask(found.sentence, "not_understood", near=("request_budget", "show_balance"))
    if found.slots.get("w1") and not _has_wallet(found, "w1"):
        found.slots.pop("w1")
    return request(found)


def more_for(found: Found) -> Outcome:
    """Take "200 more for Design" for a request; "two more for me" is about anything."""
    named = _has_wallet(found, "w1")
    if not named:
        return ask(found.sentence, "not_understood", near=("request_budget", "raise_budget"))
    return request(found)


def ask_person(found: Found) -> Outcome:
    """Ask a person for budget: who decides is not theirs to choose, so the name is let go."""
    found.slots.pop("w1", None)
    return request(found)


def raise_to(found: Found) -> Outcome:
    """Read "raise it to 700" as a new limit."""
    return set_limit(found)


def lower(found: Found) -> Outcome:
    """Ask for the new limit: what is taken off an unknown one is not an amount to set."""
    return _ask_limit(found)


def multiply(found: Found) -> Outcome:
    """Ask for the sum: "double it" names none."""
    return _ask_limit(found)


def _ask_limit(found: Found) -> Outcome:
    """Ask what a limit is to be, so that the amount alone answers."""
    is_english = found.sentence.language == "en"

    def asked(wallet_id: WalletId) -> Outcome:
        path = found.sentence.index.wallet_by_id[wallet_id].path
        text = f"set {path} limit to" if is_english else f"fija el límite de {path} en"
        return replace(ask(found.sentence, "which_limit"), text=text)

    return with_wallet(found, "w1", asked)


def move(found: Found) -> Outcome:
    """Move budget between two wallets, both named."""
    same = found.slots.get("from") and found.slots.get("from") == found.slots.get("to")

    def make(from_id: WalletId, to_id: WalletId) -> Outcome:
        if same or from_id == to_id:
            piece = found.piece("to")
            given = "" if piece is None else found.sentence.text[piece.start : piece.end]
            return ask(found.sentence, "which_other_wallet", given=given)
        return with_amount(
            found,
            "a1",
            lambda nanos: MoveBudget(
                from_wallet_id=from_id,
                to_wallet_id=to_id,
                amount_nanos=nanos,
                reason=reason_of(found),
            ),
        )

    return with_wallet(
        found,
        "from",
        lambda source: with_wallet(
            found,
            "to",
            lambda target: make(source, target),
            code="which_to_wallet",
            default="none",
        ),
        code="which_from_wallet",
        default="none",
    )


def unsaid(found: Found) -> Outcome:
    """Ask what "design +200" is to be: more, or a limit."""
    return ask(found.sentence, "not_understood", near=("raise_budget", "set_limit"))


def _has_wallet(found: Found, label: str) -> bool:
    piece = found.piece(label)
    return piece is not None and isinstance(piece.value, Named)


RULES: Final = (
    *rows(
        request,
        """
        (ask|request|get) [for|of] [me|it|my] [more] [budget|limit] [of|for|by] A [of] \
            {tail}
        (ask|request) [me] [for|of] more [budget] {tail} [by] [A]
        (ask|request) [for|of] [more] budget {tail}
        (ask|request|need) [for|of] [temp] budget raise [of|by|for] A {tail}
        (ask|request) [me] [for|of] [more] budget {tail} [:|,] [by] A [for|by] U
        """,
        takes_reason=True,
    ),
    *rows(
        ask_person,
        """
        (ask|request) [for|to] W:w1 [for|to] [by] [more] A {tail}
        (ask|request) [to] K [for|to] [more] A {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        request,
        """
        (ask|request) [for] (raise|new request) [of|for|to|in|by|with] [budget|limit] \
            [of|for|in|to] [my] [budget|limit] [of|by|for|in] A {tail}
        (ask|request|need|get) [for|of] [temp] raise {tail}
        (ask|request|need|get) [for|of] [new] [temp] raise [temp] [of|for|by|in] A [of] {tail}
        (ask|request|need|get) [for|of] [temp] A raise {tail}
        (ask|request|need|get) [for|of] raise (of|by|in) A (of|for|in) {w} {tail}
        (ask|request|need|get) [for|of] raise [of|for|in] W [budget|limit] [of|by|for] [A] \
            {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        need,
        """
        need [for|of] [more] A [of] {tail}
        need [more] budget [of|for] [A] {tail}
        W need [more] A {tail}
        W need [for|of] [more] budget {tail}
        to W need [more] A {tail}
        give me [more] A [more|budget] {tail}
        give me [more] budget {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        request,
        """
        (create|make|new|add|set|move) [new] request [for|of] [more] [budget] \
            [of|for] [A] {tail}
        request [for|of] W [budget] [:] [more] A {tail}
        ask [for|of] [more] A {tail}
        open [new] request [for|of] [more] A {tail}
        raise (my|me) [up] [budget|limit] [by|with|in] A {tail}
        raise my [budget|limit] {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        raise_,
        """
        (raise|up) [budget|limit] [of|for|to|on|in] W [budget|limit] [by|with|in|of] A {tail}
        (raise|up) [budget|limit] [by|with|in|of] A {tail}
        (raise|up) [to] W [budget|limit] [by|with|in] [A] {tail}
        (raise|top|take) W [budget|limit] up [by|with|for] A {tail}
        (raise|up) [by|in|with] A W [budget|limit] {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        raise_,
        """
        (raise|up) (budget|limit) [of|for|to|on|in] W
        (raise|up) (budget|limit) [of|for|to|on|in] W [by|with|in] A
        (raise|up) (budget|limit) {tail}
        """,
    ),
    *rows(
        raise_,
        """
        (raise|up) A [more] [budget] [to|for|of|in] W [budget|limit] {tail}
        (raise|up) it A [to|in|of] W {tail}
        (give|add|put|set|let|mayspend) [to|in|on] W [budget|limit] (more|by|with) A {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        give,
        """
        (give|add) [to] W [more] [budget] [of] A {tail}
        (give|add|put|set) [more] A [more] [budget] (to|for|in|on) {w} \
            {tail}
        (give|add) it [more] A {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        raise_,
        """
        (give|add) more A (to|for|in|on) W [limit|budget] {tail}
        (give|add) [to] W [more] (more|budget) {tail}
        (give|add) more [budget] (to|for|in|on) W {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        raise_,
        """
        (give|add) [more] A more {tail}
        (give|add) more A {tail}
        approve [more] A [more] (for|to) W {tail}
        """,
    ),
    *rows(
        raise_,
        """
        let W (spend|aux|get|use) [more] A more {tail}
        let W (spend|aux|get) more A {tail}
        W mayspend [more] A more {tail}
        W mayspend more A {tail}
        (set|put) more A (to|for|in|on) W {tail}
        """,
        takes_reason=True,
    ),
    *rows(
        raise_to,
        """
        (raise|up|lower) [V] [budget|limit] [V] [of|for|on|to|in] W [V] [budget|limit] [V] \
            (to|in) A [V]
        (raise|up|lower) [V] (budget|limit) [V] to A [V]
        (raise|up|lower|remove|take) [V] (budget|limit) [V] [of|for|on|to|in] W [V] to A [V]
        (remove|take) W [V] (budget|limit) [V] to A [V]
        (~bring|remove|lower) W [V] [budget|limit] [~down] to A [V]
        """,
    ),
    *rows(
        lower,
        """
        lower [V] [budget|limit] [V] [of|for|on|to|in] W [V] [budget|limit] [by|in|of] [A] [U]
        lower A [budget] (from|of|to) W
        """,
    ),
    *rows(
        move,
        """
        move [budget] [of] A [of] [budget] (from|of|in) W:from [budget] (to|and give to|for) \
            W:to [budget] {tail}
        move [budget] [of] A [of] [budget] (to|for|in) W:to [budget] (from|of) W:from \
            [budget]
        move (from|of) W:from [budget] (to|for|in) W:to [budget] [A]
        move (from|of) W:from [budget] A [budget] (to|for|in) W:to
        move (to|for) W:to [budget] [A] (from|of) W:from
        move W:to A (from|of) W:from [budget]
        move A W:from [to] W:to
        move [budget] [A] (from|of) W:from [budget]
        move [budget] [A] (to|for|in) W:to [budget]
        move [budget] (from|of) W:from [budget] to W:to
        """,
        takes_reason=True,
    ),
    *rows(
        move,
        """
        move A between W:from and W:to
        from W:from to W:to move A
        (take|remove) A (of|from) W:from and (set|put|give) [it] (in|to|on) W:to
        move [A] budget
        """,
    ),
    *rows(
        move,
        """
        (give|add|set|put|remove|take|lower) A [budget] (from|of) W:from [budget] \
            (to|in|for|and give to|and add to|and set to|and set in|and give it to|and move it \
            to|and move to|and add it to|and set it in) W:to [budget]
        (give|add|set|put|move) [to] W:to [more] A [more] [budget] (from|of) W:from [budget]
        (give|add|set|put) A [budget] (to|in|for) W:to [budget] (from|of) W:from [budget]
        (take|remove) (from|of) W:from A (to|for|and give to|and give it to) W:to
        """,
        takes_reason=True,
    ),
    *rows(
        move,
        """
        (take|remove|lower) A [budget] (from|of|to) W:from and (give|add|set) [it|me] [to] \
            W:to
        A [budget] from W:from to W:to
        """,
    ),
    *rows(
        more_for,
        """
        A more [budget] (for|to|in) W [budget|limit] {tail}
        more A [budget] (for|to|in) W [budget|limit] {tail}
        W A more [budget] {tail}
        """,
        takes_reason=True,
    ),
    *rows(unsaid, "W A [V]"),
    *rows(multiply, "double [budget|limit] [of|for|to] W [budget|limit]"),
)
