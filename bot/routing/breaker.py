"""Not asking a model that keeps failing: three times in a row, and it is left alone a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.routing.providers import CompanyModel

MOST_FAILURES: Final = 3
PAUSE_S: Final = 60.0


@dataclass(slots=True)
class _Record:
    failures: int = 0
    # Until when it is left alone, by the monotonic clock.
    until: float = 0.0
    # One call is under way to see whether it works again.
    is_trying: bool = False


class Breaker:
    """How each company's models have done lately, as this process saw it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: dict[CompanyModel, _Record] = {}

    def may_ask(self, key: CompanyModel) -> bool:
        """Tell whether a model may be asked now. After a pause one call may, to try it."""
        record = self._records.get(key)
        if record is None or record.failures < MOST_FAILURES:
            return True
        return self._clock.monotonic() >= record.until and not record.is_trying

    def is_resting(self, key: CompanyModel) -> bool:
        """Tell whether a model failed so often that it is left alone, or tried by one call."""
        record = self._records.get(key)
        return record is not None and record.failures >= MOST_FAILURES

    def begin(self, key: CompanyModel) -> None:
        """Note that a model is asked."""
        record = self._records.get(key)
        if record is not None and record.failures >= MOST_FAILURES:
            record.is_trying = True

    def worked(self, key: CompanyModel) -> None:
        """Note that a model answered: what was before is forgotten."""
        self._records.pop(key, None)

    def failed(self, key: CompanyModel) -> None:
        """Note a failure that lies with the provider; from the third in a row on it rests."""
        record = self._records.setdefault(key, _Record())
        record.failures += 1
        record.is_trying = False
        if record.failures >= MOST_FAILURES:
            record.until = self._clock.monotonic() + PAUSE_S

    def let_go(self, key: CompanyModel) -> None:
        """Note that a call ended without saying anything about the provider."""
        record = self._records.get(key)
        if record is not None:
            record.is_trying = False
