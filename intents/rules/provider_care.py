"""Looking after providers: "test provider groq", "/provider set groq total=30"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from bot.actions.provider_care import TryProvider, TuneProvider
from bot.planning import Question
from intents.rules.patterns import Outcome
from intents.rules.typed import bare

_TESTS: Final = re.compile(
    r"(?:test|try|try out|check|prueba|probar|comprueba) "
    r"(?:(?:the|el|al|our|my) )*(?:provider|proveedor) (?P<name>[a-z0-9][a-z0-9_.-]{0,39})"
)
_SECONDS: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)s?", re.ASCII)
_TIMES: Final = {"connect": "connect_ms", "first_byte": "first_byte_ms", "total": "total_ms"}
_WORDS: Final = frozenset({"structure", "bound"})


def find_test(typed: str) -> Outcome | None:
    """Return the test of a provider that a sentence asks for; None if it is none."""
    found = _TESTS.fullmatch(bare(typed))
    return None if found is None else TryProvider(name=found["name"])


def read_test(typed: str) -> Outcome:
    """Read what stands behind `/test_provider`: the provider's name."""
    parts = typed.split()
    if len(parts) != 1 or len(parts[0]) > 40:
        return Question("not_understood", near=("test_provider",))
    return TryProvider(name=parts[0].lower())


def read_tuning(typed: str) -> Outcome:
    """Read what stands behind `/provider set`: "NAME structure=json bound=max_tokens total=30"."""
    name, *settings = typed.split() or [""]
    values: dict[str, Any] = {}  # Any: words and milliseconds, which the call checks
    for setting in settings:
        key, sign, value = setting.lower().partition("=")
        key = key.replace("-", "_")
        seconds = _SECONDS.fullmatch(value)
        if sign and key in _TIMES and seconds is not None:
            values[_TIMES[key]] = int(Decimal(seconds[1]).scaleb(3))
        elif sign and key in _WORDS:
            values[key] = value
        else:
            return _unread()
    if not values:
        return _unread()
    try:
        return TuneProvider(name=name.lower(), **values)
    except ValidationError:
        return _unread()


def _unread() -> Question:
    return Question("not_understood", near=("tune_provider",))
