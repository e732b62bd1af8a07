"""The part of the Adaptive Cards 1.5 schema that the cards use, as a check.

Written from adaptivecards.io/schemas/adaptive-card.json: which properties an element has, which
of them it must have, and what values they take. What is not listed is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Check = Callable[[object], bool]


def text(value: object) -> bool:
    return isinstance(value, str)


def some_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def anything(_value: object) -> bool:
    return True


def one_of(*values: str) -> Check:
    return lambda value: value in values


def list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


SPACING = one_of("Default", "None", "Small", "Medium", "Large", "ExtraLarge", "Padding")
# Per type: its properties, the required ones marked with "!".
TYPES: dict[str, dict[str, Check]] = {
    "AdaptiveCard": {
        "version!": one_of("1.5"),
        "$schema": one_of("http://adaptivecards.io/schemas/adaptive-card.json"),
        "body": anything,
        "actions": anything,
        "refresh": anything,
        "fallbackText": text,
    },
    "RichTextBlock": {"inlines!": anything, "spacing": SPACING},
    "TextRun": {
        "text!": some_text,
        "weight": one_of("Default", "Lighter", "Bolder"),
        "size": one_of("Default", "Small", "Medium", "Large", "ExtraLarge"),
        "fontType": one_of("Default", "Monospace"),
    },
    "ColumnSet": {"columns!": anything, "spacing": SPACING},
    "Column": {"items!": anything, "width": one_of("auto", "stretch")},
    "Image": {
        "url!": lambda value: (
            isinstance(value, str) and value.startswith("data:image/png;base64,")
        ),
        "altText": some_text,
        "size": one_of("Auto", "Stretch", "Small", "Medium", "Large"),
    },
    "Input.Text": {"id!": some_text, "label": some_text, "value": text},
    "Action.Execute": {
        "title": some_text,
        "verb": some_text,
        "data": lambda value: isinstance(value, dict),
        "fallback": anything,
    },
    "Action.Submit": {"title": some_text, "data": lambda value: isinstance(value, dict)},
}
CHILDREN = {
    "body": ("RichTextBlock", "ColumnSet", "Image", "Input.Text"),
    "actions": ("Action.Execute",),
    "inlines": ("TextRun",),
    "columns": ("Column",),
    "items": ("RichTextBlock", "ColumnSet", "Image"),
    "fallback": ("Action.Submit",),
}


def faults_of(card: object, kinds: tuple[str, ...] = ("AdaptiveCard",)) -> Iterator[str]:
    """Yield what in a card is not as the schema says."""
    if not isinstance(card, dict) or card.get("type") not in kinds:
        yield f"no {' or '.join(kinds)}: {str(card)[:80]}"
        return
    kind = card["type"]
    known = TYPES[kind]
    for name in (name[:-1] for name in known if name.endswith("!")):
        if name not in card:
            yield f"{kind} lacks {name}"
    for name, value in card.items():
        check = known.get(name) or known.get(f"{name}!")
        if name == "type":
            continue
        if check is None:
            yield f"{kind} has no {name}"
        elif not check(value):
            yield f"{kind}.{name} is {str(value)[:80]!r}"
        elif name in CHILDREN and check is anything:
            yield from _faults_below(kind, name, value)
        elif name == "refresh":
            yield from _faults_of_refresh(value)


def _faults_below(kind: str, name: str, value: object) -> Iterator[str]:
    children = value if isinstance(value, list) else [value]
    if isinstance(value, list) == (name == "fallback") or not children:
        yield f"{kind}.{name} is {str(value)[:80]!r}"
    for child in children:
        yield from faults_of(child, CHILDREN[name])


def _faults_of_refresh(value: Any) -> Iterator[str]:  # Any: JSON under test
    if not isinstance(value, dict) or set(value) != {"action", "userIds"}:
        yield "refresh is not action and userIds"
        return
    yield from faults_of(value["action"], ("Action.Execute",))
    if not list_of_text(value["userIds"]) or not 1 <= len(value["userIds"]) <= 60:
        yield "refresh.userIds"
