"""The digest: "digest now", "digest weekly at 8:30", "resumen diario a las 9", "sin resumen"."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.digest import DigestHow, SetDigest, ShowDigest
from bot.planning import Question
from intents.extract.letters import fold
from intents.rules.patterns import Outcome
from intents.rules.quiet import read_clock
from intents.rules.slots import ask
from intents.sentence import Sentence

_NAME: Final = (
    r"(?:(?:my|the|a|an|mi|el|un) )?"
    r"(?:(?P<how>daily|weekly) )?(?:digest|spend digest)"
    r"|(?:(?:my|the|a|mi|el|un) )?(?:(?P<how2>daily|weekly) )summary"
    r"|(?:(?:my|the|mi|el|un) )?resumen(?: (?P<how3>diario|semanal))?"
)
_SENDS: Final = (
    r"(?:please )?(?:(?:set|make|change|put|send|give|get|show|tell)(?: me| us)?"
    r"|i want|i would like|i'd like|start|turn on|switch on)"
    r"|(?:por favor )?(?:(?:pon|manda|envia|dame|da|muestra|ensena|cambia|fija)(?:me|nos)?"
    r"|quiero|activa)"
)
_WHEN: Final = (
    r"(?:\s*(?::|to|a|is|es)?\s*"
    r"(?P<{0}>off|on|daily|weekly|now|today|every day|each day|once a week|every week"
    r"|(?:every|on) mondays?|no|none|stop"
    r"|diario|semanal|ahora|ya|hoy|cada dia|todos los dias|cada semana|una vez (?:por|a la) semana"
    r"|(?:cada|los) lunes|nunca|fuera))?"
)
_AT: Final = (
    r"(?:\s*(?:at|by|to|a)?(?: las?)? (?P<at>(?:\d{1,2}(?:[:.]\d{2})?"
    r"(?: ?(?:a\.?m\.?|p\.?m\.?|h|hs|de la manana|de la tarde|de la noche|o'?clock))?"
    r"|noon|midnight|mediodia|medianoche)))?"
)
_ASKED: Final = re.compile(
    rf"(?:(?:{_SENDS}) )?(?:{_NAME}){_WHEN.format('when')}{_AT}{_WHEN.format('after')}"
)
_ENDS: Final = re.compile(
    r"(?:(?:stop|end|cancel|drop|disable|turn off|switch off)(?: sending(?: me)?)?"
    r"|(?:no|no more|i want no|i (?:do not|don'?t) want|don'?t send me)"
    r"|(?:sin|no mas|no quiero|ya no quiero|quita|para|cancela|desactiva|no me (?:mandes|envies)))"
    rf" (?:mas |any more )?(?:{_NAME})(?: any ?more| mas)?"
)
_HOW: Final[dict[str, DigestHow]] = {
    "daily": "daily", "on": "daily", "every day": "daily", "each day": "daily",
    "diario": "daily", "cada dia": "daily", "todos los dias": "daily",
    "weekly": "weekly", "once a week": "weekly", "every week": "weekly", "semanal": "weekly",
    "every monday": "weekly", "every mondays": "weekly", "on mondays": "weekly",
    "on monday": "weekly", "cada semana": "weekly", "una vez por semana": "weekly",
    "una vez a la semana": "weekly", "cada lunes": "weekly", "los lunes": "weekly",
    "off": "off", "no": "off", "none": "off", "stop": "off", "nunca": "off", "fuera": "off",
}  # fmt: skip
_NOW: Final = frozenset({"now", "today", "ahora", "ya", "hoy"})
_AROUND: Final = " \t\n.,!?¿¡"


def find_digest(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of the digest; None if it is about something else."""
    text = _plain(sentence.text)
    if _ENDS.fullmatch(text):
        return SetDigest(how="off")
    found = _ASKED.fullmatch(text)
    return None if found is None else _wanted(sentence, found)


def is_about_digest(text: str) -> bool:
    """Tell whether a text is about the digest as a whole.

    "no digest" is then no refusal of whatever waits for a yes or a no.
    """
    plain = _plain(text)
    return (_ENDS.fullmatch(plain) or _ASKED.fullmatch(plain)) is not None


def _plain(typed: str) -> str:
    text = fold(typed).strip(_AROUND)
    for word in ("please", "por favor"):
        text = text.removesuffix(word).strip(_AROUND).removeprefix(word).strip(_AROUND)
    return text


def read_digest(sentence: Sentence) -> Outcome:
    """Read the arguments of the command: "now", "weekly at 8:30"; none is now."""
    found = _ASKED.fullmatch(f"digest {fold(sentence.text).strip(_AROUND)}".strip())
    if found is None:
        return ask(sentence, "not_understood", near=("set_digest",))
    return _wanted(sentence, found)


def _wanted(sentence: Sentence, found: re.Match[str]) -> Outcome:
    said = [found[name] for name in ("how", "how2", "how3", "when", "after") if found[name]]
    hows = {_HOW[word] for word in said if word in _HOW}
    if len(hows) > 1 or (hows and not _NOW.isdisjoint(said)):
        return _unclear(sentence)
    how = next(iter(hows), None)
    if found["at"] is None:
        # "my weekly digest" asks to see it; "digest weekly" sets when it comes.
        is_set = any(found[name] in _HOW for name in ("when", "after")) or found["how3"]
        return SetDigest(how=how) if how and is_set else ShowDigest()
    at = read_clock(found["at"]) or _morning(found["at"])
    if at is None or how == "off" or not _NOW.isdisjoint(said):
        return _unclear(sentence)
    return SetDigest(how=how, at=at)


def _morning(typed: str) -> str | None:
    """Read a bare hour: nobody wants a digest of yesterday in the night."""
    if not typed.isdecimal() or not 5 <= int(typed) <= 23:
        return None
    return f"{int(typed):02d}:00"


def _unclear(sentence: Sentence) -> Question:
    return ask(sentence, "not_understood", near=("set_digest",))
