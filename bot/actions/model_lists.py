"""Which models there are: those that are set up, and what their providers offer besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import require
from bot.actions.base import Action, ActionCall, Receipt, Tier, examples
from bot.economy.prices import Price
from bot.errors.kinds import NotFound
from bot.ports import Actor, Tx
from bot.routing.lists import ModelList, is_offered
from bot.routing.providers import ModelKey, Provider


class ListModels(ActionCall):
    """Show the models that are set up and what providers offer; of one provider all of it."""

    action: Literal["list_models"] = "list_models"
    provider: Annotated[str, Field(max_length=100)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLine:
    """A model that is set up. `is_offered` is None while its provider never listed any.

    `price` is the company's own; `is_unpriced` says that nobody knew one when it was looked up.
    """

    provider: str
    model: str
    is_offered: bool | None
    price: Price | None = None
    is_unpriced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedModels:
    """What a provider in use offers besides, as it listed it last."""

    listed: ModelList
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsReceipt(Receipt):
    """The models of the company's providers in use, in the order in which they were added.

    `is_whole` says that one provider was asked for, and all that it offers is shown.
    """

    lines: tuple[ModelLine, ...]
    offered: tuple[OfferedModels, ...]
    is_whole: bool = False


def list_models(call: ListModels, tx: Tx, actor: Actor) -> Receipt:
    """Read which models there are; nobody is asked for it.

    Raises:
        NotFound: there is no such provider in use.
    """
    require(actor.person, "providers.manage")
    wanted = call.provider.strip().lower()
    providers = [
        one for one in tx.providers.list_all() if not one.is_disabled and wanted in {"", one.name}
    ]
    if wanted and not providers:
        raise NotFound("provider", wanted)
    lists, prices = tx.model_lists.list_all(), tx.providers.list_prices(tx.now)
    return ModelsReceipt(
        lines=tuple(
            _line(one, model, lists.get(one.name), prices.get(ModelKey(one.name, model)))
            for one in providers
            for model in one.models
        ),
        offered=tuple(
            OfferedModels(listed=found, others=_others(one, found))
            for one in providers
            if (found := lists.get(one.name)) is not None
        ),
        is_whole=bool(wanted),
    )


def _line(
    provider: Provider, model: str, found: ModelList | None, price: Price | None
) -> ModelLine:
    has_list = found is not None and found.listed_at is not None
    return ModelLine(
        provider=provider.name,
        model=model,
        is_offered=is_offered(model, found.models) if found is not None and has_list else None,
        price=price,
        is_unpriced=price is None and found is not None and model in found.unpriced,
    )


def _others(provider: Provider, found: ModelList) -> tuple[str, ...]:
    return tuple(one for one in found.models if one not in provider.models)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListModels,
        Tier.T1,
        "providers.manage",
        list_models,
        examples=examples("which models are there?", "¿qué modelos hay?"),
    ),
)
