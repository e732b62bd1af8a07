"""The digest: "digest now", "digest weekly at 8:30", "resumen diario a las 9", "sin resumen".

With "here" it is that of the whole chat: "digest of design here daily", "sin resumen aquí".
"""

from __future__ import annotations

import re
from typing import Final

from bot.actions.digest import DigestHow, SetDigest, ShowDigest
from bot.actions.digest_now import PostDigest
from bot.actions.shared_digest import ShareDigest, UnshareDigest
from bot.planning import Question
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.rules.quiet import read_clock
from intents.rules.slots import ask, with_wallet
from intents.rules.typed import AROUND, bare, courteous
from intents.sentence import Sentence

_NAME: Final = (
    r"(?:(?:my|the|today'?s|(?P<one>an?)|mi|el|un) )?"
    r"(?:(?P<how>daily|weekly|week ?day|work ?day|business day) )?(?:digests?|spend digests?)"
    r"|(?:(?:my|the|a|mi|el|un) )?(?:(?P<how2>daily|weekly) )summary"
    r"|(?:(?:my|the|mi|el|un) )?resumen(?:es)?(?: (?P<how3>diario|semanal))?"
)
# Without one of these a text is not about it: most are told by that.
_CALLED: Final = ("digest", "resumen", "summary")
_SENDS: Final = (
    r"(?:(?:set|make|change|put|send|give|get|show|tell|post|share|publish)"
    r"(?: me| us)?"
    r"|i want|i would like|i'd like|start|turn on|switch on)"
    r"|(?:(?:pon|manda|envia|dame|da|muestra|ensena|cambia|fija|publica|comparte)"
    r"(?:me|nos)?"
    r"|quiero|activa)"
)
_WORKDAYS: Final = (
    r"(?:only )?(?:(?:every|each|on|for) )?(?:the )?(?:week ?days?|work(?:ing)? ?days?|"
    r"business days?)"
    r"(?: only| alone)?|(?:only )?(?:from )?mon(?:day)?s?(?: (?:to|through|thru|till|until) |"
    r"\s?-\s?)"
    r"fri(?:day)?s?(?: only)?"
    r"|(?:solo |solamente )?(?:(?:(?:cada|todos los|los|en|en los) )?dias? (?:laborables?|"
    r"laborales?|"
    r"habil(?:es)?|de diario|de trabajo|de semana|entre semana)|entre semana|"
    r"(?:de )?lunes a viernes)"
)
_WHEN: Final = (
    r"(?:\s*(?::|to|a|is|es)?\s*"
    rf"(?P<{{0}}>{_WORKDAYS}|off|on|daily|weekly|now|today|every day|each day|once a week|"
    rf"every week"
    r"|(?:every|each) morning|mornings"
    r"|(?:every|on) mondays?|no|none|stop"
    r"|diario|semanal|ahora|ya|hoy|(?:cada|todas las|por las) mananas?|cada dia|todos los dias|"
    r"cada semana|una vez (?:por|a la) semana"
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
    r"|(?:no|no more|i want no|i (?:do not|don'?t) want|don'?t send(?: me| us)?)"
    r"|(?:sin|no mas|no quiero|ya no quiero|quita|para|cancela|desactiva"
    r"|no (?:(?:me|nos) )?(?:mandes|envies)|deja de (?:mandar|enviar)(?:me|nos)))"
    rf" (?:mas |any more )?(?:{_NAME})(?: any ?more| mas)?"
)
_HOW: Final[dict[str, DigestHow]] = {
    "daily": "daily", "on": "daily", "every day": "daily", "each day": "daily",
    "diario": "daily", "cada dia": "daily", "todos los dias": "daily",
    "weekly": "weekly", "once a week": "weekly", "every week": "weekly", "semanal": "weekly",
    "every monday": "weekly", "every mondays": "weekly", "on mondays": "weekly",
    "on monday": "weekly", "cada semana": "weekly", "una vez por semana": "weekly",
    "una vez a la semana": "weekly", "cada lunes": "weekly", "los lunes": "weekly",
    "every morning": "daily", "each morning": "daily", "mornings": "daily",
    "cada manana": "daily", "todas las mananas": "daily", "por las mananas": "daily",
    "off": "off", "no": "off", "none": "off", "stop": "off", "nunca": "off", "fuera": "off",
}  # fmt: skip
_NOW: Final = frozenset({"now", "today", "ahora", "ya", "hoy"})
_LOOKS: Final = re.compile(r"(?:show|get|make|a|an)\b")
_ON_WORKDAYS: Final = re.compile(rf"{_WORKDAYS}|week ?day|work ?day|business day")
# "no digest on weekends" leaves the days between.
_NO_WEEKENDS: Final = re.compile(
    rf"(?:no|no more|don'?t send(?: me| us)?|skip|stop|sin|no quiero|"
    rf"quita) (?:(?:{_NAME})(?: (?:on|at|over) "
    rf"(?:the )?weekends?| (?:los|en) fin(?:es)? de semana| el fin de semana)|"
    rf"(?:the )?weekend digests?)"
)
# As it was before it was ended.
_TURNS_ON: Final = re.compile(
    r"(?:(?:turn|switch) on (?:my |the )?digests?|(?:turn|switch) (?:my |"
    r"the )?digests? (?:back )?on"
    r"|(?:start|resume|restart) (?:my |the )?digests?"
    r"|(?:activa|reactiva|reanuda) (?:el |mi )?resumen(?:es)?)(?: again| please| de nuevo)?"
)
_FROM_NOW: Final = re.compile(r",? (?:instead|from now on|a partir de ahora|mejor|en su lugar)$")
_HERE: Final = re.compile(
    r" ?\b(?:(?:in |right )?here|(?:in|into|to|for|of) this (?:chat|channel|group|room|team)"
    r"|(?:por )?aqui|(?:en|a|de|para) este (?:chat|canal|grupo|equipo))\b"
)
_OWN: Final = re.compile(r"\b(?:my|mi)\b")
# Where a wallet was named; see `_named`.
_WALLET: Final = "@"
_OF_WALLET: Final = re.compile(
    r" ?(?:\b(?:of|for|about|on|de|del|sobre|para) )?(?:\b(?:the|el|la|los|las) )?"
    rf"{_WALLET}(?:'s)?"
)


def find_digest(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of the digest; None if it is about something else."""
    text = _FROM_NOW.sub("", courteous(sentence.text))
    if not any(name in text for name in _CALLED):
        return None
    if _HERE.search(text):
        return _find_shared(sentence)
    if _TURNS_ON.fullmatch(text):
        return SetDigest()
    if _NO_WEEKENDS.fullmatch(text):
        return SetDigest(how="workdays")
    if _ENDS.fullmatch(text):
        return SetDigest(how="off", is_own=_OWN.search(text) is not None)
    found = _ASKED.fullmatch(text)
    return None if found is None else _wanted(sentence, found)


def is_about_digest(text: str) -> bool:
    """Tell whether a text is about the digest as a whole.

    "no digest" is then no refusal of whatever waits for a yes or a no.
    """
    plain = _HERE.sub("", courteous(text), count=1).strip(AROUND)
    return (_ENDS.fullmatch(plain) or _ASKED.fullmatch(plain)) is not None


def read_digest(sentence: Sentence) -> Outcome:
    """Read the arguments of the command: "now", "weekly at 8:30", "here daily"; none is now."""
    if _HERE.search(courteous(sentence.text)):
        return read_shared(sentence)
    found = _ASKED.fullmatch(f"digest {bare(sentence.text)}".strip())
    if found is None:
        return ask(sentence, "not_understood", near=("set_digest",))
    return _wanted(sentence, found)


def read_shared(sentence: Sentence) -> Outcome:
    """Read the arguments of the command for a whole chat: "daily", "of design at 8:30", "off"."""
    return _find_shared(sentence, lead="digest ") or _unclear(sentence, "share_digest")


def read_post(sentence: Sentence) -> Outcome:
    """Read the arguments of the command for a whole chat at once: "", "of design"."""
    return _find_shared(sentence, lead="digest ", tail=" now") or _unclear(sentence, "post_digest")


def _find_shared(sentence: Sentence, lead: str = "", tail: str = "") -> Outcome | None:
    """Return what a sentence wants of the digest of the chat in which it is said."""
    named = next((x for x in sentence.slots("W") if isinstance(x.value, Named)), None)
    text = sentence.text
    if named is not None:
        text = f"{text[: named.start]}{_WALLET}{text[named.end :]}"
    text = _OF_WALLET.sub("", _HERE.sub("", courteous(text), count=1), count=1)
    text = f"{lead}{text.strip(AROUND)}".strip() + tail
    if _ENDS.fullmatch(text):
        return UnshareDigest()
    found = _ASKED.fullmatch(text)
    if found is None:
        return None
    wanted = _wanted(sentence, found)
    says = [found[name] for name in ("when", "after") if found[name]]
    share: ShareDigest | PostDigest
    if isinstance(wanted, SetDigest) and wanted.how == "off":
        return UnshareDigest()
    if isinstance(wanted, ShowDigest) and not _NOW.isdisjoint(says):
        share = PostDigest()
    elif isinstance(wanted, SetDigest):
        share = ShareDigest(how=wanted.how, at=wanted.at)
    elif isinstance(wanted, ShowDigest):
        how = _how(found["how"] or found["how2"])
        share = ShareDigest(how=None if how == "off" else how)
    else:
        return wanted
    if named is None:
        return share
    return with_wallet(
        Found(sentence, (named,), {"w1": named.sign}),
        "w1",
        lambda wallet_id: share.model_copy(update={"wallet_id": wallet_id}),
    )


def _wanted(sentence: Sentence, found: re.Match[str]) -> Outcome:
    said = [found[name] for name in ("how", "how2", "how3", "when", "after") if found[name]]
    hows = {how for how in map(_how, said) if how is not None}
    if len(hows) > 1 or (hows and not _NOW.isdisjoint(said)):
        return _unclear(sentence)
    how = next(iter(hows), None)
    if found["at"] is None:
        # "my weekly digest" asks to see it; "digest weekly" sets when it comes.
        # So does "send me a daily digest": one of many.
        is_set = any(_how(found[name]) for name in ("when", "after")) or found["how3"]
        is_new = found["one"] or (how == "workdays" and not _OWN.search(found[0]))
        is_set = is_set or (is_new and found["how"] and not _LOOKS.match(found[0]))
        if not how or not is_set:
            return ShowDigest()
        is_own = how == "off" and _OWN.search(found[0]) is not None
        return SetDigest(how=how, is_own=is_own)
    at = read_clock(found["at"]) or _morning(found["at"])
    if at is None or how == "off" or not _NOW.isdisjoint(said):
        return _unclear(sentence)
    return SetDigest(how=how, at=at)


def _how(word: str | None) -> DigestHow | None:
    """Return how often a word says that it comes; None where it says nothing of that."""
    if word is None:
        return None
    return "workdays" if _ON_WORKDAYS.fullmatch(word) else _HOW.get(word)


def _morning(typed: str) -> str | None:
    """Read a bare hour: nobody wants a digest of yesterday in the night."""
    if not typed.isdecimal() or not 5 <= int(typed) <= 23:
        return None
    return f"{int(typed):02d}:00"


def _unclear(sentence: Sentence, near: str = "set_digest") -> Question:
    return ask(sentence, "not_understood", near=(near,))
