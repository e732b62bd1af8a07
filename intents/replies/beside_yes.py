"""What may stand beside a yes and change nothing, word by word."""

from __future__ import annotations

import re

from intents.extract.letters import words_of
from intents.replies.no_words import (
    BLOCKERS,
    CANCEL,
    NO,
)
from intents.replies.spelling import is_slip_of
from intents.replies.text import Asked, Clause, is_echo, to_number
from intents.replies.yes_words import (
    COMMANDS,
    COMMON,
    FILLER,
    NEUTRAL,
    SAYS_AS_ASKED,
    STRONG_YES,
    WHOLE_YES,
    YES,
)

# "Yes, can you book it?" asks for what was offered.
ORDERS = re.compile(
    r"(?:can|could|will|would) you (?:please )?(?:book|do_it|send|play|schedule|reserve|buy|"
    r"submit|confirm|transfer)(?: (?:it|that|this|them))?(?: (?:for me|for us|please|now|porfa))*$"
    r"|please (?:book|play|schedule|reserve|buy|transfer|purchase|make)\b"
)


def changes_nothing(clause: Clause, asked: Asked, *, after_yes: bool) -> bool:
    """Whether each word of a clause leaves what was asked as it stands."""
    words = clause.words
    if ORDERS.fullmatch(clause.text):
        return asked.verb is None
    if (
        asked.verb
        and asked.verb in words
        and words[0] in STRONG_YES
        and _SO_END_IT.search(clause.text)
    ):
        return not (BLOCKERS - CANCEL).intersection(words)
    if clause.text in WHOLE_YES or COMMANDS.fullmatch(clause.text):
        return after_yes or asked.verb is None
    if after_yes and not YES.intersection(words) and _NAMES_SOMEBODY.issuperset(words):
        return False
    as_asked = SAYS_AS_ASKED.search(clause.text)
    if as_asked:
        words = tuple((clause.text[: as_asked.start()] + clause.text[as_asked.end() :]).split())
    if asked.verb in words and after_yes and _ENDS_THAT.search(clause.text):
        words = words[:-1]
    is_english = not _ENGLISH.isdisjoint(words)
    before = ""
    if {"add", "calendar"} <= set(words) and after_yes and asked.verb is None:
        words = tuple(word for word in words if word != "add")
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if not _is_allowed(
            word, before, following, asked, after_yes=after_yes, is_english=is_english
        ):
            return False
        before = word
    return True


# "Yes, cancel that lunch": "that" points at what was asked, whatever it is called.
_SO_END_IT = re.compile(
    r"\byou can (?:please )?(?:cancel|delete|remove|close|reject) (?:it|that|this)$"
)
_ENDS_THAT = re.compile(
    r"(?:cancel|delete|remove|close|reject|decline|revoke) (?:that|this) [a-z]+$"
)


def _is_allowed(
    word: str, before: str, following: str, asked: Asked, *, after_yes: bool, is_english: bool
) -> bool:
    if word == "add" and after_yes and asked.verb is None and {"add", "calendar"} & asked.words:
        return following in _POINTERS
    if word in _DOINGS and after_yes and following in ("it", "this", "that", "them"):
        return bool(re.search(_AT_HEAD + word, asked.plain))
    if word == "actually" and after_yes and before == "i" and not asked.is_money:
        return following in ("want", "would", "need", "do", "did", "like", "love")
    if word in BLOCKERS:
        if word == asked.verb or (
            asked.verb and after_yes and word in _ENDS_IT and before not in NO
        ):
            return following != "to" and before not in ("to", "but")
        return (word, following) in asked.pairs and word in _HINGES
    if (
        word in _MOVERS
        and not (word == "a" and is_english)
        and following
        and following not in _STILL
    ):
        # "to", "from": what follows must stand there in what was asked too.
        if (word, following) in asked.pairs:
            return True
        if following in _PEOPLE:
            if word == "for" and after_yes and not asked.is_money and asked.verb is None:
                known = before in COMMON or before in asked.words or before in _MAY_BE_FOR
                return known and following in ("me", "us", "my", "mi")
            return before in _MAY_BE_FOR and following in ("me", "us", "my", "mi")
        if word == "to" and following in COMMON:
            return before in _WISHES
        return following in NEUTRAL or following in YES
    if word == "one":
        return before in ("that", "this", "the", "nice", "good") or _is_asked_number(word, asked)
    if word in FILLER or word in YES or word in NEUTRAL:
        return True
    if word in COMMON and before in ("a", "an") and asked.is_given and not asked.is_offer:
        # "Yes. Schedule an event" under a draft asks for one more.
        return is_echo(word, asked)
    if word in COMMON and after_yes and asked.verb is None:
        return (
            is_echo(word, asked)
            if asked.is_money
            else word in asked.words
            or following not in asked.words
            or following in NEUTRAL
            or following in FILLER
            or following in COMMON
        )
    if word == "now":
        return word in asked.words or (bool(before) and before not in _NOT_BEFORE_NOW)
    if word[0] in "$€£#" or word[0].isdigit():
        if (before, word) in asked.pairs or (word, following) in asked.pairs:
            return word[0].isdigit()
        return _is_asked_number(word, asked)
    if word in ("him", "her", "hers", "his", "their", "theirs"):
        return after_yes and asked.verb is None and not asked.is_money and before in _BESIDE_THEM
    if _CONTRACTED.fullmatch(word):
        return True
    if not after_yes or len(word) < 2:
        return False
    return is_echo(word, asked) or (not asked.is_money and is_slip_of(word, asked.words))


_CONTRACTED = re.compile(
    r"(?:they|you|we|these|those|it|that|this|everything|all)(?:re|s|ll|d|ve)"
)
_BESIDE_THEM = (
    words_of("with by at from for of to get have confirm book make need is see meet visit")
    | COMMON
)
# Another word for the cancellation that was asked for; "stop" and "undo" may mean the draft.
_ENDS_IT = words_of(
    "cancel cancelled canceled cancela cancelar cancelalo cancelala delete deleted remove removed "
    "drop erase clear scratch close reject decline revoke elimina eliminar eliminalo borra borrar "
    "borralo anula anular anulalo quita quitalo"
)
_POINTERS = frozenset({"it", "this", "that", "them", "an", "the"})
# "Yes, me": alone these say who or how much.
_NAMES_SOMEBODY = words_of(
    "me us mine him her them all everything you yo mi tu ti todo toda it the a"
)
# "A" is an article beside one of these and a preposition in Spanish.
_ENGLISH = words_of(
    "i the you it its that thats this is want like would get need please yes yeah sure make thing "
    "works like book great good sounds looks"
)
# "Yes, move it" where the draft moves something.
_DOINGS = words_of(
    "move raise lower increase decrease extend reduce swap switch rename replace remove"
)
_AT_HEAD = r"(?:^|[.:!?]\s*|\bi will |\bill |\bto |\bshall i |\bshould i )"
_NOT_BEFORE_NOW = STRONG_YES - {"do_it", "ok", "okay"}
_HINGES = frozenset({"until", "till", "after", "before", "without", "sin", "hasta", "only"})
_MOVERS = frozenset({"to", "from", "by", "for", "on", "at", "in", "de", "a", "al", "para"})
_PEOPLE = frozenset(
    {"him", "her", "them", "us", "me", "my", "everyone", "all", "everything", "mi"}
)
_WISHES = words_of(
    "looking trying planning hoping want need like love able ready going happy glad wanted wish"
)
_STILL = frozenset({"for"})
# "Do it for me", "sounds good to me": these say whose opinion it is and change nobody.
_MAY_BE_FOR = words_of(
    "do_it it that perfectly works good great fine perfect right well okay ok correct reasonable "
    "appointment event reservation now add made bien perfecto va vale work fit fits suits fine "
    "nice excellent awesome ideal convenient acceptable enough alright"
)


def _is_asked_number(word: str, asked: Asked) -> bool:
    number = to_number(word)
    return number is not None and number in asked.numbers
