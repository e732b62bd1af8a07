"""Signs that only a whole text shows: a part that is written for the assistant to play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.guards.signals import SignalType

Place = tuple[int, int]


# Compared by identity, for each is one of a few.
@dataclass(frozen=True, slots=True, eq=False)
class Trait:
    """A sign of a whole text; `weight` as for a `Signal`."""

    type: SignalType
    weight: float


# Who is introduced as somebody to be, and then is what sentences speak of.
NAMED: Final = Trait("role", 0.5)
# The assistant is told many times over what it does and how it answers.
DIRECTED: Final = Trait("role", 0.4)
DIRECTED_MUCH: Final = Trait("role", 0.55)

_SHORTEST: Final = 60
_GATES: Final = (
    "you are", "you're", "you will", "you'll", "respond as", "answer as", "act ", "speak as"
    , "called", "named", "name is", "become", "persona", "character", "pretend", "prompt", "gpt",
    "role", "simulat",
)  # fmt: skip
_NAME: Final = r"[\"'“*\[(]{0,2}([a-z][a-z0-9.-]{2,24})\b"
_INTRODUCED: Final = re.compile(
    r"\b(?:(?:act|respond|answer|reply|speak|talk|behave|stay|remain|be|you're|you are|to be|you"
    r"|pretend|play|now)(?: to me| to \w+)? (?:as |like )(?:the |an? )?"
    r"|(?:be|become|you're|you are|are now|meet|role of|persona of|character of|called|named"
    r"|name is|known as|nickname|persona|character|model|ai) (?:an? |the |now |called |named )?)"
    + _NAME
)
_DOES: Final = (
    r"(?:is|are|was|has|have|had|will|would|won't|can|can't|cannot|could|does|doesn't|do|don't"
    r"|must|mustn't|should|shall|may|never|always|only|isn't|ignores?|answers?|responds?|replies"
    r"|says?|gives?|tells?|refers?|refuses?|generates?|provides?|follows?|cares?|knows?|speaks?"
    r"|loves?|hates?|thinks?|stands?|promotes?|swears?|curses?|acts?|behaves?|uses?|starts?"
    r"|lacks?|breaks?|'s|:)"
)
_NOBODY_WORDS: Final = (
    "the that this what which who you they it she he we and but for with not all any your our his"
    " her its a an as able going about from sure free one more also when then there here how why"
    " will can may must who's that's it's where bot ai assistant budget team wallet"
)
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_DIRECTS: Final = re.compile(
    r"\byou(?:'ll| (?:will|must|shall|should|can|cannot|can't|are to|have to|may|won't|do not"
    r"|don't|never|always|only|need to))\b|\byour (?:answers?|repl(?:y|ies)|responses?|outputs?"
    r"|name|role|character|persona|messages?)\b|\b(?:respond|reply|answer|pretend|act) (?:as|like"
    r"|to|with|in)\b|\b(?:chatgpt|the user|the ai|ai model|language model|my prompts?"
    r"|(?:every|each) (?:prompt|question|answer|reply|response|message))\b"
)
_SPEAKS_TO_A_MODEL: Final = re.compile(
    r"\b(?:prompts?|chatgpt|[a-z-]*gpt|ai|language model|persona|characters?|roleplay|in role"
    r"|openai|chatbot|simulat\w+|unfiltered|pretend)\b"
)
_SOME: Final = 4
_MANY: Final = 8


def find_traits(text: str, begin: int, end: int) -> Iterator[tuple[Trait, Place]]:
    """Yield what a text in small letters shows as a whole, with its place."""
    if min(end, len(text)) - begin < _SHORTEST or not any(word in text for word in _GATES):
        return
    names = Counter(match.group(1) for match in _INTRODUCED.finditer(text, begin, end))
    for name in names:
        if name in _NOBODY:
            continue
        written = re.escape(name)
        spoken = len(re.findall(rf"\b{written}[\"'”*\])]{{0,2}} ?{_DOES}(?!\w)", text[begin:end]))
        if spoken > 1 or (spoken and names[name] > 1):
            at = text.index(name, begin)
            yield NAMED, (at, at + len(name))
            break
    if not _SPEAKS_TO_A_MODEL.search(text, begin, end):
        return
    directs = [match.span() for match in _DIRECTS.finditer(text, begin, end)]
    if len(directs) >= _SOME:
        weight = DIRECTED_MUCH if len(directs) >= _MANY else DIRECTED
        yield weight, (directs[0][0], directs[-1][1])
