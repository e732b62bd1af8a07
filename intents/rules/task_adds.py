"""Orders that make a task: reminders, notes, what is put on the list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.actions.task_calls import (
    AddTask,
    CaptureThought,
)
from bot.planning import Language, Question
from intents.extract.letters import fold
from intents.rules import task_lists as lists
from intents.rules import task_words as w
from intents.rules.patterns import Outcome
from intents.rules.task_ends import TO_DO
from intents.rules.task_said import AROUND, MOST, Said
from intents.rules.task_times import When, before_it, cut_out, cut_when

_HEADS: Final[tuple[tuple[re.Pattern[str], Language, bool], ...]] = (
    (w.REMIND_EN, "en", True),
    (w.REMIND_ES, "es", True),
    (w.NOUN_EN, "en", True),
    (w.NOUN_ES, "es", True),
    (w.TELL_EN, "en", False),
    (w.TELL_ES, "es", False),
)
_ADDS: Final[tuple[tuple[re.Pattern[str], Language], ...]] = (
    (lists.PREFIX, "en"),
    (lists.PREFIX_ES, "es"),
    (lists.NEWS_PREFIX, "en"),
    (lists.NEWS_PREFIX_ES, "es"),
    (TO_DO, "en"),
    (lists.ITEM_TO_LIST, "en"),
    (lists.ADD_AS, "en"),
    (lists.ADD_AS_ES, "es"),
    (lists.AS_TASK_EN, "en"),
    (lists.AS_TASK_ES, "es"),
    (lists.ADD_THIS, "en"),
    (lists.ADD_THIS_ES, "es"),
    (lists.LIST_ADD_EN, "en"),
    (lists.LIST_ADD_ES, "es"),
    (lists.ENSURE_EN, "en"),
    (lists.PASSIVE_EN, "en"),
    (lists.ADD_LIST_EN, "en"),
    (lists.ADD_LIST_ES, "es"),
    (lists.ADD_TASK_EN, "en"),
    (lists.ADD_TASK_ES, "es"),
)

# By its accent "qué" asks, where "que" goes on.
_WHAT: Final = re.compile(r"\s*¿?qué\b", re.IGNORECASE)


def find_reminder(order: Said) -> Outcome | None:
    """Read "remind me to send the invoice on Friday", also behind a time or some news."""
    head = _head(order) if w.REMINDS.search(order.text) else None
    if head is None:
        return None
    found, language, is_sure = head
    before, rest = order.raw(order.start, found.start()), order.raw(found.end(), order.end)
    often = w.OFTEN.search(found[0])
    if often is not None:
        # "a daily reminder to ..." is one of every day.
        rest = f" {w.EVERY[often[0]]}{rest}"
    if is_sure and (w.ASKED.match(fold(rest)) or _WHAT.match(rest)):
        return None
    when = cut_when(rest, order.sentence, language)
    if not when.is_timed:
        # People mix them: "remind me mañana a las 9 to call Juan".
        mixed = cut_when(rest, order.sentence, "en" if language == "es" else "es")
        when = mixed if mixed.is_timed else when
    is_noun = found.re in (w.NOUN_EN, w.NOUN_ES)
    if is_noun and not _asks_for(order, found[0], fold(rest), is_timed=when.is_timed):
        return None
    lead = cut_when(before, order.sentence, language) if before.strip() else When("")
    if lead.text.strip(AROUND):
        return _after_news(order, before, rest, when, language)
    if not is_sure and not _is_told(found[0], rest, when):
        return None
    return _unmet(order, rest, when) or made(order, _both(lead, when))


def _unmet(order: Said, rest: str, when: When) -> Question | None:
    """Ask when that is for which a reminder would have to wait: "when I get home"."""
    found = None if when.is_timed else w.CONDITION.match(fold(rest))
    if found is None:
        return None
    kept = order.sentence.text.replace(rest[: found.end()], "", 1)
    return Question("which_time", text=kept, given=rest[: found.end()].strip(AROUND))


def _asks_for(order: Said, noun: str, rest: str, *, is_timed: bool) -> bool:
    """Tell "reminder: buy bread" from "the reminder was wrong"."""
    noun = noun.strip()
    if w.NEWS_NOUN.fullmatch(f"{noun}{rest}") or w.SIGNED.search(rest):
        return False
    if noun.startswith(("drop the ", "drop my ", "drop that ", "drop this ")):
        return False
    if noun.startswith(("the ", "my ", "this ", "one ", "el ", "mi ")):
        return False
    is_bare = w.BARE_NOUN.fullmatch(noun) is not None
    goes_on = w.NOUN_GOES_ON.match(rest) is not None or not rest.strip()
    return not is_bare or goes_on or (is_timed and not order.asks)


def _after_news(
    order: Said, before: str, rest: str, when: When, language: Language
) -> Outcome | None:
    """Read "My rent is due on Friday. Remind me to pay it": news, and then the reminder."""
    folded = fold(before).rstrip()
    ends = re.search(r"(?:[.;!,]|[.;!,]? (?:so|and|please|asi que|y))$", folded)
    if ends is None or w.NEWS_UNSAFE.search(folded):
        return None
    news = before.strip(AROUND)
    news = re.sub(r"[\s,.;]+(?:so|and|please|asi que|y)$", "", news, flags=re.IGNORECASE)
    told = cut_when(news, order.sentence, language)
    named = w.HAVING.sub("", told.text) or told.text
    sooner = before_it(fold(rest), told)
    if sooner is not None:
        # "I have a call at 4, remind me an hour before".
        return made(order, replace(sooner, text=named))
    text = when.text.strip(AROUND)
    if not text or w.IT.fullmatch(fold(text)):
        timed = told if told.due_on is not None and not when.is_timed else when
        return made(order, replace(timed, text=named if timed is told else news))
    if not when.is_timed and told.due_on is not None and not told.unclear:
        return made(order, replace(told, text=text))
    return made(order, when)


def _head(order: Said) -> tuple[re.Match[str], Language, bool] | None:
    """Return the words that ask for a reminder, after nothing but a time."""
    for pattern, language, is_sure in _HEADS:
        found = pattern.search(order.whole, order.start, order.end)
        if found is not None and found[0].strip():
            if found.start() == order.start:
                return found, language, is_sure
            if is_sure and pattern in (w.REMIND_EN, w.REMIND_ES):
                return found, language, True
    return None


def _is_told(head: str, rest: str, when: When) -> bool:
    """Tell "ping me tomorrow to call Bill" from "tell me about the budget"."""
    folded = fold(rest)
    if w.TELL_ANYTHING.match(head):
        before = folded[: max(folded.find(fold(when.text)), 0)]
        if not (when.is_timed and w.TOLD_THEN.search(before)):
            return False
    if w.MONEY.search(folded) or w.ASKED.match(folded):
        return False
    if w.ASKED.match(fold(when.text)):
        return False
    return when.is_timed or w.TOLD_TO.match(folded) is not None


def _both(lead: When, when: When) -> When:
    if not lead.is_timed:
        return when
    if not when.is_timed:
        return When(when.text, lead.due_on, lead.clock, lead.repeat, unclear=lead.unclear)
    if lead.repeat is not None and when.repeat is None:
        return When(when.text, lead.due_on, when.clock or lead.clock, lead.repeat)
    return when


def made(order: Said, when: When) -> Outcome:
    """Return the task that words and a time make; a question where one of them is not clear."""
    text = when.text.strip(AROUND)
    bare = fold(text)
    if not text or w.IT.fullmatch(bare):
        return Question("which_task", text=order.sentence.text)
    if when.unclear:
        whole = order.sentence.text
        start = max(whole.find(when.unclear), 0)
        place = (start, start + len(when.unclear))
        kept = cut_out(whole, [place], order.sentence.language)
        return Question("which_time", text=kept, given=when.unclear)
    text = text[:MOST]
    if when.repeat is None:
        return AddTask(text=text, due_on=when.due_on, clock=when.clock)
    rule = when.repeat.rule(when.clock or "09:00", today=order.sentence.today, from_on=when.due_on)
    return AddTask(text=text, repeats=str(rule))


def find_note(order: Said) -> Outcome | None:
    """Read "note: ask about the new prices"."""
    found = w.NOTE.fullmatch(order.text)
    if found is None:
        is_bare = w.NOTE_NOTHING.fullmatch(order.text)
        return Question("which_task", text=f"{order.text}:") if is_bare else None
    name = next(name for name in ("text", "said", "clause") if found[name] is not None)
    text = order.group(found, name).strip(' \t\n"“”')
    if not text.strip(AROUND):
        return Question("which_task", text=order.sentence.text)
    return CaptureThought(text=text[:MOST])


def find_added(order: Said) -> Outcome | None:
    """Read what is put on the list, such as "add a task to water the plants"."""
    if lists.ADD_NOTHING.fullmatch(order.text):
        return Question("which_task", text=order.sentence.text)
    # What opens it is the news here: "I have to buy stamps, put it on my list".
    news = lists.NEWS_ADD.fullmatch(order.whole, 0, order.end)
    if news is not None:
        named = "what" if news["what"] else "wanted"
        what = order.raw(*news.span(named))
        return made(order, cut_when(what, order.sentence, "en" if news["what"] else "es"))
    for pattern, language in _ADDS:
        found = pattern.fullmatch(order.text)
        if found is None:
            continue
        parts = [
            order.group(found, name)
            for name in ("what", "wanted", "rest")
            if found.groupdict().get(name)
        ]
        when = cut_when(" ".join(parts), order.sentence, language)
        day = None if when.is_timed else lists.OF_A_DAY.search(order.text)
        if day is not None:
            on = cut_when(f"x {order.group(day, 'day')}", order.sentence, language)
            when = replace(on, text=when.text)
        return made(order, when)
    return None
