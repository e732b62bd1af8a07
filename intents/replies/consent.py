"""Tell a plain yes, the one answer that commits.

A yes is read by what is allowed in it and not by what is missing: a clause either has the build
of consent, thanks or praise, or each of its words is a word of consent, a word that changes
nothing, or a word of what was asked. Whatever is not understood is no yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intents.extract.letters import words_of
from intents.replies.beside_yes import ORDERS, changes_nothing
from intents.replies.changes import has_new_value
from intents.replies.consent_frames import Consent
from intents.replies.frames import (
    GUARDS,
    body_of,
    is_courtesy,
    match_frame,
    plans_anew,
    praises,
)
from intents.replies.no_words import (
    AUXILIARY,
    BLOCKERS,
    EDIT_PHRASES,
    INFORM,
    NOT_A_YES,
    QUESTION_START,
)
from intents.replies.orders import asks_to_go_on, match_order
from intents.replies.text import Asked, Clause, Reply
from intents.replies.values import find_values
from intents.replies.yes_words import (
    APPROVALS,
    COMMANDS,
    FILLER,
    PARTS,
    PLAIN_YES,
    SAYS_AS_ASKED,
    SI_IS_YES,
    STRONG_YES,
    WHOLE_YES,
    YES,
)


def is_yes(said: Reply, asked: Asked) -> bool:
    """Whether an answer takes what was asked as it stands."""
    if said.is_odd or NOT_A_YES.search(said.plain) or _sets_a_condition(said):
        return False
    consents = is_strong = False
    for clause in _parted(said.clauses):
        if all(word in FILLER for word in clause.words):
            if "?" in clause.end:
                return False
            continue
        strength = _strength(clause, said, asked, after_yes=consents)
        if strength is not None:
            is_strong = is_strong or strength == "strong"
            consents = consents or strength != "none"
            continue
        if _asks(clause) and not (is_strong and ORDERS.match(clause.text)):
            if not is_strong or not _only_informs(clause, asked):
                return False
            continue
        strong, weak = _consents(clause, asked)
        if not changes_nothing(clause, asked, after_yes=consents or strong or weak):
            return False
        is_strong = is_strong or strong
        consents = consents or strong or weak
    return consents


def _sets_a_condition(said: Reply) -> bool:
    """Whether a "si" is an "if": the second of two, or bare where accents are written."""
    if "si" not in said.plain:
        return False
    if _ONLY_IF.search(said.plain):
        return True
    at = [number for number, clause in enumerate(said.clauses) if clause.words[0] == "si"]
    longer = [number for number in at if len(said.clauses[number].words) > 1]
    if len(at) > 1 and longer and longer[-1] == at[-1]:
        return said.clauses[at[-1]].words[1] not in ("senor", "senora", "claro", "quiero")
    return bool(longer) and _ACCENT.search(said.raw) is not None and not _SI.search(said.raw)


_ONLY_IF = re.compile(
    r"(?<!que)(?<!claro)(?<!\.)(?<!^) si (?:esta|es|te|le|les|todo|todos|lo|la|quieres|puedes|"
    r"hay|no)\b"
)
_ACCENT = re.compile(r"[áéíóúñ]", re.IGNORECASE)
_SI = re.compile(r"sí", re.IGNORECASE)


def _strength(clause: Clause, said: Reply, asked: Asked, *, after_yes: bool) -> Consent | None:
    """How strongly a clause says yes by its build; None where its words must tell."""
    words = clause.words
    if asked.verb is not None and not APPROVALS.isdisjoint(words):
        return None
    body = body_of(words)
    lead = words[: words.index(body[0])] if body else words
    if not body or ("si" in lead and not SI_IS_YES.search(clause.text)):
        return None
    says_yes = not PLAIN_YES.isdisjoint(lead)
    after_yes = after_yes or says_yes
    if after_yes and plans_anew(words, asked):
        return "none"
    if after_yes and is_courtesy(body, clause.end):
        return "strong" if says_yes else "none"
    if "?" in clause.end and not asks_to_go_on(body, asked):
        return None
    if (
        after_yes
        and len(body) == 1
        and not asked.is_money
        and _ADVERB.fullmatch(body[0])
        and body[0] not in GUARDS
    ):
        return "strong" if says_yes else "none"
    if after_yes and not asked.is_given and not asked.has_draft:
        # Nothing is known of what was asked, so a value called right is the one that was put.
        body = _without_values(body)
    found = match_frame(body, said, asked)
    if found is None and body != words:
        found = match_frame(words, said, asked)
    found = found or match_order(body, asked, after_yes=after_yes, is_asked_for="please" in lead)
    if found is None and after_yes and praises(body, said, asked):
        found = "none"
    if found == "weak" and len(words) == 1:
        # "Nice" under a draft may be a remark.
        return None
    if found == "none":
        return "strong" if says_yes else "none"
    return "strong" if found and says_yes else found


def _parted(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """Part a yes from a question that follows it without a break: "yes can you tell me"."""
    for clause in clauses:
        words = clause.words
        if words[-2:] == ("why", "not"):
            yield Clause(words[:-2] or words, "")
            continue
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
    if _OF_ITSELF.search(clause.text):
        # Whoever asks about it has not made up their mind.
        return False
    if words[:1] == ("do",) and words[1:2] not in (("you",), ("they",), ("i",), ("we",)):
        # "Do the first option" orders.
        return False
    if words[0] in ("tell", "show") and words[1:2] not in (("me",), ("us",)):
        return False
    if words[1:2] == ("about",) or ("first" in words and not _ASKED_ABOUT.isdisjoint(words[:2])):
        return False
    if BLOCKERS.intersection(words) or EDIT_PHRASES.search(clause.text):
        return False
    if any(word in _DO_NOT_ASK for word in words) or has_new_value(clause.text, asked):
        return False
    if words[0] in FILLER and len(words) > 1:
        words = words[1:]
    if words[0] in QUESTION_START or words[0] in INFORM:
        return len(words) > 1
    if words[0] in ("can", "could", "will", "would"):
        return bool(TELLS.intersection(words))
    if words[0] in AUXILIARY:
        return len(words) > 2 and words[1] not in ("i", "we", "that", "this")
    return words[0] in ("their", "the") or (words[0] in ("give", "let") and "know" in words)


# A question about what was put up itself, and not about something besides.
_OF_ITSELF = re.compile(
    r"\b(?:what|que|q_que) (?:is|s|are|was|does|do|would|es|son|significa|hace|pasa|pasaria) ?"
    r"(?:this|that|it|these|those|happen|esto|eso|aquello)?$|\bwhats (?:this|that|it)\b|\bmeans?\b"
    r"|\bwho (?:pays|decides|approves)\b|\b(?:q_)?quien(?:es)? (?:lo |la |eso |esto )?(?:paga|"
    r"aprueba|"
    r"decide)\b|\b(?:what|que) it does\b|\b(?:details|detalles)\b.*\b(?:first|primero|antes)\b"
    r"|\b(?:para|por|pa) (?:q_)?que\b|\bwhat for\b|\bhow come\b|\bundo\b|\brevers|\bdeshac"
    r"|\b(?:would|will) (?:that|this|it)\b|\bquedari?an?\b|\bwhose\b"
    r"|\b(?:which|what|q_que|q_cual|que|cual)\b.*\b(?:wallet|cartera|limite|limit)\b"
)
_DO_NOT_ASK = frozenset(
    {"sure", "ok", "okay", "right", "correct", "yes", "yeah", "really", "seguro"}
)
TELLS = frozenset({"tell", "show", "provide", "explain", "find", "give", "know", "help", "list"})


def _consents(clause: Clause, asked: Asked) -> tuple[bool, bool]:
    """Whether a clause says yes, strongly and weakly."""
    words, text = clause.words, clause.text
    if not PARTS.isdisjoint(words) and PLAIN_YES.isdisjoint(words) and "all" not in words:
        # "The amount is right" leaves the rest open.
        return False, False
    if "si" in words and not SI_IS_YES.search(text):
        return False, False
    if words[0] == "yes_sign":
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
    r"\b(?:good|great|nice|excellent|amazing|fine|fantastic|hard|your|my|wonderful|of) "
    r"(?:work|job|day|weekend)\b"
)
_TELLS_TO = re.compile(r"you (?:can|may) \w+")
_SUBMITS = words_of(
    "send submit book confirm post save process execute create schedule reserve play buy purchase "
    "transfer pay"
)
_REMARKS = frozenset({"nice", "cool", "neat", "sweet", "true", "great", "amazing", "wow", "guay"})


_SAID_RIGHT = re.compile(r"(.+) (?:is|was) (?:correct|right)")


def _without_values(words: tuple[str, ...]) -> tuple[str, ...]:
    text = " ".join(words)
    found = _SAID_RIGHT.fullmatch(text)
    values = find_values(found[1]) if found else ()
    if found is None or not values:
        return words
    rest = found[1]
    for value in values:
        rest = rest.replace(value.text, "")
    return ("it", "is", "right") if set(rest.split()) <= {"the", "on", "at", "for"} else words


# "Yes, absolutely": whatever adverb stands alone after a yes says how much of a yes it is.
_ADVERB = re.compile(r"[a-z]{4,}[^p]ly")
