"""Channels that are no chats: "channels", "test channel webhook", "pausa el canal pagerduty"."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.channels import (
    ListChannels,
    PauseChannel,
    ResumeChannel,
    SetChannel,
    TryChannel,
)
from bot.alerts.events import ChannelName
from bot.planning import Question
from intents.extract.letters import fold
from intents.rules.patterns import Outcome

_NAMES: Final[dict[ChannelName, str]] = {
    "email": r"e-?mails?|mail|correo(?: electronico)?",
    "webhook": r"web-?hooks?",
    "pagerduty": r"pager ?duty",
}
_NAME: Final = "|".join(f"(?P<{name}>{typed})" for name, typed in _NAMES.items())
_THE: Final = r"(?:(?:the|our|el|la|nuestro) )?"
_WHICH: Final = rf"{_THE}(?:(?:channel|canal)(?: de)? )?(?:{_NAME})(?: channel)?"
_PLEASE: Final = r"(?:(?:please|por favor),? )?"
_LIST: Final = re.compile(
    rf"{_PLEASE}(?:(?:list|show(?: me)?|see|lista|muestra(?:me)?|ver) )?"
    r"(?:(?:the|all|our|los|todos los|nuestros) )?(?:alert )?(?:channels|canales)(?: de alertas?)?"
    r"|where do alerts go|adonde van las alertas"
)
_ORDERS: Final = (
    (re.compile(rf"{_PLEASE}(?:test|try|prueba|comprueba) {_WHICH}"), TryChannel),
    (
        re.compile(
            rf"{_PLEASE}(?:pause|suspend|pausa|pon en pausa|suspende) {_THE}"
            rf"(?:channel|canal)(?: de)? (?:{_NAME})"
        ),
        PauseChannel,
    ),
    (
        re.compile(
            rf"{_PLEASE}(?:resume|restart|unpause|reanuda|retoma) {_THE}"
            rf"(?:channel|canal)(?: de)? (?:{_NAME})"
        ),
        ResumeChannel,
    ),
)
_PERCENT: Final = r"(?P<percent>\d{1,3}) ?(?:%|percent|por ciento)"
_SETS: Final = (
    re.compile(
        rf"{_PLEASE}send (?:only |just )?alerts (?:from|of|above|over) {_PERCENT}"
        rf"(?: on| up| and (?:above|more|up))? to {_WHICH}"
    ),
    re.compile(rf"{_PLEASE}send (?P<all>all|every) alerts? to {_WHICH}"),
    re.compile(
        rf"{_PLEASE}envia a {_WHICH} (?:solo |solamente )?(?:las )?alertas "
        rf"(?:desde|a partir de|de) (?:el |un |del )?{_PERCENT}"
    ),
    re.compile(rf"{_PLEASE}envia a {_WHICH} (?P<all>todas) las alertas"),
)
_TYPED: Final = re.compile(rf"(?:{_NAME})(?: (?:from )?(?P<percent>\d{{1,3}}) ?%?| (?P<all>all))?")
_AROUND: Final = " \t\n.,!?¿¡"
_MOST: Final = 100


def find_channels(typed: str) -> Outcome | None:
    """Return what a sentence wants of channels; None if it is about something else."""
    text = fold(typed).strip(_AROUND)
    if _LIST.fullmatch(text):
        return ListChannels()
    for pattern, call in _ORDERS:
        found = pattern.fullmatch(text)
        if found is not None:
            return call(name=_named(found))
    for pattern in _SETS:
        found = pattern.fullmatch(text)
        if found is not None:
            return _set(found)
    return None


def read_channel(typed: str, call: type[TryChannel | PauseChannel | ResumeChannel]) -> Outcome:
    """Read what stands behind `/test_channel` and its like: a channel's name."""
    found = _TYPED.fullmatch(fold(typed).strip(_AROUND))
    if found is None or found["percent"] or found["all"]:
        return Question("not_understood", near=("list_channels",))
    return call(name=_named(found))


def read_set(typed: str) -> Outcome:
    """Read what stands behind `/channel`: a name, and from which percentage on."""
    found = _TYPED.fullmatch(fold(typed).strip(_AROUND))
    if found is None or not (found["percent"] or found["all"]):
        return Question("not_understood", near=("set_channel",))
    return _set(found)


def _set(found: re.Match[str]) -> Outcome:
    percent = int(found.groupdict().get("percent") or 0)
    if percent > _MOST:
        return Question("not_understood", near=("set_channel",))
    return SetChannel(name=_named(found), from_percent=percent)


def _named(found: re.Match[str]) -> ChannelName:
    return next(name for name in _NAMES if found[name])
