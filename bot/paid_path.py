"""The paid path put together: providers of the company, their keys, public prices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bot.audit.chain import AuditFact
from bot.call_books import CallLimits
from bot.clock import Clock
from bot.completions import Completions
from bot.economy.caps import Caps
from bot.economy.prices import Price
from bot.errors.kinds import InvalidInput, SettingsError, Unavailable
from bot.errors.models import ProviderKeyRefused, ProviderRefused
from bot.ids import TenantId
from bot.model_keys import has_key, read_key
from bot.models import ModelBackend
from bot.routing.health import HealthPoll
from bot.routing.hosts import USUAL_URLS, check_address
from bot.routing.providers import Abilities, Provider, ProviderKind
from bot.settings.model import Settings
from bot.tasks import TaskGroup
from storage.database import Database
from storage.transaction import SqlTx

if TYPE_CHECKING:
    from adapters.models.endpoint import Endpoint

_log = structlog.get_logger(__name__)

# What a company begins with whose operator has set the usual variable. The cheaper model of each
# maker reads a message for a fraction of a cent.
USUAL: Final = (
    Provider("openai", "openai", ("gpt-5-mini",), key_ref="env:OPENAI_API_KEY"),
    Provider("anthropic", "anthropic", ("claude-haiku-4-5",), key_ref="env:ANTHROPIC_API_KEY"),
)


# What an open backend is found by: name, kind, abilities, address and where the key is.
_Name = tuple[str, ProviderKind, Abilities, str, str]


class OpenBackends:
    """The backend of each provider, made when it is first asked and again when its key changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Two companies may call two servers the same; each has its own.
        self._open: dict[_Name, tuple[Endpoint, ModelBackend]] = {}
        # Calls may still be under way there.
        self._retired: list[ModelBackend] = []
        self._opening = asyncio.Lock()

    async def of(self, provider: Provider) -> ModelBackend:
        """Return the backend of a provider, with the key that it has now.

        Raises:
            ProviderKeyRefused: its key is not where it should be, or cannot be one.
            ProviderRefused: its host is not allowed.
        """
        # Imported where a model is asked: what it brings along takes a second to load.
        from adapters.models.opening import open_backend

        async with self._opening:
            endpoint = self._endpoint_of(provider)
            name = (
                provider.name,
                provider.kind,
                provider.abilities,
                provider.base_url,
                provider.key_ref,
            )
            found = self._open.get(name)
            if found is not None and found[0] == endpoint:
                return found[1]
            if found is not None:
                self._retired.append(found[1])
            backend = await open_backend(provider.kind, endpoint, provider.abilities)
            self._open[name] = (endpoint, backend)
            return backend

    def _endpoint_of(self, provider: Provider) -> Endpoint:
        try:
            return endpoint_of(provider, self._settings)
        except (SettingsError, InvalidInput) as error:
            _log.error("provider not usable", provider=provider.name, code=error.code)
            is_key = isinstance(error, SettingsError) or error.facts.get("field") == "key"
            kind = ProviderKeyRefused if is_key else ProviderRefused
            raise kind(provider.name, provider.models[0]) from None

    async def close(self) -> None:
        """Close every backend."""
        for backend in (*self._retired, *(backend for _, backend in self._open.values())):
            await backend.close()
        self._retired.clear()
        self._open.clear()


def endpoint_of(provider: Provider, settings: Settings) -> Endpoint:
    """Return where a provider answers, with its key.

    Raises:
        InvalidInput: its host is not allowed any more, or what stands for a key cannot be one.
        SettingsError: its key is not where it should be.
    """
    from adapters.models.endpoint import Endpoint

    address = _address_of(provider, settings)
    return Endpoint(provider.name, address, read_key(provider.key_ref, settings))


def _address_of(provider: Provider, settings: Settings) -> str:
    address = provider.base_url or USUAL_URLS.get(provider.kind, "")
    check_address(address, settings.models.hosts)
    return address


@asynccontextmanager
async def open_paid_path(
    settings: Settings, database: Database, clock: Clock
) -> AsyncIterator[Completions]:
    """Open the paid path until the block ends; calls under way are settled first."""
    from adapters.models.prices import PublicPrices
    from adapters.models.token_counts import find_counter

    async with AsyncExitStack() as stack:
        backends = OpenBackends(settings)
        stack.push_async_callback(backends.close)
        completions = Completions(
            database,
            backends,
            PublicPrices(),
            clock,
            ceiling=_ceiling(settings),
            find_counter=find_counter,
            limits=CallLimits(
                calls_per_day=settings.models.calls_per_day,
                caps=Caps(*settings.models.caps_nanos),
                allowances=settings.plans.allowances,
            ),
        )
        stack.push_async_callback(completions.settled)
        poll = HealthPoll(partial(_providers_in_use, database), backends.of, completions.breaker)
        polling = TaskGroup()
        stack.push_async_callback(polling.cancel)
        polling.start(poll.run(), name="health-poll")
        yield completions


async def _providers_in_use(database: Database) -> Mapping[Provider, Sequence[TenantId]]:
    """Return each provider that is asked, with the companies that ask just that one."""

    def read(tx: SqlTx) -> dict[Provider, list[TenantId]]:
        found: dict[Provider, list[TenantId]] = {}
        for tenant in tx.people.list_tenants():
            tx.enter(tenant.id)
            for provider in tx.providers.list_all():
                if not provider.is_disabled:
                    found.setdefault(provider, []).append(tenant.id)
        return found

    try:
        return await database.read(read)
    except Unavailable as error:
        _log.warning("providers not looked at", code=error.code)
        return {}


def _ceiling(settings: Settings) -> Price | None:
    most = settings.models.ceiling_nanos
    return None if most is None else Price(most, most, most, "ceiling", is_ceiling=True)


def add_usual(tx: SqlTx, settings: Settings) -> int:
    """Add the usual providers whose keys are there to companies that have none; return how many.

    A company that has any, also a disabled one, has decided for itself; one at a host that is
    not allowed is left out.
    """
    added = 0
    for tenant in tx.people.list_tenants():
        tx.enter(tenant.id)
        if tx.providers.list_all():
            continue
        for provider in USUAL:
            if _is_ready(provider, settings) and tx.providers.add(provider):
                detail: dict[str, object] = {"kind": provider.kind, "models": [*provider.models]}
                tx.record(AuditFact(tenant.id, "bursar", "provider_added", provider.name, detail))
                added += 1
    return added


def _is_ready(provider: Provider, settings: Settings) -> bool:
    try:
        _address_of(provider, settings)
    except InvalidInput:
        return False
    return has_key(provider.key_ref, settings)
