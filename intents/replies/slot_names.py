"""Tell which name in a draft a reply changes, and what it is to be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.extract.letters import words_of
from intents.replies.text import Asked, fold, stem

EMPTY_KEYS = words_of("of the a is has add name new with")
_STOP = (
    r"(?=\s+(?:on|at|for|in|from|to|with|and|instead|please|rather|by|until|not|thanks|if|that|"
    r"would|"
    r"the day|tomorrow|today|next|this|por favor|para|en vez)\b|\s*[.,!?;]|\s*$)"
)
_PHRASE = (
    r"(?P<new>(?:(?:the|my|a|an|el|la|mi)\s+)?[^\s.,!?;]+"
    r"(?:\s+(?!(?:on|at|for|in|from|to|and|instead|please)\b)[^\s.,!?;]+){0,5}?)"
)
_CALLED = re.compile(
    r"\b(?:name (?:it|the \w+)|name|title|called|call (?:it|the \w+)|titled|nombre|"
    r"label(?: it)?)\b(?:\s+of the \w+)?"
    r"(?:\s+(?:is|as|to be|to|be|should be|it|a|"
    r"sea))*\s+[\"“']?(?P<new>[^.,!?;\"”]{2,60}?)[\"”']?"
    r"(?=\s+(?:instead|please|and)\b|\s*[.,!?;]|\s*$)",
    re.IGNORECASE,
)
_CHANGES_TO = re.compile(
    r"\b(?:(?:change|switch|set|move|update|cambialo) (?:(?:it|that|this|the \w+|the \w+ \w+) )?"
    r"(?:to|into|as|for|a|por)|(?:make|making) (?:it|that|this)(?: a| an| to| at| in| on|"
    r" the)?)\s+" + _PHRASE + _STOP,
    re.IGNORECASE,
)
_BECOMES = re.compile(
    r"\b(?:prefer(?: the| a| an)?|"
    r"i (?:want|need|meant|said)(?: the| a| an| to go to)?|id (?:like|rather have)(?: the| a|"
    r" an)?|"
    r"going to|go to|with|prefiero|mejor)\s+" + _PHRASE + _STOP,
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?P<how>to|from|in|at|on|with|play|watch|see|hear|event|en|de|desde|a)\s+"
    + _PHRASE
    + _STOP,
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|my|a|an|el|la|mi)\s+", re.IGNORECASE)
_TO_KEYS = words_of("destination to going dropoff")
_FROM_KEYS = words_of("origin from pickup source")
_PLACE_KEYS = words_of("city location place where area destination restaurant hotel venue")
_AT_KEYS = words_of("restaurant hotel place location venue stylist name pickup")
_DEVICE_KEYS = words_of("device playback speaker room")
_BY_WORD = {
    "to": _TO_KEYS,
    "from": _FROM_KEYS,
    **dict.fromkeys(("play", "watch", "see", "hear"), words_of("song title track movie show")),
    "in": _PLACE_KEYS | _DEVICE_KEYS,
    "at": _AT_KEYS,
    "on": _DEVICE_KEYS,
    "with": words_of("doctor dentist therapist stylist person name airline airlines"),
}


def change_names(
    text: str,
    draft: Mapping[str, object],
    kinds: Mapping[str, str],
    asked: Asked,
    changes: dict[str, object],
) -> None:
    """Add the changed names to `changes`; `text` has its typed values blanked out."""
    text = _TITLE.sub("\\1\u2024 ", text)
    names = [name for name, kind in kinds.items() if kind == "text"]
    found = _named_field(text, names) or _beside(text, names, draft, asked)
    becomes = None if found or changes else _BECOMES.search(text)
    if found is not None:
        changes.update(found)
    if becomes is None and not found:
        becomes = _CHANGES_TO.search(text)
    if becomes:
        new = _clean(becomes["new"])
        is_plain = becomes.re is _CHANGES_TO or new[:1].isupper()
        name = _like(new, [name for name in names if name not in changes], draft, asked, is_plain)
        if name is not None and (fold(new).split() or [""])[0] not in _NOT_NAMES:
            changes[name] = _whole(new, str(draft[name]), asked)


def _named_field(text: str, names: list[str]) -> dict[str, object] | None:
    called = _CALLED.search(text)
    words = set(re.findall(r"\w+", fold(text)))
    if called:
        named = [name for name in names if {"name", "title"} & set(name.split("_"))]
        about = [name for name in named if (set(name.split("_")) - {"name", "new"}) & words]
        new = _clean(called["new"])
        if named and new:
            return {(about or named)[0]: new}
    field = _FIELD.search(text)
    if field:
        own = {stem(word) for word in fold(field["field"]).split()}
        for name in names:
            if own & {stem(word) for word in name.lower().split("_")}:
                return {name: _clean(field["new"])}
    return None


_TITLE = re.compile(r"\b(Dr|Mr|Mrs|Ms|St)\.\s", re.IGNORECASE)
_FIELD = re.compile(
    r"\b(?:change|make|set|update|modify|switch|cambia|pon)\s+(?:the|my|that|el|la)\s+"
    rf"(?P<field>[a-z ]{{3,30}}?)\s+(?:to|as|at|into|be|a|en)\s+{_PHRASE}{_STOP}",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s+(?:on|at|for|in|from|to|with|and|instead|please))+$", re.IGNORECASE)


def _clean(new: str) -> str:
    new = _TAIL.sub("", _ARTICLE.sub("", new.strip().strip("\"“”'")))
    return new.replace("\u2024", ".").strip()


def _beside(
    text: str, names: list[str], draft: Mapping[str, object], asked: Asked
) -> dict[str, object]:
    """Names after a preposition that stood before a name of the draft in what was asked."""
    changes: dict[str, object] = {}
    for found in _PLACED.finditer(text):
        new = _KIND_WORD.sub("", _clean(found["new"]))
        if not new or fold(new).split()[0] in _NOT_NAMES:
            continue
        how = found["how"].lower()
        keys = _BY_WORD.get(how, frozenset())
        left = [name for name in names if name not in changes]
        fits = [name for name in left if _stood_after(how, draft[name], asked)]
        fits += [name for name in left if keys & set(name.split("_"))]
        if fits and fold(new) != fold(str(draft[fits[0]])):
            changes[fits[0]] = _whole(new, str(draft[fits[0]]), asked)
    return changes


_KIND_WORD = re.compile(r"^(?:restaurant|hotel|salon|place|city|dr|doctor)\s+(?=[A-Z])")
_NOT_NAMES = words_of(
    "on in to at from for with it that this me us be go book play do make change have get see the "
    "a "
    "an my check visit stay you need leave use add pick watch one reserve buy least first evening "
    "morning afternoon order switch fact case mind person people second reality advance time date "
    "plan purchase schedule"
)


def _stood_after(how: str, old: object, asked: Asked) -> bool:
    before = rf"\b{how}\s+(?:the\s+|my\s+|your\s+)?"
    return bool(re.search(before + re.escape(fold(str(old))).replace("'", ""), asked.plain))


def _like(
    new: str, names: list[str], draft: Mapping[str, object], asked: Asked, is_plain: bool
) -> str | None:
    words = set(fold(new).split())
    for name in names:
        old = fold(str(draft[name]))
        key = set(name.lower().split("_")) - EMPTY_KEYS
        if words & set(re.findall(r"\w+", old)) or words & key or _shared_end(new, old, asked):
            return name
    return names[0] if len(names) == 1 and is_plain else None


def _shared_end(new: str, old: str, asked: Asked) -> str:
    """The last word of a new name where it also stood behind the old one: "regular ride"."""
    head = (fold(new).split() or [""])[-1]
    return head if len(new.split()) > 1 and f"{fold(old)} {head}" in asked.plain else ""


def _whole(new: str, old: str, asked: Asked) -> str:
    """Give a shortened name the last word of the old one: "bedroom" for "kitchen speaker"."""
    if _shared_end(new, old, asked):
        new = new.rsplit(maxsplit=1)[0]
    head = old.split()[-1] if len(old.split()) == 2 else ""
    new = re.sub(r"\s+(?:device|one)$", "", new)
    is_short = len(new.split()) == 1 and new.islower() and head != "room"
    return f"{new} {head}" if head.islower() and is_short and head not in new else new
