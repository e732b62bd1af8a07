"""Deciding about requests, taking one back, and undoing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.actions.approvals import ApproveRequest
from bot.actions.base import ActionCall
from bot.actions.requests import CancelRequest, RejectRequest
from bot.actions.undo import Undo
from bot.planning import Choice
from intents.extract.letters import fold
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, reason_of, with_amount, with_wallet
from intents.sentence import Sentence

# "Approved", "7K2M is denied", "yes to 7K2M", "7K2M: ok": decided in other words than an order.
_YES_SAID: Final = (
    r"(?:approved|accepted|granted|authori[sz]ed|aprobad[oa]|aceptad[oa]|autorizad[oa]|"
    r"concedid[oa])"
)
_NO_SAID: Final = r"(?:rejected|denied|declined|refused|rechazad[oa]|denegad[oa])"
_REF_SAID: Final = r"(?:(?:request|solicitud|peticion) )?#?(?P<{0}>[2-9a-hjkmnp-tv-z]{{4}})"
_SAID: Final = re.compile(
    rf"(?:(?:it'?s|its|esta|queda) )?(?:(?P<yes>{_YES_SAID})|(?P<no>{_NO_SAID}))"
    rf"(?:[ ,:]+{_REF_SAID.format('ref')})?"
    rf"|(?P<yes2>yes|yep|ok|okay|si|vale)(?:[ ,]+(?:to|a))?[ ,:]+{_REF_SAID.format('ref2')}"
    rf"|(?P<no2>no|nope)(?:[ ,]+(?:to|a))?[ ,:]+{_REF_SAID.format('ref3')}"
    rf"|{_REF_SAID.format('ref4')}(?: (?:is|esta|queda))?[ ,:]+(?:(?P<yes4>{_YES_SAID}|yes|ok|"
    rf"okay|si|vale)|(?P<no4>{_NO_SAID}|no|nope))"
)
_AROUND: Final = " \t\n.,!"


def find_decision(sentence: Sentence) -> Outcome | None:
    """Return what is said to be decided; None for a question, or where no such request waits."""
    said = _SAID.fullmatch(fold(sentence.text).strip(_AROUND))
    if said is None:
        return None
    groups = said.groupdict()
    waiting = sentence.context.directory.requests
    named = next((groups[x] for x in ("ref", "ref2", "ref3", "ref4") if groups[x]), None)
    is_yes = any(groups[x] for x in ("yes", "yes2", "yes4"))
    if named is not None:
        ref = named.upper()
        return _decided_as(ref, is_yes=is_yes) if ref in waiting else None
    if len(waiting) == 1:
        return _decided_as(waiting[0], is_yes=is_yes)
    choices = [Choice(ref, (_decided_as(ref, is_yes=is_yes),)) for ref in waiting[:3]]
    return ask(sentence, "which_request", choices=choices) if choices else None


def _decided_as(ref: str, *, is_yes: bool) -> ActionCall:
    return ApproveRequest(ref=ref) if is_yes else RejectRequest(ref=ref)


def _with_ref(found: Found, then: Callable[[str], Outcome]) -> Outcome:
    """Go on with the reference, or with the one request that waits; several are a question."""
    sentence = found.sentence
    piece = found.piece("r1")
    if piece is not None and isinstance(piece.value, str):
        return then(piece.value)
    waiting = sentence.context.directory.requests
    # "approve ana's request": whose it is cannot be seen from here, so one is only offered.
    is_certain = found.has("request") or _is_strong(found)
    if len(waiting) == 1 and is_certain and not found.slots.get("w1") and not found.has("all"):
        return then(waiting[0])
    choices = [
        Choice(ref, (call,)) for ref in waiting[:3] if isinstance(call := then(ref), ActionCall)
    ]
    return ask(sentence, "which_request", choices=choices)


def _is_strong(found: Found) -> bool:
    """Tell "approve it" from "accept it" and "confirm", which may be about anything."""
    if not found.pieces:
        return True  # a slash command says what it is
    typed = fold(found.sentence.text[found.pieces[0].start : found.pieces[0].end])
    return typed.startswith(("appr", "apr", "reject", "rechaz", "den", "cancel", "withdraw"))


def approve(found: Found) -> Outcome:
    """Approve, with another amount where one is given."""
    if found.slots.get("a1"):
        return _with_ref(
            found,
            lambda ref: with_amount(
                found, "a1", lambda nanos: ApproveRequest(ref=ref, amount_nanos=nanos)
            ),
        )
    return _with_ref(found, lambda ref: ApproveRequest(ref=ref))


def approve_as(found: Found) -> Outcome:
    """Let somebody in who asked for it, as a member of a wallet."""
    return _with_ref(
        found,
        lambda ref: with_wallet(
            found,
            "w1",
            lambda wallet_id: ApproveRequest(ref=ref, wallet_id=wallet_id),
            default="none",
        ),
    )


def decide_bare(found: Found) -> Outcome:
    """Take "approve" for the one request that waits."""
    return approve(found) if found.pieces[0].sign == "approve" else reject(found)


def which(found: Found) -> Outcome:
    """Ask which one: "the first" depends on the list that the person has before them."""
    return _with_ref(found, lambda ref: _decided(found, ref))


def _decided(found: Found, ref: str) -> Outcome:
    return ApproveRequest(ref=ref) if found.pieces[0].sign == "approve" else RejectRequest(ref=ref)


def reject(found: Found) -> Outcome:
    """Reject, with a reason."""
    return _with_ref(found, lambda ref: RejectRequest(ref=ref, reason=reason_of(found)))


def cancel(found: Found) -> Outcome:
    """Take one's own request back."""
    return _with_ref(found, lambda ref: CancelRequest(ref=ref))


def undo(found: Found) -> Outcome:
    """Take back the last change."""
    return Undo()


RULES: Final = (
    *rows(
        approve,
        """
        approve {it?} R [with|for|but|at|to|in|by|of|,] [A] [of] [W]
        approve [of] A (of|for|in|on|to) [request] R
        approve R [request]
        approve {it?} R [with|for|but|at|to] A of A:old
        approve (it|request) {whose?} [with|for|but|at] [A]
        approve [last|my] request
        approve it but (with|for|at) A
        approve [of] W request [of|for|with|but|at] [A]
        approve (all|it all|open) [of] [it] [open] [request]
        approve [open] request
        (give|create) approve (to|for) R
        give R
        """,
    ),
    *rows(
        approve_as,
        """
        approve {it?} R (as|how) Kmember (of|in|to|for) W
        approve {it?} R (as|how) Kmember (of|in|to|for) W (team|project|wallet)
        """,
    ),
    *rows(
        reject,
        """
        reject {it?} R
        reject (it|request) {whose?}
        reject [last] request
        reject [of] W request
        """,
        takes_reason=True,
    ),
    *rows(
        reject,
        """
        reject (all|open) [of] [it] [open] [request]
        """,
    ),
    *rows(
        cancel,
        """
        (cancel|remove|close|undo) [it|my|last] [open] [request] [call] R
        (cancel|remove|undo|take) (it|my|last|my last) [open] request [for|of] [more] \
            [budget]
        (cancel|remove|undo) [last|open] request [of|for] [my] [me]
        (cancel|remove) R [request]
        """,
    ),
    *rows(
        undo,
        """
        undo [it|my|last|change|set|request] [last] [it] [change|set|move|raise|limit] [last]
        (cancel|take|reject) [my] last (change|set)
        """,
    ),
    *rows(decide_bare, "(approve|reject)"),
    *rows(
        which,
        """
        (approve|reject) (last|~first|~second|~third) [~one|request]
        (approve|reject) (last|~primera|~segunda|~tercera) [request]
        """,
    ),
)
