"""The shape that a model must answer in, made from the catalogue.

A model never sees an id or a nano-dollar: it names wallets and people as they are called, and
writes amounts and dates as text. What that stands for is looked up by us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from bot.actions import (
    channels,
    digest_now,
    model_lists,
    model_rules,
    pause,
    plans,
    provider_care,
    providers,
    routing,
    shared_digest,
)
from bot.actions.base import ActionCall
from bot.actions.catalog import CATALOG
from bot.actions.quiet import ClockTime

Kind = Literal[
    "wallet",
    "person",
    "amount",
    "date",
    "when",
    "clock",
    "choice",
    "number",
    "numbers",
    "schedule",
    "text",
]
MAX_TEXT: Final = 300
# A few sentences: the figures themselves are shown as tables.
MAX_ANSWER: Final = 700
# More calls than one message may ever run are not an answer.
MOST_CALLS: Final = 12
# By account, single-use code, message number or reference of a bill: what is done with a button or
# its own words. And where models are asked, what they may, who may use how much, where alerts and
# digests go to, and what is erased: only a person's own words say that, never a model. Nor does it
# drop many tasks at once.
_LEFT_OUT: Final = frozenset(
    {
        "link_account",
        "unlink_account",
        "send_again",
        "forget",
        "correct_usage",
        "clear_tasks",
    }
) | {
    action.name
    for module in (
        providers,
        provider_care,
        plans,
        channels,
        digest_now,
        shared_digest,
        model_lists,
        model_rules,
        pause,
        routing,
    )
    for action in module.ACTIONS
}
_BY_SUFFIX: Final[tuple[tuple[str, str, Kind], ...]] = (
    ("wallet_id", "wallet", "wallet"),
    ("person_id", "person", "person"),
    ("parent_id", "parent", "wallet"),
    ("_nanos", "", "amount"),
    ("_on", "", "date"),
)
# What says when, of a call that has a time of day beside the day: named by the person's words.
_TIMING: Final = frozenset({"due_on", "until_on", "clock", "repeats", "minutes", "days"})
# Only a button says which occasion it stands beside, and only plain words whose digest is meant.
UNSPOKEN: Final = frozenset({"due_at", "is_own"})


class Spoken(BaseModel):
    """A part of what a model answers: nothing beside the fields that are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument: what the model calls it, what the call calls it, and what it holds."""

    spoken: str
    field: str
    kind: Kind
    # What else of the call the same words fill.
    more: tuple[str, ...] = ()


@cache
def slots_of(call: type[ActionCall]) -> tuple[Slot, ...]:
    """Return the arguments of an action, in their order."""
    names = [name for name in call.model_fields if name not in {"action", *UNSPOKEN}]
    timing = _timing_of(call)
    slots = [
        _slot(name, call.model_fields[name].annotation) for name in names if name not in timing
    ]
    if timing:
        slots.append(Slot("when", timing[0], "when", timing[1:]))
    return tuple(slots)


def _timing_of(call: type[ActionCall]) -> tuple[str, ...]:
    """Return the arguments that together say when a task is due; none where one says a day."""
    found = tuple(name for name in call.model_fields if name in _TIMING)
    return found if "clock" in found else ()


def _slot(name: str, annotation: Any) -> Slot:  # Any: whatever a field is annotated with
    for suffix, replacement, kind in _BY_SUFFIX:
        if name.endswith(suffix):
            return Slot(name.removesuffix(suffix) + replacement, name, kind)
    kind = _kind_of(annotation)
    return Slot(name, name, "schedule" if name == "which" and kind == "text" else kind)


def _kind_of(annotation: Any) -> Kind:
    if _literals(annotation):
        return "choice"
    if ClockTime in get_args(annotation):
        return "clock"
    text = str(annotation)
    if "tuple" in text:
        return "numbers"
    return "number" if "int" in text else "text"


def _literals(annotation: Any) -> tuple[str, ...]:
    """Return the words that a field may hold, if those are all that it may."""
    arguments = get_args(annotation)
    if arguments and all(isinstance(one, str) for one in arguments):
        return arguments
    for one in arguments:
        found = _literals(one)
        if found:
            return found
    return ()


@cache
def spoken_actions() -> Mapping[str, type[Spoken]]:
    """Return the shape of each action that a model may name."""
    return {
        action.name: _spoken(action.call)
        for action in CATALOG
        if not action.is_hidden and action.name not in _LEFT_OUT
    }


def _spoken(call: type[ActionCall]) -> type[Spoken]:
    name = call.model_fields["action"].default
    fields: dict[str, Any] = {"action": (Literal[name], ...)}
    for slot in slots_of(call):
        fields[slot.spoken] = (_type_of(slot, call) | None, ...)
    summary = (call.__doc__ or "").strip().partition("\n")[0]
    made: type[Spoken] = create_model(
        f"Spoken{call.__name__}", __base__=Spoken, __doc__=summary, **fields
    )
    return made


def _type_of(slot: Slot, call: type[ActionCall]) -> Any:
    if slot.kind == "choice":
        return Literal[_literals(call.model_fields[slot.field].annotation)]
    if slot.kind == "number":
        return int
    if slot.kind == "numbers":
        return Annotated[list[int], Field(max_length=20)]
    return Annotated[str, Field(max_length=MAX_TEXT)]


@cache
def plan_shape() -> type[BaseModel]:
    """Return the shape of a whole answer to a message."""
    then = (Literal["show", "look"], "show")
    return _shape(
        "SpokenPlan", intent=(Literal["read", "write", "greet", "unknown"], ...), then=then
    )


@cache
def analysis_shape() -> type[BaseModel]:
    """Return the shape of what follows from results: an answer, or more to do before there is."""
    return _shape(
        "SpokenAnalysis", answer=(Annotated[str, Field(max_length=MAX_ANSWER)] | None, ...)
    )


def _shape(name: str, **fields: Any) -> type[BaseModel]:
    # Any: types that are made at run time, from the catalogue.
    union: Any = Union[tuple(spoken_actions().values())]  # noqa: UP007
    fields["confidence"] = (Annotated[float, Field(ge=0, le=1)], ...)
    fields["actions"] = (Annotated[list[union], Field(max_length=MOST_CALLS)], ...)
    shape: type[Spoken] = create_model(name, __base__=Spoken, **fields)
    return shape
