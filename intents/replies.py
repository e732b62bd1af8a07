"""Read the answer to an open proposal: yes, edit, no, a choice, or something else.

Only a plain yes commits, so a yes is read by what is allowed in it and not by what is missing:
every word of the answer must be a word of consent, a word that changes nothing, or a word of
what was asked. Whatever is not understood is no yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.planning import Language, ReplyReading
from intents.reply_changes import find_changes, has_new_value
from intents.reply_choices import find_choice, offers_choice, refuses_one, takes_none
from intents.reply_text import Asked, Clause, Reply, read_asked, read_text, stem, to_number
from intents.reply_words import (
    APPROVALS,
    AUXILIARY,
    BESIDES,
    BLOCKERS,
    CANCEL,
    CHANGE,
    COMMANDS,
    COMMON,
    CONTRAST,
    DOUBT,
    EDIT_PHRASES,
    FILLER,
    HOLD_PHRASES,
    INFORM,
    LATER,
    NEUTRAL,
    NO,
    NO_PHRASES,
    NOT_A_YES,
    PARTS,
    PAUSE,
    QUESTION_START,
    REFUSAL,
    REQUEST_START,
    SAYS_AS_ASKED,
    SI_IF,
    SI_IS_YES,
    STRONG_YES,
    WHOLE_YES,
    WRONG,
    YES,
    words_of,
)

MAX_CHARS = 2_000


def read_reply(
    reply: str,
    *,
    prompt: str | None = None,
    language: Language | None = None,
    draft: Mapping[str, object] | None = None,
    today: date | None = None,
) -> ReplyReading:
    """Read one answer. Never raises for what people write.

    Args:
        reply: the answer as typed.
        prompt: what was asked, with the preview that the person saw.
        language: the language of the talk; both are read either way, this one settles doubts.
        draft: the fields of what waits, by name, as far as they are known.
        today: the day that "until friday" counts from; without it no such date is resolved.
    """
    if len(reply) > MAX_CHARS:
        return ReplyReading("other")
    said = read_text(reply)
    if not said.clauses:
        return ReplyReading("other")
    asked = read_asked(prompt, draft)
    if offers_choice(asked):
        choice = find_choice(said)
        if choice is not None:
            return ReplyReading("choose", choice=choice)
        if takes_none(said):
            return ReplyReading("negate")
        if refuses_one(said):
            return ReplyReading("other")
        if _is_yes(said, asked):
            # A yes does not say which one.
            return ReplyReading("other")
    elif _is_yes(said, asked):
        return ReplyReading("affirm")
    if _refuses_offer(said, asked):
        return ReplyReading("negate")
    if PAUSE.search(said.plain) or _adds_a_request(said):
        return ReplyReading("other")
    if _is_edit(said, asked):
        return ReplyReading("edit", find_changes(said, asked, language=language, today=today))
    if _is_pause(said) or _is_question(said):
        return ReplyReading("other")
    if _is_no(said, asked):
        return ReplyReading("negate")
    return ReplyReading("other")


# --- A plain yes ------------------------------------------------------------------------------


def _is_yes(said: Reply, asked: Asked) -> bool:
    if said.is_odd or NOT_A_YES.search(said.plain):
        return False
    is_yes = is_strong = False
    for clause in _parted(said.clauses):
        if all(word in FILLER for word in clause.words):
            if "?" in clause.end:
                return False
            continue
        if _asks(clause) and not (is_strong and _ORDERS.match(clause.text)):
            if not is_strong or not _only_informs(clause, asked):
                return False
            continue
        strong, weak = _consents(clause, asked)
        if not _changes_nothing(clause, asked, after_yes=is_yes or strong or weak):
            return False
        is_strong = is_strong or strong
        is_yes = is_yes or strong or weak
    return is_yes


def _parted(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """Part a yes from a question that follows it without a break: "yes can you tell me"."""
    for clause in clauses:
        words = clause.words
        at = next((at for at, word in enumerate(words) if word not in _OPENERS), 0)
        asks = words[at] in QUESTION_START or (
            words[at] in AUXILIARY and words[at + 1 : at + 2] and words[at + 1] in _ASKED_ABOUT
        )
        if at and asks and not SAYS_AS_ASKED.search(clause.text):
            yield Clause(words[:at], "")
            yield Clause(words[at:], clause.end)
        else:
            yield clause


_OPENERS = STRONG_YES | FILLER
_ASKED_ABOUT = words_of("you i we it that this they there the he she my your our these those")

# "Yes, can you book it?" asks for what was offered.
_ORDERS = re.compile(
    r"(?:can|could|will|would) you (?:please )?(?:book|do_it|send|play|schedule|reserve|buy|"
    r"submit|confirm|transfer)(?: (?:it|that|this|them))?(?: (?:for me|for us|please|now|porfa))*$"
    r"|please (?:book|play|schedule|reserve|buy|transfer|purchase|make)\b"
)


def _asks(clause: Clause) -> bool:
    if "?" in clause.end:
        return True
    words = clause.words
    if len(words) > 2 and words[0] in FILLER and words[0] != "y":
        words = words[1:]
    if words[0] in INFORM or (words[0] in ("give", "let") and "me" in words[1:2]):
        return True
    if words[0] in QUESTION_START:
        return True
    return words[0] in AUXILIARY and len(words) > 2 and words[1] != "be"


def _only_informs(clause: Clause, asked: Asked) -> bool:
    """Whether a question asks to be told something, and changes nothing."""
    words = clause.words
    if BLOCKERS.intersection(words) or EDIT_PHRASES.search(clause.text):
        return False
    if any(word in _DO_NOT_ASK for word in words) or has_new_value(clause.text, asked):
        return False
    if words[0] in FILLER and len(words) > 1:
        words = words[1:]
    if words[0] in QUESTION_START or words[0] in INFORM:
        return len(words) > 1
    if words[0] in ("can", "could", "will", "would"):
        return bool(_TELLS.intersection(words))
    if words[0] in AUXILIARY:
        return len(words) > 2 and words[1] not in ("i", "we", "that", "this")
    return words[0] in ("their", "the") or (words[0] in ("give", "let") and "know" in words)


_DO_NOT_ASK = frozenset(
    {"sure", "ok", "okay", "right", "correct", "yes", "yeah", "really", "seguro"}
)
_TELLS = frozenset({"tell", "show", "provide", "explain", "find", "give", "know", "help", "list"})


def _consents(clause: Clause, asked: Asked) -> tuple[bool, bool]:
    """Whether a clause says yes, strongly and weakly."""
    words, text = clause.words, clause.text
    if "si" in words and not SI_IS_YES.search(text):
        return False, False
    if words[0] in ("yes_sign",):
        return True, False
    strong = bool(STRONG_YES.intersection(words))
    if asked.verb is not None and not APPROVALS.isdisjoint(words):
        return False, False
    if asked.verb is not None:
        strong = strong or (len(words) <= 5 and words[0] == asked.verb and len(words) > 1)
    elif COMMANDS.fullmatch(text):
        strong = True
    if text in WHOLE_YES or SAYS_AS_ASKED.search(text):
        strong = True
    if _TELLS_TO.match(text) and asked.verb is None and words[2] in _SUBMITS:
        strong = True
    weak = not YES.isdisjoint(words) and PARTS.isdisjoint(words) and not _PRAISE.search(text)
    if weak and not strong and len(words) == 1 and asked.is_given and not asked.asks:
        # "Nice" under a draft may be a remark.
        weak = words[0] not in _REMARKS
    return strong, weak


# Thanks to the bot, not consent: "you are great", "good work".
_PRAISE = re.compile(
    r"\byou(?:re| are| did| were)\b(?! (?:all |so |totally |absolutely )?(?:right|correct))|"
    r"\b(?:work|job|day|weekend)\b"
)
_TELLS_TO = re.compile(r"you (?:can|may) \w+")
_SUBMITS = words_of(
    "send submit book confirm post save process execute create schedule reserve play buy purchase "
    "transfer pay"
)
_REMARKS = frozenset({"nice", "cool", "neat", "sweet", "true", "great", "amazing", "wow", "guay"})


def _changes_nothing(clause: Clause, asked: Asked, *, after_yes: bool) -> bool:
    words = clause.words
    if _ORDERS.fullmatch(clause.text):
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
    if word in BLOCKERS:
        if word == asked.verb or (
            asked.verb and after_yes and word in CANCEL and before not in NO
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
            return before in _MAY_BE_FOR and following in ("me", "us", "my", "mi")
        if word == "to" and following in COMMON:
            return before in _WISHES
        return following in NEUTRAL or following in YES
    if word == "one":
        return before in ("that", "this", "the", "nice", "good") or _is_asked_number(word, asked)
    if word in FILLER or word in YES or word in NEUTRAL:
        return True
    if word in COMMON and after_yes and asked.verb is None:
        return (
            (word in asked.words or stem(word) in asked.stems)
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
    return after_yes and len(word) > 1 and (word in asked.words or stem(word) in asked.stems)


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
_WISHES = words_of("want need like love able ready going happy glad wanted wish")
_STILL = frozenset({"for"})
# "Do it for me", "sounds good to me": these say whose opinion it is and change nobody.
_MAY_BE_FOR = words_of(
    "do_it it that perfectly works good great fine perfect right well okay ok correct reasonable "
    "appointment event reservation now add made bien perfecto va vale"
)


def _is_asked_number(word: str, asked: Asked) -> bool:
    number = to_number(word)
    return number is not None and number in asked.numbers


# --- Edits ------------------------------------------------------------------------------------


def _is_edit(said: Reply, asked: Asked) -> bool:
    plain = said.plain
    words = {word for clause in said.clauses for word in clause.words}
    if plain in ("1", "2", "3"):
        # It may be the place of a button.
        return False
    first = said.clauses[0].words[0]
    new_value = has_new_value(plain, asked)
    if words & CANCEL and not new_value and words & CHANGE <= {"actually"}:
        # "Oops, cancel that" turns back and changes nothing.
        return bool(EDIT_PHRASES.search(_REGRETS.sub("", plain)))
    asks = _is_question(said)
    pauses = bool(HOLD_PHRASES.search(plain))
    if (words & _CONDITIONS or SI_IF.search(plain)) and not new_value:
        return False
    if EDIT_PHRASES.search(plain) and not asks and (not pauses or new_value):
        return True
    if (words & CHANGE or _ABOUT.search(plain)) and not asks and (not pauses or new_value):
        return True
    if new_value and not asks and not words & (DOUBT - {"wait", "hold", "might", "maybe"}):
        return bool(asked.is_given or asked.has_draft or words & YES)
    if asks or pauses:
        return False
    if words & CONTRAST and len(words) > 3 and ({first} & NO or words & YES):
        return True
    if asked.has_draft or (asked.is_given and not asked.is_offer):
        return first in NO and _goes_on(said, has_draft=asked.has_draft)
    return False


_REGRETS = re.compile(r"\b(?:oops|whoops|my bad|my mistake|changed? my mind|second thoughts?)\b")
_ABOUT = re.compile(r"\b(?:how|what) about\b|\b(?:que tal|y si|que te parece)\b")
_CONDITIONS = frozenset({"if", "unless", "whenever", "provided", "assuming"})


def _adds_a_request(said: Reply) -> bool:
    """Whether a whole sentence of consent is followed by an order that changes nothing in it."""
    ends = [at for at, clause in enumerate(said.clauses) if clause.end[:1] in (".", "!")]
    if not ends:
        return False
    head, rest = said.clauses[: ends[0] + 1], said.clauses[ends[0] + 1 :]
    spoken = {word for clause in head for word in clause.words}
    if not rest or not YES & spoken or BLOCKERS & spoken:
        return False
    text = " . ".join(clause.text for clause in rest)
    if EDIT_PHRASES.search(text) or CHANGE.intersection(text.split()):
        return False
    return len(text.split()) > 6 or bool(BESIDES.intersection(text.split()))


def _goes_on(said: Reply, *, has_draft: bool) -> bool:
    """Whether more than a refusal follows a "no"."""
    for number, clause in enumerate(said.clauses):
        words = list(clause.words)
        while words and (words[0] in NO or words[0] in FILLER or words[0] in ("sorry", "silly")):
            words.pop(0)
        text = " ".join(words)
        if not words or NO.intersection(words) or REFUSAL.search(text) or LATER.search(text):
            continue
        if REQUEST_START.match(text + " ") and len(words) > 1:
            return True
        if len(words) > 2 and (has_draft or (number == 0 and words != list(clause.words))):
            return True
    return False


def _is_pause(said: Reply) -> bool:
    return bool(HOLD_PHRASES.search(said.plain))


def _is_question(said: Reply) -> bool:
    """Whether an answer asks to be told something and orders nothing."""
    asks = False
    for clause in said.clauses:
        if WRONG.intersection(clause.words) and "?" not in clause.end:
            return False
        words = clause.words
        while len(words) > 1 and (words[0] in FILLER or words[0] in YES or words[0] in NO):
            words = words[1:]
        if words[0] in ("how", "what") and words[1:2] == ("about",):
            return bool(YES.intersection(said.clauses[0].words)) or "price" in words
        if (
            words[0] in QUESTION_START
            or (
                len(words) > 2
                and words[0] in AUXILIARY
                and words[:2] not in _IMPERATIVES
                and words[1] not in _NOT_ASKED_OF
            )
            or words[0] in INFORM
            or (words[0] in AUXILIARY and _TELLS.intersection(words[2:3]))
        ):
            asks = True
        elif EDIT_PHRASES.search(clause.text) or CHANGE.intersection(words):
            return False
    return asks


_IMPERATIVES = frozenset(
    {("have", "it"), ("have", "them"), ("have", "me"), ("do", "it"), ("do", "that")}
)
_NOT_ASKED_OF = NO | {"you", "we", "be"}


# --- Noes -------------------------------------------------------------------------------------


def _refuses_offer(said: Reply, asked: Asked) -> bool:
    if asked.has_draft or (asked.is_given and not asked.is_offer):
        return False
    first = said.clauses[0].words[0]
    bare = all(word in NO or word in FILLER for word in said.clauses[0].words)
    if not bare and _is_pause(said):
        return False
    if not asked.is_given:
        return first in NO and not EDIT_PHRASES.search(said.plain)
    return first in NO or bool(LATER.search(said.plain)) or bool(NO_PHRASES.search(said.plain))


def _is_no(said: Reply, asked: Asked) -> bool:
    words = [word for clause in said.clauses for word in clause.words]
    if words[0] in NO or words[-1] in ("no", "nope", "nah"):
        return True
    if NO_PHRASES.search(said.plain) or any(c.text in ("para", "alto") for c in said.clauses):
        return True
    if CANCEL.intersection(words):
        return True
    if WRONG.intersection(words):
        return True
    if asked.is_given and LATER.search(said.plain):
        return asked.is_offer
    return bool(NO.intersection(words)) and len(words) < 16
