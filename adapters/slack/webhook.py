"""`/slack/events`: what Slack calls where the bot is reached over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.signature import is_genuine
from bot.clock import Clock
from bot.errors.kinds import InvalidInput, Unavailable
from bot.strict_json import parse_object

PATH: Final = "/slack/events"
_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 100


class Webhook:
    """Checks who calls, reads the body strictly, and hands it on as Socket Mode would."""

    def __init__(self, app: AsyncApp, secret: str, clock: Clock) -> None:
        self._app = app
        self._secret = secret
        self._clock = clock
        self.is_open = True

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the one route."""
        return [web.post(PATH, self.take)]

    async def take(self, request: web.Request) -> web.Response:
        """Answer a call of Slack's.

        Raises:
            InvalidInput: it is from Slack and cannot be read.
            Unavailable: the bot is about to end; Slack calls again.
        """
        body = await request.read()
        timestamp = request.headers.getall("X-Slack-Request-Timestamp", [])
        signature = request.headers.getall("X-Slack-Signature", [])
        is_single = len(timestamp) == len(signature) == 1
        if not is_single or not is_genuine(
            self._secret, timestamp[0], signature[0], body, self._clock.now()
        ):
            error = {"code": "bad_signature", "message": "not signed by Slack"}
            return web.json_response({"error": error}, status=401)
        if not self.is_open:
            raise Unavailable("ending")
        # Slack repeats what was not answered, and after a restart its second call is the only
        # one: what marks it as such is not looked at.
        answer = await self._dispatch(read_body(request.content_type, body))
        headers = {name: values[0] for name, values in answer.headers.items()}
        return web.Response(status=answer.status, text=answer.body, headers=headers)

    async def _dispatch(self, body: dict[str, Any]) -> BoltResponse:  # Any: JSON
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=body)
            return await self._app.async_dispatch(request)
        except (AttributeError, TypeError, LookupError, ValueError):
            # The library takes for granted how Slack builds things; what a listener of ours
            # raises never comes here. Not `from error`: it may quote the body.
            raise InvalidInput("body", "not built as Slack builds it") from None


def read_body(content_type: str, body: bytes) -> dict[str, Any]:  # Any: JSON
    """Read an event, or a form with a command or a payload in it.

    Raises:
        InvalidInput: it is none of them, or has two readings.
    """
    if content_type == _JSON:
        return parse_object(body)
    if content_type != _FORM:
        raise InvalidInput("body", "neither JSON nor a form")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        # Not `from error`: it quotes the body.
        raise InvalidInput("body", "not a form") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise InvalidInput("body", "a field stands twice")
    if "payload" in fields:
        return parse_object(fields["payload"].encode())
    return dict(fields)
