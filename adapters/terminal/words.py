"""The terminal's own remarks, in the language of whoever speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Language = Literal["en", "es"]

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "greeting": "hello",
        "begin": "You are {who}. /as NAME speaks as somebody else, /who lists all, /quit ends.",
        "now": "You are {who} now.",
        "nobody": 'Nobody is called "{name}". Here are: {handles}',
        "waits.one": "1 message waits for {name}: /as {handle}",
        "waits.more": "{count} messages wait for {name}: /as {handle}",
        "lost": "That did not arrive ({code}). Nothing was done; try again.",
        "as": "/as NAME speaks as somebody else",
    },
    "es": {
        "greeting": "hola",
        "begin": "Eres {who}. /as NOMBRE habla como otra persona, /who las lista, /quit termina.",
        "now": "Ahora eres {who}.",
        "nobody": "Nadie se llama «{name}». Están: {handles}",
        "waits.one": "Hay 1 mensaje para {name}: /as {handle}",
        "waits.more": "Hay {count} mensajes para {name}: /as {handle}",
        "lost": "No ha llegado ({code}). No se ha hecho nada; inténtalo de nuevo.",
        "as": "/as NOMBRE habla como otra persona",
    },
}


def remark(language: Language, key: str, **facts: object) -> str:
    """Return a remark with its facts."""
    return WORDS[language][key].format_map(facts)
