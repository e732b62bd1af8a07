"""The menu behind the / button: by scope and language; it shows commands and allows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.platforms.menus import menu_commands
from bot.replies.reader import Language

Scope = Literal["private", "groups"]
_SCOPES: Final[tuple[Scope, ...]] = ("private", "groups")


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of a scope in a language, as (name, description). An empty one is for all."""

    scope: Scope
    language: str
    commands: Sequence[tuple[str, str]]


# What people of other languages see, and what those of this one do.
_LANGUAGES: Final[tuple[tuple[str, Language], ...]] = (("", "en"), ("es", "es"))


def list_menus() -> Sequence[Menu]:
    """Return the menus of the bot."""
    return [
        Menu(scope, shown_to, menu_commands(language, is_private=scope == "private"))
        for scope in _SCOPES
        for shown_to, language in _LANGUAGES
    ]


async def set_menus(bot: Bot, menus: Sequence[Menu]) -> None:
    """Show the menus in Telegram; repeating changes nothing.

    Raises:
        TelegramError: some of them are as they were before.
    """
    for menu in menus:
        is_private = menu.scope == "private"
        await bot.set_my_commands(
            [BotCommand(name, description) for name, description in menu.commands],
            scope=BotCommandScopeAllPrivateChats()
            if is_private
            else BotCommandScopeAllGroupChats(),
            language_code=menu.language or None,
        )
