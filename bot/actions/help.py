"""What Bursar can do, read off the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import may_anywhere
from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.ports import Actor, Tx


class ShowHelp(ActionCall):
    """Show what Bursar can do, or how one action is asked for."""

    action: Literal["show_help"] = "show_help"
    topic: Annotated[str, Field(max_length=40)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpReceipt(Receipt):
    """Names of actions: those that the asker may do, and those that only others may."""

    topic_name: str | None
    allowed: tuple[str, ...]
    others: tuple[str, ...]


def help_action(catalogue: Callable[[], Sequence[Action[Any]]]) -> Action[ShowHelp]:
    """Return the action that lists the catalogue, itself included."""

    def show_help(call: ShowHelp, tx: Tx, actor: Actor) -> Receipt:
        """List the actions, or the one that is asked about."""
        shown = [action for action in catalogue() if not action.is_hidden]
        if call.topic is not None:
            named = [action for action in shown if action.name == call.topic]
            shown = named or shown
        allowed = [x.name for x in shown if may_anywhere(actor.person, x.permission)]
        return HelpReceipt(
            topic_name=call.topic,
            allowed=tuple(allowed),
            others=tuple(x.name for x in shown if x.name not in allowed),
        )

    return Action(
        ShowHelp,
        Tier.T1,
        "help.read",
        show_help,
        is_free=True,
        examples={"en": ("what can you do?",), "es": ("¿qué puedes hacer?",)},
    )
