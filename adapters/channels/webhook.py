"""Alerts to a webhook of the company's own, signed; and to PagerDuty as its Events API v2."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import orjson

from adapters.channels.posting import Poster
from bot.alerts.events import ChannelEvent, parse_event
from bot.clock import Clock
from bot.messages import OutboxItem

# Events API v2, "Send an event": a summary of at most 1024 characters.
_MOST_SUMMARY: Final = 1024


class Webhook:
    """Posts each event as JSON with `Bursar-Signature: t=SECONDS,v1=HEX`.

    HEX is HMAC-SHA256, under the secret, of the seconds as they are written there, a dot, and the
    body. Whoever checks it also refuses an old time, and an id (`Bursar-Id`) that came before.
    """

    name = "webhook"

    def __init__(self, url: str, secret: str, poster: Poster, clock: Clock) -> None:
        self._url = url
        self._secret = secret.encode()
        self._poster = poster
        self._clock = clock

    async def send(self, item: OutboxItem) -> str:
        """Send an event; raises as a platform does, see `bot/platforms/model.py`."""
        body = item.message.text.encode()
        at = str(int(self._clock.now().timestamp()))
        signature = sign(self._secret, at, body)
        headers = {
            "Content-Type": "application/json",
            "Bursar-Id": str(item.id),
            "Bursar-Signature": f"t={at},v1={signature}",
        }
        await self._poster.post(self._url, body, headers)
        return str(item.id)


def sign(secret: bytes, at: str, body: bytes) -> str:
    """Return the signature of a body that is sent at a time, as hexadecimal."""
    return hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()


class PagerDuty:
    """Opens, acknowledges and resolves an incident for each alert, by its key."""

    name = "pagerduty"

    def __init__(self, url: str, routing_key: str, poster: Poster) -> None:
        self._url = url
        self._routing_key = routing_key
        self._poster = poster

    async def send(self, item: OutboxItem) -> str:
        """Send an event; raises as a platform does, see `bot/platforms/model.py`.

        Nothing is sent of what goes on: an incident that is open stays open.
        """
        event = parse_event(item.message.text)
        if event.event == "repeat":
            return event.key
        body = orjson.dumps({"routing_key": self._routing_key, **to_pagerduty(event)})
        await self._poster.post(self._url, body, {"Content-Type": "application/json"})
        return event.key


def to_pagerduty(event: ChannelEvent) -> dict[str, object]:
    """Return an event as PagerDuty takes it, without the key that says whose it is."""
    shown: dict[str, object] = {"event_action": event.event, "dedup_key": event.key}
    if event.event != "trigger":
        return shown
    return {
        **shown,
        "payload": {
            "summary": event.summary[:_MOST_SUMMARY],
            "source": f"bursar {event.company}",
            "severity": event.severity,
            "timestamp": event.at,
            "component": event.wallet,
            "class": event.type,
            "custom_details": event.details,
        },
    }
