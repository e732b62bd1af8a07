"""Looking after a provider: whether it answers, how long it may take, what its server takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.audit.chain import AuditFact
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.models import TimeOuts
from bot.ports import Actor, Tx
from bot.routing.policy import check_open, within_reach
from bot.routing.providers import Abilities, Provider

Structure = Literal["schema", "json", "prompt"]
Bound = Literal["max_tokens", "max_completion_tokens"]
# As the database keeps them; whoever waits ten minutes for an answer has waited in vain.
Milliseconds = Annotated[int, Field(strict=True, ge=100, le=600_000)]
_Named = Annotated[str, Field(max_length=100)]
_EXAMPLE: Final = "/provider set groq structure=json total=30"


class TryProvider(ActionCall):
    """Ask a provider one small thing, to see whether it answers."""

    action: Literal["test_provider"] = "test_provider"
    name: _Named


class TuneProvider(ActionCall):
    """Set how long a provider may take, and what its server takes; what is None stays."""

    action: Literal["tune_provider"] = "tune_provider"
    name: _Named
    structure: Structure | None = None
    bound: Bound | None = None
    connect_ms: Milliseconds | None = None
    first_byte_ms: Milliseconds | None = None
    total_ms: Milliseconds | None = None


class RestoreProvider(ActionCall):
    """Set how a provider is asked to what it was, if it is still what it became."""

    action: Literal["restore_provider"] = "restore_provider"
    was: TuneProvider
    expected: TuneProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderToTest(Receipt):
    """A provider that may be asked; its call is made once the transaction is over."""

    provider: Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderTested(Receipt):
    """Whether a provider answered: `served_by` is what it calls the model, `code` what failed."""

    provider: Provider
    served_by: str = ""
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderTuned(Receipt):
    """How a provider is asked from now on."""

    provider: Provider


def try_provider(call: TryProvider, tx: Tx, actor: Actor) -> Receipt:
    """Say that a provider may be asked: it is within reach, and models are not paused."""
    require(actor.person, "providers.manage")
    provider = _get(tx, call.name)
    policy = tx.policy.get()
    check_open(policy, tx.people.names)
    # Also one that is out of use: that is when it is tried out.
    within_reach(policy, [replace(provider, is_disabled=False)])
    return ProviderToTest(provider=provider)


def preview_tune(call: TuneProvider | RestoreProvider, tx: Tx, actor: Actor) -> Preview:
    """Show how a provider is asked, before and after."""
    before, after = _asked(call, tx, actor)
    return Preview(
        action=call.action,
        subject=before.name,
        before=how_asked(before),
        after=how_asked(after),
    )


def tune_provider(call: TuneProvider | RestoreProvider, tx: Tx, actor: Actor) -> Receipt:
    """Set how a provider is asked, from the next call on.

    Raises:
        InvalidInput: it is so already.
        Conflict: it was changed at the same moment, or since; nothing changed.
    """
    before, after = _asked(call, tx, actor)
    if not tx.providers.tune(before, after):
        raise Conflict("the provider was changed at this moment")
    detail: dict[str, object] = {"before": how_asked(before), "after": how_asked(after)}
    tx.record(AuditFact(tx.tenant, actor.person.id, "provider_tuned", after.name, detail))
    undo = RestoreProvider(was=_whole(before), expected=_whole(after))
    return ProviderTuned(provider=after, undo=undo)


def how_asked(provider: Provider) -> str:
    """Return how a provider is asked, as `/provider set` takes it: "total=60 structure=json"."""
    limits, abilities = provider.time_outs, provider.abilities
    parts = [
        f"connect={limits.connect_s:g}",
        f"first_byte={limits.first_byte_s:g}",
        f"total={limits.total_s:g}",
    ]
    if provider.kind == "compatible":
        parts += [f"structure={abilities.structure}", f"bound={abilities.bound}"]
    return " ".join(parts)


def _asked(
    call: TuneProvider | RestoreProvider, tx: Tx, actor: Actor
) -> tuple[Provider, Provider]:
    require(actor.person, "providers.manage")
    wanted = call if isinstance(call, TuneProvider) else call.was
    before = _get(tx, wanted.name)
    if isinstance(call, RestoreProvider) and _whole(before) != call.expected:
        raise Conflict("the provider was changed since")
    after = _tuned(before, wanted)
    if after == before:
        raise InvalidInput("provider", "is so already", example="list providers")
    limits = after.time_outs
    if not limits.connect_s <= limits.total_s >= limits.first_byte_s:
        raise InvalidInput("time-outs", "are longer than all of a call", example=_EXAMPLE)
    if after.abilities != before.abilities and before.kind != "compatible":
        raise InvalidInput("abilities", "are known for this kind", example=_EXAMPLE)
    return before, after


def _tuned(provider: Provider, call: TuneProvider) -> Provider:
    limits, abilities = provider.time_outs, provider.abilities
    return replace(
        provider,
        time_outs=TimeOuts(
            limits.connect_s if call.connect_ms is None else call.connect_ms / 1000,
            limits.first_byte_s if call.first_byte_ms is None else call.first_byte_ms / 1000,
            limits.total_s if call.total_ms is None else call.total_ms / 1000,
        ),
        abilities=Abilities(
            call.structure or abilities.structure,
            call.bound or abilities.bound,
        ),
    )


def _whole(provider: Provider) -> TuneProvider:
    limits, abilities = provider.time_outs, provider.abilities
    return TuneProvider(
        name=provider.name,
        structure=abilities.structure,
        bound=abilities.bound,
        connect_ms=round(limits.connect_s * 1000),
        first_byte_ms=round(limits.first_byte_s * 1000),
        total_ms=round(limits.total_s * 1000),
    )


def _get(tx: Tx, name: str) -> Provider:
    found = next((one for one in tx.providers.list_all() if one.name == name), None)
    if found is None:
        raise NotFound("provider", name)
    return found


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        TryProvider,
        Tier.T1,
        "providers.manage",
        try_provider,
        examples={"en": ("test provider groq",), "es": ("prueba el proveedor groq",)},
    ),
    Action(
        TuneProvider,
        Tier.T3,
        "providers.manage",
        tune_provider,
        preview_tune,
        examples={"en": (_EXAMPLE,), "es": (_EXAMPLE,)},
    ),
    Action(
        RestoreProvider,
        Tier.T3,
        "undo",
        tune_provider,
        preview_tune,
        is_hidden=True,
    ),
)
