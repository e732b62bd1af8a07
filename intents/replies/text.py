"""Fold an answer and what it answers into clauses of plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

from intents.replies.idioms import HAPPY_SIGNS, IDIOMS, NO_SIGNS, YES_SIGNS
from intents.replies.no_words import OFFER_PROMPT
from intents.replies.spelling import spelled

_SIGNS = str.maketrans(
    dict.fromkeys(YES_SIGNS, " yes_sign ")
    | dict.fromkeys(NO_SIGNS, " no_sign ")
    | dict.fromkeys(HAPPY_SIGNS, " happy_sign ")
    | dict.fromkeys("’‘`\u00b4\u02bc", "'")
    | dict.fromkeys("“”«»„‟", '"')
    | dict.fromkeys("¿¡", " ")
    | {"…": "...", "–": ", ", "—": ", ", "\ufe0f": ""}
)
# Skin tones only colour the sign before them.
_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_ABBREVIATIONS = (
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"\b(dr|mr|mrs|ms|st|sr|sra)\."), r"\1"),
)
# Folding takes the accent that tells "qué?" from "que".
_ASKING = re.compile(
    r"\b(qué|cómo|cuándo|dónde|quién(?:es)?|cuál(?:es)?|cuánt[oa]s?)\b", re.IGNORECASE
)
_STRUCK = re.compile(r"~[^~]+~|[̴-̸⃐-⃰]")
# A joiner belongs between emoji only.
_JOINED_LETTER = re.compile("\\w\u200d|\u200d\\w")
_QUOTED = re.compile(r'"[^"]*"|(?<![^\W_])\'[^\']+\'(?![^\W_])|^\s*>.*$', re.MULTILINE)
_BREAKS = re.compile(r"[?!;:,.\n()\[\]]+(?![0-9])|(?<![0-9])[.,:]+|[?!;\n()\[\]]+")
_WORD = re.compile(r"\$?\d+(?:[.,:/]\d+)*[a-z%]*|[^\W_]+(?:_[^\W_]+)*|[^\s\w]", re.UNICODE)
_JOINERS = re.compile(r"\s+(?:and|y|e)\s+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between breaks: its words, what ended it, and whether it belongs to a question."""

    words: tuple[str, ...]
    end: str
    joined: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as clauses; `plain` is all its folded words, `raw` what was typed.

    An odd one hides, strikes out or disguises letters, and is never a yes.
    """

    raw: str
    plain: str
    clauses: tuple[Clause, ...]
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer answers: its words, pairs of words, numbers, and what it would do."""

    plain: str = ""
    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    numbers: frozenset[Decimal] = frozenset()
    verb: str | None = None
    has_draft: bool = False
    is_given: bool = False
    is_offer: bool = False
    is_money: bool = False
    asks: bool = False
    draft: Mapping[str, object] = field(default_factory=dict)


def fold(text: str) -> str:
    """Lower case without accents, apostrophes kept."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def read_text(raw: str) -> Reply:
    """Cut an answer into clauses."""
    text = unicodedata.normalize("NFKC", raw).strip("\u200b\u200c\u200d\ufeff\u2060 \t\r\n")
    is_odd = "…" in raw or ".." in raw or _is_odd(text)
    text = (
        "".join(c for c in text if unicodedata.category(c) != "Cf") if not raw.isascii() else text
    )
    text = _TONES.sub("", fold(_ASKING.sub(r"q_\1", text.translate(_SIGNS))))
    for pattern, replacement in _ABBREVIATIONS:
        text = pattern.sub(replacement, text)
    text = _QUOTED.sub(lambda found: " quoted_ " + found[0].strip("\"'> "), text)
    clauses: list[Clause] = []
    at = 0
    for found in _BREAKS.finditer(text):
        clauses.extend(_clauses(text[at : found.start()], found[0]))
        at = found.end()
    clauses.extend(_clauses(text[at:], ""))
    plain = " . ".join(clause.text for clause in clauses)
    return Reply(raw, plain, tuple(clauses), is_odd)


def _clauses(text: str, end: str) -> list[Clause]:
    text = text.replace("'", "")
    pieces = _JOINERS.split(text)
    found = []
    for number, piece in enumerate(pieces):
        words = plain_words(piece)
        if words:
            found.append(Clause(words, end, joined=number > 0))
    if end and not found and "?" in end:
        found.append(Clause(("?",), end))
    return found


def plain_words(text: str) -> tuple[str, ...]:
    """The words of folded text, spelled as the tables spell them, idioms as one word."""
    line = " ".join(_bare_words(text))
    for pattern, word in IDIOMS:
        line = pattern.sub(word, line)
    return tuple(line.split())


def _bare_words(text: str) -> list[str]:
    return [spelled(word) for word in _WORD.findall(text)]


def _is_odd(text: str) -> bool:
    """Whether letters are hidden, struck through or from an alphabet that is not Latin."""
    if text.isascii():
        return bool(_STRUCK.search(text))
    if _STRUCK.search(unicodedata.normalize("NFD", text)) or _JOINED_LETTER.search(text):
        return True
    for char in text:
        if char.isascii():
            continue
        category = unicodedata.category(char)
        if category in ("Cf", "Co", "Cn", "Cc") and char != "\u200d":
            return True
        if category.startswith("L") and not unicodedata.name(char, "").startswith("LATIN"):
            return True
    return False


_BUTTONS = re.compile(r"\[[^\]]*\]|\([^)]*/[^)]*\)")
_NAMES = re.compile(r"\"[^\"]*\"")
_ENDS = (
    r"cancel|delete|remove|close|reject|decline|revoke|discard|undo|stop|end|withdraw|void|drop|"
    r"archive|suspend|freeze|block|disable|cancelar|cancelo|eliminar|elimino|borrar|borro|cerrar|"
    r"cierro|rechazar|rechazo|revocar|revoco|anular|anulo|deshacer|deshago|retirar|retiro|quitar|"
    r"cancela|elimina|borra|cierra|rechaza|revoca|anula|deshace|retira|descartar|descarta"
)
_ENDING_PROMPT = re.compile(
    rf"(?:^|[.:!?·]\s*|\b(?:will|ill|me to|us to|shall i|should i|can i|i can|going to|want to|"
    rf"to confirm|confirm that you want to|about to|confirm|please|ready to|voy a|vas a|quieres|"
    rf"quiere|quieres que|debo|puedo)\s+)(?:please\s+|me\s+)?({_ENDS})\b(?! or\b| o\b|,| to\b|/)"
)
_DRAFT_VERB_KEYS = ("action", "intent", "kind", "op", "operation", "command")
_NUMBER = re.compile(r"\d[\d.,]*")
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,2}|\d+,\d{1,2}")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")


def read_asked(prompt: str | None, draft: Mapping[str, object] | None) -> Asked:
    """Fold what was asked."""
    if not prompt and not draft:
        return Asked()
    text = fold((prompt or "").translate(_SIGNS)).replace("'", "")
    values = " . ".join(fold(str(value)) for value in (draft or {}).values())
    words = _bare_words(_BUTTONS.sub(" ", text))
    own = frozenset(words).union(_bare_words(values.replace("'", "")))
    return Asked(
        plain=text,
        words=own,
        stems=frozenset(stem(word) for word in own),
        pairs=frozenset(pairwise(words)),
        numbers=_numbers(text, draft or {}),
        verb=_ending_verb(text, draft),
        has_draft=bool(draft),
        is_given=bool(prompt),
        is_offer=not draft and not _NUMBER.search(text) and bool(OFFER_PROMPT.search(text)),
        is_money=bool(_MONEY.search(text)),
        asks="?" in text or "confirm" in text,
        draft=draft or {},
    )


def is_echo(word: str, asked: Asked) -> bool:
    """Whether a word stands in what was asked, in this form or another."""
    return word in asked.words or stem(word) in asked.stems


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Cut the endings that a repeated word may differ in."""
    for ending in ("ations", "ation", "ings", "ing", "ers", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    return word


# "Transferring" is of "transfer".
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


_MONEY = re.compile(r"[$€£]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?[$€£]")


def _numbers(text: str, draft: Mapping[str, object]) -> frozenset[Decimal]:
    """The numbers that repeat what was asked.

    Of several amounts of money in a preview only the first is asked for; the rest are limits and
    what is left. The parts of a date or a reference are none.
    """
    found = [to_number(str(value)) for value in draft.values()]
    amounts = [before or after for before, after in _MONEY.findall(text)]
    if amounts:
        found.append(to_number(amounts[0]))
    elif not draft:
        found += map(to_number, _NUMBER.findall(text))
    return frozenset(number for number in found if number is not None)


def to_number(text: str) -> Decimal | None:
    """Read "1,130.00", "1.130,00" or "$250" as a number."""
    bare = text.strip("$€£%.,: ")
    if _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    bare = _THOUSANDS.sub("", bare)
    try:
        return Decimal(bare).normalize()
    except InvalidOperation:
        return None


def _ending_verb(text: str, draft: Mapping[str, object] | None) -> str | None:
    for key in _DRAFT_VERB_KEYS:
        value = str((draft or {}).get(key, "")).lower().split("_")[0].split(" ")[0]
        if value and re.fullmatch(_ENDS, value):
            return value
    if " me to cancel" in text:
        return "cancel"
    found = _ENDING_PROMPT.search(_NAMES.sub(" ", _BUTTONS.sub(" ", text)))
    return found[1] if found else None
