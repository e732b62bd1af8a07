"""Looking at providers before a person waits for one: a call without tokens, every 30 seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final, Protocol

from bot.errors.models import Unanswered
from bot.ids import TenantId
from bot.models import TimeOuts
from bot.routing.breaker import Breaker
from bot.routing.providers import CompanyModel, Provider

EVERY_S: Final = 30.0
TIME_OUTS: Final = TimeOuts(connect_s=5.0, first_byte_s=10.0, total_s=10.0)


class Looked(Protocol):
    """What can be looked at."""

    async def look(self, time_outs: TimeOuts) -> None:
        """Ask for something that costs nothing; see `bot.models.ModelBackend`."""
        ...


class HealthPoll:
    """Tells the breaker how providers do: three times in a row without an answer, and one rests.

    What a person's calls find out of a model is kept apart: a provider that lists its models may
    still fail with one of them.
    """

    def __init__(
        self,
        providers: Callable[[], Awaitable[Mapping[Provider, Collection[TenantId]]]],
        backend_of: Callable[[Provider], Awaitable[Looked]],
        breaker: Breaker,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take what lists the providers in use, each with its companies, and what opens one."""
        self._providers = providers
        self._backend_of = backend_of
        self._breaker = breaker
        self._sleep = sleep

    async def run(self) -> None:
        """Look at all, again and again; ends by being cancelled."""
        while True:
            # First, so that a short command asks nobody.
            await self._sleep(EVERY_S)
            await self.look()

    async def look(self) -> None:
        """Look at each provider once, at the same time."""
        found = await self._providers()
        await asyncio.gather(*(self._look(one, tenants) for one, tenants in found.items()))

    async def _look(self, provider: Provider, tenants: Collection[TenantId]) -> None:
        note = self._breaker.worked
        try:
            backend = await self._backend_of(provider)
            await backend.look(TIME_OUTS)
        except Unanswered as error:
            # One that refuses the key or knows no such list is there all the same.
            if error.passes:
                note = self._breaker.failed
        for tenant in tenants:
            note(whole(tenant, provider.name))


def whole(tenant: TenantId, provider: str) -> CompanyModel:
    """Return under what a company's provider is kept as a whole, beside its models."""
    return CompanyModel(tenant, provider, "")
