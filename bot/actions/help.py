"""What Bursar can do, read off the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import may_anywhere
from bot.actions.base import Action, ActionCall, Receipt, Tier
from bot.ports import Actor, Tx

Subject = Literal["budgets", "wallets", "people", "tasks", "account", "models", "messages"]


class ShowHelp(ActionCall):
    """Show what Bursar can do, all about one subject, or how one action is asked for."""

    action: Literal["show_help"] = "show_help"
    topic: Annotated[str, Field(max_length=40)] | None = None


@dataclass(frozen=True, slots=True)
class SubjectHelp:
    """Names of a subject's actions: those that the asker may do, and those that others may."""

    subject: Subject
    allowed: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpReceipt(Receipt):
    """What there is, by subject.

    With `topic_name`, a subject or an action, there is that one alone.
    """

    topic_name: str | None
    subjects: tuple[SubjectHelp, ...]


def help_action(
    subjects: Callable[[], Mapping[Subject, Sequence[Action[Any]]]],
) -> Action[ShowHelp]:
    """Return the action that lists the catalogue, itself included."""

    def show_help(call: ShowHelp, tx: Tx, actor: Actor) -> Receipt:
        """List the actions, those of the subject, or the one that is asked about."""
        everything = [
            (subject, [action for action in actions if not action.is_hidden])
            for subject, actions in subjects().items()
        ]
        topic_name = call.topic
        found = [
            (subject, [x for x in actions if topic_name in {subject, x.name}])
            for subject, actions in everything
        ]
        if not any(actions for _, actions in found):
            topic_name, found = None, everything
        listed = []
        for subject, actions in found:
            may = [x.name for x in actions if may_anywhere(actor.person, x.permission)]
            others = tuple(x.name for x in actions if x.name not in may)
            if actions:
                listed.append(SubjectHelp(subject, tuple(may), others))
        return HelpReceipt(topic_name=topic_name, subjects=tuple(listed))

    return Action(
        ShowHelp,
        Tier.T1,
        "help.read",
        show_help,
        is_free=True,
        examples={
            "en": ("what can you do?", "help budgets"),
            "es": ("¿qué puedes hacer?", "ayuda presupuestos"),
        },
    )
