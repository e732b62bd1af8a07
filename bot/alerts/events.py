"""What goes to channels that are no chats: an alert that begins, goes on, is seen to, is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, Literal

import orjson

ChannelName = Literal["email", "webhook", "pagerduty"]
CHANNELS: Final[tuple[ChannelName, ...]] = ("email", "webhook", "pagerduty")
EventName = Literal["trigger", "repeat", "acknowledge", "resolve"]
EventType = Literal["limit", "anomaly", "test"]
# As PagerDuty has them.
Severity = Literal["info", "warning", "error", "critical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEvent:
    """One step of an alert's life, with values that every reader takes for what they are.

    `key` is the same for all steps of an alert. Amounts are decimal strings in US dollars, `at`
    is ISO 8601 in UTC, `step` counts from 0 how often it was told that it goes on.
    """

    event: EventName
    key: str
    company: str
    company_id: str
    wallet: str
    at: str
    summary: str
    step: int = 0
    type: EventType = "test"

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return "info"

    @property
    def details(self) -> Mapping[str, object]:
        """What only this type of event has."""
        common = {one.name for one in fields(ChannelEvent)}
        return {name: value for name, value in asdict(self).items() if name not in common}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvent(ChannelEvent):
    """A limit is nearly used up, or used up. Its key: company, wallet, threshold, period."""

    type: EventType = "limit"
    percent: int
    period: str
    used_usd: str
    limit_usd: str

    @property
    def severity(self) -> Severity:
        """How grave it is, by the threshold that was passed."""
        if self.percent >= 100:
            return "critical"
        return "error" if self.percent >= 95 else "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyEvent(ChannelEvent):
    """A wallet spends unusually much on a model. Its key: company, wallet, day, model.

    `spent_usd` is of the hour that begins at `hour_at`, `usual_usd` what such an hour has at most.
    """

    type: EventType = "anomaly"
    model: str
    day: str
    hour_at: str
    spent_usd: str
    usual_usd: str

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return "warning"


_TYPES: Final[Mapping[str, type[ChannelEvent]]] = {
    "limit": AlertEvent,
    "anomaly": AnomalyEvent,
    "test": ChannelEvent,
}


def dump_event(event: ChannelEvent) -> str:
    """Write an event as it is kept and sent."""
    return orjson.dumps(asdict(event)).decode()


def parse_event(text: str) -> ChannelEvent:
    """Read a kept event. Those of the first release had no type: they were of limits."""
    kept = orjson.loads(text)
    return _TYPES[kept.get("type", "limit")](**kept)
