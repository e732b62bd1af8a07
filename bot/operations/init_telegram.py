"""`bursar init telegram`: from a token to a bot that knows its owner."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Final

import segno
from pydantic import SecretStr

from adapters.telegram.checks import introduce
from bot.clock import Clock
from bot.operations.owner_link import issue_owner_link
from bot.settings.model import Settings, variable_of

_HOW_TO_SET: Final = """Bursar needs the token at each start. Set one of:
  {variable}=...            in its environment
  token_file = "..."        under [telegram] in bursar.toml, a file that only Bursar reads
"""


def init_telegram(
    settings: Settings,
    clock: Clock,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
) -> None:
    """Check the token, show the menus, and hand the owner a link to their own account.

    Raises:
        SettingsError: the token is not a bot's.
        InvalidInput: there is no company yet.
        Unavailable, Broken: Telegram or the database cannot be reached.
    """
    telegram = settings.telegram
    is_set = bool(telegram.token.get_secret_value())
    if not is_set:
        typed = ask("The bot's token, from @BotFather (/newbot)").strip()
        telegram = telegram.model_copy(update={"token": SecretStr(typed)})
    me = asyncio.run(introduce(telegram))
    tell(f"The token is @{me.username}'s, and its menus are set.")
    if not is_set:
        tell(_HOW_TO_SET.format(variable=variable_of("telegram.token")))
    owner, token = issue_owner_link(settings, clock)
    link = f"https://t.me/{me.username}?start={token}"
    tell(
        f"Start `bursar serve`. Then {owner} opens this in Telegram within ten minutes and presses"
        f" Start; it works once:\n{link}\n{_as_code(link)}"
    )


def _as_code(link: str) -> str:
    """Return a QR code of blocks for a terminal."""
    out = io.StringIO()
    segno.make(link, micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
