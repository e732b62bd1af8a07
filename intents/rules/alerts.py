"""Alerts: "alerts", "mute design until friday", "pospón la alerta de diseño 2 días"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.actions.alerts import (
    AcknowledgeAlerts,
    ListAlerts,
    MuteAlerts,
    SnoozeAlerts,
    UnmuteAlerts,
)
from bot.ids import WalletId
from bot.planning import Question
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.rules.slots import ask, with_until, with_wallet
from intents.rules.typed import bare, ordered, part_of
from intents.sentence import Sentence

_ALERTS: Final = r"(?:alerts?|warnings?|alertas?|avisos?)"
_THE: Final = r"(?:(?:the|all|my|any|las|los|la|el|todas las|todos los|mis) )?"
_OPEN: Final = (
    r"(?:(?: are| there|'re| is| esta| estan| hay)? ?(?:open|abiert[ao]s?|pendientes?))?"
)
_SHOWS: Final = re.compile(
    rf"(?:(?:show|list|see|what|which|any|are there|muestra(?:me)?|ver|dime|que|hay|cuales)"
    rf"(?: me)? )?{_THE}(?:open )?{_ALERTS}{_OPEN}(?: (?:hay|are there|do i have|tengo))?"
)
_OF: Final = r"(?:of|for|on|about|from|de|del|sobre|para) "
_ABOUT: Final = rf"(?P<about>{_THE}{_ALERTS} {_OF})?"
_REST: Final = r"(?P<rest>.{1,100})"
_ACKNOWLEDGE: Final = re.compile(
    rf"(?:ack|acknowledge|reconoce(?:r)?|(?:me ocupo|enterad[oa]|tomo nota) de) {_ABOUT}{_REST}"
)
_UNMUTE: Final = re.compile(
    rf"(?:unmute|reactiva(?:r)?|(?:deja de|no) silenci(?:ar|es)|quita el silencio (?:a|de)) "
    rf"{_ABOUT}{_REST}"
)
_MUTE: Final = re.compile(rf"(?:mute|silencia(?:r)?) {_ABOUT}{_REST}")
_MUTED: Final = re.compile(
    r"(?:(?:show|list)(?: me)? )?(?:my mutes|what(?: have i|'ve i| did i)? muted?|"
    r"what(?: i have|'s| is| i) muted|muted|mutes|(?:mis )?silenciad[ao]s|"
    r"(?:que|lo que) (?:he silenciado|tengo silenciado|esta silenciado))"
)
# "Mute only design", "mute design alone"; "mute design and everything below it".
_ALONE: Final = re.compile(
    rf"(?:only|just|solo|solamente|unicamente) {_ABOUT}(?P<first>.+)|"
    r"(?P<last>.+?) (?:only|alone|by itself|solo|solamente|unicamente)"
)
_BELOW: Final = re.compile(
    r" (?:and|with|y|con) (?:everything|all|todo|todos|lo)(?: that is| that's| what is| lo que)?"
    r"(?: esta| tiene| hay| de)? ?(?:below|under|beneath|debajo|por debajo)"
    r"(?: (?:it|that|de ella|de el))?\b"
)
_SNOOZE: Final = re.compile(
    rf"(?:snooze|put off|postpone|pospon(?:er)?|aplaza(?:r)?) {_ABOUT}{_REST}"
)
_HOURS: Final = re.compile(
    r"(?P<name>.+?) (?:for |by |por |durante )?(?P<count>\d{1,3}|an?|one|una?) ?"
    r"(?P<unit>h|hours?|hrs?|horas?|d|days?|dias?|weeks?|semanas?)"
)
_FOR_GOOD: Final = re.compile(
    r"(?P<name>.+?) (?:for good|forever|for ever|permanently|para siempre|del todo)"
)
_LEAD_IN: Final = re.compile(r"^(?:for|by|until|por|durante|hasta) ")
_UNITS: Final = {"h": 1, "d": 24, "w": 24 * 7, "s": 24 * 7}
_LINKS: Final = frozenset({"for", "until", "by", "in", "to", "of", "the", "temp", ","})
_MOST_HOURS: Final = 24 * 14


def find_alerts(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of alerts; None if it is about something else."""
    text = ordered(sentence.text)
    if _SHOWS.fullmatch(text):
        return ListAlerts()
    if _MUTED.fullmatch(text):
        return ListAlerts(is_muted_only=True)
    for pattern, read in _ORDERS:
        found = pattern.fullmatch(text)
        if found is not None:
            outcome = read(sentence, found["rest"])
            # "Snooze" and "mute" are said of many things: without the word it must be a wallet's.
            is_ours = (
                found["about"]
                or not isinstance(outcome, Question)
                or outcome.choices
                or outcome.code == "which_span"
            )
            if is_ours:
                return outcome
            name = _UNNAMED.get(read)
            return ask(sentence, "not_understood", near=(name,)) if name else None
    return None


def read_alerts(sentence: Sentence) -> Outcome:
    """Read what is shown: all alerts, or with "muted" what the asker hears nothing of."""
    typed = bare(sentence.text)
    return ListAlerts(is_muted_only=bool(typed and _MUTED.fullmatch(typed)))


def read_acknowledge(sentence: Sentence, rest: str) -> Outcome:
    """Read whose alerts are acknowledged."""
    return _wallet(sentence, rest, lambda x: AcknowledgeAlerts(wallet_id=x))


def read_unmute(sentence: Sentence, rest: str) -> Outcome:
    """Read whose alerts are heard again."""
    return _wallet(sentence, rest, lambda x: UnmuteAlerts(wallet_id=x))


def read_mute(sentence: Sentence, rest: str) -> Outcome:
    """Read whose alerts are muted, and until when: "design", "only design until friday"."""
    typed, below = _BELOW.subn("", bare(rest))
    alone = _ALONE.fullmatch(typed)
    if alone is not None:
        if below:
            return ask(sentence, "not_understood", near=("mute_alerts",))
        typed = alone["first"] or alone["last"]
    is_alone = alone is not None
    ever = _FOR_GOOD.fullmatch(typed)
    if ever is not None:
        return _wallet(
            sentence,
            ever["name"],
            lambda x: MuteAlerts(wallet_id=x, is_for_good=True, is_alone=is_alone),
        )
    found = _gather(sentence, typed)
    if found is None:
        return ask(sentence, "which_wallet", given=typed)

    def mute(wallet_id: WalletId) -> Outcome:
        return with_until(
            found, lambda on: MuteAlerts(wallet_id=wallet_id, until_on=on, is_alone=is_alone)
        )

    return _asked_anew(sentence, with_wallet(found, "w1", mute, default="none"))


def read_snooze(sentence: Sentence, rest: str) -> Outcome:
    """Read whose alerts are put off, and for how long: "design", "design for 2 days"."""
    typed = bare(rest)
    found = _HOURS.fullmatch(typed)
    if found is None:
        return _without_span(sentence, typed)
    count = int(found["count"]) if found["count"].isdigit() else 1
    hours = count * _UNITS[found["unit"][0]]
    if not 1 <= hours <= _MOST_HOURS:
        return _ask_span(sentence, found["name"], f"{found['count']} {found['unit']}")
    return _wallet(sentence, found["name"], lambda x: SnoozeAlerts(wallet_id=x, hours=hours))


def _without_span(sentence: Sentence, typed: str) -> Outcome:
    """Put off for a day what names a wallet alone; ask where more is said that is no span."""
    whole = _gather(sentence, typed)
    words = [] if whole is not None and len(whole.pieces) == 1 else typed.split()
    for count in range(len(words) - 1, 0, -1):
        name = " ".join(words[:count])
        found = _gather(sentence, name)
        if found is not None and len(found.pieces) == 1:
            return _ask_span(sentence, name, _LEAD_IN.sub("", " ".join(words[count:])))
    return _wallet(sentence, typed, lambda x: SnoozeAlerts(wallet_id=x))


def _ask_span(sentence: Sentence, name: str, given: str) -> Question:
    # The answer is read with the wallet alone: what was wrong would make it wrong again.
    return replace(ask(sentence, "which_span", given=given), text=f"snooze alerts of {name}")


_ORDERS: Final[tuple[tuple[re.Pattern[str], Callable[[Sentence, str], Outcome]], ...]] = (
    (_ACKNOWLEDGE, read_acknowledge),
    (_UNMUTE, read_unmute),
    (_MUTE, read_mute),
    (_SNOOZE, read_snooze),
)


# What is said of little else than alerts, and named none of them.
_UNNAMED: Final[dict[Callable[[Sentence, str], Outcome], str]] = {
    read_acknowledge: "acknowledge_alerts",
    read_unmute: "unmute_alerts",
    read_mute: "mute_alerts",
}


def _gather(sentence: Sentence, typed: str) -> Found | None:
    """Return a wallet's name and a day behind it; None if anything else is in there."""
    inner = part_of(sentence, typed)
    pieces = inner.pieces
    if not pieces or not (isinstance(pieces[0].value, Named) or pieces[0].sign in {"it", "my"}):
        return None
    rest = [x for x in pieces[1:] if x.sign not in _LINKS]
    if any(x.value is None or x.sign[0] not in "UT" for x in rest):
        return None
    return Found(inner, tuple(pieces), {"w1": pieces[0].sign})


def _wallet(sentence: Sentence, typed: str, make: Callable[[WalletId], Outcome]) -> Outcome:
    found = _gather(sentence, typed)
    if found is None or len(found.pieces) > 1:
        return ask(sentence, "which_wallet", given=typed)
    return _asked_anew(sentence, with_wallet(found, "w1", make, default="none"))


def _asked_anew(sentence: Sentence, outcome: Outcome) -> Outcome:
    """Have a question's answer read together with the whole sentence."""
    return replace(outcome, text=sentence.text) if isinstance(outcome, Question) else outcome
