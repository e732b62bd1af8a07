"""What goes to channels that are no chats: an alert that begins, is seen to, or is over."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal

import orjson

ChannelName = Literal["email", "webhook", "pagerduty"]
CHANNELS: Final[tuple[ChannelName, ...]] = ("email", "webhook", "pagerduty")
EventName = Literal["trigger", "acknowledge", "resolve"]


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """One step of an alert's life, with values that every reader takes for what they are.

    `key` is the same for all steps of an alert: company, wallet, threshold, period. Amounts are
    decimal strings in US dollars, `at` is ISO 8601 in UTC.
    """

    event: EventName
    key: str
    company: str
    company_id: str
    wallet: str
    percent: int
    period: str
    used_usd: str
    limit_usd: str
    at: str
    summary: str


def dump_event(event: AlertEvent) -> str:
    """Write an event as it is kept and sent."""
    return orjson.dumps(asdict(event)).decode()


def parse_event(text: str) -> AlertEvent:
    """Read a kept event."""
    return AlertEvent(**orjson.loads(text))
