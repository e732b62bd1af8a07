"""Whether a message is an order, and which; a question or a report never is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from bot.actions.base import ActionCall
from bot.planning import OF_NAMES, Choice, Question
from intents.extract.letters import words
from intents.names import Named
from intents.rules import (
    accounts,
    budget,
    decisions,
    limits,
    people,
    rights,
    undelivered,
    wallets,
)
from intents.rules.patterns import Found, Outcome, Rule, RuleBook
from intents.rules.slots import ask
from intents.rules.strangers import (
    with_bare_strangers,
    with_last_stranger,
    with_strange_amount,
    with_strangers,
)
from intents.sentence import Piece, Sentence

_BOOK: Final = RuleBook(
    (
        *decisions.RULES,
        *limits.RULES,
        *people.RULES,
        *rights.RULES,
        *accounts.RULES,
        *undelivered.RULES,
        *wallets.RULES,
        *budget.RULES,
    )
)
_MAX_PIECES: Final = 40
# What may stand before an order without changing it, and after it.
_LEAD: Final = frozenset(
    {"yes", "hi", "bot", "polite", "thanks", "i", ",", "!", "and", ":", ".", "¿", "¡"}
)
_TRAIL: Final = frozenset(
    {"thanks", "!", ".", ",", "?", "hi", "bot", "yes", "polite", ")", "\n", "you", "now"}
)
_LOOSE: Final = frozenset({"/", ",", ":", "-", "—", "–", "(", ")", '"', "“", "”", "'s", "¿", "¡"})
_SENTENCE_END: Final = frozenset({".", ";", "\n", "!", "?"})
# Where a reason may begin.
_CUTS: Final = frozenset(
    {
        "because",
        "for",
        "to",
        "by",
        "in",
        "so",
        "of",
        "and",
        "as",
        "what",
        "i",
        *_LOOSE,
        *_SENTENCE_END,
    }
)
_WRITES: Final = frozenset(
    words(
        "raise up lower give ask move take set make remove approve reject cancel close "
        "create rename add undo demote promote"
    )
)
_QUESTIONS: Final = frozenset(
    words("how howmuch howlong what why when where who aux if not is will isnot")
)
# A reason that takes the order back, sets a condition or speaks to the machine is none.
_UNSAFE_REASON: Final = re.compile(
    r"\?|\b(?:if|unless|whether|once|only when|as soon as|wait|kidding|joke|scratch that|"
    r"never ?mind|forget it|not really|don'?t do|do not do|just asking|hypothetical\w*|"
    r"until|till|hasta|cuando|si|salvo|a menos|espera|olvidalo|es broma|mejor no|en "
    r"cuanto|no lo hagas)\b"
)
_HOSTILE: Final = re.compile(
    # Not to forget something is asked of a reminder, and of no machine.
    # So is "forget the reminder about ...".
    r"\b(?:ignore|disregard|(?<!let me )(?<!n't )(?<!dont )(?<!not )forget(?! (?:about )?(?:the|"
    r"my)"
    r" reminder (?:about|for|to|of) )|override|bypass|"
    r"ignora|olvida|omite)\b.{0,40}\b(?:previous|above|prior|"
    r"all|any|your|the|earlier|system|rules?|instructions?|instrucciones|anterior\w*|reglas|"
    r"todas?|tus)\b"
    r"|\bsystem prompt\b|\bjailbreak|\bdeveloper mode\b|\byou are now\b|\bpretend "
    r"(?:to|you)|\bact as\b"
    r"|\bnew instructions?\b|\bsystem ?:|\bassistant "
    r"?:|<\|?/?(?:system|assistant|tool|user|im_)|\btool[_ ]?(?:call|result|output)"
    r"|\beres ahora\b|\bfinge\b|\bactua como\b|\bsin preguntar\b|\bwithout "
    r"(?:asking|confirm\w*|approval)"
    r"|\bno (?:need to )?confirm\w*|\bbase64\b|\bas an? (?:ai|language model)\b|\bin "
    r"(?:admin|root|debug) mode\b"
)
# What an order begins with; to try others with strange words as names costs and brings nothing.
_BEGINS: Final = _WRITES | frozenset(
    words("request need get warn threshold let new call limit mayspend more double notlet from W0")
)
# What an order with strange words is asked about, and what an order does not end with.
_ASKED_OF: Final = OF_NAMES | {"which_amount"}
_UNFINISHED: Final = frozenset(words("of for to from in with by under"))
_UNTIL: Final = frozenset(words("until till hasta"))
# News about budget that a request may follow, and what makes it no news: other people's words.
_NEWS: Final = frozenset({"budget", "limit", "runout", "balance", "spend"})
_NO_NEWS: Final = frozenset(
    {"if", "not", "how", "why", "what", "past", "tell", "show", "who", "when"}
)
_REQUESTS: Final = frozenset({"ask", "request", "need"})
# What changes how a text looks without being seen: no order is read from that.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)
_QUOTE: Final = frozenset({">", '"', "“", "«", "'"})
_MAX_WRITES_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What an order comes to, and how sure the reading is."""

    outcome: Outcome
    confidence: float


def is_hostile(folded: str) -> bool:
    """Tell a text that speaks to the machine instead of asking for something."""
    return _HOSTILE.search(folded) is not None


def find_order(sentence: Sentence) -> Order | None:
    """Return what the sentence orders; None if it orders nothing that is ours."""
    pieces = sentence.pieces
    if _UNSEEN.search(sentence.text):
        return None
    if not pieces or len(pieces) > _MAX_PIECES or pieces[0].sign in _QUOTE:
        return None
    body, is_polite = _strip(sentence)
    if not body or body[0].sign in _QUESTIONS or _is_past(sentence, body):
        return None
    asks = any(piece.sign == "?" for piece in pieces)
    found = _match_cuts(sentence, body)
    if found is None:
        found = _after_news(sentence, body)
    several = _several(sentence, body, found)
    if several is not None:
        return Order(several, 0.5)
    outcome = None if found is None else _made(*found)
    strange = None
    if (is_polite or not asks) and (body[0].sign in _BEGINS or body[0].sign[0] == "~"):
        strange = _of_stranger(sentence, body, found, outcome)
    if strange is not None:
        return Order(strange, 0.5)
    if found is None or outcome is None:
        return None
    if asks and not is_polite and not _is_asked_politely(sentence, found[1].pieces):
        near = (outcome.action,) if isinstance(outcome, ActionCall) else outcome.near
        return Order(ask(sentence, "not_understood", near=near), 0.3)
    if isinstance(outcome, Question):
        return Order(outcome, 0.5)
    if body[-1].sign in _UNFINISHED:
        # "Make ana lead of": what was to follow is not filled in.
        return Order(ask(sentence, "not_understood", near=(outcome.action,)), 0.3)
    return Order(outcome, 0.8 if found[1].is_guess else 0.95)


def _is_past(sentence: Sentence, body: Sequence[Piece]) -> bool:
    """Tell "solicitó" and "cancelé" from "solicito" and "cancele": the accent is the tense."""
    typed = sentence.text[body[0].start : body[0].end]
    return sentence.language == "es" and typed[-1:].lower() in {"é", "ó"}


def _strip(sentence: Sentence) -> tuple[tuple[Piece, ...], bool]:
    pieces = sentence.pieces
    first, last, is_polite = 0, len(pieces), False
    while first < last and pieces[first].sign in _LEAD:
        is_polite = is_polite or pieces[first].sign == "polite"
        first += 1
    while last > first and pieces[last - 1].sign in _TRAIL:
        if pieces[last - 1].sign == "now" and pieces[first].sign[0] == "W":
            break  # "ben is finance now" is news to act on, "ben is finance" is not
        if pieces[last - 1].sign == "now" and pieces[last - 2].sign == "for":
            break  # "too much for now" is one reason
        last -= 1
    body = tuple(pieces[first:last])
    if len(body) > 1 and body[0].sign[0] == "U" and body[0].value is not None:
        body = (*body[1:], body[0])  # "permanently raise data by 100"
    if body and first and pieces[first - 1].sign == "polite" and body[0].sign[0] == "A":
        # "quisiera 300 más": wanting a sum is asking for it.
        body = (Piece("need", body[0].start, body[0].start), *body)
    return body, is_polite


def _is_asked_politely(sentence: Sentence, body: Sequence[Piece]) -> bool:
    """Tell "can I get 200 more?" and "¿me subes 200?" from real questions."""
    first = body[0]
    typed = sentence.text[first.start : first.end].lower()
    if first.sign == "ask":
        return " " in typed or sentence.language == "es"
    return sentence.language == "es" and (
        first.sign == "me" or (typed.endswith("s") and first.sign in _WRITES)
    )


def _match_cuts(sentence: Sentence, body: tuple[Piece, ...]) -> tuple[Rule, Found] | None:
    """Match the whole body, else the longest head that leaves a reason."""
    whole = _match(sentence, body, "")
    if whole is not None:
        return whole
    # "reject 7K2M too much": after a rejection anything is the reason.
    is_free = body[0].sign == "reject" and any(
        p.value is not None and p.sign[0] == "R" for p in body
    )
    for cut in range(len(body) - 1, 0, -1):
        if body[cut].sign not in _CUTS and not is_free:
            continue
        tail = body[cut:]
        days = tuple(p for p in tail if p.value is not None and p.sign[0] == "U")
        trimmed = _trimmed(body[:cut])
        if not trimmed:
            break
        head = (*trimmed, *days)
        reason = _without(sentence, trimmed[-1].end, tail, days)
        found = _match(sentence, head, reason)
        if found is not None and found[0].takes_reason and _is_safe(tail, reason, is_free=is_free):
            return found
    return None


def _of_stranger(
    sentence: Sentence,
    body: tuple[Piece, ...],
    found: tuple[Rule, Found] | None,
    outcome: Outcome | None,
) -> Question | None:
    """Ask about a name that nothing here has, in an order that would fit if it were one.

    Where the order fits without it, it is asked about only if it stands like a name and no other
    is there: "ask for 5 more for nosuch".
    """
    if found is None or (
        isinstance(outcome, Question) and outcome.code in OF_NAMES and not outcome.given
    ):
        named = with_strangers(sentence, body)
    elif found[1].reason and not any(isinstance(p.value, Named) for p in found[1].pieces):
        named = with_bare_strangers(sentence, body)
    else:
        return None
    tries = [named]
    if outcome is None:
        tries += [with_last_stranger(body), with_strange_amount(body)]
    for pieces in tries:
        again = _match_cuts(sentence, pieces) if pieces is not None else None
        asked = _made(*again) if again is not None else None
        is_asked = isinstance(asked, Question) and asked.code in _ASKED_OF and asked.given
        if isinstance(asked, Question) and is_asked:
            return asked
    return _of_strange_day(sentence, body) if outcome is None else None


def _of_strange_day(sentence: Sentence, body: tuple[Piece, ...]) -> Question | None:
    """Ask about a day that is none, in an order that would fit without it."""
    for at, piece in enumerate(body):
        if at and sentence.text[piece.start : piece.end].lower() in _UNTIL:
            found = _match_cuts(sentence, body[:at])
            call = _made(*found) if found is not None else None
            if at + 1 < len(body) and hasattr(call, "until_on"):
                given = sentence.text[body[at + 1].start : body[-1].end]
                return ask(sentence, "which_date", given=given)
    return None


def _after_news(sentence: Sentence, body: tuple[Piece, ...]) -> tuple[Rule, Found] | None:
    """Read "Design is nearly out of budget. Ask for 200 more": news, and then a request.

    Only a request, which somebody else decides about, and only after news about budget.
    """
    for at, piece in enumerate(body):
        if piece.sign not in _SENTENCE_END and piece.sign != ",":
            continue
        news, rest = body[:at], body[at + 1 :]
        while rest and rest[0].sign in _LEAD:
            rest = rest[1:]
        signs = {p.sign for p in news}
        if not rest or rest[0].sign not in _REQUESTS or signs.isdisjoint(_NEWS):
            continue
        if not signs.isdisjoint(_NO_NEWS) or piece.sign == "?":
            return None
        named = tuple(p for p in news if isinstance(p.value, Named))
        if not any(isinstance(p.value, Named) for p in rest) and len(named) == 1:
            end = len(rest)
            prefix = Piece("for", named[0].start, named[0].start)
            found = _match_cuts(sentence, (*rest[:end], prefix, named[0]))
        else:
            found = _match_cuts(sentence, rest) if not named else None
        if found is not None and found[0].takes_reason and not found[1].reason:
            reason = sentence.text[news[0].start : news[-1].end]
            return found[0], replace(found[1], reason=reason)
    return None


def _without(sentence: Sentence, start: int, tail: Sequence[Piece], days: Sequence[Piece]) -> str:
    """Return the text of a reason less the day that stands in it."""
    text = sentence.text[start : tail[-1].end]
    for piece in reversed(days):
        text = text[: piece.start - start] + text[piece.end - start :]
    return text.strip()


def _trimmed(head: tuple[Piece, ...]) -> tuple[Piece, ...]:
    end = len(head)
    while end and head[end - 1].sign in _CUTS:
        end -= 1
    return head[:end]


def _is_safe(tail: Sequence[Piece], reason: str, *, is_free: bool) -> bool:
    """Tell a reason from a second order, a condition, or a change of mind."""
    signs = [piece.sign for piece in tail if piece.sign not in _CUTS]
    if any(sign[0] == "R" and sign[1:].isdigit() for sign in signs) and (
        not is_free or not _WRITES.isdisjoint(signs)
    ):
        return False
    if (
        signs
        and (signs[0] in _WRITES or signs[0] in {"why", "how", "if"})
        and tail[0].sign not in {"to", "for", "because"}
    ):
        return False
    if any(p.value is not None and p.sign[0] == "A" for p in tail):
        return False  # a second sum: which one was meant?
    folded = reason.lower().lstrip(" ?!.,")
    return _UNSAFE_REASON.search(folded) is None and not is_hostile(folded)


def _match(sentence: Sentence, body: tuple[Piece, ...], reason: str) -> tuple[Rule, Found] | None:
    if any(piece.sign in _SENTENCE_END for piece in body):
        return None
    kept = tuple(piece for piece in body if piece.sign not in _LOOSE)
    if not kept:
        return None
    row = "".join(piece.sign + " " for piece in kept)
    for rule in _BOOK.starts(kept[0].sign):
        match = rule.shape.fullmatch(row)
        if match is None:
            continue
        slots = {label: sign for label, sign in match.groupdict().items() if sign is not None}
        found = Found(sentence, kept, slots, reason, _name_at(match))
        if _is_all_read(kept, slots):
            return rule, found
    return None


def _name_at(match: re.Match[str]) -> tuple[int, int] | None:
    if match.groupdict().get("z") is None:
        return None
    # Every sign is followed by one space, so that spaces count pieces.
    first = match.string.count(" ", 0, match.start("z"))
    return first, first + match["z"].count(" ")


def _is_all_read(pieces: Sequence[Piece], slots: dict[str, str]) -> bool:
    """Tell whether every name, amount and date of the head has a place in the reading."""
    read = {sign for value in slots.values() for sign in value.split()}
    days = 0
    for piece in pieces:
        if piece.value is None:
            continue
        if piece.sign[0] in "UT":
            days += 1
        elif piece.sign not in read:
            return False
    # "raise Design by 200 for the launch": the second name is part of the reason.
    is_named = slots.get("w1") in {"it", "my"} or slots.get("w1", "")[:1] == "W"
    return days <= 1 and not (is_named and slots.get("wt"))


def _made(rule: Rule, found: Found) -> Outcome | None:
    try:
        return rule.make(found)
    except ValidationError:
        return None


def _several(
    sentence: Sentence, body: tuple[Piece, ...], found: tuple[Rule, Found] | None
) -> Question | None:
    """Find two orders in one message: one of them is asked for at a time."""
    joints = [
        at
        for at, piece in enumerate(body)
        if 0 < at < len(body) - 1
        and (piece.sign == "and" or piece.sign in _SENTENCE_END or piece.sign == ",")
    ]
    if not joints or (found is not None and not found[1].reason):
        return None
    for at in joints:
        left, right = _trimmed(body[:at]), body[at + 1 :]
        while right and right[0].sign in (_LEAD | _SENTENCE_END):
            right = right[1:]
        if not right:
            continue
        outcomes = _pair(sentence, left, right)
        if outcomes is not None:
            choices = [
                Choice(_label(call), (call,)) for call in outcomes if isinstance(call, ActionCall)
            ]
            return ask(sentence, "one_at_a_time", choices=choices[:_MAX_WRITES_OFFERED])
    return None


def _label(call: ActionCall) -> str:
    return getattr(call, "ref", call.action)


def _pair(
    sentence: Sentence, left: tuple[Piece, ...], right: tuple[Piece, ...]
) -> tuple[Outcome, Outcome] | None:
    first = _match(sentence, left, "")
    bare = _only_slot(left, right)
    if bare is not None:
        one, two = _match(sentence, bare[0], ""), _match(sentence, bare[1], "")
        if one is not None and two is not None:
            made = _made(*one), _made(*two)
            if made[0] is not None and made[1] is not None:
                return made[0], made[1]
    if first is None:
        return None
    # "set a to 5 and b to 6": the second borrows the verb of the first.
    second = _match_cuts(sentence, right) if right[0].sign in _WRITES else None
    if second is None and left and left[0].sign in _WRITES:
        second = _match_cuts(sentence, (left[0], *right))
    if second is None:
        return None
    made = _made(*first), _made(*second)
    if made[0] is None or made[1] is None:
        return None
    return made[0], made[1]


def _only_slot(
    left: tuple[Piece, ...], right: tuple[Piece, ...]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Split "raise design and data by 50" into one order each."""
    if not left or not right:
        return None
    last, first = left[-1], right[0]
    if last.value is None or first.value is None or last.sign[0] != first.sign[0]:
        return None
    if last.sign[0] not in "WR":
        return None
    return (*left, *right[1:]), (*left[:-1], *right)


def match_phrasing(sentence: Sentence) -> Found | None:
    """Return the phrasing that fits the whole sentence, without asking about its mood."""
    found = _match_cuts(sentence, tuple(sentence.pieces)) if sentence.pieces else None
    return found[1] if found is not None else None
