"""The app package that a company uploads to Teams: manifest, Spanish wordings, two icons."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from adapters.teams.hosts import parse_url
from adapters.teams.icons import ACCENT, colour_icon, outline_icon
from bot.errors.kinds import InvalidInput
from bot.replies.parts import action_words
from bot.replies.reader import Language

# App manifest: its schema, and what a list of commands may hold.
_VERSION: Final = "1.17"
_SCHEMA: Final = (
    f"https://developer.microsoft.com/json-schemas/teams/v{_VERSION}/MicrosoftTeams.schema.json"
)
_WORDS_SCHEMA: Final = (
    f"https://developer.microsoft.com/json-schemas/teams/v{_VERSION}"
    "/MicrosoftTeams.Localization.schema.json"
)
_SCOPES: Final = ("personal", "team", "groupChat")
_LONGEST_TITLE: Final = 32
_LONGEST_DESCRIPTION: Final = 128
# Of the package: Teams takes a changed one only with a higher number.
_APP_VERSION: Final = "1.1.0"
# The same bytes for the same app, whenever it is built.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
# What a person types, by language, and the action that it asks for.
COMMANDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("balance", "saldo", "show_balance"),
    ("spend", "gasto", "show_spend"),
    ("forecast", "prevision", "show_forecast"),
    ("top", "ranking", "show_top_spenders"),
    ("request", "pedir", "request_budget"),
    ("requests", "peticiones", "list_requests"),
    ("wallets", "carteras", "show_wallets"),
    ("why", "porque", "explain"),
    ("undo", "deshacer", "undo"),
    ("help", "ayuda", "show_help"),
)
_DESCRIPTIONS: Final[Mapping[Language, tuple[str, str]]] = {
    "en": (
        "What AI costs, who may spend it, and budget approved with one tap.",
        "Ask what AI models cost you, ask for budget, and decide on requests, in the chat where"
        " you already are. Nothing is changed without a Yes.",
    ),
    "es": (
        "Lo que cuesta la IA, quién puede gastar y presupuesto aprobado al instante.",
        "Pregunta cuánto te cuestan los modelos de IA, pide presupuesto y decide solicitudes en el"
        " chat en el que ya estás. Nada cambia sin un Sí.",
    ),
}


@dataclass(frozen=True, slots=True)
class AppFacts:
    """What of the package is the company's own. `website` begins with https://."""

    app_id: str
    name: str = "Bursar"
    company: str = "Bursar"
    website: str = "https://example.com"


def build_package(facts: AppFacts) -> bytes:
    """Return the zip file.

    Raises:
        InvalidInput: the app id is none, or the website is no https address.
    """
    _check(facts)
    files: Sequence[tuple[str, bytes]] = (
        ("manifest.json", _dump(manifest(facts))),
        ("es.json", _dump(spanish())),
        ("color.png", colour_icon()),
        ("outline.png", outline_icon()),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return out.getvalue()


def _check(facts: AppFacts) -> None:
    try:
        UUID(facts.app_id)
    except ValueError as error:
        raise InvalidInput(
            "app id", "no id of an app", example="6e1f2c9e-7c38-4b7e-9f3c-0c8a4f0b7d11"
        ) from error
    url = parse_url(facts.website)
    if url is None or url.scheme != "https":
        raise InvalidInput("website", "no https address", example="https://example.com")


def manifest(facts: AppFacts) -> dict[str, Any]:  # Any: JSON
    """Return the manifest."""
    short, full = _DESCRIPTIONS["en"]
    return {
        "$schema": _SCHEMA,
        "manifestVersion": _VERSION,
        "version": _APP_VERSION,
        "id": facts.app_id,
        "developer": {
            "name": facts.company[:32],
            "websiteUrl": facts.website,
            "privacyUrl": facts.website,
            "termsOfUseUrl": facts.website,
        },
        "name": {"short": facts.name[:30], "full": facts.name[:100]},
        "description": {"short": short, "full": full},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "es", "file": "es.json"}],
        },
        "bots": [
            {
                "botId": facts.app_id,
                "scopes": list(_SCOPES),
                "isNotificationOnly": False,
                "supportsFiles": True,
                "commandLists": [{"scopes": list(_SCOPES), "commands": _commands("en")}],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
    }


def spanish() -> dict[str, str]:
    """Return the wordings of the manifest in Spanish, by their paths in it."""
    short, full = _DESCRIPTIONS["es"]
    words = {"$schema": _WORDS_SCHEMA, "description.short": short, "description.full": full}
    for index, command in enumerate(_commands("es")):
        path = f"bots[0].commandLists[0].commands[{index}]"
        words |= {f"{path}.{name}": text for name, text in command.items()}
    return words


def _commands(language: Language) -> list[dict[str, str]]:
    return [
        {
            "title": (english if language == "en" else spanish)[:_LONGEST_TITLE],
            "description": _description(action, language),
        }
        for english, spanish, action in COMMANDS
    ]


def _description(action: str, language: Language) -> str:
    words = action_words(action, language)
    return (words[:1].upper() + words[1:])[:_LONGEST_DESCRIPTION]


def _dump(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
