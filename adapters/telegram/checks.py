"""Looking at a bot from outside: is its token valid, and does what it is sent reach it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.client import close_bot, make_bot
from adapters.telegram.inbound import Me
from adapters.telegram.menu import list_menus, set_menus
from adapters.telegram.settings import check_settings
from bot.clock import Clock
from bot.errors.kinds import SettingsError, Unavailable
from bot.settings.platforms import TelegramSettings

_MAX_CLOCK_GAP: Final = timedelta(seconds=5)
# Errors of Telegram's calls that are older say nothing about now.
_RECENT: Final = timedelta(hours=1)
_MANY_WAIT: Final = 100
_NEW_TOKEN: Final = "open @BotFather, choose the bot, then API Token, and set the token again"  # noqa: S105  # a sentence


@dataclass(frozen=True, slots=True)
class Check:
    """What a check showed; `remedy` is empty where nothing is wrong."""

    subject: str
    what: str
    remedy: str = ""


async def introduce(settings: TelegramSettings) -> Me:
    """Learn who the bot is and show its menus.

    Raises:
        SettingsError: the token is not a bot's.
        Unavailable: Telegram cannot be reached.
    """
    check_settings(settings)
    bot = make_bot(settings)
    try:
        user = await bot.get_me()
        await set_menus(bot, list_menus())
    except InvalidToken as error:
        raise SettingsError(
            "telegram.token", "is refused by Telegram", remedy=_NEW_TOKEN
        ) from error
    except TelegramError as error:
        raise Unavailable("Telegram cannot be reached: try again in a minute") from error
    finally:
        await close_bot(bot)
    return Me(user.id, user.username or "")


async def look(settings: TelegramSettings, clock: Clock) -> list[Check]:
    """Look whether the bot works as it is set; the first failure hides what depends on it."""
    try:
        check_settings(settings)
    except SettingsError as error:
        what = str(error).partition(": ")[0]
        return [Check("settings", what, str(error.facts["remedy"]))]
    dates: list[datetime] = []
    bot = make_bot(settings, on_date=dates.append)
    try:
        return await _look(bot, settings, clock, dates)
    finally:
        await close_bot(bot)


async def _look(
    bot: Bot, settings: TelegramSettings, clock: Clock, dates: list[datetime]
) -> list[Check]:
    try:
        user = await bot.get_me()
        now = clock.now()
        info = await bot.get_webhook_info()
    except InvalidToken:
        return [Check("token", "Telegram refuses it", _NEW_TOKEN)]
    except TelegramError:
        remedy = "see that this machine resolves and reaches the host in telegram.api_base_url"
        return [Check("token", "Telegram cannot be reached", remedy)]
    found = [Check("token", f"@{user.username}")]
    if dates:
        found.append(_check_clock(now - dates[0]))
    found.append(_check_webhook(info, settings))
    found.extend(_check_calls(info, now))
    return found


def _check_clock(gap: timedelta) -> Check:
    if abs(gap) <= _MAX_CLOCK_GAP:
        return Check("clock", "this machine and Telegram agree")
    what = f"this machine and Telegram differ by {abs(gap).total_seconds():.0f} s"
    return Check("clock", what, "set this machine's clock by NTP")


def _check_webhook(info: WebhookInfo, settings: TelegramSettings) -> Check:
    if settings.mode == "polling":
        if not info.url:
            return Check("webhook", "none is set, updates are polled")
        return Check(
            "webhook",
            "one is set, so that polling gets nothing",
            "start `bursar serve`, which takes it away; if another program has set it, give"
            " Bursar a bot of its own",
        )
    if info.url == settings.webhook_url:
        return Check("webhook", "set as configured")
    what = "another one is set" if info.url else "none is set"
    return Check("webhook", what, "start `bursar serve`, which sets it")


def _check_calls(info: WebhookInfo, now: datetime) -> list[Check]:
    found = []
    if info.last_error_date is not None and now - info.last_error_date <= _RECENT:
        found.append(
            Check(
                "calls",
                f"Telegram could not call the webhook: {info.last_error_message}",
                "see that telegram.webhook_url reaches this server from outside, with a valid"
                " certificate, on port 443, 80, 88 or 8443",
            )
        )
    if info.pending_update_count > _MANY_WAIT:
        found.append(
            Check(
                "waiting",
                f"{info.pending_update_count} updates wait to be fetched",
                "start `bursar serve`; what is older than a day is lost",
            )
        )
    return found
