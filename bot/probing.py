"""Asking a provider one small thing, to see whether it answers, or which models it offers.

The call goes past the wallets and is charged to nobody: it costs a fraction of a cent, or nothing.
It is made outside of any transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.models import ModelMessage, ModelRequest, TimeOuts
from bot.paid_path import endpoint_of
from bot.routing.providers import Provider
from bot.settings.model import Settings

_TIME_OUTS: Final = TimeOuts(connect_s=5.0, first_byte_s=15.0, total_s=20.0)
# The least that OpenAI takes. API reference, "Create a model response", max_output_tokens.
_MOST_TOKENS: Final = 16
# A list comes at once or not at all, however long a provider may think about an answer.
_MOST_S: Final = 60.0


async def ask_once(provider: Provider, settings: Settings) -> str:
    """Make one call; return what the provider calls the model that answered.

    Raises:
        Unanswered: it did not answer.
        InvalidInput: its host is not allowed, or what stands for a key cannot be one.
        SettingsError: its key is not where it should be.
    """
    # Imported where a model is asked: what it brings along takes a second to load.
    from adapters.models.opening import open_backend

    endpoint = endpoint_of(provider, settings)
    backend = await open_backend(provider.kind, endpoint, provider.abilities)
    asked = (ModelMessage("user", "Answer with the word yes."),)
    try:
        request = ModelRequest(provider.models[0], asked, _MOST_TOKENS, time_outs=_TIME_OUTS)
        return (await backend.ask(request)).model
    finally:
        await backend.close()


async def list_once(provider: Provider, settings: Settings) -> Sequence[str]:
    """Return the models that a provider lists, within its own time-outs; that costs nothing.

    Raises:
        Unanswered, InvalidInput, SettingsError: as `ask_once`.
    """
    from adapters.models.opening import open_backend

    endpoint = endpoint_of(provider, settings)
    backend = await open_backend(provider.kind, endpoint, provider.abilities)
    limits = provider.time_outs
    try:
        return await backend.list_models(replace(limits, total_s=min(limits.total_s, _MOST_S)))
    finally:
        await backend.close()


class SmallCalls:
    """What `test provider` makes its call by."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def ask(self, provider: Provider) -> str:
        """Make one call; see `ask_once`."""
        return await ask_once(provider, self._settings)
