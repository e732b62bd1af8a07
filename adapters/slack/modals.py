"""Forms: what a button brings along, the view that is opened, and what was typed into it.

A button's value is its token; where a card can be edited, the fields stand behind it, so that
nothing has to be kept until somebody taps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.slack.entities import escape
from adapters.slack.place import Place
from bot.errors.kinds import InvalidInput
from bot.messages import FormField, Order
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
    """A form as it is opened: for a button's `token`, an order of a page, or a new request."""

    token: str
    place: Place
    title: str
    fields: tuple[FormField, ...]
    address: str = ""
    order: str = ""

    def as_text(self, typed: Mapping[str, str]) -> str:
        """Return what was typed as the command that says the same."""
        if self.order:
            return " ".join([self.order, *(typed.get(field.name, "") for field in self.fields)])
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
    for fields in (form, [replace(field, value="") for field in form]):
        value = _dump({"t": token, "f": [_to_list(field) for field in fields]})
        if len(value) <= _MOST_VALUE:
            return value
    return token


def to_order(order: Order) -> str:
    """Return the value of a button on a page: what it says, and the form that it opens."""
    return _dump({"o": order.text, "f": [_to_list(field) for field in order.form]})


def read_order(value: str) -> Order | None:
    """Read what `to_order` wrote; None for another button's value.

    Raises:
        InvalidInput: it is neither.
    """
    if not value.startswith('{"o":'):
        return None
    read = _load(value, "value")
    if not isinstance(read.get("o"), str):
        raise InvalidInput("value", "without an order")
    return Order("", read["o"], _fields(read.get("f")))


def _dump(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _to_list(field: FormField) -> list[str]:
    kind = [] if field.kind == "text" else [field.kind]
    return [field.name, field.label, field.value, *kind]


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
        "blocks": [
            _input(field, is_needed=_is_needed(modal, field.name)) for field in modal.fields
        ],
    }


def _is_needed(modal: Modal, name: str) -> bool:
    return name in _NEEDED or bool(modal.order)


def _input(field: FormField, *, is_needed: bool) -> dict[str, Any]:  # Any: JSON
    element: dict[str, Any] = {"action_id": field.name}
    if field.kind == "time":
        element |= {"type": "timepicker"} | ({"initial_time": field.value} if field.value else {})
    else:
        is_long = field.name in _LONG
        element |= {
            "type": "plain_text_input",
            "multiline": is_long,
            "max_length": _MOST_TYPED,
        }
        if field.value:
            element["initial_value"] = field.value[:_MOST_INITIAL]
    return {
        "type": "input",
        "block_id": field.name,
        # Slack's own check says "required" before anything is sent; blanks get past it.
        "optional": not is_needed,
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
    values: dict[str, object] = {
        "t": modal.token,
        "p": modal.place.dump(),
        "a": modal.address,
    }
    if modal.order:
        # What is sent back has no order; the text behind the command has.
        values |= {"o": modal.order, "n": [field.name for field in modal.fields]}
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
        text = (one.get("value") or one.get("selected_time")) if isinstance(one, dict) else None
        if text is not None and not isinstance(text, str):
            raise InvalidInput("state", "not text")
        typed[name] = " ".join((text or "").split())[:_MOST_TYPED]
    order, names = read.get("o", ""), read.get("n", [])
    if not isinstance(order, str) or not isinstance(names, list):
        raise InvalidInput("private_metadata", "not of ours")
    fields = tuple(FormField(str(name), "") for name in names)
    return Modal(token, place, "", fields, address, order), typed


def find_errors(modal: Modal, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what has to be filled in before the form says anything, by the field's name."""
    missing = say(modal.place.language, "surface.missing")
    return {name: missing for name, text in typed.items() if not text and _is_needed(modal, name)}


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
        if not isinstance(one, list) or not all(isinstance(x, str) for x in one):
            raise InvalidInput("value", "not of ours")
        name, label, value, *kind = one if len(one) in {3, 4} else [""] * 5
        if not name or kind not in ([], ["time"]):
            raise InvalidInput("value", "not of ours")
        fields.append(FormField(name, label, value, "time" if kind else "text"))
    return tuple(fields)
