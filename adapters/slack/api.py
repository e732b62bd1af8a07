"""The Web API: one way to call it, with time-outs, and what its failures mean.

What a failure means goes by its type, status and code, never by its words: for certain not taken
(no connection, a limit, a refusal), or perhaps taken (no answer, a fault of Slack's own).
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors.sending import MaybeSent, NotSent

Json = dict[str, Any]  # Any: JSON

# Every method that is called, and the scope of the bot's token that it needs; empty for none.
SCOPES: Final[Mapping[str, str]] = {
    "assistant.threads.setStatus": "assistant:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "auth.test": "",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "conversations.replies": "im:history",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "views.open": "",
    "views.publish": "",
}
# These take no JSON.
_READS: Final = frozenset({"conversations.history", "conversations.replies"})
# Nor do these everywhere: docs.slack.dev names a form first, and it is all that they took before.
_FORMS: Final = frozenset({"files.completeUploadExternal", "files.getUploadURLExternal"})
# Slack counts these for each channel, all others for the app.
_BY_CHAT: Final = frozenset({"chat.postMessage", "chat.postEphemeral"})
# Its own faults: what was asked may have been done.
_FAULTS: Final = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
# Slack names whole seconds; nobody waits longer than this for it.
_LONGEST_WAIT_S: Final = 300.0
_USUAL_WAIT_S: Final = 30.0
_ANSWER_S: Final = 10.0
_CONNECT_S: Final = 5.0


class Declined(Exception):  # what Slack said, not a fault of ours
    """Slack took the call and refused it; `code` is its name for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack said, and the headers that tell more than the method was asked for."""

    data: Json
    headers: Mapping[str, str]


def silent_logger() -> logging.Logger:
    """Return a logger that says nothing: the libraries log bodies, and addresses with tickets.

    Whatever of it matters is logged by the adapter, as a code.
    """
    logger = logging.getLogger("adapters.slack.library")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def open_session() -> aiohttp.ClientSession:
    """Open the connections to Slack; whoever calls closes them."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=_ANSWER_S, connect=_CONNECT_S)
    )


def make_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make the library's client for a token. It repeats nothing by itself."""
    return AsyncWebClient(
        token=token,
        base_url=base_url,
        session=session,
        retry_handlers=[],
        logger=silent_logger(),
    )


class Api:
    """The Web API with the bot's token."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session

    async def call(self, method: str, **values: object) -> Answer:
        """Call a method of `SCOPES`.

        Raises:
            NotSent: for certain nothing was done; how long to wait is in it.
            MaybeSent: it may have been done.
            Declined: Slack refused, and says why.
        """
        assert method in SCOPES, method  # noqa: S101  # the manifest is made of them
        given = {name: value for name, value in values.items() if value is not None}
        try:
            if method in _READS:
                answer = await self._client.api_call(method, http_verb="GET", params=given)
            elif method in _FORMS:
                answer = await self._client.api_call(method, data=_to_form(given))
            else:
                answer = await self._client.api_call(method, json=given)
        except SlackApiError as error:
            raise _judge(method, error) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise judge_connection(error) from error
        if not isinstance(answer.data, dict):
            raise MaybeSent("no JSON")
        return Answer(answer.data, answer.headers)

    async def direct(self, person: str) -> str:
        """Return where somebody is written to alone; the person where Slack does not say.

        Posting takes a person too, but the history and files are a conversation's.

        Raises:
            NotSent, MaybeSent: as for `call`.
        """
        try:
            answer = await self.call("conversations.open", users=person)
        except Declined:
            return person
        return str(answer.data["channel"]["id"])

    async def upload(self, url: str, content: bytes) -> bool:
        """Hand a file over where `files.getUploadURLExternal` said; False if it is not taken.

        Raises:
            NotSent, MaybeSent: there was no answer.
        """
        try:
            # Bytes would go out in one piece, and everything else wait for it.
            async with self._session.post(
                url, data=io.BytesIO(content), allow_redirects=False
            ) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise judge_connection(error) from error

    async def respond(self, url: str, payload: Json) -> bool:
        """Answer to a `response_url`; False if Slack takes none there any more.

        Raises:
            NotSent, MaybeSent: as for `call`.
        """
        try:
            async with self._session.post(url, json=payload, allow_redirects=False) as answer:
                if answer.status == 429:
                    raise NotSent("too fast", retry_after_s=wait_of(answer.headers), scope="chat")
                if answer.status >= 500:
                    raise MaybeSent("a fault of Slack's")
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise judge_connection(error) from error


def _to_form(given: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
    }


def judge_connection(error: Exception) -> NotSent | MaybeSent:
    """Tell what never reached Slack from what it may have taken."""
    if isinstance(
        error,
        (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL),
    ):
        return NotSent("no connection", scope="app", retry_after_s=2.0)
    return MaybeSent("no answer")


def _judge(method: str, error: SlackApiError) -> NotSent | MaybeSent | Declined:
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
    data = getattr(answer, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        scope = "chat" if method in _BY_CHAT else "app"
        return NotSent("too fast", retry_after_s=wait_of(answer.headers), scope=scope)
    if status >= 500 or code in _FAULTS or not code:
        return MaybeSent("a fault of Slack's")
    return Declined(code)


def wait_of(headers: Mapping[str, str]) -> float:
    """Read `Retry-After`: whole seconds, within reason; the usual where it is none."""
    text = headers.get("Retry-After", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return _USUAL_WAIT_S
    return min(max(float(text), 1.0), _LONGEST_WAIT_S)
