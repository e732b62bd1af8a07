"""Tell which field of any draft a reply changes, from the kinds of the draft's own values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.extract.letters import words_of
from intents.replies.slot_names import EMPTY_KEYS, change_names
from intents.replies.text import Asked, fold, stem
from intents.replies.values import Value, count_of, find_values, kind_of

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
    change_names(_without(text, values), draft, kinds, asked, changes)
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


_REFUSED = re.compile(r"\b(?:no|not|dont|without|remove|drop|skip|cancel|sin|quita|private)\b")


def _change_flags(text: str, draft: Mapping[str, object], changes: dict[str, object]) -> None:
    folded = fold(text).replace("'", "")
    words = {stem(word) for word in re.findall(r"\w+", folded)}
    for name, value in draft.items():
        if str(value) not in ("True", "False"):
            continue
        own = {stem(word) for word in name.lower().split("_") if word not in EMPTY_KEYS}
        if own & words:
            rest = re.sub(r"^\W*(?:no|nope)\b", "", folded)
            new = not _REFUSED.search(rest)
            if str(new) != str(value):
                changes[name] = new if isinstance(value, bool) else str(new)


def _without(text: str, values: list[Value]) -> str:
    for value in values:
        text = text[: value.start] + "," + " " * (value.end - value.start - 1) + text[value.end :]
    return text
