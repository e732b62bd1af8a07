"""Tell which field of any draft a reply changes, from the kinds of the draft's own values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.replies.text import Asked, fold, stem
from intents.replies.values import Value, count_of, find_values, kind_of
from intents.replies.words import words_of

_START = words_of(
    "in from start starting starts leave leaving depart departing departure arrive arriving pick "
    "pickup outbound checkin begin beginning desde"
)
_END = words_of(
    "out until till through return returning returns back end ending ends drop dropoff checkout "
    "inbound to hasta stay"
)
_PEOPLE = words_of(
    "people person persons adults adult guests guest passengers passenger riders rider travelers "
    "traveler travellers seats seat tickets ticket us friends party group size table personas "
    "gente ride entradas"
)
_DAYS = words_of("days day nights night stay length dias noches")
_COUNT_KEYS = _PEOPLE | words_of("number count rooms quantity cantidad amount")
_EMPTY_KEYS = words_of("of the a is has add name new with")


def change_slots(text: str, asked: Asked) -> dict[str, object]:
    """The changed fields and their new values as written; what cannot be told is left out."""
    draft = {name: value for name, value in asked.draft.items() if value is not None}
    kinds = {name: _kind(name, value) for name, value in draft.items()}
    changes: dict[str, object] = {}
    values = [
        value for value in find_values(text) if not _repeats_a_name(value, text, draft, kinds)
    ]
    for number, value in enumerate(values):
        before = text[values[number - 1].end if number else 0 : value.start]
        after = text[value.end : values[number + 1].start if number + 1 < len(values) else None]
        name = _slot_for(value, before, after, kinds, changes)
        if name is not None:
            changes[name] = _as_given(value)
    _change_flags(text, draft, changes)
    _change_names(_without(text, values), draft, kinds, asked, changes)
    return changes


def _kind(name: str, value: object) -> str:
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return "flag"
    words = name.lower().split("_")
    if "time" in words:
        return "time"
    if words[-1] in ("date", "day", "until", "on"):
        return "date"
    if "number" in words or words[-1] in ("size", "count", "length", "quantity"):
        return "number"
    found = kind_of(str(value))
    return found if found is not None else "text"


# "14 Elm Street": a number that opens an address counts nothing.
_ADDRESS = re.compile(
    r"\s*\d+ (?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Way|Drive|Lane|Blvd)\b"
)


def _repeats_a_name(
    value: Value, text: str, draft: Mapping[str, object], kinds: Mapping[str, str]
) -> bool:
    """Whether a value is part of a name or an address, such as "20th Salon"."""
    around = fold(text[max(0, value.start - 1) : value.end + 6])
    if value.kind == "number" and _ADDRESS.match(text, value.start):
        return True
    return value.kind != "time" and any(
        kinds[name] == "text"
        and fold(value.text) in fold(str(held))
        and around.strip() in fold(str(held))
        for name, held in draft.items()
    )


def _slot_for(
    value: Value, before: str, after: str, kinds: Mapping[str, str], taken: Mapping[str, object]
) -> str | None:
    names = [name for name, kind in kinds.items() if kind == value.kind and name not in taken]
    if not names:
        return _sibling(value, before, kinds, taken)
    near = set(re.findall(r"\w+", fold(before).replace("'", ""))[-7:])
    near_after = [word.strip(".,!?") for word in fold(after).split()[:4]]
    if value.kind == "number":
        return _count_slot(names, near, near_after)
    scored = [
        (
            _time_score(name, near | (set(near_after) & {"departing", "returning", "outbound"})),
            -at,
            name,
        )
        for at, name in enumerate(names)
    ]
    return max(scored)[2]


def _sibling(
    value: Value, before: str, kinds: Mapping[str, str], taken: Mapping[str, object]
) -> str | None:
    """The field that goes with one of the draft: `visit_date` where it has only `visit_time`."""
    said = re.search(r"\bthe ([a-z]+) (date|time)\b", fold(before))
    if said is not None and said[2] == value.kind:
        return f"{said[1]}_{said[2]}"
    other = {"date": "time", "time": "date"}.get(value.kind)
    for name in kinds:
        if other is not None and other in name.split("_"):
            wanted = name.replace(other, value.kind)
            return None if wanted in taken or wanted in kinds else wanted
    return None


def _time_score(name: str, near: set[str]) -> int:
    words = set(name.lower().split("_"))
    words |= {part for word in words for part in _PARTS.get(word, ())}
    score = 2 * len((words - {"time", "date", "check"}) & near)
    if words & _START and near & _START and not words & {"inbound", "return", "out"}:
        score += 1
    if words & _END and near & _END:
        score += 1
    return score


_PARTS = {
    "dropoff": ("drop", "off"),
    "pickup": ("pick", "up"),
    "checkin": ("in",),
    "checkout": ("out",),
}


def _count_slot(names: list[str], near: set[str], after: list[str]) -> str | None:
    noun = set(after)
    for name in names:
        words = set(name.lower().split("_"))
        if {stem(word) for word in words} & {stem(word) for word in noun | (near & _COUNT_KEYS)}:
            return name
    for family in (_DAYS, _PEOPLE):
        if after and after[0] in family:
            for name in names:
                if set(name.lower().split("_")) & family:
                    return name
    if len(names) == 1:
        return None if after and after[0] in _DAYS | {"am", "pm"} else names[0]
    people = [name for name in names if set(name.lower().split("_")) & _PEOPLE]
    return people[0] if people else None


def _as_given(value: Value) -> str:
    if value.kind == "number":
        return count_of(value.text)
    if value.kind == "date":
        return re.sub(r"^the (?=.*\b(?:of|day)\b)", "", value.text)
    return value.text


# --- Yes or no fields -------------------------------------------------------------------------

_REFUSED = re.compile(r"\b(?:no|not|dont|without|remove|drop|skip|cancel|sin|quita|private)\b")


def _change_flags(text: str, draft: Mapping[str, object], changes: dict[str, object]) -> None:
    folded = fold(text).replace("'", "")
    words = {stem(word) for word in re.findall(r"\w+", folded)}
    for name, value in draft.items():
        if str(value) not in ("True", "False"):
            continue
        own = {stem(word) for word in name.lower().split("_") if word not in _EMPTY_KEYS}
        if own & words:
            rest = re.sub(r"^\W*(?:no|nope)\b", "", folded)
            new = not _REFUSED.search(rest)
            if str(new) != str(value):
                changes[name] = new if isinstance(value, bool) else str(new)


# --- Names ------------------------------------------------------------------------------------

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


def _change_names(
    text: str,
    draft: Mapping[str, object],
    kinds: Mapping[str, str],
    asked: Asked,
    changes: dict[str, object],
) -> None:
    """Add the changed names to `changes`; `text` has its typed values blanked out."""
    text = _TITLE.sub("\\1\u2024 ", text)
    names = [name for name, kind in kinds.items() if kind == "text"]
    found = _named_field(text, names, draft) or _beside(text, names, draft, asked)
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


def _named_field(
    text: str, names: list[str], draft: Mapping[str, object]
) -> dict[str, object] | None:
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


def _without(text: str, values: list[Value]) -> str:
    for value in values:
        text = text[: value.start] + "," + " " * (value.end - value.start - 1) + text[value.end :]
    return text


def _stood_after(how: str, old: object, asked: Asked) -> bool:
    before = rf"\b{how}\s+(?:the\s+|my\s+|your\s+)?"
    return bool(re.search(before + re.escape(fold(str(old))).replace("'", ""), asked.plain))


def _like(
    new: str, names: list[str], draft: Mapping[str, object], asked: Asked, is_plain: bool
) -> str | None:
    words = set(fold(new).split())
    for name in names:
        old = fold(str(draft[name]))
        key = set(name.lower().split("_")) - _EMPTY_KEYS
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
