"""Every action, in the order in which help shows them. Adding one is one line here: by subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from bot.actions import (
    accounts,
    admissions,
    alerts,
    approvals,
    bills,
    budget,
    channels,
    charts,
    digest,
    digest_now,
    explain,
    exports,
    limits,
    memory,
    model_lists,
    model_rules,
    moves,
    pause,
    people,
    plans,
    provider_care,
    providers,
    quiet,
    request_lists,
    requests,
    rights,
    routing,
    schedules,
    shared_digest,
    spend,
    task_reads,
    tasks,
    undelivered,
    unusual,
    wallets,
)
from bot.actions.base import Action, ActionCall
from bot.actions.help import Subject, help_action
from bot.actions.undo import undo_action


def parse_call(text: str) -> ActionCall:
    """Read a stored call, and check it as if it had come from anybody.

    Raises:
        KeyError: no such action.
        pydantic.ValidationError: its arguments are not what the action takes.
    """
    values = orjson.loads(text)
    call: ActionCall = BY_NAME[values["action"]].call.model_validate_json(text)
    return call


def action_of(call: ActionCall) -> Action[Any]:  # Any: the type of its calls
    """Return the action that a call is one of."""
    return BY_NAME[call.action]


def parse_calls(text: str) -> tuple[ActionCall, ...]:
    """Read a stored plan: a JSON list of calls."""
    return tuple(parse_call(orjson.dumps(values).decode()) for values in orjson.loads(text))


def dump_calls(calls: Sequence[ActionCall]) -> str:
    """Write a plan as it is stored."""
    return orjson.dumps([call.model_dump(mode="json") for call in calls]).decode()


def _subjects() -> Mapping[Subject, Sequence[Action[Any]]]:
    return SUBJECTS


# What help shows together, in its order.
SUBJECTS: Final[Mapping[Subject, tuple[Action[Any], ...]]] = {
    "budgets": (
        *spend.ACTIONS,
        *request_lists.ACTIONS,
        *explain.ACTIONS,
        *charts.ACTIONS,
        *exports.ACTIONS,
        *unusual.ACTIONS,
        *budget.ACTIONS,
        *moves.ACTIONS,
        *approvals.ACTIONS,
        *requests.ACTIONS,
        *alerts.ACTIONS,
        *bills.ACTIONS,
    ),
    "wallets": (*limits.ACTIONS, *wallets.ACTIONS),
    "people": (*people.ACTIONS, *rights.ACTIONS, *plans.ACTIONS, *admissions.ACTIONS),
    "tasks": (*tasks.ACTIONS, *task_reads.ACTIONS),
    "account": (
        *accounts.ACTIONS,
        *digest.ACTIONS,
        *shared_digest.ACTIONS,
        *digest_now.ACTIONS,
        *quiet.ACTIONS,
        *memory.ACTIONS,
    ),
    "models": (
        *providers.ACTIONS,
        *provider_care.ACTIONS,
        *model_lists.ACTIONS,
        *model_rules.ACTIONS,
        *pause.ACTIONS,
        *routing.ACTIONS,
    ),
    "messages": (
        *undelivered.ACTIONS,
        *schedules.ACTIONS,
        *channels.ACTIONS,
        undo_action(parse_call, action_of),
        help_action(_subjects),
    ),
}
CATALOG: Final[tuple[Action[Any], ...]] = tuple(
    action for actions in SUBJECTS.values() for action in actions
)
BY_NAME: Final = {action.name: action for action in CATALOG}
