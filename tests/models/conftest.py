"""A provider on the loopback, and each of our backends talking to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Protocol

import pytest

from adapters.models.endpoint import Endpoint
from adapters.models.opening import open_backend
from bot.models import ModelBackend
from bot.routing.providers import Abilities, ProviderKind
from tests.models.replies import Api
from tests.models.server import KEY, ModelServer


class OpenFor(Protocol):
    """Makes a backend for one of the languages."""

    async def __call__(
        self, root: str, api: Api, *, key: str = KEY, abilities: Abilities | None = None
    ) -> ModelBackend: ...


KINDS: dict[Api, ProviderKind] = {
    "responses": "openai",
    "messages": "anthropic",
    "chat": "compatible",
}


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer.running() as server:
        yield server
        assert server.violations == []


@pytest.fixture(params=["chat", "responses", "messages"])
def api(request: pytest.FixtureRequest) -> Api:
    """The language that is spoken."""
    found: Api = request.param
    return found


def address(root: str, api: Api) -> str:
    """Return the base URL as an administrator would write it: Anthropic's is without /v1."""
    return root if api == "messages" else f"{root}/v1"


@pytest.fixture
async def open_for() -> AsyncIterator[OpenFor]:
    """Make backends that speak a language, and close them in the end."""
    async with AsyncExitStack() as stack:

        async def opener(
            root: str, api: Api, *, key: str = KEY, abilities: Abilities | None = None
        ) -> ModelBackend:
            endpoint = Endpoint("acme", address(root, api), key)
            opened = await open_backend(KINDS[api], endpoint, abilities)
            stack.push_async_callback(opened.close)
            return opened

        yield opener


@pytest.fixture
async def backend(server: ModelServer, api: Api, open_for: OpenFor) -> ModelBackend:
    return await open_for(server.root, api)
