"""Menus offer what can be said, and lead to what they say."""

import re

import pytest

from adapters.telegram.menu import list_menus
from bot.actions.catalog import BY_NAME
from bot.platforms.menus import _PRIVATE, menu_commands
from intents.commands.aliases import ALIASES


def test_each_command_leads_to_its_action_in_both_languages() -> None:
    for action, *names in _PRIVATE:
        assert action in BY_NAME
        for name in names:
            assert ALIASES.get(name, name) == action


@pytest.mark.parametrize("is_private", [True, False])
def test_menus_are_short_and_valid(is_private: bool) -> None:
    # setMyCommands takes 1-32 of a-z0-9_ and 1-256.
    for language in ("en", "es"):
        commands = menu_commands(language, is_private=is_private)
        assert 1 <= len(commands) <= 10
        assert len({name for name, _ in commands}) == len(commands)
        for name, description in commands:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
            assert 1 <= len(description) <= 256


def test_telegram_has_one_for_each_scope_and_language() -> None:
    menus = list_menus()
    assert [(menu.scope, menu.language) for menu in menus] == [
        ("private", ""),
        ("private", "es"),
        ("groups", ""),
        ("groups", "es"),
    ]
    assert ("balance", "See what is left") in menus[0].commands
    assert ("saldo", "Ver cuánto queda") in menus[1].commands
