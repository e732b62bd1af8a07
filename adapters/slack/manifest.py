"""The app's manifest: pasted once where apps are made, it sets all that the bot needs of Slack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from adapters.slack.api import SCOPES
from adapters.slack.home import to_prompts
from adapters.slack.webhook import PATH

# What each command is called in Slack's own menu, and how to go on typing.
_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "/ai-budget": ("See what a wallet has left", "[wallet]"),
    "/ai-request": ("Ask for budget; without more it opens a form", "[amount] [wallet]"),
    "/ai-forecast": ("See where a wallet is heading", "[wallet]"),
    "/ai-top-users": ("See who spent most", "[wallet]"),
    "/bursar": ("Say anything to Bursar", "[what you want]"),
}
# Events, with the scope that each needs beside those of the methods.
EVENTS: Final[Mapping[str, str]] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    # Only to hear an answer to what the bot asked in a thread, and to read back what was said to
    # it where it was spoken to before; all else is let go unread.
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "tokens_revoked": "",
}


def bot_scopes() -> list[str]:
    """Return the scopes of the bot's token: those of what is called and heard, and no other."""
    needed = {*SCOPES.values(), *EVENTS.values(), "commands"}
    return sorted(needed - {""})


def make_manifest(
    mode: Literal["socket", "http"] = "socket", public_url: str = ""
) -> dict[str, Any]:  # Any: JSON
    """Return the manifest; `public_url` is where the bot is reached, for `http`."""
    is_socket = mode == "socket"
    url = f"{public_url.rstrip('/')}{PATH}"
    at: dict[str, Any] = {} if is_socket else {"url": url}
    called: dict[str, Any] = {} if is_socket else {"request_url": url}
    return {
        "display_information": {
            "name": "Bursar",
            "description": "What AI costs, who may spend it, and budget approved with one tap.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Bursar", "always_online": True},
            "agent_view": {
                "agent_description": "Says what AI costs and what is left, and asks for budget.",
                "suggested_prompts": to_prompts("en"),
            },
            "slash_commands": [
                {
                    "command": command,
                    "description": description,
                    "usage_hint": hint,
                    "should_escape": True,
                    **at,
                }
                for command, (description, hint) in _COMMANDS.items()
            ],
        },
        "oauth_config": {"scopes": {"bot": bot_scopes()}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **called},
            "interactivity": {"is_enabled": True, **called},
            "org_deploy_enabled": False,
            "socket_mode_enabled": is_socket,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(mode: Literal["socket", "http"] = "socket", public_url: str = "") -> str:
    """Return the manifest as JSON, to paste."""
    return json.dumps(make_manifest(mode, public_url), indent=2, ensure_ascii=False)
