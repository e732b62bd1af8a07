"""Read the answer to an open proposal: yes, edit, no, a choice, or something else.

Only a plain yes commits; `intents/replies/consent.py` tells it. Whatever is not understood
is no yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from bot.planning import Language, ReplyReading
from intents.replies.changes import find_changes, has_new_value
from intents.replies.choices import find_choice, offers_choice, refuses_one, takes_none
from intents.replies.consent import TELLS, is_yes
from intents.replies.no_words import (
    AUXILIARY,
    BESIDES,
    BLOCKERS,
    CANCEL,
    CHANGE,
    CONTRAST,
    DOUBT,
    EDIT_PHRASES,
    HOLD_PHRASES,
    INFORM,
    LATER,
    NEITHER,
    NO,
    NO_PHRASES,
    PAUSE,
    QUESTION_START,
    REFUSAL,
    REQUEST_START,
    SI_IF,
    THROWN_AWAY,
    WHOLE_NO,
    WRONG,
    WRONG_PART,
)
from intents.replies.text import Asked, Reply, fold, read_asked, read_text
from intents.replies.unclear import find_unclear
from intents.replies.yes_words import FILLER, YES
from intents.rules.digest import is_about_digest
from intents.rules.memory import is_about_memory
from intents.rules.quiet import is_about_quiet
from intents.rules.task_orders import change_task_draft, is_about_tasks, is_task_draft

MAX_CHARS = 2_000


def read_reply(
    reply: str,
    *,
    prompt: str | None = None,
    language: Language | None = None,
    draft: Mapping[str, object] | None = None,
    today: date | None = None,
    now: datetime | None = None,
) -> ReplyReading:
    """Read one answer. Never raises for what people write.

    Args:
        reply: the answer as typed.
        prompt: what was asked, with the preview that the person saw.
        language: the language of the talk; both are read either way, this one settles doubts.
        draft: the fields of what waits, by name, as far as they are known.
        today: the day that "until friday" counts from; without it no such date is resolved.
        now: the present time in the speaker's zone (aware), for "in two hours".
    """
    if len(reply) > MAX_CHARS:
        return ReplyReading("other")
    said = read_text(reply)
    if (
        not said.clauses
        or is_about_quiet(reply)
        or is_about_digest(reply)
        or is_about_memory(reply)
    ):
        return ReplyReading("other")
    if is_about_tasks(reply):
        return ReplyReading("other")
    asked = read_asked(prompt, draft)
    if draft is not None and is_task_draft(draft) and not _is_question(said):
        # "Yes, tomorrow at 9" is no yes to a task without a time.
        changes = change_task_draft(reply, draft, language=language, today=today, now=now)
        if any(draft.get(name) != value for name, value in changes.items()):
            return ReplyReading("edit", changes)
    if offers_choice(asked):
        choice = find_choice(said)
        if choice is not None:
            return ReplyReading("choose", choice=choice)
        if takes_none(said):
            return ReplyReading("negate")
        if refuses_one(said):
            return ReplyReading("other")
        if is_yes(said, asked):
            # A yes does not say which one. A draft is one thing, whatever its text asks; a yes to
            # it must then be nothing but that: its words may be of what the text offers.
            return ReplyReading("affirm" if asked.has_draft and _is_bare_yes(said) else "other")
    elif is_yes(said, asked):
        return ReplyReading("affirm")
    if language == "en" and said.plain == "y" and (asked.has_draft or asked.is_given):
        # As "n" is its no; in Spanish it is an "and".
        return ReplyReading("affirm" if reply.strip() in {"y", "Y"} else "other")
    whole = _WORDS_ONLY.sub(" ", said.plain).strip()
    if NEITHER.fullmatch(fold(reply)):
        return ReplyReading("other")
    if asked.has_draft and WRONG_PART.fullmatch(whole):
        return ReplyReading("edit")
    if _is_off(whole, said, asked):
        return ReplyReading("negate")
    if _refuses_offer(said, asked):
        return ReplyReading("negate")
    if PAUSE.search(said.plain) or _adds_a_request(said):
        return ReplyReading("other")
    if _is_edit(said, asked) or _names_another(said, asked):
        changes = find_changes(said, asked, language=language, today=today)
        unclear = find_unclear(reply, asked, language=language, today=today)
        question, given = unclear or (None, "")
        return ReplyReading("edit", changes, question=question, given=given)
    if _is_pause(said) or _is_question(said):
        return ReplyReading("other")
    if _is_no(said, asked):
        return ReplyReading("negate")
    return ReplyReading("other")


def _is_bare_yes(said: Reply) -> bool:
    """Whether a yes repeats nothing of what was asked, and asks nothing."""
    return all(
        YES.issuperset(set(clause.words) - FILLER) and "?" not in clause.end
        for clause in said.clauses
    )


def _is_off(whole: str, said: Reply, asked: Asked) -> bool:
    """Whether all of an answer only takes back what was put up."""
    if any("?" in clause.end for clause in said.clauses):
        return False
    if WHOLE_NO.fullmatch(whole):
        return True
    # "Delete it" is the order where deleting was asked about.
    return asked.has_draft and asked.verb is None and THROWN_AWAY.fullmatch(whole) is not None


def _names_another(said: Reply, asked: Asked) -> bool:
    """Whether an answer is nothing but "for data", said of a draft that is for a wallet."""
    if not any(name.endswith("wallet_id") for name in asked.draft):
        return False
    return len(said.clauses) == 1 and _FOR_ANOTHER.fullmatch(said.plain) is not None


_WORDS_ONLY = re.compile(r"(?: *\. *)+|\s+")
_FOR_ANOTHER = re.compile(
    r"(?:no )?(?:for|use|para|usa) (?:the |el |la )?(?!(?:now|sure|real|what|me|us|you|free|fun|"
    r"good|ever|all|it|that|this|nada|mi|ti|que|siempre|ahora|once|example)\b)[a-z][\w&-]*"
    r"(?: (?:team|project|wallet|instead|please|mejor|porfa))*"
)


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
_ABOUT = re.compile(r"\b(?:how|what) about\b|\b(?:(?:q_)?que tal|y si|que te parece)\b")
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
        if words[:2] in (("how", "about"), ("what", "about"), ("q_que", "tal")):
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
            or (words[0] in AUXILIARY and TELLS.intersection(words[2:3]))
        ):
            asks = True
        elif EDIT_PHRASES.search(clause.text) or CHANGE.intersection(words):
            return False
    return asks


_IMPERATIVES = frozenset(
    {("have", "it"), ("have", "them"), ("have", "me"), ("do", "it"), ("do", "that")}
)
_NOT_ASKED_OF = NO | {"you", "we", "be"}


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
