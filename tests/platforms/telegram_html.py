"""HTML as the Bot API reads it, and what Telegram makes of the text by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^>]*)>")
_ALLOWED = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote"})
# Telegram finds these in plain text, wherever they stand (tdlib, MessageEntity.cpp; in short, and
# wider where what the server does is not told: tdlib #3348). Bank cards are no entity of the Bot
# API, but clients let people tap on them.
_FOUND = {
    "hashtag": re.compile(r"(?<![\w·#])#[\w·\u200c]+"),
    "cashtag": re.compile(r"(?<![\w·$])\$(?:1INCH|[A-Z]{1,8})(?![\w·$])"),
    "ip_address": re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}", re.ASCII),
    "mention": re.compile(r"(?<![\w/])@[a-zA-Z0-9_]{2,32}\b", re.ASCII),
    "bot_command": re.compile(
        r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?", re.ASCII
    ),
    "url": re.compile(
        r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://[^\s]+)"
        # Any word behind a dot may be the end of a domain: there are over a thousand.
        r"|(?:[^\s.]\.(?:xn--|[^\W\d_]{2}))"
    ),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}"),
}


_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_NUMBERS = re.compile(r"\+?[0-9(][0-9 ()\u00a0.–-]*[0-9]", re.ASCII)


class Unparsable(Exception):
    """The markup is not valid: the Bot API answers 400, "can't parse entities"."""


@dataclass(frozen=True)
class Parsed:
    """A text as people see it, with the entities that stand in it."""

    text: str
    entities: tuple[tuple[str, str], ...]


def parse_html(markup: str) -> Parsed:
    """Read HTML strictly: known tags, closed in order, nothing unescaped."""
    text, open_tags, entities = "", [], []
    at = 0
    for tag in _TAG.finditer(markup):
        text += _plain(markup[at : tag.start()])
        at = tag.end()
        closes, name, rest = tag.groups()
        if name.lower() not in _ALLOWED or (rest.strip() and name.lower() != "a"):
            raise Unparsable(f"unsupported start tag {name!r}")
        if not closes:
            open_tags.append((name, len(text)))
        elif not open_tags or open_tags[-1][0] != name:
            raise Unparsable(f"unexpected end tag {name!r}")
        else:
            name, begin = open_tags.pop()
            entities.append((name, text[begin:]))
    text += _plain(markup[at:])
    if open_tags:
        raise Unparsable("can't find end tag")
    return Parsed(text, (*entities, *found_entities(text)))


def found_entities(text: str) -> tuple[tuple[str, str], ...]:
    """Return what Telegram would make of a plain text."""
    found = [(kind, x.group()) for kind, rule in _FOUND.items() for x in rule.finditer(text)]
    found.extend(
        ("phone_number", run.group())
        for run in _NUMBERS.finditer(_DATE.sub("D", text))
        if sum(char.isdigit() for char in run.group()) >= 7
    )
    return tuple(found)


def _plain(piece: str) -> str:
    if "<" in piece or ">" in piece or re.search(r"&(?!amp;|lt;|gt;|quot;|#)", piece):
        raise Unparsable("a sign that is not escaped")
    return unescape(piece)
