"""What `bursar doctor` looks at in Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from adapters.telegram.checks import look
from bot.clock import Clock
from bot.operations.doctor import Colour, Finding
from bot.settings.model import Settings


def check_telegram(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Does Telegram know the bot, and does what people write reach it?"""
    for check in asyncio.run(look(settings.telegram, clock)):
        colour = Colour.red if check.remedy else Colour.green
        yield Finding(f"Telegram {check.subject}", colour, check.what, check.remedy)
