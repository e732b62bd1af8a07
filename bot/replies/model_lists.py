"""Which models there are, and what of that is new -> words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.actions.model_lists import ModelLine, ModelsReceipt, OfferedModels
from bot.replies.amounts import usd
from bot.replies.dates import at_time
from bot.replies.parts import listing, shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import say
from bot.routing.lists import ListNews
from bot.routing.providers import ModelKey

# Of what a provider offers; all of it only where it was asked for.
_SOME: Final = 5
_MOST: Final = 200
_NEWS: Final = 10


def models_text(receipt: ModelsReceipt, reader: Reader) -> str:
    """Return the models that are set up, each with what is known of it, and what is offered."""
    language = reader.language
    if not receipt.lines:
        return say(language, "providers.none")
    rows = [_row(line, language) for line in receipt.lines]
    most = _MOST if receipt.is_whole else _SOME
    parts = [say(language, "models"), table(rows, "LLL", language)]
    for one in receipt.offered:
        parts += _offered(one, most, reader)
    parts.append(say(language, "models.hint" if receipt.offered else "models.never"))
    return "\n".join(parts)


def news_text(
    news: Sequence[ListNews], rules: Mapping[ModelKey, Sequence[str]], reader: Reader
) -> str:
    """Return what became new, missing or without a price at providers since the last look.

    `rules` are the routing rules that name a model which is missing.
    """
    lines = [line for one in news for line in _changes(one, rules, reader.language)]
    return "\n".join((*lines, say(reader.language, "model_news.hint")))


def _row(line: ModelLine, language: Language) -> tuple[str, str, str]:
    state = {True: "offered", False: "missing", None: "unlisted"}[line.is_offered]
    price = ""
    if line.price is not None:
        price = say(
            language,
            "models.price",
            price_in=usd(line.price.in_nanos, language),
            price_out=usd(line.price.out_nanos, language),
        )
    elif line.is_unpriced:
        price = say(language, "models.unpriced")
    return shown(f"{line.provider}/{line.model}"), say(language, f"models.{state}"), price


def _offered(one: OfferedModels, most: int, reader: Reader) -> Iterator[str]:
    found, language = one.listed, reader.language
    name = shown(found.provider)
    if one.others:
        yield say(language, "models.others", name=name, models=_some(one.others, most, language))
    if found.why and found.asked_at is not None:
        at = at_time(found.asked_at, reader)
        if found.listed_at is None:
            yield say(language, "models.away", name=name, at=at)
        else:
            since = at_time(found.listed_at, reader)
            yield say(language, "models.away.old", name=name, at=at, since=since)


def _changes(
    one: ListNews, rules: Mapping[ModelKey, Sequence[str]], language: Language
) -> Iterator[str]:
    name = shown(one.provider)
    if one.new:
        yield say(language, "model_news.new", name=name, models=_some(one.new, _NEWS, language))
    for model in one.missing:
        by = rules.get(ModelKey(one.provider, model), ())
        yield say(
            language,
            "model_news.missing.rule" if by else "model_news.missing",
            name=name,
            model=shown(model),
            rules=listing([shown(rule) for rule in by], language),
        )
    for model in one.unpriced:
        yield say(language, "model_news.unpriced", model=shown(f"{one.provider}/{model}"))


def _some(models: Sequence[str], most: int, language: Language) -> str:
    names = ", ".join(shown(one) for one in models[:most])
    if len(models) <= most:
        return names
    return say(language, "models.more", models=names, number=len(models) - most)
