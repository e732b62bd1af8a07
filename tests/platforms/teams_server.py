"""A Bot Connector, its token issuer and its login service, on loopback.

It holds the bot to what is documented: messages no faster and no larger than Teams takes them,
cards of the schema, every call acknowledged in time and none with 5xx, the bot's token on each
call. What was not kept to is in `broken`. Where files go is in `teams_files`.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import ClientSession, ClientTimeout, web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from bot.clock import Clock
from tests.loopback import serving
from tests.pauses import skip
from tests.platforms.card_schema import faults_of
from tests.platforms.teams_files import CONSENT, INFO, FakeDrive, faults_of_consent, faults_of_info

APP_ID = "6e1f2c9e-7c38-4b7e-9f3c-0c8a4f0b7d11"
SECRET = "a-client-secret-of-the-tests"  # noqa: S105  # of nothing
TENANT = "9a1b4e1c-64c1-4a52-9f6e-3c2f0d8e5a77"
BOT = f"28:{APP_ID}"
CARD = "application/vnd.microsoft.card.adaptive"
# Per bot and conversation: so many in so many seconds.
LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
MOST_BYTES = 80 * 1024
TOO_LARGE_BYTES = 100 * 1024
_KEYS = [generate_private_key(65537, 2048) for _ in range(2)]

Json = dict[str, Any]


@dataclass
class Posted:
    """A message that the bot posted or edited."""

    how: str
    conversation: str
    activity: Json
    id: str
    reply_to: str = ""

    @property
    def card(self) -> Json:
        """The card in it."""
        (attachment,) = self.activity["attachments"]
        assert attachment["contentType"] == CARD
        content: Json = attachment["content"]
        return content

    @property
    def words(self) -> str:
        """Everything that can be read in it."""
        if "text" in self.activity:
            return str(self.activity["text"])
        if self.consent is not None:
            return str(self.consent["content"]["description"])
        return words_of(self.card)

    @property
    def consent(self) -> Json | None:
        """The card in it that offers a file, None if it is another message."""
        return self._attached(CONSENT)

    @property
    def info(self) -> Json | None:
        """The card in it that shows a file, None if it is another message."""
        return self._attached(INFO)

    def _attached(self, kind: str) -> Json | None:
        found = self.activity.get("attachments", ())
        return next((each for each in found if each["contentType"] == kind), None)


def words_of(card: Json) -> str:
    """Return the text of a card, a line for each block."""
    lines: list[str] = []
    for element in card["body"]:
        for block in [element, *(i for c in element.get("columns", ()) for i in c["items"])]:
            lines.extend(run["text"] for run in block.get("inlines", ()))
    return "\n".join(lines)


@dataclass
class Fault:
    """What happens to one call of the bot: an answer, or none."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    hangs: bool = False
    # It is done, and then the connection breaks.
    resets_after: bool = False


class FakeTeams:
    """The service. `url` is known once it runs."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.url = ""
        self.bot_url = ""
        self.key_id = "key-0"
        self.signing = _KEYS[0]
        self.endorsements: list[str] = ["msteams"]
        self.metadata_calls = 0
        self.metadata_hangs = False
        self.metadata_asked = asyncio.Event()
        self.login_status = 200
        self.logins = 0
        self.valid_token = ""
        self.posted: list[Posted] = []
        # What happens to the next calls; None lets one through.
        self.faults: deque[Fault | None] = deque()
        self.broken: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.refuses_private = ""
        # Conversations in which the bot is blocked.
        self.blocked: set[str] = set()
        self.calls: list[tuple[str, str]] = []
        # Where people's files are; what the bot took away, by conversation and id.
        self.drive = FakeDrive()
        self.deleted: list[tuple[str, str]] = []
        # Set where the app's manifest says that it handles no files.
        self.refuses_files = False
        self._times: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=2000))
        self._numbers = itertools.count(1)
        self._released = asyncio.Event()
        self._session: ClientSession | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeTeams]:
        """Serve until the block ends."""
        application = web.Application(client_max_size=4 << 20)
        add = application.router
        add.add_get("/metadata", self._metadata)
        add.add_get("/keys", self._keys)
        add.add_post("/login/{tenant}/oauth2/v2.0/token", self._login)
        add.add_post("/v3/conversations", self._open)
        add.add_post("/v3/conversations/{conversation}/activities", self._create)
        add.add_post("/v3/conversations/{conversation}/activities/{activity}", self._create)
        add.add_put("/v3/conversations/{conversation}/activities/{activity}", self._update)
        add.add_delete("/v3/conversations/{conversation}/activities/{activity}", self._delete)
        async with (
            self.drive.running(),
            ClientSession(timeout=ClientTimeout()) as self._session,
            serving(application) as port,
        ):
            self.url = f"http://127.0.0.1:{port}"
            try:
                yield self
            finally:
                self._released.set()

    # What the bot is told

    def settings(self, **more: object) -> Json:
        """Return what `[teams]` of the bot says."""
        return {
            "app_id": APP_ID,
            "app_password": SECRET,
            "login_tenant": TENANT,
            "openid_metadata_url": f"{self.url}/metadata",
            "token_issuer": "https://issuer.test",
            "login_url": f"{self.url}/login",
            "service_url_allow_list": ["127.0.0.1"],
            "file_hosts": ["localhost"],
            **more,
        }

    def claims(self, **changed: object) -> Json:
        """Return the claims of a good token; None takes one out."""
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": "https://issuer.test",
            "aud": APP_ID,
            "exp": now + 3600,
            "nbf": now - 60,
            "serviceurl": self.url,
            **changed,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, *, key: RSAPrivateKey | None = None, kid: str = "", **changed: object) -> str:
        """Sign a token."""
        # Below the library's own claims, which may be of a wrong type here.
        return jwt.api_jws.encode(
            json.dumps(self.claims(**changed)).encode(),
            key or self.signing,
            algorithm="RS256",
            headers={"kid": kid or self.key_id},
        )

    def rotate(self) -> None:
        """Sign with another key from now on; the old one is not served any more."""
        self.signing = _KEYS[1]
        self.key_id = "key-1"

    def activity(
        self, person: str, text: str = "", conversation: str = "", **more: object
    ) -> Json:
        """Write an activity of a person in their private chat, or in another conversation."""
        kind = "personal"
        if conversation.startswith("19:"):
            kind = "channel" if "@thread" in conversation else "groupChat"
        written: Json = {
            "type": "message",
            "id": self.new_id(),
            "timestamp": self.clock.now().isoformat(),
            "serviceUrl": self.url,
            "channelId": "msteams",
            "from": {"id": f"29:{person}", "name": person.title(), "aadObjectId": person},
            "recipient": {"id": BOT, "name": "Bursar"},
            "conversation": {
                "id": conversation or f"a:{person}",
                "conversationType": kind,
                "tenantId": TENANT,
                "isGroup": kind != "personal",
            },
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-US",
            **more,
        }
        if text:
            written |= {"text": text, "textFormat": "plain"}
        return {name: value for name, value in written.items() if value is not None}

    def new_id(self) -> str:
        """Return an id that no activity has had."""
        return f"1{next(self._numbers):012d}"

    async def deliver(
        self, activity: object, *, token: str | None = None, **more: Any
    ) -> tuple[int, Json]:
        """Call the bot; return the status and what is in the answer."""
        assert self._session is not None
        header = f"Bearer {self.token()}" if token is None else token
        headers = {"Authorization": header} if header else {}
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        headers |= {"Content-Type": "application/json", **more.get("headers", {})}
        async with self._session.post(
            f"{self.bot_url}/api/messages", data=body, headers=headers
        ) as response:
            read = await response.read()
        self.statuses[response.status] += 1
        if response.status >= 500 and not more.get("may_fail"):
            self.broken.append(f"answered {response.status}")
        return response.status, json.loads(read) if read else {}

    def release(self) -> None:
        """Let what hangs go on."""
        self._released.set()

    def last(self, conversation: str) -> Posted:
        """Return the last message in a conversation."""
        return next(each for each in reversed(self.posted) if each.conversation == conversation)

    # Routes

    async def _metadata(self, _request: web.Request) -> web.Response:
        self.metadata_calls += 1
        if self.metadata_hangs:
            self.metadata_asked.set()
            await self._released.wait()
        return web.json_response({"issuer": "https://issuer.test", "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        key = RSAAlgorithm.to_jwk(self.signing.public_key(), as_dict=True)
        key |= {"kid": self.key_id, "use": "sig", "endorsements": self.endorsements}
        return web.json_response({"keys": [{"kty": "EC", "kid": "other"}, key]})

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.logins += 1
        right = form["client_id"] == APP_ID and form["client_secret"] == SECRET
        if self.login_status != 200 or not right or request.match_info["tenant"] != TENANT:
            status = self.login_status if self.login_status != 200 else 401
            return web.json_response({"error": "invalid_client"}, status=status)
        self.valid_token = f"token-{self.logins}"
        return web.json_response({"access_token": self.valid_token, "expires_in": 3600})

    async def _open(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()

        def made() -> Json:
            if self.refuses_private:
                raise web.HTTPForbidden(
                    text=json.dumps({"error": {"code": self.refuses_private}}),
                    content_type="application/json",
                )
            (member,) = asked["members"]
            assert asked["tenantId"] == asked["channelData"]["tenant"]["id"] == TENANT
            assert asked["bot"]["id"] == BOT
            return {"id": "a:" + member["id"].removeprefix("29:")}

        return await self._answer(request, "", made)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        activity = await request.json()
        conversation = request.match_info["conversation"]

        def made() -> Json:
            number = f"m{next(self._numbers)}"
            reply_to = request.match_info.get("activity", "")
            self.posted.append(Posted("create", conversation, activity, number, reply_to))
            return {"id": number}

        return await self._answer(request, conversation, made, activity)

    async def _update(self, request: web.Request) -> web.StreamResponse:
        activity = await request.json()
        conversation, number = request.match_info["conversation"], request.match_info["activity"]

        def made() -> Json:
            known = {(each.conversation, each.id) for each in self.posted}
            if (conversation, number) not in known:
                self.broken.append("edited what is not there")
            self.posted.append(Posted("update", conversation, activity, number))
            return {"id": number}

        return await self._answer(request, conversation, made, activity)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        conversation, number = request.match_info["conversation"], request.match_info["activity"]

        def made() -> Json:
            self.deleted.append((conversation, number))
            return {}

        return await self._answer(request, conversation, made)

    async def _answer(
        self,
        request: web.Request,
        conversation: str,
        made: Callable[[], Json],
        activity: Json | None = None,
    ) -> web.StreamResponse:
        self.calls.append((request.method, conversation))
        if request.headers.get("Authorization") != f"Bearer {self.valid_token}":
            return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
        self._count(conversation)
        fault = self.faults.popleft() if self.faults else None
        if fault is not None and not fault.resets_after:
            if fault.hangs:
                skip(600)
                await self._released.wait()
            return web.json_response(fault.body, status=fault.status, headers=fault.headers)
        if conversation in self.blocked:
            return web.json_response({"error": {"code": "MessageWritesBlocked"}}, status=403)
        if activity is not None:
            size = 2 * len(json.dumps(activity, ensure_ascii=False))
            if size > TOO_LARGE_BYTES:
                error = {"error": {"code": "MessageSizeTooBig"}}
                return web.json_response(error, status=413)
            if self.refuses_files and CONSENT in json.dumps(activity):
                return web.json_response({"error": {"code": "BadSyntax"}}, status=400)
            self._look_at(activity, size, conversation)
        answer = made()
        if fault is not None:
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(answer, status=201)

    def _count(self, conversation: str) -> None:
        now, times = self.clock.monotonic(), self._times[conversation]
        times.append(now)
        for count, seconds in LIMITS:
            # As far as a float can tell.
            if len(times) > count and times[-count - 1] + seconds > now + 1e-6:
                self.broken.append(f"more than {count} in {seconds} s")

    def _look_at(self, activity: Json, size: int, conversation: str) -> None:
        if activity == {"type": "typing"}:
            return
        if size > MOST_BYTES:
            self.broken.append(f"{size} bytes")
        if activity["type"] != "message" or not activity.get("summary"):
            self.broken.append("no message with a summary")
        if "entities" in activity:
            self.broken.append("entities")
        if "attachments" in activity:
            for attachment in activity["attachments"]:
                if attachment["contentType"] == CONSENT:
                    self.broken += faults_of_consent(attachment, conversation)
                    continue
                if attachment["contentType"] == INFO:
                    self.broken += faults_of_info(attachment, self.drive)
                    continue
                self.broken += faults_of(attachment["content"])
                if not attachment["content"].get("fallbackText"):
                    self.broken.append("no fallback text")
        elif activity.get("textFormat") != "plain":
            self.broken.append("text that may be read as markup")
