"""Channels that are no chats: "channels", "test channel webhook", "pausa el canal pagerduty".

And what goes there: "send only alerts of design and data to webhook".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.actions.channels import (
    ListChannels,
    PauseChannel,
    ResumeChannel,
    SetChannel,
    TryChannel,
)
from bot.alerts.events import ChannelName
from bot.ids import WalletId
from bot.planning import Question
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.rules.slots import ask, with_wallet
from intents.rules.typed import bare, courteous, part_of
from intents.sentence import Sentence

_NAMES: Final[dict[ChannelName, str]] = {
    "email": r"e-?mails?|mail|correo(?: electronico)?",
    "webhook": r"web-?hooks?",
    "pagerduty": r"pager ?duty",
}
_NAME: Final = "|".join(f"(?P<{name}>{typed})" for name, typed in _NAMES.items())
# Without one of these a text is not about them: most are told by that.
_CALLED: Final = ("channel", "canal", "mail", "correo", "hook", "pager", "alert")
_THE: Final = r"(?:(?:the|our|el|la|nuestro) )?"
_WHICH: Final = rf"{_THE}(?:(?:channel|canal)(?: de)? )?(?:{_NAME})(?: channel)?"
_LIST: Final = re.compile(
    r"(?:(?:list|show(?: me)?|see|lista|muestra(?:me)?|ver) )?"
    r"(?:(?:the|all|our|los|todos los|nuestros) )?(?:alert )?(?:channels|canales)(?: de alertas?)?"
    r"|where do alerts go|adonde van las alertas"
)
_ORDERS: Final = (
    (re.compile(rf"(?:test|try|prueba|comprueba) {_WHICH}"), TryChannel),
    (
        re.compile(
            rf"(?:pause|suspend|pausa|pon en pausa|suspende) {_THE}"
            rf"(?:channel|canal)(?: de)? (?:{_NAME})"
        ),
        PauseChannel,
    ),
    (
        re.compile(
            rf"(?:resume|restart|unpause|reanuda|retoma) {_THE}"
            rf"(?:channel|canal)(?: de)? (?:{_NAME})"
        ),
        ResumeChannel,
    ),
)
_PERCENT: Final = r"(?P<percent>\d{1,3}) ?(?:%|percent|por ciento)"
_FROM: Final = rf"(?:from|of|above|over) {_PERCENT}(?: on| up| and (?:above|more|up))?"
_DESDE: Final = rf"(?:desde|a partir de|de) (?:el |un |del )?{_PERCENT}"
_EVERY: Final = (
    r"(?P<every>(?:all|every|any|todas?|cualquier)(?: (?:the|las))?"
    r"(?: (?:wallets?|teams?|carteras?|equipos?))?)"
)
_OF: Final = rf"(?:of|for|about|on) (?:{_EVERY}|(?P<wallets>.{{1,120}}?))"
_DE: Final = rf"(?:de|del|sobre|para) (?:{_EVERY}|(?P<wallets>.{{1,120}}?))"
_SETS: Final = (
    re.compile(rf"send (?:only |just )?(?:the )?alerts {_FROM} to {_WHICH}"),
    re.compile(rf"send (?P<all>all|every)(?: the)? alerts? to {_WHICH}"),
    re.compile(rf"send (?:only |just |all )?(?:the )?alerts {_OF}(?:,? {_FROM})? to {_WHICH}"),
    re.compile(rf"send (?:only |just )?(?:the )?alerts {_FROM},? {_OF} to {_WHICH}"),
    re.compile(
        rf"(?:send|alert) (?:to )?{_WHICH} (?:only|just) (?:the )?(?:alerts )?{_OF}"
        rf"(?:,? {_FROM})?"
    ),
    re.compile(rf"envia a {_WHICH} (?:solo |solamente )?(?:las )?alertas {_DESDE}"),
    re.compile(rf"envia a {_WHICH} (?P<all>todas) las alertas"),
    re.compile(
        rf"envia a {_WHICH} (?:solo |solamente |todas )?(?:las )?alertas {_DE}"
        rf"(?:,? {_DESDE})?"
    ),
    re.compile(
        rf"envia (?:solo |solamente |todas )?(?:las )?alertas {_DE}(?:,? {_DESDE})?"
        rf" a {_WHICH}"
    ),
)
_TYPED: Final = re.compile(
    rf"(?:{_NAME})(?:(?:,? (?:of |for |de |del )?(?:{_EVERY} (?:wallets?|carteras?)|"
    r"(?P<all>all|todas?|todo)|(?P<wallets>(?!from |desde )\D.{0,119}?)))?"
    r"(?:,? (?:from |desde )?(?P<percent>\d{1,3}) ?(?:%|percent|por ciento)?(?: on)?)?)"
)
# What stands between the names of wallets.
_LINKS: Final = frozenset({"and", ",", "/", "of", "the", "for", "only"})
_MOST_NAMES: Final = 10
_MOST: Final = 100


def find_channels(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of channels; None if it is about something else."""
    text = courteous(sentence.text)
    if not any(name in text for name in _CALLED):
        return None
    if _LIST.fullmatch(text):
        return ListChannels()
    for pattern, call in _ORDERS:
        found = pattern.fullmatch(text)
        if found is not None:
            return call(name=_named(found))
    for pattern in _SETS:
        found = pattern.fullmatch(text)
        if found is not None:
            return _set(sentence, found)
    return None


def read_channel(typed: str, call: type[TryChannel | PauseChannel | ResumeChannel]) -> Outcome:
    """Read what stands behind `/test_channel` and its like: a channel's name."""
    found = _TYPED.fullmatch(bare(typed))
    if found is None or _says_what(found):
        return Question("not_understood", near=(call.model_fields["action"].default,))
    return call(name=_named(found))


def read_set(sentence: Sentence) -> Outcome:
    """Read what stands behind `/channel`: a name, of which wallets, from which percentage on."""
    found = _TYPED.fullmatch(bare(sentence.text))
    if found is None or not _says_what(found):
        return Question("not_understood", near=("set_channel",))
    return _set(sentence, found)


def _says_what(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("percent", "all", "every", "wallets"))


def _set(sentence: Sentence, found: re.Match[str]) -> Outcome:
    said = found.groupdict()
    percent = None if said.get("percent") is None else int(said["percent"])
    if percent is not None and percent > _MOST:
        return Question("not_understood", near=("set_channel",))
    name = _named(found)
    if said.get("all"):
        return SetChannel(name=name, from_percent=percent or 0, wallet_ids=())
    if said.get("every"):
        return SetChannel(name=name, from_percent=percent, wallet_ids=())
    if not said.get("wallets"):
        return SetChannel(name=name, from_percent=percent)
    return _of_wallets(
        sentence,
        said["wallets"],
        lambda ids: SetChannel(name=name, from_percent=percent, wallet_ids=ids),
    )


def _of_wallets(
    sentence: Sentence, typed: str, make: Callable[[tuple[WalletId, ...]], SetChannel]
) -> Outcome:
    """Go on with every wallet that a list of names means; ask where one is unclear."""
    inner = part_of(sentence, typed)
    named = [one for one in inner.pieces if isinstance(one.value, Named)]
    others = {one.sign for one in inner.pieces if not isinstance(one.value, Named)}
    if not named or others - _LINKS or len(named) > _MOST_NAMES:
        return ask(sentence, "which_wallet", given=typed)
    ids: list[WalletId] = []

    def keep(wallet_id: WalletId) -> Outcome:
        # Alone, a name that may mean several is offered as buttons.
        return make((wallet_id,)) if len(named) == 1 else make((*ids, wallet_id))

    for piece in named:
        outcome = with_wallet(Found(inner, (piece,), {"w1": piece.sign}), "w1", keep)
        if isinstance(outcome, Question):
            choices = outcome.choices if len(named) == 1 else ()
            return replace(outcome, text=sentence.text, choices=choices)
        assert isinstance(outcome, SetChannel)  # noqa: S101  # what `keep` makes
        ids = list(outcome.wallet_ids or ())
    return make(tuple(ids))


def _named(found: re.Match[str]) -> ChannelName:
    return next(name for name in _NAMES if found[name])
