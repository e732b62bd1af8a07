"""Only the connector gets in: what is forged or malformed is turned away and changes nothing."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from adapters.teams.hosts import HostList
from bot.settings.model import load_settings
from storage.database import Database
from tests.conftest import START
from tests.pauses import skip
from tests.platforms.teams_company import Company, PacingClock, open_company
from tests.platforms.teams_server import APP_ID, FakeTeams, Json

DEFAULTS = load_settings().teams.service_url_allow_list
STRANGER = generate_private_key(65537, 2048)


@pytest.fixture
async def company(sqlite_database: Database) -> AsyncIterator[Company]:
    async with open_company(sqlite_database, PacingClock(START)) as opened:
        yield opened


def part(content: object) -> str:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def unsigned(teams: FakeTeams, head: Json) -> str:
    return f"{part(head)}.{part(teams.claims())}."


def by_public_key(teams: FakeTeams) -> str:
    """Sign with the public key as if it were a shared secret."""
    public = teams.signing.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = {"alg": "HS256", "typ": "JWT", "kid": teams.key_id}
    signed = f"{part(head)}.{part(teams.claims())}"
    made = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
        signed.encode(), public
    )
    return f"{signed}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


def now(teams: FakeTeams, seconds: float = 0) -> float:
    return teams.clock.now().timestamp() + seconds


# What stands in the header, by what is wrong with it.
HEADERS: dict[str, Callable[[FakeTeams], str]] = {
    "none": lambda t: "",
    "empty bearer": lambda t: "Bearer ",
    "two blanks": lambda t: f"Bearer  {t.token()}",
    "basic": lambda t: "Basic YTpi",
    "no scheme": lambda t: t.token(),
    "garbage": lambda t: "Bearer garbage",
    "two parts": lambda t: "Bearer " + t.token().rpartition(".")[0],
    "four parts": lambda t: f"Bearer {t.token()}.x",
    "dots": lambda t: "Bearer ..",
    "no json": lambda t: f"Bearer {part(b'x')}.{part(b'y')}.z",
    "list for a head": lambda t: f"Bearer {part([1])}.{part(t.claims())}.z",
    "deep head": lambda t: f"Bearer {part(b'[' * 3000)}.{part(t.claims())}.z",
    "head not utf-8": lambda t: f"Bearer {part(bytes([255, 254]))}.{part(t.claims())}.z",
    "long": lambda t: "Bearer " + "a" * 7900,
    "wrong key": lambda t: "Bearer " + t.token(key=STRANGER),
    "unknown kid": lambda t: "Bearer " + t.token(kid="never-seen"),
    "cut signature": lambda t: "Bearer " + t.token()[:-20],
    "no signature": lambda t: "Bearer " + t.token().rpartition(".")[0] + ".",
    "alg none": lambda t: "Bearer " + unsigned(t, {"alg": "none", "kid": t.key_id}),
    "alg None": lambda t: "Bearer " + unsigned(t, {"alg": "None", "kid": t.key_id}),
    "no alg": lambda t: "Bearer " + unsigned(t, {"kid": t.key_id}),
    "alg number": lambda t: "Bearer " + unsigned(t, {"alg": 5, "kid": t.key_id}),
    "no kid": lambda t: "Bearer " + jwt.encode(t.claims(), t.signing, algorithm="RS256"),
    "kid number": lambda t: "Bearer " + unsigned(t, {"alg": "RS256", "kid": 7}),
    "kid null": lambda t: "Bearer " + unsigned(t, {"alg": "RS256", "kid": None}),
    "hs256 by public key": lambda t: "Bearer " + by_public_key(t),
    "hs256": lambda t: "Bearer " + jwt.encode(
        t.claims(), "x" * 40, algorithm="HS256", headers={"kid": t.key_id}
    ),
    "rs384": lambda t: "Bearer " + jwt.encode(
        t.claims(), t.signing, algorithm="RS384", headers={"kid": t.key_id}
    ),
    "ps256": lambda t: "Bearer " + jwt.encode(
        t.claims(), t.signing, algorithm="PS256", headers={"kid": t.key_id}
    ),
}  # fmt: skip
# Claims that a token must not have, or must have; None takes one out.
CLAIMS: dict[str, Callable[[FakeTeams], Json]] = {
    "other issuer": lambda t: {"iss": "https://issuer.evil"},
    "issuer with a slash": lambda t: {"iss": "https://issuer.test/"},
    "issuer in capitals": lambda t: {"iss": "HTTPS://ISSUER.TEST"},
    "issuer list": lambda t: {"iss": ["https://issuer.test"]},
    "no issuer": lambda t: {"iss": None},
    "other audience": lambda t: {"aud": "another-app"},
    "audience list": lambda t: {"aud": [APP_ID]},
    "audience list of two": lambda t: {"aud": [APP_ID, "another-app"]},
    "audience in capitals": lambda t: {"aud": APP_ID.upper()},
    "audience empty": lambda t: {"aud": ""},
    "no audience": lambda t: {"aud": None},
    "expired": lambda t: {"exp": int(now(t, -301))},
    "long expired": lambda t: {"exp": 1},
    "no exp": lambda t: {"exp": None},
    "exp text": lambda t: {"exp": "never"},
    "exp true": lambda t: {"exp": True},
    "exp list": lambda t: {"exp": [int(now(t, 900))]},
    "exp object": lambda t: {"exp": {}},
    "exp negative": lambda t: {"exp": -1},
    "not yet": lambda t: {"nbf": int(now(t, 400))},
    "nbf text": lambda t: {"nbf": "soon"},
    "issued in future": lambda t: {"iat": int(now(t, 400))},
    "iat text": lambda t: {"iat": "soon"},
    "no service url": lambda t: {"serviceurl": None},
    "service url empty": lambda t: {"serviceurl": ""},
    "service url list": lambda t: {"serviceurl": [t.url]},
    "service url evil": lambda t: {"serviceurl": "https://smba.trafficmanager.net.evil.example/"},
    "service url with a slash more": lambda t: {"serviceurl": f"{t.url}/"},
    "service url in capitals": lambda t: {"serviceurl": t.url.upper()},
    "service url of another": lambda t: {"serviceurl": "https://smba.trafficmanager.net/emea/"},
}
# Where a service may not be.
HOSTS = (
    "http://evil.example/",
    "https://evil.example/",
    "https://evilbotframework.com/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://127.0.0.1@evil.example/",
    "https://evil.example/?x=127.0.0.1",
    "https://evil.example#127.0.0.1",
    "https://evil.example\\@127.0.0.1/",
    "https://169.254.169.254/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://localhost/",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "//127.0.0.1/",
    "127.0.0.1",
    "https://",
    "https://127.0.0.1:99999/",
    "https://127.0.0.1:x/",
    "https://127.0.0.1:/\n",
    "http://127.0.0.1/\u0000",
    "https://ⓔvil.example/",
    "https://user:pass@127.0.0.1/",
    "https://" + "a" * 600 + ".example/",
)


def bad_bodies(teams: FakeTeams) -> Iterator[tuple[str, bytes]]:
    """Yield bodies that are no activity, behind a token that is good."""
    good = teams.activity("ana", "balance")
    texts: dict[str, bytes] = {
        "empty": b"",
        "no json": b"{",
        "text": b'"x"',
        "list": b"[]",
        "null": b"null",
        "number": b"1",
        "not utf-8": b'{"type": "\xff"}',
        "utf-16": json.dumps(good).encode("utf-16"),
        "deep": b'{"a":' * 200 + b"1" + b"}" * 200,
        "deep list": b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
        "a name twice": json.dumps(good).encode()[:-1] + b', "type": "invoke"}',
        "NaN": json.dumps(good).encode()[:-1] + b', "x": NaN}',
        "Infinity": json.dumps(good).encode()[:-1] + b', "x": Infinity}',
        "1e999": json.dumps(good).encode()[:-1] + b', "x": 1e999}',
        "form": b"type=message",
    }
    yield from texts.items()
    changes: dict[str, Json] = {
        "from text": {"from": "ana"},
        "from list": {"from": []},
        "from nobody": {"from": {"name": "Ana"}},
        "from id object": {"from": {"id": {"x": 1}}},
        "from id long": {"from": {"id": "2" * 2000}},
        "from missing": {"from": None},
        "conversation text": {"conversation": "a:ana"},
        "conversation number": {"conversation": 5},
        "conversation id list": {"conversation": {**good["conversation"], "id": ["a"]}},
        "id missing": {"id": None},
        "id list": {"id": ["1"]},
        "id long": {"id": "1" * 2000},
        "type missing": {"type": None},
        "type list": {"type": ["message"]},
        "text object": {"text": {"a": 1}},
        "text list": {"text": ["balance"]},
        "timestamp text": {"timestamp": "yesterday"},
        "timestamp number": {"timestamp": 5},
        "timestamp month 13": {"timestamp": "2026-13-01T00:00:00Z"},
        "entities text": {"entities": "x"},
        "entities numbers": {"entities": [1]},
        "mention without text": {"entities": [{"type": "mention", "mentioned": {"id": 5}}]},
        "members text": {"membersAdded": "x"},
        "recipient text": {"recipient": "28:x"},
        "attachments nested": {"attachments": [[[1]]]},
        "isGroup text": {"conversation": {**good["conversation"], "isGroup": "x"}},
        "locale list": {"locale": ["es"]},
        "value text": {"value": "x"},
        "value list": {"value": [1]},
        "value number": {"value": 7},
    }  # fmt: skip
    for name, change in changes.items():
        changed = {key: value for key, value in {**good, **change}.items() if value is not None}
        yield name, json.dumps(changed).encode()
    values: dict[str, object] = {
        "no value": None,
        "value text": "x",
        "value list": [],
        "action text": {"action": "press"},
        "action list": {"action": []},
        "action null": {"action": None},
        "verb missing": {"action": {"data": {}}},
        "verb number": {"action": {"verb": 1, "data": {}}},
        "data missing": {"action": {"verb": "press"}},
        "data text": {"action": {"verb": "press", "data": "x"}},
        "data list": {"action": {"verb": "press", "data": []}},
    }
    for name, value in values.items():
        invoke = {**good, "type": "invoke", "name": "adaptiveCard/action", "value": value}
        yield f"invoke: {name}", json.dumps(invoke).encode()
    for invoked in ("", "task/fetch", "composeExtension/query", "signin/verifyState", "x" * 900):
        invoke = {**good, "type": "invoke", "name": invoked, "value": {}}
        yield f"invoke called {invoked[:20]}", json.dumps(invoke).encode()


async def test_nothing_forged_or_malformed_gets_in(company: Company) -> None:
    teams = company.teams
    before = await company.fingerprint()
    results: dict[str, int] = {}

    async def expect(name: str, wanted: set[int], body: object, **more: Any) -> None:
        status, _ = await teams.deliver(body, **more)
        results[name] = status
        assert status in wanted, (name, status)

    for name, header in HEADERS.items():
        await expect(name, {401}, teams.activity("ana", "balance"), token=header(teams))
    for name, claims in CLAIMS.items():
        token = f"Bearer {teams.token(**claims(teams))}"
        await expect(name, {401}, teams.activity("ana", "balance"), token=token)
    for url in HOSTS:
        token = f"Bearer {teams.token(serviceurl=url)}"
        await expect(
            url, {401, 403}, teams.activity("ana", "balance", serviceUrl=url), token=token
        )
    for name, tenant in (("other tenant", "b"), ("no tenant", ""), ("two tenants", None)):
        body = teams.activity("ana", "balance")
        body["channelData"] = {"tenant": {"id": tenant or "c"}}
        if tenant is not None:
            body["conversation"]["tenantId"] = tenant
            body["channelData"] = {"tenant": {"id": tenant}}
        await expect(name, {403}, body)
    for channel in ("emulator", "webchat", "directline", "", "MSTEAMS"):
        await expect(channel, {403}, teams.activity("ana", "balance", channelId=channel))
    for name, content in bad_bodies(teams):
        await expect(name, {400, 401, 403}, content)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        await expect(kind, {415}, teams.activity("ana", "balance"), headers={"Content-Type": kind})
    await expect("large", {413}, teams.activity("ana", "x" * 300_000))
    assert len(results) >= 120
    await company.app.settled()
    assert await company.fingerprint() == before
    assert not teams.posted
    # And the good one gets in, after all of them.
    assert "Design" in await company.say("ana", "balance")


async def test_a_small_gap_between_two_clocks_is_no_fault(company: Company) -> None:
    teams = company.teams
    token = f"Bearer {teams.token(exp=int(now(teams, -200)), nbf=int(now(teams, 200)))}"
    assert (await company.send(teams.activity("ana", "balance"), token=token))[0] == 200


async def test_a_key_that_may_not_sign_for_teams_is_refused(company: Company) -> None:
    company.teams.endorsements = ["webchat"]
    assert (await company.teams.deliver(company.teams.activity("ana", "balance")))[0] == 401


async def test_a_new_key_is_taken_after_one_look(company: Company) -> None:
    teams = company.teams
    await company.say("ana", "balance")
    assert teams.metadata_calls == 1
    old = f"Bearer {teams.token()}"
    teams.rotate()
    await asyncio.gather(*(teams.deliver(teams.activity("ana", "balance")) for _ in range(8)))
    assert teams.statuses == {200: 9}
    assert teams.metadata_calls == 2
    # The old one is withdrawn, and nobody is made to look for it again.
    for _ in range(20):
        assert (await teams.deliver(teams.activity("ana", "balance"), token=old))[0] == 401
    assert teams.metadata_calls == 2
    await company.app.settled()


async def test_unknown_keys_are_looked_for_once_an_hour(company: Company) -> None:
    teams = company.teams
    await company.say("ana", "balance")
    for number in range(30):
        token = f"Bearer {teams.token(kid=f'made-up-{number}', key=STRANGER)}"
        assert (await teams.deliver(teams.activity("ana", "x"), token=token))[0] == 401
    assert teams.metadata_calls == 2
    teams.rotate()
    assert (await teams.deliver(teams.activity("ana", "balance")))[0] == 401
    await company.clock.pause(3600)
    assert (await teams.deliver(teams.activity("ana", "balance")))[0] == 200
    assert teams.metadata_calls == 3
    await company.app.settled()


async def test_keys_are_renewed_each_day(company: Company) -> None:
    await company.say("ana", "balance")
    company.clock.advance(timedelta(hours=25))
    await company.say("ana", "balance")
    assert company.teams.metadata_calls == 2


async def test_metadata_that_hangs_stops_nobody_else(company: Company) -> None:
    """While the keys are waited for, known keys go on to count."""
    teams = company.teams
    await company.say("ana", "balance")
    teams.metadata_hangs = True
    unknown = f"Bearer {teams.token(kid='made-up')}"
    waiting = asyncio.ensure_future(teams.deliver(teams.activity("ana", "x"), token=unknown))
    await teams.metadata_asked.wait()
    assert (await teams.deliver(teams.activity("ana", "balance")))[0] == 200
    assert not waiting.done()
    skip(10)
    assert (await waiting)[0] == 401
    assert (await teams.deliver(teams.activity("ana", "balance")))[0] == 200
    # What could not be looked for is looked for again, a little later.
    teams.metadata_hangs = False
    teams.rotate()
    await company.clock.pause(10)
    assert (await teams.deliver(teams.activity("ana", "balance")))[0] == 200
    await company.app.settled()


@pytest.mark.parametrize(
    ("entries", "url", "allowed"),
    [
        (DEFAULTS, "https://smba.trafficmanager.net/emea/", True),
        (DEFAULTS, "https://SMBA.trafficmanager.net/emea/", True),
        (DEFAULTS, "https://smba.infra.gcc.teams.microsoft.com/", True),
        (DEFAULTS, "http://smba.trafficmanager.net/emea/", False),
        (DEFAULTS, "https://smba.trafficmanager.net:8443/emea/", False),
        # Anybody may have a name there.
        (DEFAULTS, "https://evil.trafficmanager.net/emea/", False),
        (DEFAULTS, "https://botframework.com/", False),
        (DEFAULTS, "http://127.0.0.1:80/", False),
        (("https://proxy.acme.example:8443",), "https://proxy.acme.example:8443/v3/", True),
        (("https://proxy.acme.example:8443",), "https://proxy.acme.example/v3/", False),
        (("http://proxy.acme.example",), "http://proxy.acme.example/", False),
        (("localhost",), "http://localhost:56150/_connector", True),
        (("", "."), "https://a.example/", False),
    ],
)
def test_a_token_goes_to_listed_hosts_only(
    entries: tuple[str, ...], url: str, allowed: bool
) -> None:
    assert HostList(entries).allows(url) is allowed
