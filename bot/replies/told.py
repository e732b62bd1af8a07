"""An error's facts as words need them: inert, typed, with names for ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.replies.dates import at_time
from bot.replies.inert import inert
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.words import say


@dataclass(frozen=True, slots=True)
class Told:
    """An error as it is told: its code and facts, and to whom. Facts may come from JSON."""

    code: str
    facts: Mapping[str, object]
    reader: Reader
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.reader.language

    def text(self, key: str) -> str:
        """Return a fact as inert text, empty where it is not there."""
        value = self.facts.get(key)
        return "" if value is None else inert(str(value), 100)

    def nanos(self, key: str) -> int | None:
        """Return an amount, None where it is not there."""
        value = self.facts.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def time(self, key: str) -> datetime | None:
        """Return an aware time, None where it is not there or cannot be read."""
        value = self.facts.get(key)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                return None
        return value if isinstance(value, datetime) and value.tzinfo is not None else None

    def at(self, key: str) -> str:
        """Return a time in the reader's zone, empty where it is not there or cannot be read."""
        found = self.time(key)
        return "" if found is None else at_time(found, self.reader)

    def wallet(self) -> str:
        """Return the name of the wallet that the facts mean, empty where nobody told it.

        A receipt that keeps facts has no names beside them: its fact `wallet` is one.
        """
        name = self.names.get(str(self.facts.get("wallet_id", ""))) or self.facts.get("wallet")
        return shown(name) if isinstance(name, str) and name else ""

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence in the reader's language."""
        return say(self.language, key, **facts)
