"""The Bot API on loopback: its wire format, its limits, and faults as a test scripts them.

A limit that is exceeded is answered as Telegram answers it, and kept in `broken`, which every
test looks at when it ends.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from tests.platforms.telegram_html import Parsed, Unparsable, found_entities, parse_html

TOKEN = "4242:AAtelegram-test-token-00000000000000"  # noqa: S105  # of no real bot
BOT_ID = 4242
USERNAME = "BursarTestBot"
Json = dict[str, Any]


@dataclass
class Shown:
    """A message as people see it now; `sent` and `first` are how it came, before it was edited."""

    chat: str
    message_id: int
    text: str
    entities: tuple[tuple[str, str], ...]
    keyboard: list[list[Json]]
    sent: Json
    kind: str = "text"
    edits: int = 0
    first: str = ""
    file: tuple[str, bytes] = ("", b"")

    def __post_init__(self) -> None:
        self.first = self.text

    def button(self, label: str) -> Json:
        return next(x for row in self.keyboard for x in row if x["text"] == label)


@dataclass
class Fault:
    """What becomes of the next call of a method. `is_done` says that it has its effect first."""

    status: int = 200
    description: str = ""
    parameters: Json | None = None
    body: bytes | None = None
    is_done: bool = False
    resets: bool = False


class Refused(Exception):
    """The Bot API's 4xx."""

    def __init__(self, status: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass
class TelegramServer:
    """One bot's side of the Bot API."""

    clock: Clock
    url: str = ""
    messages: list[Shown] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    confirmed: int = 0
    # Chats that the bot may not write to, and why, as (status, description, parameters).
    closed: dict[str, tuple[int, str, Json]] = field(default_factory=dict)
    _updates: list[Json] = field(default_factory=list)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _sent_at: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _polls: int = 0
    _is_closing: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _next_update: int = 1000
    _next_message: int = 1

    # What a test does

    def script(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault a call."""
        self._faults[method].extend(faults)

    def push(self, **update: object) -> int:
        """Let something happen that the bot hears of; return the update's id."""
        made = self.new_update(**update)
        self.deliver(made)
        number: int = made["update_id"]
        return number

    def new_update(self, **update: object) -> Json:
        """Number something that happened; nothing is delivered."""
        number = self._next_update
        self._next_update += 1
        return {"update_id": number, **update}

    def deliver(self, update: Json) -> None:
        """Put an update among those that are fetched, whatever its number."""
        self._updates.append(update)
        self._change()

    def restart_numbers(self, at: int) -> None:
        """Number updates anew, as after a quiet week."""
        self._next_update = at

    async def until(self, claim: Callable[[], object]) -> None:
        """Wait until something holds; it is asked again after each call."""
        while not claim():
            changed = self._changed
            await changed.wait()

    def in_chat(self, chat: int | str) -> list[Shown]:
        return [shown for shown in self.messages if shown.chat == str(chat)]

    def called(self, method: str) -> list[Json]:
        return [values for name, values in self.calls if name == method]

    @property
    def is_drained(self) -> bool:
        """Whether every update was fetched and confirmed."""
        return not self._updates

    # The API

    @asynccontextmanager
    async def running(self) -> AsyncIterator[TelegramServer]:
        application = web.Application(client_max_size=1 << 26)
        application.router.add_route("*", "/bot{token}/{method}", self._called)
        server = TestServer(application)
        await server.start_server()
        self.url = str(server.make_url("/bot"))
        try:
            yield self
        finally:
            self._is_closing = True
            self._change()
            await server.close()

    def _change(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        values: Json = {}
        if request.content_type.startswith("multipart/"):
            async for part in await request.multipart():
                values[str(part.name)] = await part.read() if part.filename else await part.text()  # type: ignore[union-attr]  # no nested parts
                if part.filename:  # type: ignore[union-attr]  # no nested parts
                    values["file"] = part.filename, values[str(part.name)]  # type: ignore[union-attr]  # no nested parts
        else:
            values = dict(await request.post())
        # Methods are found in any case.
        method = next(
            (name for name in _METHODS if name.lower() == request.match_info["method"].lower()), ""
        )
        self.calls.append((method, values))
        try:
            return await self._answer(request, method, values)
        finally:
            self._change()

    async def _answer(self, request: web.Request, method: str, values: Json) -> web.StreamResponse:
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault is not None and fault.is_done:
            await self._run(method, values)
        if fault is not None:
            if fault.resets:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            if fault.body is not None:
                return web.Response(status=fault.status, body=fault.body)
            if fault.status != 200:
                return _error(fault.status, fault.description, fault.parameters)
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        if not method:
            return _error(404, "Not Found")
        try:
            result = await self._run(method, values)
        except Refused as refused:
            return _error(refused.status, refused.description, refused.parameters)
        return web.json_response({"ok": True, "result": result})

    async def _run(self, method: str, values: Json) -> object:
        found = getattr(self, f"_{method}")(values)
        return await found if asyncio.iscoroutine(found) else found

    def _getMe(self, _values: Json) -> Json:
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Bursar",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _getUpdates(self, values: Json) -> list[Json]:
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        allowed = json.loads(values.get("allowed_updates", "[]"))
        if "edited_message" in allowed:
            self.broken.append("edited messages are fetched for nothing")
        offset = int(values.get("offset", 0))
        if offset:
            self._updates = [x for x in self._updates if x["update_id"] >= offset]
            self.confirmed = max(self.confirmed, offset - 1)
            self._change()
        self._polls += 1
        try:
            if self._polls > 1:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            if int(values.get("timeout", 0)):
                await self.until(lambda: self._updates or self._polls > 1 or self._is_closing)
            if self._polls > 1:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
        finally:
            self._polls -= 1
        return self._updates[:100]

    def _setWebhook(self, values: Json) -> bool:
        self.webhook = values
        return True

    def _deleteWebhook(self, values: Json) -> bool:
        if values.get("drop_pending_updates") == "true":
            self.broken.append("what people wrote meanwhile is thrown away")
        self.webhook = {}
        return True

    def _getWebhookInfo(self, _values: Json) -> Json:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
            **{key: x for key, x in self.webhook.items() if key.startswith("last_error")},
        }

    def _setMyCommands(self, values: Json) -> bool:
        commands = json.loads(values["commands"])
        scope = json.loads(values["scope"])["type"]
        if len(commands) > 100:
            raise Refused(400, "Bad Request: too many commands")
        self.commands[scope, values.get("language_code", "")] = commands
        return True

    def _answerCallbackQuery(self, values: Json) -> bool:
        self.answered.append(values["callback_query_id"])
        return True

    def _sendChatAction(self, values: Json) -> bool:
        if values["chat_id"] in self.closed:
            status, description, parameters = self.closed[values["chat_id"]]
            raise Refused(status, description, **parameters)
        if values["action"] != "typing":
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _sendMessage(self, values: Json) -> Json:
        return self._show("text", values, "text", 4096)

    def _sendPhoto(self, values: Json) -> Json:
        if not isinstance(values.get("photo"), bytes):
            # The SDK names an uploaded part itself.
            self._uploaded(values, "photo")
        return self._show("photo", values, "caption", 1024)

    def _sendDocument(self, values: Json) -> Json:
        self._uploaded(values, "document")
        return self._show("document", values, "caption", 1024)

    def _uploaded(self, values: Json, name: str) -> None:
        if len(values.get("file", ("", b""))[1]) > 50_000_000:
            raise Refused(413, "Request Entity Too Large")
        if not any(isinstance(value, (bytes, bytearray)) for value in values.values()):
            raise Refused(400, f"Bad Request: there is no {name} in the request")

    def _editMessageText(self, values: Json) -> Json:
        shown = self._find(values)
        if shown.kind != "text":
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        parsed, keyboard = self._check(values, "text", 4096)
        if (parsed.text, keyboard) == (shown.text, shown.keyboard):
            raise Refused(400, "Bad Request: message is not modified: the same")
        shown.text, shown.entities, shown.keyboard = parsed.text, parsed.entities, keyboard
        shown.edits += 1
        return self._to_message(shown)

    def _editMessageReplyMarkup(self, values: Json) -> Json:
        shown = self._find(values)
        if not shown.keyboard and "reply_markup" not in values:
            raise Refused(400, "Bad Request: message is not modified: the same")
        shown.keyboard = _keyboard_of(values)
        shown.edits += 1
        return self._to_message(shown)

    def _find(self, values: Json) -> Shown:
        self._admit(values["chat_id"])
        for shown in self.messages:
            if (shown.chat, str(shown.message_id)) == (values["chat_id"], values["message_id"]):
                return shown
        raise Refused(400, "Bad Request: message to edit not found")

    def _show(self, kind: str, values: Json, name: str, most: int) -> Json:
        self._admit(values["chat_id"])
        parsed, keyboard = self._check(values, name, most)
        if name == "text":
            options = json.loads(values.get("link_preview_options", "{}"))
            if not options.get("is_disabled"):
                self.broken.append("a link preview is not switched off")
        reply = json.loads(values.get("reply_parameters", "{}"))
        if reply and not reply.get("allow_sending_without_reply"):
            self.broken.append("a reply would be lost with the message it answers")
        shown = Shown(
            values["chat_id"],
            self._next_message,
            parsed.text,
            parsed.entities,
            keyboard,
            {**values, "reply_to": reply.get("message_id")},
            kind,
            file=values.get("file", ("", b"")),
        )
        self._next_message += 1
        self.messages.append(shown)
        return self._to_message(shown)

    def _check(self, values: Json, name: str, most: int) -> tuple[Parsed, list[list[Json]]]:
        given = values.get(name, "")
        try:
            is_html = values.get("parse_mode") == "HTML"
            parsed = parse_html(given) if is_html else Parsed(given, found_entities(given))
        except Unparsable as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from None
        length = len(parsed.text.encode("utf-16-le")) // 2
        if length > most:
            self.broken.append(f"{name} of {length}")
            raise Refused(400, "Bad Request: message is too long")
        if name == "text" and not parsed.text.strip():
            self.broken.append("an empty text")
            raise Refused(400, "Bad Request: message text is empty")
        return parsed, self._keyboard(values)

    def _keyboard(self, values: Json) -> list[list[Json]]:
        rows = _keyboard_of(values)
        for button in (button for row in rows for button in row):
            data = button.get("callback_data", "")
            if len(data.encode()) > 64 or not (data or button.get("url")) or not button["text"]:
                self.broken.append(f"a button {button}")
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if button.get("style", "primary") not in {"primary", "success", "danger"}:
                self.broken.append(f"a style of {button}")
        if any(len(row) > 8 for row in rows):
            self.broken.append("a row of more than 8 buttons")
        return rows

    def _admit(self, chat: str) -> None:
        """Count a message to a chat; too fast is an error, and fails the test."""
        if chat in self.closed:
            status, description, parameters = self.closed[chat]
            raise Refused(status, description, **parameters)
        now = self.clock.monotonic()
        limits = [(chat, 1, 1.0), ("all", 30, 1.0)]
        if chat.startswith("-"):
            limits.append((f"{chat} a minute", 20, 60.0))
        for name, count, seconds in limits:
            sent = self._sent_at[name]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= count:
                self.broken.append(f"too fast for {name}")
                raise Refused(429, "Too Many Requests: retry after 5", retry_after=5)
        for name, _, _ in limits:
            self._sent_at[name].append(now)

    def _to_message(self, shown: Shown) -> Json:
        is_private = not shown.chat.startswith("-")
        message: Json = {
            "message_id": shown.message_id,
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": int(shown.chat), "type": "private" if is_private else "supergroup"},
            "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bursar", "username": USERNAME},
            "text": shown.text,
        }
        if shown.keyboard:
            message["reply_markup"] = {"inline_keyboard": shown.keyboard}
        return message


_METHODS = tuple(
    name.removeprefix("_")
    for name in vars(TelegramServer)
    if name.startswith(("_get", "_set", "_send", "_edit", "_delete", "_answer"))
    and name != "_answer"
)


def _keyboard_of(values: Mapping[str, Any]) -> list[list[Json]]:
    markup = json.loads(values.get("reply_markup", "{}"))
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    return rows


def _error(
    status: int, description: str, parameters: Mapping[str, Any] | None = None
) -> web.Response:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return web.json_response(body, status=status)
