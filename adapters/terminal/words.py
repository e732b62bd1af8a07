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
        "file": "{name} ({size}); start with --files FOLDER to keep files. It begins so:",
        "file.more": "... and {count} more lines",
        "file.more.one": "... and 1 more line",
        "file.kept": "{path} ({size})",
        "file.lost": "{name} could not be written: {why}. Ask for it again when that is mended.",
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
        "file": "{name} ({size}); empieza con --files CARPETA para guardar archivos. Empieza así:",
        "file.more": "... y {count} líneas más",
        "file.more.one": "... y 1 línea más",
        "file.kept": "{path} ({size})",
        "file.lost": "{name} no se pudo escribir: {why}. Pídelo de nuevo cuando esté arreglado.",
    },
}


def remark(language: Language, key: str, **facts: object) -> str:
    """Return a remark with its facts."""
    return WORDS[language][key].format_map(facts)
