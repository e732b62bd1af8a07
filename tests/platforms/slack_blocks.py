"""Block Kit's documented limits, and what a message shows when Slack reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

MOST_PAYLOAD = 13_200
_ID = re.compile(r".{1,255}", re.DOTALL)
_BRACKETS = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:", re.IGNORECASE)
_MARKUP = re.compile(r"(?<!\w)([*_~`])(?=\S)(.+?)(?<=\S)\1(?!\w)|^&gt;", re.MULTILINE | re.DOTALL)


def find_faults(blocks: Sequence[Json], *, most: int = 50, is_message: bool = True) -> list[str]:
    """Return what Slack would answer `invalid_blocks` for."""
    faults: list[str] = []

    def claim(holds: bool, what: str) -> None:
        if not holds:
            faults.append(what)

    claim(1 <= len(blocks) <= most, f"{len(blocks)} blocks")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    claim(len(ids) == len(set(ids)), "a block id twice")
    claim(all(_ID.fullmatch(one) for one in ids), "a block id too long")
    if is_message:
        claim(len(json.dumps(blocks, ensure_ascii=False)) <= MOST_PAYLOAD, "payload")
    actions: list[str] = []
    for block in blocks:
        kind = block["type"]
        if kind == "header":
            claim(block["text"]["type"] == "plain_text", "header markup")
            claim(_fits(block["text"], 150), "header")
        elif kind == "section":
            claim("text" in block or "fields" in block, "empty section")
            claim("text" not in block or _fits(block["text"], 3000), "section")
            fields = block.get("fields")
            claim(fields is None or 1 <= len(fields) <= 10, "fields")
            claim(all(_fits(field, 2000) for field in fields or ()), "field")
        elif kind == "image":
            alt = block.get("alt_text", "")
            claim(isinstance(alt, str) and 1 <= len(alt) <= 2000, "alt_text")
            # One of both names the file; a picture at a public address is none of ours.
            source = block.get("slack_file")
            claim(isinstance(source, dict) and set(source) == {"id"}, "slack_file")
            claim(set(block) <= {"type", "alt_text", "slack_file", "block_id"}, "image")
        elif kind == "context":
            claim(1 <= len(block["elements"]) <= 10, "context")
            claim(all(_fits(element, 3000) for element in block["elements"]), "context text")
        elif kind == "actions":
            claim(1 <= len(block["elements"]) <= 25, "actions")
            for button in block["elements"]:
                claim(button["type"] == "button", "element")
                claim(_fits(button["text"], 75), "button text")
                claim(1 <= len(button["value"]) <= 2000, "button value")
                claim(button.get("style", "primary") in {"primary", "danger"}, "style")
                claim(1 <= len(button["action_id"]) <= 255, "action id")
                actions.append(button["action_id"])
        elif kind == "input":
            claim(not is_message, "input in a message")
            claim(_fits(block["label"], 2000), "label")
            kind = block["element"]["type"]
            claim(kind in {"plain_text_input", "timepicker"}, "input element")
            if kind == "timepicker":
                # "HH:mm", 24 hours; what a text field has it has not.
                at = block["element"].get("initial_time", "00:00")
                claim(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at) is not None, "initial_time")
                claim(set(block["element"]) <= {"type", "action_id", "initial_time"}, "timepicker")
            claim(1 <= block["element"].get("max_length", 3000) <= 3000, "max_length")
            initial = block["element"].get("initial_value", "x")
            claim(0 < len(initial) <= 3000, "initial value")
        else:
            faults.append(f"unknown block {kind}")
    claim(len(actions) == len(set(actions)), "an action id twice")
    return faults


def find_view_faults(view: Json) -> list[str]:
    """Return what Slack would refuse a modal or a home tab for."""
    faults = find_faults(view["blocks"], most=100, is_message=False)
    if view["type"] == "modal":
        faults += [
            name for name in ("title", "submit", "close") if not _fits(view.get(name, {}), 24)
        ]
        if len(view.get("private_metadata", "")) > 3000:
            faults.append("private_metadata")
        if not 0 < len(view.get("callback_id", "x")) <= 255:
            faults.append("callback_id")
    return faults


def _fits(text: Mapping[str, Any], most: int) -> bool:
    return text.get("type") in {"plain_text", "mrkdwn"} and 1 <= len(text["text"]) <= most


def text_objects(value: object) -> Iterator[Json]:
    """Yield every text object of a message."""
    if isinstance(value, dict):
        if value.get("type") in {"plain_text", "mrkdwn"} and "text" in value:
            yield value
        else:
            for one in value.values():
                yield from text_objects(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from text_objects(one)


def entities(text: str, *, has_emoji: bool, has_markup: bool) -> list[str]:
    """Return what Slack would make something else of than letters."""
    found = _BRACKETS.findall(text)
    if has_emoji:
        found += _EMOJI.findall(text)
    if has_markup:
        found += [match.group() for match in _MARKUP.finditer(text)]
    return found


def read(text: Json) -> tuple[str, list[str]]:
    """Return what a text object shows, and what in it is no plain text."""
    is_markup = text["type"] == "mrkdwn"
    raw = text["text"]
    found = entities(raw, has_emoji=text.get("emoji", True), has_markup=is_markup)
    return unescape(raw), found


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shown(blocks: Sequence[Json]) -> str:
    """Return all that a message shows, without its buttons."""
    return "\n".join(
        read(text)[0]
        for block in blocks
        if block["type"] != "actions"
        for text in text_objects(block)
    )
