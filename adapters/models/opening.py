"""From configuration to a backend; each SDK is imported only where a provider needs it."""

from __future__ import annotations

import asyncio

from adapters.models.endpoint import Endpoint
from bot.models import ModelBackend
from bot.routing.providers import Abilities, ProviderKind


async def open_backend(
    kind: ProviderKind, endpoint: Endpoint, abilities: Abilities | None = None
) -> ModelBackend:
    """Make the backend of a provider; whoever asked closes it. Nothing is sent.

    Args:
        kind: the language that the provider speaks.
        endpoint: where it answers.
        abilities: what a "compatible" one takes; the usual where it is None.
    """
    # The first of a kind imports its SDK, which takes a second and more.
    return await asyncio.to_thread(_build, kind, endpoint, abilities)


def _build(kind: ProviderKind, endpoint: Endpoint, abilities: Abilities | None) -> ModelBackend:
    if kind == "openai":
        from adapters.models.openai_responses import OpenAIResponses

        return OpenAIResponses(endpoint)
    if kind == "anthropic":
        from adapters.models.anthropic_messages import AnthropicMessages

        return AnthropicMessages(endpoint)
    from adapters.models.compatible import Compatible

    return Compatible(endpoint, abilities or Abilities())
