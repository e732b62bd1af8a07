"""Taking back the last thing that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.errors.talk import NothingToUndo
from bot.ports import Actor, Tx
from bot.proposals.changes import Change


class Undo(ActionCall):
    """Take back the asker's last reversible change."""

    action: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Receipt):
    """A change was taken back; `inner` is the receipt of what took it back."""

    action: str
    inner: Receipt


def undo_action(
    parse: Callable[[str], ActionCall], action_of: Callable[[ActionCall], Action[Any]]
) -> Action[Undo]:
    """Return the action that runs the inverse of the last change, found in the catalogue."""

    def last(tx: Tx, actor: Actor) -> Change:
        found = tx.changes.find_last(actor.person.id)
        if found is None:
            raise NothingToUndo("nothing to undo")
        return found

    def preview_undo(call: Undo, tx: Tx, actor: Actor) -> Preview:
        """Show what taking it back would do."""
        change = last(tx, actor)
        inverse = parse(change.undo)
        shown = action_of(inverse).preview
        inner = shown(inverse, tx, actor) if shown is not None else None
        return Preview(action=call.action, subject=change.action, inner=inner)

    def undo(call: Undo, tx: Tx, actor: Actor) -> Receipt:
        """Take the last change back, once: whoever comes second finds it taken back."""
        change = last(tx, actor)
        if not tx.changes.mark_undone(change.id):
            raise NothingToUndo("taken back meanwhile")
        inverse = parse(change.undo)
        done = action_of(inverse).apply(inverse, tx, actor)
        return Undone(
            action=change.action,
            inner=done,
            notices=done.notices,
            redraws=done.redraws,
            topic=done.topic,
        )

    return Action(
        Undo,
        Tier.T3,
        "undo",
        undo,
        preview_undo,
        examples={"en": ("undo",), "es": ("deshaz lo último",)},
    )
