"""What an answer is about: which proposal, which request, which choice of a question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.approvals import ApproveRequest
from bot.actions.base import ActionCall
from bot.actions.catalog import parse_calls
from bot.actions.requests import RejectRequest
from bot.ids import PrincipalId
from bot.planning import Plan, Question, ReplyReading
from bot.proposals.cards import PressedButton
from bot.proposals.model import Proposal
from bot.proposals.naming import find_named
from bot.turns.scene import Scene


def names_request(scene: Scene, text: str) -> bool:
    """Tell whether a text names a request whose card is before the person."""
    named, _ = find_named(scene.open_here, text)
    return named is not None and named.kind == "request"


def decides(plan: Plan) -> bool:
    """Tell whether a plan decides a request."""
    return any(isinstance(call, (ApproveRequest, RejectRequest)) for call in plan.actions)


def calls_of(proposal: Proposal) -> str:
    """Return what a proposal would do, as a stored plan."""
    # A request keeps the one call that an approval makes; a draft a list of them.
    return proposal.calls if proposal.kind == "draft" else f"[{proposal.calls}]"


def shown_request(scene: Scene, call: ActionCall) -> Proposal | None:
    """Return the request that a call decides if its card, unchanged, is before the person."""
    if not isinstance(call, (ApproveRequest, RejectRequest)):
        return None
    if isinstance(call, ApproveRequest) and (call.amount_nanos or call.wallet_id):
        return None
    return next((x for x in scene.open_here if x.kind == "request" and x.ref == call.ref), None)


def chosen_calls(
    asked: Question, text: str, reading: ReplyReading
) -> tuple[ActionCall, ...] | None:
    """Return the calls of the choice that an answer picks."""
    if reading.label == "choose" and reading.choice is not None:
        index = reading.choice - 1 if reading.choice > 0 else reading.choice
        if -len(asked.choices) <= index < len(asked.choices):
            return asked.choices[index].actions
    if text.isascii() and text.isdigit() and 0 < int(text[:3]) <= len(asked.choices):
        return asked.choices[int(text[:3]) - 1].actions
    wanted = text.casefold().strip(" .!")
    named = [choice for choice in asked.choices if choice.label.casefold() == wanted]
    return named[0].actions if len(named) == 1 else None


def has_done_its_work(pressed: PressedButton, proposal: Proposal, person_id: PrincipalId) -> bool:
    """Tell whether a button is pressed again that did what it says for the same person.

    Teams delivers a tap that it takes for lost under another id (botbuilder-dotnet #5005), and
    whoever taps twice was answered the first time. A refused tap leaves its button unused.
    """
    if not pressed.was_used:
        return False
    if proposal.state != "pending":
        return proposal.decided_by == person_id
    return proposal.version != pressed.version


def is_drafted(call: ActionCall, open_here: Sequence[Proposal]) -> bool:
    """Tell whether a draft with just this call waits for a yes already."""
    drafts = (x for x in open_here if x.kind == "draft")
    return any(tuple(parse_calls(draft.calls)) == (call,) for draft in drafts)
