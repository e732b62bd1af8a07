"""Whether the settings of Telegram fit together."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from adapters.telegram.webhook import PATH
from bot.errors.kinds import SettingsError
from bot.settings.platforms import TelegramSettings

_TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}", re.ASCII)
# 1-256 of these (Bot API, setWebhook).
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
# Shorter ones could be found by trying.
_LEAST_SECRET: Final = 16


def check_settings(settings: TelegramSettings) -> None:
    """Look at everything that can be told without asking Telegram.

    Raises:
        SettingsError: names what does not fit; no value is in it.
    """
    if not _TOKEN.fullmatch(settings.token.get_secret_value()):
        raise SettingsError(
            "telegram.token",
            "does not look like a bot's token",
            remedy="copy it from @BotFather again: digits, a colon, and letters after it",
        )
    if settings.mode == "polling":
        return
    address = urlsplit(settings.webhook_url)
    if address.scheme != "https" or not address.hostname or address.path != PATH:
        raise SettingsError(
            "telegram.webhook_url",
            "is not an address that Telegram can call",
            remedy=f"set it to https, your public host and {PATH}",
        )
    secret = settings.webhook_secret.get_secret_value()
    if not _SECRET.fullmatch(secret) or len(secret) < _LEAST_SECRET:
        raise SettingsError(
            "telegram.webhook_secret",
            f"is not {_LEAST_SECRET} to 256 of A-Z a-z 0-9 _ -",
            remedy="set it to a long random text, such as `openssl rand -hex 32` prints",
        )
