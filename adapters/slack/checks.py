"""Is Slack set up? Each check says what it saw and, where it is wrong, what to do."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.api import Answer, Api, Declined, judge_connection, make_client, open_session
from adapters.slack.manifest import bot_scopes
from adapters.slack.signature import MOST_AGE_S
from bot.clock import Clock
from bot.errors.sending import MaybeSent, NotSent
from bot.settings.platforms import SlackSettings

_SIGNING_SECRET: Final = re.compile(r"[0-9a-f]{32}")
# Half of what a signature may be old: the rest is for the way.
_MOST_GAP_S: Final = MOST_AGE_S / 2
_APPS: Final = "api.slack.com/apps"


@dataclass(frozen=True, slots=True)
class Check:
    """What a check showed; `remedy` is empty where all is well."""

    name: str
    what: str
    remedy: str = ""


async def list_checks(settings: SlackSettings, clock: Clock) -> AsyncIterator[Check]:
    """Look at tokens, scopes, clock, and the socket or the signing secret."""
    async with open_session() as session:
        client = make_client(settings.bot_token.get_secret_value(), settings.api_base_url, session)
        try:
            answer = await Api(client, session).call("auth.test")
        except Declined as error:
            yield Check("Slack bot token", f"refused ({error.code})", _token_remedy(error.code))
            answer = None
        except (NotSent, MaybeSent):
            yield Check(
                "Slack",
                "not reached",
                "let this machine connect to slack.api_base_url over https",
            )
            return
        if answer is not None:
            team = str(answer.data.get("team", ""))
            yield Check("Slack bot token", f"known in the workspace {team!r}")
            yield _check_scopes(answer)
            yield _check_clock(answer, clock.now())
        if settings.mode == "socket":
            yield await _check_socket(settings, session)
        else:
            yield _check_secret(settings)


def _token_remedy(code: str) -> str:
    if code in {"account_inactive", "token_revoked"}:
        return f"install the app in the workspace again ({_APPS}, Install App)"
    return f"set slack.bot_token to the xoxb token of {_APPS}, OAuth & Permissions"


def _check_scopes(answer: Answer) -> Check:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    given = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")} - {""}
    missing = [scope for scope in bot_scopes() if scope not in given]
    if missing:
        return Check(
            "Slack scopes",
            f"missing: {', '.join(missing)}",
            f"paste `bursar slack-manifest` again ({_APPS}, App Manifest), then install the app"
            " again",
        )
    return Check("Slack scopes", "all there")


def _check_clock(answer: Answer, now: datetime) -> Check:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    try:
        gap = abs((parsedate_to_datetime(headers["date"]) - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        return Check("Slack clock", "not told by Slack")
    if gap > _MOST_GAP_S:
        return Check(
            "Slack clock",
            f"{gap:.0f} s apart from this machine's",
            "set this machine's clock by NTP: Slack's signatures count for five minutes",
        )
    return Check("Slack clock", "this machine and Slack agree")


async def _check_socket(settings: SlackSettings, session: aiohttp.ClientSession) -> Check:
    name = "Slack socket"
    token = settings.app_token.get_secret_value()
    remedy = (
        f"set slack.app_token to an xapp token with connections:write ({_APPS}, Basic"
        " Information, App-Level Tokens)"
    )
    if not token:
        return Check(name, "slack.app_token is not set", remedy)
    client = make_client(token, settings.api_base_url, session)
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        code = str(data.get("error", "")) if isinstance(data, dict) else "no answer"
        if code == "ratelimited":
            return Check(name, "asked too often just now; the token is known")
        return Check(name, f"refused ({code})", remedy)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Check(name, f"not reached ({judge_connection(error).code})", "try again")
    return Check(name, "can be opened")


def _check_secret(settings: SlackSettings) -> Check:
    secret = settings.signing_secret.get_secret_value()
    if _SIGNING_SECRET.fullmatch(secret):
        return Check("Slack signing secret", "has the right form")
    what = "is not 32 hexadecimal digits" if secret else "is not set"
    return Check(
        "Slack signing secret",
        what,
        f"set slack.signing_secret from {_APPS}, Basic Information, App Credentials",
    )
