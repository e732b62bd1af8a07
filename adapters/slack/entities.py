"""Slack's control sequences: taken out of what comes in, impossible in what goes out.

Slack sends `&`, `<` and `>` as entities, and mentions, channels and links between angle brackets
(docs.slack.dev, "Formatting message text"). Text that goes out is escaped the same way, so that
nothing in it can open such a bracket.
"""

from __future__ import annotations

import re
from typing import Final

_SEQUENCE: Final = re.compile(r"<([^<>]*)>")
_BLANKS: Final = re.compile(r"[ \t]{2,}")
_ENTITY: Final = re.compile(r"&(amp|lt|gt);")
_SIGNS: Final = {"amp": "&", "lt": "<", "gt": ">"}
# A colon that could open an emoji's name.
_EMOJI: Final = re.compile(r":(?=[A-Za-z0-9_+'-])")
_WORD_JOINER: Final = "\u2060"


def to_plain(text: str, *, bot_user: str) -> str:
    """Return what a person wrote, with the bot's own mention left out."""

    def replaced(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        kind, name = target[:1], target[1:]
        if kind == "@":
            return "" if name == bot_user else f"@{label or name}"
        if kind == "#":
            return f"#{label or name}"
        if kind == "!":
            # `<!here>`, `<!subteam^S1|@design>`, `<!date^1^{date}|18 Nov>`
            return label or f"@{name.partition('^')[0]}"
        return label or target.removeprefix("mailto:")

    shown = _SEQUENCE.sub(replaced, text)
    # The entities last, and each once: `&amp;lt;` is somebody who typed `&lt;`.
    plain = _ENTITY.sub(lambda match: _SIGNS[match.group(1)], shown)
    return _BLANKS.sub(" ", plain).strip()


def escape(text: str) -> str:
    """Return a text in which nothing can become a mention, a channel, a link or a date."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return what `escape` was given."""
    return _ENTITY.sub(lambda match: _SIGNS[match.group(1)], text)


def still(text: str) -> str:
    """Escape a text for where emoji names cannot be switched off: notifications.

    An unseen joiner behind a colon keeps `:tada:` from being drawn.
    """
    return escape(_EMOJI.sub(f":{_WORD_JOINER}", text))
