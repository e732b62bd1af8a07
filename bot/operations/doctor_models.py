"""What `bursar doctor` looks at in models: one small call to each provider that is in use.

The call goes past the wallets: it costs a fraction of a cent, and nobody is charged for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Final

from bot.actions.pause import name_of
from bot.clock import Clock
from bot.errors.kinds import BursarError, InvalidInput, SettingsError
from bot.errors.models import Unanswered
from bot.operations.doctor import Colour, Finding
from bot.probing import ask_once
from bot.routing.lists import ModelList, is_offered
from bot.routing.providers import Provider
from bot.settings.model import Settings
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx

_UNKNOWN: Final = 404
_OTHER_MODEL: Final = (
    "look in the chat under `models` for what is offered, set that up with `/provider add`, and"
    " change the rules under `/routes` that name the others"
)


def check_models(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Does each provider that is in use answer? A database that cannot be read is told before."""
    try:
        yield from asyncio.run(_look(settings, clock))
    except BursarError:
        return


async def _look(settings: Settings, clock: Clock) -> list[Finding]:
    async with open_snapshot(settings.database.url.get_secret_value(), clock) as snapshot:
        found = await snapshot.run(_active)
        paused = await snapshot.run(_paused)
        listed = await snapshot.run(_listed)
    checked = await asyncio.gather(*(_check(who, one, settings) for who, one in found))
    return [*paused, *checked, *listed]


def _paused(tx: SqlTx) -> list[Finding]:
    """Return who has paused the models of which company."""
    found = []
    for tenant in tx.people.list_tenants():
        tx.enter(tenant.id)
        pause = tx.policy.get().pause
        if pause is not None:
            what = f"paused by {name_of(pause, tx)} since {pause.at:%Y-%m-%d %H:%M} UTC"
            remedy = "an owner or admin says `resume models` in the chat"
            found.append(Finding(f"models of {tenant.name}", Colour.yellow, what, remedy))
    return found


def _listed(tx: SqlTx) -> list[Finding]:
    """Return what is not as it should be in the lists of models that providers gave last."""
    found = []
    for tenant in tx.people.list_tenants():
        tx.enter(tenant.id)
        lists = tx.model_lists.list_all()
        for one in tx.providers.list_all():
            listed = None if one.is_disabled else lists.get(one.name)
            if listed is not None:
                found += _look_at_list(f"models of {one.name} of {tenant.name}", one, listed)
    return found


def _look_at_list(check: str, provider: Provider, listed: ModelList) -> list[Finding]:
    of = "never" if listed.listed_at is None else f"{listed.listed_at:%Y-%m-%d %H:%M} UTC"
    found = []
    missing = [one for one in provider.models if not is_offered(one, listed.models)]
    if missing and listed.listed_at is not None:
        what = f"set up but not offered, by the list of {of}: {', '.join(missing)}"
        found.append(Finding(check, Colour.yellow, what, _OTHER_MODEL))
    if listed.why:
        what = f"no list when it was asked last ({listed.why}); the last list: {of}"
        remedy = f"say `test provider {provider.name}` in the chat, then `sync models`"
        found.append(Finding(check, Colour.yellow, what, remedy))
    return found


def _active(tx: SqlTx) -> list[tuple[str, Provider]]:
    """Return the providers in use, each with its company's name."""
    found = []
    for tenant in tx.people.list_tenants():
        tx.enter(tenant.id)
        found += [(tenant.name, one) for one in tx.providers.list_all() if not one.is_disabled]
    return found


async def _check(company: str, provider: Provider, settings: Settings) -> Finding:
    name, model = f"provider {provider.name} of {company}", provider.models[0]
    try:
        served_by = await ask_once(provider, settings)
    except SettingsError as error:
        what, remedy = f"has no key at {provider.key_ref}", str(error.facts["remedy"])
        return Finding(name, Colour.red, what, f"{remedy}; or `/provider disable {provider.name}`")
    except InvalidInput as error:
        return Finding(name, Colour.red, *_unusable(error, provider))
    except Unanswered as error:
        return Finding(name, *_unanswered(error, provider))
    return Finding(name, Colour.green, f"{model} answers ({served_by})")


def _unusable(error: InvalidInput, provider: Provider) -> tuple[str, str]:
    if error.facts["field"] == "key":
        return (
            f"what stands at {provider.key_ref} cannot be a key",
            "put the key there alone, on one line",
        )
    return (
        f"its address {error.facts['why']}",
        "name its host in `models.hosts`, with https unless it is on a private net",
    )


def _unanswered(error: Unanswered, provider: Provider) -> tuple[Colour, str, str]:
    """Return what a failed call means, and what to do about it."""
    model, at = error.model, f"(status {error.status})" if error.status else "(no answer)"
    if error.code == "provider_refused" and error.status == _UNKNOWN:
        return (
            Colour.red,
            f"does not know the model {model}, or not at this address {at}",
            "add a provider with the model's name as the maker writes it, or with the right"
            f" address, and `/provider disable {provider.name}`",
        )
    if error.passes and error.code == "provider_busy":
        return (
            Colour.yellow,
            f"takes no more calls at this moment {at}",
            "run the command again in a minute; if it stays so, ask for higher rate limits there",
        )
    what, remedy = _ENDS.get(error.code, _ENDS["provider_refused"])
    return Colour.red, f"{what.format(model=model)} {at}", remedy.format(key=provider.key_ref)


_ENDS: Final[dict[str, tuple[str, str]]] = {
    "provider_key_refused": (
        "does not take the key, or not for {model}",
        "make a new key at the provider, put it where {key} says, and restart Bursar",
    ),
    "provider_spent": (
        "has reached the spending limit of its account",
        "add credit or raise the limit at the provider",
    ),
    "provider_unreachable": (
        "cannot be reached",
        "look at the address, at the firewall, and whether the server runs",
    ),
    "provider_failed": (
        "has a fault of its own",
        "look at the provider's status page, and run the command again later",
    ),
    "answer_broken": (
        "answers with something that is no answer",
        "look whether its address ends where its API begins, such as in /v1",
    ),
    "provider_refused": (
        "does not take a plain question to {model}",
        "look whether the model is one for text",
    ),
}
