"""Forms: what a button brings along, the view that is opened, and what was typed into it.

A button's value is its token; where a card can be edited, the fields stand behind it, so that
nothing has to be kept until somebody taps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapters.slack.entities import escape
from adapters.slack.place import Language, Place
from bot.errors import InvalidInput
from bot.messages import FormField
from bot.replies.words import say

FORM: Final = "form"
# docs.slack.dev, "Block Kit": a button's value; a view's title, its buttons and its metadata.
_MOST_VALUE: Final = 2000
_MOST_TITLE: Final = 24
_MOST_METADATA: Final = 3000
_MOST_LABEL: Final = 2000
_MOST_INITIAL: Final = 3000
# What is typed into one field; the planner reads no more of a text anyway.
_MOST_TYPED: Final = 3000
# Without it a form says nothing.
_NEEDED: Final = frozenset({"amount"})
_LONG: Final = frozenset({"reason"})


@dataclass(frozen=True, slots=True)
class Modal:
    """A form as it is opened: for a button's `token`, or without one for a new request."""

    token: str
    place: Place
    title: str
    fields: tuple[FormField, ...]
    address: str = ""

    def as_request(self, typed: Mapping[str, str]) -> str:
        """Return what was typed as the command that says the same."""
        until = typed.get("until", "")
        parts = [
            "/request",
            typed.get("amount", ""),
            typed.get("wallet", ""),
            f"{say(self.place.language, 'surface.until')} {until}" if until else "",
        ]
        text = " ".join(part for part in parts if part)
        reason = typed.get("reason", "")
        return f"{text}, {reason}" if reason else text


def request_modal(place: Place, address: str) -> Modal:
    """Return the form in which a request is filled in."""
    names = ("amount", "wallet", "until", "reason")
    language = place.language
    fields = tuple(FormField(name, say(language, f"surface.request.{name}")) for name in names)
    return Modal("", place, say(language, "surface.request.title"), fields, address)


def to_value(token: str, form: Sequence[FormField]) -> str:
    """Return a button's value: its token, and the fields of the form that it opens."""
    if not form:
        return token
    fields = [(field.name, field.label, field.value) for field in form]
    for kept in (fields, [(name, label, "") for name, label, _ in fields]):
        value = json.dumps({"t": token, "f": kept}, ensure_ascii=False, separators=(",", ":"))
        if len(value) <= _MOST_VALUE:
            return value
    return token


def read_token(value: str) -> tuple[str, tuple[FormField, ...]]:
    """Read what `to_value` wrote.

    Raises:
        InvalidInput: it did not.
    """
    if not value.startswith("{"):
        return value, ()
    read = _load(value, "value")
    token = read.get("t")
    if not isinstance(token, str):
        raise InvalidInput("value", "without a token")
    return token, _fields(read.get("f"))


def to_view(modal: Modal) -> dict[str, Any]:  # Any: JSON
    """Return the view to open."""
    language = modal.place.language
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain(modal.title, _MOST_TITLE),
        "submit": _plain(say(language, "surface.submit"), _MOST_TITLE),
        "close": _plain(say(language, "surface.close"), _MOST_TITLE),
        "private_metadata": _metadata(modal),
        "blocks": [_input(field, language) for field in modal.fields],
    }


def _input(field: FormField, language: Language) -> dict[str, Any]:  # Any: JSON
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.name in _LONG,
        "max_length": _MOST_TYPED,
    }
    if field.value:
        element["initial_value"] = field.value[:_MOST_INITIAL]
    return {
        "type": "input",
        "block_id": field.name,
        # Slack's own check says "required" before anything is sent; blanks get past it.
        "optional": field.name not in _NEEDED,
        "label": _plain(field.label, _MOST_LABEL),
        "element": element,
    }


def _plain(text: str, most: int) -> dict[str, Any]:  # Any: JSON
    shown = escape(text)
    while len(shown) > most:
        text = text[:-2].rstrip() + "…"
        shown = escape(text)
    return {"type": "plain_text", "text": shown, "emoji": False}


def _metadata(modal: Modal) -> str:
    values = {"t": modal.token, "p": modal.place.dump(), "a": modal.address}
    text = json.dumps(values, separators=(",", ":"))
    return text if len(text) <= _MOST_METADATA else json.dumps({**values, "a": ""})


def read_view(view: Mapping[str, Any]) -> tuple[Modal, dict[str, str]]:  # Any: JSON
    """Read a view that was sent: which form it was, and what was typed, without blank ones.

    Raises:
        InvalidInput: it is not one of ours.
    """
    metadata = view.get("private_metadata")
    if not isinstance(metadata, str):
        raise InvalidInput("private_metadata", "not text")
    read = _load(metadata, "private_metadata")
    token, address = read.get("t"), read.get("a")
    place = Place.load(str(read.get("p")))
    if place is None or not isinstance(token, str) or not isinstance(address, str):
        raise InvalidInput("private_metadata", "not of ours")
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    if not isinstance(values, dict):
        raise InvalidInput("state", "without values")
    typed: dict[str, str] = {}
    for name, inputs in values.items():
        one = inputs.get(name) if isinstance(inputs, dict) else None
        text = one.get("value") if isinstance(one, dict) else None
        if text is not None and not isinstance(text, str):
            raise InvalidInput("state", "not text")
        typed[name] = " ".join((text or "").split())[:_MOST_TYPED]
    return Modal(token, place, "", (), address), typed


def find_errors(modal: Modal, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what has to be filled in before the form says anything, by the field's name."""
    missing = say(modal.place.language, "surface.missing")
    return {name: missing for name in _NEEDED if name in typed and not typed[name]}


def _load(text: str, name: str) -> Mapping[str, Any]:  # Any: JSON
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidInput(name, "not of ours") from None
    if not isinstance(read, dict):
        raise InvalidInput(name, "not of ours")
    return read


def _fields(read: object) -> tuple[FormField, ...]:
    if not isinstance(read, list):
        raise InvalidInput("value", "not of ours")
    fields: list[FormField] = []
    for one in read:
        if not isinstance(one, list) or len(one) != 3 or not all(isinstance(x, str) for x in one):
            raise InvalidInput("value", "not of ours")
        fields.append(FormField(*one))
    return tuple(fields)
