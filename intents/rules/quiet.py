"""Quiet hours: "quiet hours 22:00 to 7:00", "sin horas de silencio"."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.quiet import SetQuietHours, ShowQuietHours
from bot.planning import Question
from intents.rules.patterns import Outcome
from intents.rules.typed import bare, courteous
from intents.sentence import Sentence

_TIME: Final = re.compile(
    r"(?:at |las? )?(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?"
    r"(?: ?(?P<half>a\.? ?m\b\.?|p\.? ?m\b\.?|hrs?\b|hs?\b|horas\b|o'?clock\b"
    r"|in the morning|in the evening|at night|de la (?:manana|tarde|noche)))?"
    r"|(?P<word>midnight|noon|medianoche|mediodia))",
    re.ASCII,
)
_LINK: Final = re.compile(r"\s*(?:-|—|\b(?:to|until|till|and|a|y|hasta)\b(?: el)?)\s*|\s+")
_WORDS: Final = {"midnight": "00:00", "medianoche": "00:00", "noon": "12:00", "mediodia": "12:00"}
_NIGHT: Final = frozenset({"at night", "de la noche"})
_MORNING: Final = ("a", "in the morning", "de la manana")
_EVENING: Final = ("p", "in the evening", "at night", "de la tarde", "de la noche")

_NAME: Final = (
    r"(?:(?:my|the|mis|las|el|mi) )?"
    r"(?:quiet (?:hours|time)"
    r"|(?:horas|horario) (?:de silencio|silenciosas?|silencioso|tranquilas))"
)
_NEWS_EN: Final = r"everything|anything|messages|notifications|alerts|pings|noise"
_NEWS_ES: Final = r"todo|nada|mensajes|notificaciones|avisos|alertas|ruido"
_CALM: Final = (
    r"(?:do not|don'?t|never) (?:disturb|bother|message|notify|ping|text|alert|write to) me"
    r"|(?:do not|don'?t) disturb(?: mode)?|(?:please )?(?:be|stay|keep|go) (?:quiet|silent)|"
    r"quiet(?: "
    r"mode| time)?|(?:night|sleep|silent) mode|let me (?:sleep|rest)|leave me (?:alone|in peace|"
    r"be)"
    r"|(?:no|i (?:want|need) no|i (?:don'?t|do not) want(?: any)?|(?:don'?t|do not|"
    r"never) send(?: me)?"
    rf"(?: any)?|(?:mute|silence|pause|hold)(?: all)?(?: my| the)?) (?:{_NEWS_EN})"
    r"|(?:mute|silence) (?:yourself|it|bursar)|nothing"
    r"|(?:que )?no me (?:molestes|avises|escribas|notifiques|mandes (?:nada|mensajes))"
    r"|no molestar|silencio|guarda silencio|calla|callate"
    r"|dejame (?:dormir|descansar|en paz|tranquil[oa])|modo (?:silencio|noche|no molestar|sueno)"
    r"|(?:nada de|sin|no quiero(?: recibir)?|no (?:me )?(?:mandes|envies)|silencia|pausa|calla)"
    rf"(?: (?:todos|todas))?(?: (?:los|las|mis))? (?:{_NEWS_ES})"
)
_SPAN: Final = r"(?: ?:| are| is| son| es)?(?: from| between| to| at| de| desde| entre)?"
# What may stand in front of a span of hours.
_SETS: Final = re.compile(
    rf"(?:(?:set|make|change|put|pon(?:me)?|fija|cambia|ajusta|establece) )?{_NAME}{_SPAN} "
    rf"|(?:(?:set|turn on|switch on|activate|use|pon|activa|usa) )?(?:{_CALM})(?: from| between|"
    r" after| starting(?: at| from)?| de| desde| entre| a partir de) "
)
_ENDS: Final = re.compile(
    rf"(?:no|no more|i want no|sin|no quiero|ya no quiero) {_NAME}"
    rf"|{_NAME} (?:off|none|no|fuera)"
    rf"|(?:turn|switch) off {_NAME}|(?:turn|switch) {_NAME} off"
    rf"|(?:remove|delete|clear|cancel|end|stop|drop|quita|elimina|borra|desactiva|cancela) {_NAME}"
)
_SHOWS: Final = re.compile(
    rf"{_NAME}|(?:what|when) are {_NAME}|(?:show|tell)(?: me)? {_NAME}|do i have {_NAME}"
    rf"|(?:cuales|cuando) son {_NAME}|(?:muestra|ensena|dime)(?:me)? {_NAME}|tengo {_NAME}"
)
_ABOUT: Final = re.compile(
    rf"(?:(?:set|make|change|put|pon(?:me)?|fija|cambia|ajusta|establece) )?{_NAME}\b(?P<rest>.*)"
)

_ALWAYS: Final = re.compile(
    r",? (?:every ?(?:day|night|evening)|each (?:day|night)|at all times|from now on|daily|on "
    r"weekdays and weekends|cada (?:dia|noche)|tod[oa]s l[oa]s (?:dias|noches)|siempre|a diario)$"
)
_TWO_HOURS: Final = re.compile(
    r"(?:las? )?\d{1,2} ?(?:to|until|till|and|-|a|y|hasta) (?:las? )?\d{1,2}"
)
_HOUR_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "una": 1, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "once": 11, "doce": 12,
}  # fmt: skip
_HOUR_WORD: Final = re.compile(rf"\b(?:{'|'.join(_HOUR_WORDS)})\b")

_SAYS_HOUR: Final = re.compile(r"\d|\b[ap]m\b|night|noon|morning|noche|manana|odia")


def find_quiet(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of quiet hours; None if it is about something else."""
    wanted = _wanted(sentence.text)
    return ask_hours(sentence, wanted) if isinstance(wanted, str) else wanted


def is_about_quiet(text: str) -> bool:
    """Tell whether a text is about quiet hours as a whole.

    "no quiet hours" is then no refusal of whatever waits for a yes or a no.
    """
    return _wanted(text) is not None


def _wanted(typed: str) -> SetQuietHours | ShowQuietHours | str | None:
    """Return what a text wants; what it gives as hours where they are not clear."""
    text = courteous(typed)
    is_named = "quiet" in text or "silen" in text or "tranquil" in text
    if not is_named and _SAYS_HOUR.search(text) is None:
        # Most texts are about something else, and told by that.
        return None
    if _ENDS.fullmatch(text):
        return SetQuietHours()
    if _SHOWS.fullmatch(text):
        return ShowQuietHours()
    begun = _SETS.match(f"{text} ")
    if begun is not None:
        said = _in_digits(_ALWAYS.sub("", text[begun.end() :]))
        span = _span(said)
        if span is not None:
            return span
        if _TWO_HOURS.fullmatch(said):
            return said
    about = _ABOUT.fullmatch(text)
    # Hours that are not clear are asked for; "I love quiet hours at work" is talk.
    if about is not None and (not about["rest"] or re.search(r"\d", about["rest"])):
        return about["rest"].strip()
    return None


def _in_digits(text: str) -> str:
    """Write hours that are spelled out in digits: "ten pm", "las once y media"."""
    digits = _HOUR_WORD.sub(lambda one: str(_HOUR_WORDS[one[0]]), text)
    digits = re.sub(r"\b(\d{1,2}) y media\b", r"\1:30", digits)
    return re.sub(r"\bhalf past (\d{1,2})\b", r"\1:30", digits)


def read_hours(typed: str) -> SetQuietHours | None:
    """Read a span of hours by itself: "22:00 7:00"; None if it is none, or has two readings."""
    return _span(_in_digits(bare(typed)))


def ends_quiet(typed: str) -> bool:
    """Tell whether an argument says that there should be none."""
    return bare(typed) in {"off", "none", "no", "fuera", "ninguna"}


def read_clock(typed: str) -> str | None:
    """Read one time of day that has one reading: "22:00", "10 pm"; None for another."""
    found = _TIME.fullmatch(bare(typed))
    return None if found is None or not _is_plain(found) else _clock(found)


def ask_hours(sentence: Sentence, given: str = "") -> Question:
    """Ask for the hours; the answer is read behind their name."""
    name = "quiet hours" if sentence.language == "en" else "horas de silencio"
    return Question("which_hours", text=name, given=given)


def _span(text: str) -> SetQuietHours | None:
    first = _TIME.match(text)
    if first is None:
        return None
    link = _LINK.match(text, first.end())
    second = None if link is None else _TIME.fullmatch(text, link.end())
    if second is None:
        return None
    # "22 to 7" is read by 24 hours; in "10 to 7" each has two readings.
    is_clear = _is_plain(first) or _is_plain(second)
    mixed = bool(first["half"]) != bool(second["half"]) and not (
        _is_plain(first) and _is_plain(second)
    )
    begins, ends = _clock(first), _clock(second)
    if begins is None or ends is None or begins == ends or not is_clear or mixed:
        return None
    return SetQuietHours(begins=begins, ends=ends)


def _is_plain(found: re.Match[str]) -> bool:
    """Tell whether a time has one reading whatever stands beside it."""
    if found["word"] or found["minute"] or found["half"]:
        return True
    hour = int(found["hour"])
    return hour == 0 or hour > 12 or found["hour"].startswith("0")


def _clock(found: re.Match[str]) -> str | None:
    if found["word"]:
        return _WORDS[found["word"]]
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"] or ""
    if half.startswith((*_MORNING, *_EVENING)):
        if not 1 <= hour <= 12:
            return None
        is_late = half.startswith(_EVENING)
        # "12 de la noche" is midnight; "12 pm" is noon.
        hour = hour % 12 + 12 * (is_late and not (hour == 12 and half in _NIGHT))
    if hour == 24 and minute == 0:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
