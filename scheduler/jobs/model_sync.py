"""Asking every provider once a day which models it offers, and telling what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.errors.kinds import InvalidInput, SettingsError
from bot.errors.models import OutsideReach, Unanswered
from bot.ports import Database, Tx
from bot.replies.model_lists import news_text
from bot.routing.lists import ListNews, compare, unanswered
from bot.routing.policy import within_reach
from bot.routing.providers import ModelKey, PriceTable, Provider
from bot.schedules.model import Run
from scheduler.jobs.checks import tell_who_acts
from scheduler.kinds import Job, Prepare

LISTED, NEWS, UNANSWERED, NOTHING = "listed", "news", "unanswered", "nothing"
# What a price is looked up for: no model has another one for so short a prompt.
_TOKENS: Final = 1000


@dataclass(frozen=True, slots=True)
class Lists:
    """What a provider's models are found by: its own list, and who knows prices.

    `ask` returns the models that a provider offers and raises `Unanswered`, `InvalidInput` or
    `SettingsError`. With None nobody is asked: models are off.
    """

    prices: PriceTable
    ask: Callable[[Provider], Awaitable[Sequence[str]]] | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking a provider: its models, or the code of why there are none."""

    provider: Provider
    models: tuple[str, ...] = ()
    why: str = ""


def model_sync(database: Database, lists: Lists) -> Prepare:
    """Return the daily sync of a company's lists of models.

    All providers are asked at once, and no transaction is open meanwhile. One that does not
    answer keeps its list. No model is ever taken into use.
    """

    async def prepare(run: Run) -> Job:
        if lists.ask is None:
            return partial(_keep, answers=(), public=frozenset())
        providers = await database.read(_to_ask, tenant=run.schedule.tenant)
        answers = await asyncio.gather(*(_ask(one, lists.ask) for one in providers))
        public = await asyncio.to_thread(_priced, run, providers, lists.prices)
        return partial(_keep, answers=answers, public=public)

    return prepare


def _to_ask(tx: Tx) -> Sequence[Provider]:
    try:
        return within_reach(tx.policy.get(), tx.providers.list_all())
    except OutsideReach:
        return ()


async def _ask(provider: Provider, ask: Callable[[Provider], Awaitable[Sequence[str]]]) -> _Answer:
    try:
        return _Answer(provider, tuple(await ask(provider)))
    except (Unanswered, InvalidInput, SettingsError) as error:
        return _Answer(provider, why=error.code)


def _priced(run: Run, providers: Sequence[Provider], table: PriceTable) -> frozenset[ModelKey]:
    """Return the configured models whose price is publicly known; takes a moment at first."""
    table.load()
    return frozenset(
        ModelKey(one.name, model)
        for one in providers
        for model in one.models
        if table.find(one.kind, one.base_url, model, run.claimed_at, _TOKENS) is not None
    )


def _keep(tx: Tx, run: Run, *, answers: Sequence[_Answer], public: frozenset[ModelKey]) -> str:
    """Keep what came, and tell owners and admins once what of it is news."""
    if not answers:
        return NOTHING
    before, now = tx.model_lists.list_all(), tx.now
    priced = public | tx.providers.list_prices(now).keys()
    news: list[ListNews] = []
    for one in answers:
        was = before.get(one.provider.name)
        if one.why:
            tx.model_lists.put(unanswered(was, one.provider.name, one.why, now))
            continue
        known = {key.model for key in priced if key.provider == one.provider.name}
        found, changed = compare(was, one.provider, one.models, known, now)
        tx.model_lists.put(found)
        if changed:
            news.append(changed)
    if news:
        tell_who_acts(tx, partial(news_text, news, _rules_naming(tx, news)))
        return NEWS
    return UNANSWERED if any(one.why for one in answers) else LISTED


def _rules_naming(tx: Tx, news: Sequence[ListNews]) -> Mapping[ModelKey, Sequence[str]]:
    """Return by which routing rules the models are asked that are not offered any more."""
    rules = tx.routing.get().rules
    return {
        ModelKey(one.provider, model): [
            rule.name for rule in rules if {model, f"{one.provider}/{model}"} & set(rule.models)
        ]
        for one in news
        for model in one.missing
    }
