"""The library's app: which kind of delivery goes where, and what a failure is answered with.

Its own checks are off: signatures are looked at before it sees anything, and whose messages are
passed over is decided in `inbound`. It acknowledges only after a listener has ended
(`process_before_response`); left to itself it would acknowledge events first and drop none of
what it lost then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from math import ceil
from typing import Any, Final

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import silent_logger
from adapters.slack.inbound import PLATFORM
from adapters.slack.reception import Reception
from bot.errors.kinds import InvalidInput, Unavailable

_log = structlog.get_logger(__name__)
_ANY: Final = re.compile("")

Body = dict[str, Any]  # Any: JSON
Listener = Callable[[AsyncAck, Body], Awaitable[BoltResponse]]


def build_app(reception: Reception, client: AsyncWebClient) -> AsyncApp:
    """Make the app that hands every delivery to `reception`."""
    app = AsyncApp(
        client=client,
        authorize=_authorize,
        logger=silent_logger(),
        name="bursar",
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def view(body: Body) -> Body | None:
        errors = await reception.view(body)
        return {"response_action": "errors", "errors": errors} if errors else None

    app.event(_ANY)(_listener(reception.event))
    app.command(_ANY)(_listener(reception.command))
    app.block_action(_ANY)(_listener(reception.action))
    app.view_submission(_ANY)(_listener(view))
    app.error(_refuse)
    return app


def _listener(take: Callable[[Body], Awaitable[Body | None]]) -> Listener:
    """Return what takes a delivery and then acknowledges it, with what `take` says."""

    async def listener(ack: AsyncAck, body: Body) -> BoltResponse:
        try:
            return await ack(**(await take(body) or {}))
        except Exception as error:  # noqa: BLE001  # a request ends here
            return _answer_error(error)

    return listener


async def _refuse(error: Exception) -> BoltResponse:
    """Answer what the library itself could not read: it is not built as Slack builds it."""
    _log.warning("delivery not readable", platform=PLATFORM, error=type(error).__qualname__)
    return _error_answer(HTTPStatus.BAD_REQUEST, InvalidInput.code)


async def _authorize() -> AuthorizeResult:
    # Whose team it is, is looked at by the reception: strangers are answered, and ignored.
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _answer_error(error: Exception) -> BoltResponse:
    """Say to Slack whether to deliver again. Nothing of the delivery is in it."""
    if isinstance(error, InvalidInput):
        return _error_answer(HTTPStatus.BAD_REQUEST, error.code)
    if isinstance(error, Unavailable):
        return _error_answer(
            HTTPStatus.SERVICE_UNAVAILABLE,
            error.code,
            {"Retry-After": str(max(1, ceil(error.retry_after_s)))},
        )
    _log.error("delivery not taken", platform=PLATFORM, exc_info=error)
    return _error_answer(HTTPStatus.INTERNAL_SERVER_ERROR, "failed")


def _error_answer(
    status: HTTPStatus, code: str, headers: dict[str, str] | None = None
) -> BoltResponse:
    body = json.dumps({"error": {"code": code, "message": status.phrase.lower()}})
    return BoltResponse(
        status=status, body=body, headers={"content-type": "application/json", **(headers or {})}
    )
