"""JSON from outside: one reading or none."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from bot.errors.kinds import InvalidInput

MOST_DEPTH: Final = 64
_TEXT: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")
_EXAMPLE: Final = '{"text": "balance"}'


def parse_object(body: bytes) -> dict[str, Any]:  # Any: JSON; callers look at what they take
    """Read a body that must be one JSON object in UTF-8.

    Raises:
        InvalidInput: no UTF-8, no object, deeper than `MOST_DEPTH`, a name twice in one object, or
            a number that is none in JSON (NaN, Infinity) or no finite double. Nothing of the body
            is in the error.
    """
    # Fewer brackets than that nest no deeper, and need no look at where they stand.
    if body.count(b"[") + body.count(b"{") > MOST_DEPTH and _depth(body) > MOST_DEPTH:
        raise InvalidInput("body", "too deep", example=_EXAMPLE)
    try:
        read = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_float=_finite,
        )
    except (ValueError, RecursionError):
        # Not `from error`: it quotes the body.
        raise InvalidInput("body", "not plain JSON", example=_EXAMPLE) from None
    if not isinstance(read, dict):
        raise InvalidInput("body", "not an object", example=_EXAMPLE)
    return read


def _depth(body: bytes) -> int:
    """Return how deep brackets nest, without a parser that would recurse as deep."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_TEXT.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("not a number in JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("no finite number")
    return value
