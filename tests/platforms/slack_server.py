"""Slack on the loopback: Web API, Socket Mode, `response_url`, signed calls, limits and faults."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, WSMsgType, web

from adapters.slack.manifest import bot_scopes
from adapters.slack.signature import sign
from bot.clock import Clock, ManualClock, to_us
from tests.loopback import serving
from tests.pauses import skip
from tests.platforms.slack_blocks import find_faults, find_view_faults, shown
from tests.platforms.slack_files import FORM, FORMS, FileStore

Json = dict[str, Any]
Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]

TEAM, BOT, BOT_ID = "T01ACME", "U01BURSAR", "B01BURSAR"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-canary-bot", "xapp-canary-app", "canary-signing-secret"
PEOPLE = {"ana": "U01ANA", "ben": "U01BEN", "carla": "U01CARLA", "elena": "U01ELENA"}
HANDLES = {user: handle for handle, user in PEOPLE.items()}
CHANNEL = "C01GENERAL"


class SteppingClock(ManualClock):
    """A clock that goes on by a second whenever somebody measures with it, and not otherwise."""

    def monotonic(self) -> float:
        self._ticks += 1.0
        return self._ticks

    def peek(self) -> float:
        return self._ticks


@dataclass
class Message:
    """A message as Slack keeps it; `seen_by` is the one person who sees it, empty for all.

    `first` is what it said before it was edited.
    """

    channel: str
    ts: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread: str = ""
    user: str = BOT
    seen_by: str = ""
    metadata: Json = field(default_factory=dict)
    edits: int = 0
    has_replies: bool = False
    is_edited: bool = False
    first: str = ""

    def __post_init__(self) -> None:
        self.first = self.shown

    @property
    def shown(self) -> str:
        return shown(self.blocks) if self.blocks else self.text

    def buttons(self) -> list[tuple[Json, Json]]:
        return [
            (block, button)
            for block in self.blocks
            if block["type"] == "actions"
            for button in block["elements"]
        ]

    def as_history(self) -> Json:
        found: Json = {"type": "message", "ts": self.ts, "text": self.text, "user": self.user}
        if self.thread or self.has_replies:
            found["thread_ts"] = self.thread or self.ts
        if self.user == BOT:
            found["bot_id"] = BOT_ID
        if self.is_edited:
            found["edited"] = {"user": self.user, "ts": self.ts}
        if self.metadata:
            found["metadata"] = self.metadata
        return found


@dataclass
class ResponseUrl:
    """Where a command or a tap may be answered."""

    user: str
    channel: str
    until: datetime
    original: Message | None = None
    uses: int = 0


class SlackServer:
    """What a workspace does. `violations` holds whatever Slack documents that it must not see."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.base = ""
        self.calls: list[tuple[str, Json]] = []
        self.messages: list[Message] = []
        self.views: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.status: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.prompts: list[Json] = []
        self.violations: list[str] = []
        self.files = FileStore(self.violations)
        # None lets one call pass.
        self.faults: dict[str, deque[Fault | None]] = defaultdict(deque)
        self.members: dict[str, set[str]] = {CHANNEL: {*PEOPLE.values(), BOT}}
        self.gone: dict[str, str] = {}
        self.scopes = ",".join(bot_scopes())
        self.sockets: list[web.WebSocketResponse] = []
        self.is_deaf = False
        self.answers_pings = True
        self.connected = asyncio.Event()
        self.acks: dict[str, asyncio.Future[Json]] = {}
        self.triggers: set[str] = set()
        self._urls: dict[str, ResponseUrl] = {}
        self._numbers = itertools.count(1)
        self._posted: dict[str, float] = {}

    @classmethod
    @asynccontextmanager
    async def running(cls, clock: Clock) -> AsyncIterator[SlackServer]:
        server = cls(clock)
        application = web.Application(client_max_size=4 << 20)
        application.router.add_route("*", "/api/{method}", server._api)
        application.router.add_get("/link", server._link)
        application.router.add_post("/response/{number}", server._respond)
        application.router.add_post("/upload/{file}", server._upload)
        async with serving(application) as port:
            server.base = f"http://127.0.0.1:{port}"
            yield server

    # What happens in the workspace

    def stamp(self) -> str:
        seconds = to_us(self.clock.now()) // 1_000_000
        return f"{seconds}.{next(self._numbers):06d}"

    def direct(self, handle: str) -> str:
        return f"D{PEOPLE[handle]}"

    def says(self, handle: str, text: str, *, channel: str = "", thread: str = "") -> Message:
        """Note what a person says; nothing is delivered."""
        channel = channel or self.direct(handle)
        message = Message(channel, self.stamp(), text, thread=thread, user=PEOPLE[handle])
        self.messages.append(message)
        return message

    def event(self, message: Message, kind: str = "message", /, **more: object) -> Json:
        number = next(self._numbers)
        inner: Json = {
            "type": kind,
            "channel": message.channel,
            "user": message.user,
            "text": message.text,
            "ts": message.ts,
            "event_ts": message.ts,
            "team": TEAM,
        }
        if kind == "message":
            inner["channel_type"] = "im" if message.channel.startswith("D") else "channel"
            inner["client_msg_id"] = f"client-{message.ts}"
        if message.thread:
            inner["thread_ts"] = message.thread
        return self.callback({**inner, **more}, number)

    def callback(self, event: Json, number: int | None = None) -> Json:
        number = next(self._numbers) if number is None else number
        return {
            "token": "old-verification-token",
            "team_id": TEAM,
            "api_app_id": "A01",
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{number:09d}",
            "event_time": to_us(self.clock.now()) // 1_000_000,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }

    def command(self, handle: str, command: str, text: str = "", *, channel: str = "") -> Json:
        channel = channel or CHANNEL
        return {
            "token": "old-verification-token",
            "team_id": TEAM,
            "team_domain": "acme",
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "general",
            "user_id": PEOPLE[handle],
            "user_name": handle,
            "command": command,
            "text": text,
            "api_app_id": "A01",
            "is_enterprise_install": "false",
            "response_url": self._url(PEOPLE[handle], channel),
            "trigger_id": self._trigger(),
        }

    def press(self, handle: str, message: Message, label: str) -> Json:
        """Tap a button of a message, as `block_actions` tells it."""
        block, button = next(
            pair for pair in message.buttons() if pair[1]["text"]["text"] == label
        )
        channel = message.channel
        payload: Json = {
            "type": "block_actions",
            "user": {"id": PEOPLE[handle], "username": handle, "name": handle, "team_id": TEAM},
            "api_app_id": "A01",
            "team": {"id": TEAM, "domain": "acme"},
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel,
                "is_ephemeral": bool(message.seen_by),
            },
            "trigger_id": self._trigger(),
            "channel": {"id": channel, "name": "general"},
            "response_url": self._url(PEOPLE[handle], channel, message),
            "actions": [
                {
                    "action_id": button["action_id"],
                    "block_id": block.get("block_id", "auto"),
                    "text": button["text"],
                    "value": button["value"],
                    "type": "button",
                    "action_ts": self.stamp(),
                }
            ],
        }
        if not message.seen_by:
            payload["message"] = {**message.as_history(), "blocks": message.blocks}
        return payload

    def press_home(self, handle: str, label: str, number: int = 0) -> Json:
        """Tap a button of the home tab: the one of its label with this number."""
        user = PEOPLE[handle]
        view = self.homes[user]
        found = [
            (block, button)
            for block in view["blocks"]
            if block["type"] == "actions"
            for button in block["elements"]
            if button["text"]["text"] == label
        ]
        block, button = found[number]
        return {
            "type": "block_actions",
            "user": {"id": user, "username": handle, "name": handle, "team_id": TEAM},
            "api_app_id": "A01",
            "team": {"id": TEAM, "domain": "acme"},
            "container": {"type": "view", "view_id": "V01"},
            "trigger_id": self._trigger(),
            "view": {**view, "id": "V01"},
            "actions": [
                {
                    "action_id": button["action_id"],
                    "block_id": block["block_id"],
                    "text": button["text"],
                    "value": button["value"],
                    "type": "button",
                    "action_ts": self.stamp(),
                }
            ],
        }

    def submit(self, handle: str, view: Json, **typed: str) -> Json:
        values: Json = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            element, name = block["element"], block["block_id"]
            is_time = element["type"] == "timepicker"
            initial = element.get("initial_time" if is_time else "initial_value", "")
            said = {"selected_time" if is_time else "value": typed.get(name, initial) or None}
            values[name] = {element["action_id"]: {"type": element["type"], **said}}
        return {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": PEOPLE[handle], "username": handle, "name": handle, "team_id": TEAM},
            "api_app_id": "A01",
            "trigger_id": self._trigger(),
            "view": {**view, "state": {"values": values}},
            "response_urls": [],
        }

    def _trigger(self) -> str:
        trigger = f"{next(self._numbers)}.12345.abcdef"
        self.triggers.add(trigger)
        return trigger

    def _url(self, user: str, channel: str, original: Message | None = None) -> str:
        number = str(next(self._numbers))
        until = self.clock.now() + timedelta(minutes=30)
        self._urls[number] = ResponseUrl(user, channel, until, original)
        return f"{self.base}/response/{number}"

    def seen_by(self, handle: str) -> list[Message]:
        """Return what the bot showed somebody, in their direct messages or them alone."""
        user = PEOPLE[handle]
        return [
            message
            for message in self.messages
            if message.user == BOT
            and (message.seen_by == user or message.channel == self.direct(handle))
        ]

    # Delivery

    async def deliver_socket(
        self, kind: str, payload: Json, *, envelope: str = "", attempt: int = 0
    ) -> Json:
        """Send an envelope and return the acknowledgement; the payload of its answer, if any."""
        envelope = envelope or f"envelope-{next(self._numbers)}"
        done = self.acks[envelope] = asyncio.get_running_loop().create_future()
        frame = {
            "envelope_id": envelope,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": attempt,
            "retry_reason": "timeout" if attempt else "",
        }
        if not self.is_deaf:
            await self.sockets[-1].send_json(frame)
        answer: Json = await done
        return answer

    async def _link(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A01"}}
        )
        self.connected.set()
        async for frame in socket:
            if frame.type == WSMsgType.PING and self.answers_pings:
                await socket.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                answer = json.loads(frame.data)
                done = self.acks.get(answer.get("envelope_id", ""))
                if done is not None and not done.done():
                    done.set_result(answer.get("payload") or {})
        return socket

    # Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given: Json = dict(request.query)
        if request.content_type == "application/json" and request.body_exists:
            given |= await request.json()
        elif request.body_exists:
            given |= dict(await request.post())
        self.calls.append((method, given))
        faults = self.faults[method]
        if faults:
            fault = faults.popleft()
            if fault is not None:
                return await fault(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if token != wanted:
            return _error("invalid_auth")
        if method in FORMS and request.content_type != FORM:
            self.violations.append(f"{method} takes a form")
        handler = getattr(self, "_" + method.replace(".", "_"), None)
        if handler is None:
            self.violations.append(f"unknown method {method}")
            return _error("unknown_method")
        answer = await handler(given)
        if isinstance(answer, web.StreamResponse):
            return answer
        return web.json_response({"ok": True, **answer}, headers={"X-OAuth-Scopes": self.scopes})

    async def _apps_connections_open(self, _given: Json) -> Json:
        return {"url": f"{self.base.replace('http', 'ws')}/link?ticket=canary-ticket"}

    async def _auth_test(self, _given: Json) -> Json:
        return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "team": "Acme", "url": "x"}

    def _check(self, given: Json) -> web.Response | None:
        channel = given.get("channel", "")
        if channel in self.gone:
            return _error(self.gone[channel])
        if not given.get("text"):
            self.violations.append("no text")
            return _error("no_text")
        if len(given["text"]) > 4000:
            self.violations.append("text too long")
        blocks = given.get("blocks")
        faults = find_faults(blocks) if blocks is not None else []
        if faults:
            self.violations += faults
            return _error("invalid_blocks")
        if not self.files.may_show(blocks or []):
            return _error("invalid_blocks")
        return None

    def _pace(self, channel: str) -> None:
        """One message a second and channel, by the clock that the bot measures with."""
        if not isinstance(self.clock, SteppingClock):
            return
        now = self.clock.peek()
        if now - self._posted.get(channel, -10.0) < 1.0:
            self.violations.append(f"too fast in {channel}")
        self._posted[channel] = now

    async def _chat_postMessage(self, given: Json) -> Json | web.Response:
        refused = self._check(given)
        if refused is not None:
            return refused
        if given.get("unfurl_links") is not False or given.get("unfurl_media") is not False:
            self.violations.append("unfurls")
        channel = given["channel"]
        if channel in HANDLES:
            channel = f"D{channel}"
        elif channel.startswith("C") and BOT not in self.members.get(channel, set()):
            return _error("not_in_channel")
        self._pace(channel)
        message = Message(
            channel,
            self.stamp(),
            given["text"],
            given.get("blocks") or [],
            thread=given.get("thread_ts", ""),
            metadata=given.get("metadata") or {},
        )
        self.messages.append(message)
        return {"channel": channel, "ts": message.ts}

    async def _chat_postEphemeral(self, given: Json) -> Json | web.Response:
        refused = self._check(given)
        if refused is not None:
            return refused
        channel, user = given["channel"], given["user"]
        if BOT not in self.members.get(channel, set()):
            return _error("channel_not_found")
        if user not in self.members[channel]:
            return _error("user_not_in_channel")
        self._pace(channel)
        message = Message(
            channel,
            self.stamp(),
            given["text"],
            given.get("blocks") or [],
            thread=given.get("thread_ts", ""),
            seen_by=user,
        )
        self.messages.append(message)
        return {"message_ts": message.ts}

    async def _chat_update(self, given: Json) -> Json | web.Response:
        refused = self._check(given)
        if refused is not None:
            return refused
        for message in self.messages:
            if (message.channel, message.ts) == (given["channel"], given["ts"]):
                if message.seen_by or message.user != BOT:
                    return _error("cant_update_message")
                message.text, message.blocks = given["text"], given.get("blocks") or []
                message.edits += 1
                return {"channel": message.channel, "ts": message.ts}
        return _error("message_not_found")

    async def _conversations_open(self, given: Json) -> Json | web.Response:
        if given["users"] not in HANDLES:
            return _error("user_not_found")
        return {"channel": {"id": f"D{given['users']}"}}

    async def _conversations_history(self, given: Json) -> Json | web.Response:
        if given["channel"] in self.gone:
            return _error(self.gone[given["channel"]])
        if given["channel"] in HANDLES:
            # It takes no person for a conversation.
            return _error("channel_not_found")
        found = [
            message
            for message in self.messages
            if message.channel == given["channel"]
            and not message.seen_by
            and (not message.thread or message.thread == message.ts)
            and message.ts > given.get("oldest", "")
        ]
        return self._refused(given) or self._page(found[::-1], given)

    async def _conversations_replies(self, given: Json) -> Json | web.Response:
        # The first one comes with every page of its thread.
        found = [
            message
            for message in self.messages
            if message.channel == given["channel"]
            and not message.seen_by
            and (
                given["ts"] == message.ts
                or (given["ts"] == message.thread and message.ts > given.get("oldest", ""))
            )
        ]
        return self._refused(given) or self._page(found, given)

    def _refused(self, given: Json) -> web.Response | None:
        """Refuse a history that the app may not read, or of a channel that it is not in."""
        channel = given["channel"]
        scope = "im:history" if channel.startswith("D") else "channels:history"
        if scope not in self.scopes.split(","):
            return _error("missing_scope")
        if channel.startswith("C") and BOT not in self.members.get(channel, set()):
            return _error("not_in_channel")
        return None

    def _replies(self, message: Message) -> Json:
        """Return what the first message of a thread says of the others."""
        among = [
            other.ts
            for other in self.messages
            if other.channel == message.channel
            and other.thread == message.ts != other.ts
            and not other.seen_by
        ]
        return {"reply_count": len(among), "latest_reply": among[-1]} if among else {}

    def _page(self, found: Sequence[Message], given: Json) -> Json:
        start, limit = int(given.get("cursor") or 0), int(given.get("limit", 100))
        page = found[start : start + limit]
        more = start + limit < len(found)
        return {
            "messages": [{**message.as_history(), **self._replies(message)} for message in page],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + limit) if more else ""},
        }

    async def _files_getUploadURLExternal(self, given: Json) -> Json:
        return self.files.url(given, self.base)

    async def _files_completeUploadExternal(self, given: Json) -> Json | web.Response:
        done = self.files.complete(given)
        return _error("file_not_found") if done is None else done

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults["upload"].popleft() if self.faults["upload"] else None
        return await self.files.take(request) if fault is None else await fault(request)

    async def _views_open(self, given: Json) -> Json | web.Response:
        if given["trigger_id"] not in self.triggers:
            return _error("exchanged_trigger_id")
        self.triggers.discard(given["trigger_id"])
        self.violations += find_view_faults(given["view"])
        view = {**given["view"], "id": f"V{next(self._numbers)}", "hash": "1.abc"}
        self.views.append(view)
        return {"view": view}

    async def _views_publish(self, given: Json) -> Json:
        self.violations += find_view_faults(given["view"])
        self.homes[given["user_id"]] = given["view"]
        return {"view": given["view"]}

    async def _assistant_threads_setStatus(self, given: Json) -> Json:
        self.status[given["channel_id"], given["thread_ts"]].append(given["status"])
        return {}

    async def _assistant_threads_setSuggestedPrompts(self, given: Json) -> Json:
        if not 1 <= len(given["prompts"]) <= 4:
            self.violations.append("prompts")
        self.prompts.append(given)
        return {}

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        url = self._urls[request.match_info["number"]]
        given = await request.json()
        fault = self.faults["response_url"].popleft() if self.faults["response_url"] else None
        if fault is not None:
            return await fault(request)
        if url.uses >= 5 or self.clock.now() >= url.until:
            self.violations.append("response_url used up")
            return web.Response(status=404, text="used_url")
        refused = self._check({**given, "channel": url.channel})
        if refused is not None:
            return refused
        url.uses += 1
        original = url.original
        if given.get("replace_original") and original is not None:
            original.text, original.blocks = given["text"], given["blocks"]
            original.edits += 1
            return web.Response(text="ok")
        self._pace(url.channel)
        if given.get("response_type") != "ephemeral":
            self.violations.append("an answer for all to see")
        self.messages.append(
            Message(
                url.channel,
                self.stamp(),
                given["text"],
                given["blocks"],
                thread=given.get("thread_ts", ""),
                seen_by=url.user,
            )
        )
        return web.Response(text="ok")


def _error(code: str, status: int = 200, **headers: str) -> web.Response:
    return web.json_response({"ok": False, "error": code}, status=status, headers=headers)


# Faults


def answers(status: int, code: str = "", **headers: str) -> Fault:
    """Answer with a status, as Slack does when it is unwell."""

    async def fault(_request: web.Request) -> web.StreamResponse:
        if code:
            return _error(code, status, **{k.replace("_", "-"): v for k, v in headers.items()})
        return web.Response(
            status=status,
            text="<html>",
            content_type="text/html",
            headers={k.replace("_", "-"): v for k, v in headers.items()},
        )

    return fault


def hangs(until: asyncio.Event) -> Fault:
    """Take the call and say nothing for longer than anybody waits."""

    async def fault(_request: web.Request) -> web.StreamResponse:
        skip(600)
        await until.wait()
        return web.Response(status=500)

    return fault


def resets(server: SlackServer, method: str, *, after: bool) -> Fault:
    """Cut the line, before or after what was asked is done."""

    async def fault(request: web.Request) -> web.StreamResponse:
        if after:
            handler = getattr(server, "_" + method.replace(".", "_"))
            await handler(await request.json())
        assert request.transport is not None
        request.transport.abort()
        return web.Response(status=500)

    return fault


# Over HTTP


def as_http(kind: str, payload: Json) -> tuple[bytes, str]:
    """Return the body of a delivery over HTTP, and its type."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


async def deliver_http(
    session: ClientSession,
    clock: Clock,
    kind: str,
    payload: Json,
    *,
    attempt: int = 0,
    secret: str = SECRET,
    at: str = "",
) -> tuple[int, Json]:
    """Call the bot as Slack does; return the status, and the JSON of the answer, if any.

    `at` is where it answers, unless the session has a base address.
    """
    body, content_type = as_http(kind, payload)
    timestamp = str(to_us(clock.now()) // 1_000_000)
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(secret, timestamp, body),
    }
    if attempt:
        headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
    async with session.post(f"{at}/slack/events", data=body, headers=headers) as answer:
        text = await answer.text()
        return answer.status, json.loads(text) if text.startswith("{") else {}
