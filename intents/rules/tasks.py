"""Tasks and reminders: "remind me to send the invoice on Friday at 10", "apunta: ...".

A task is only made of words that ask for one; of what is asked of other lists or of a calendar
it is said that they are not kept here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.actions.task_calls import (
    AddTask,
    CancelTask,
    CaptureThought,
    ChangeTask,
    ClearTasks,
    CompleteTask,
    ListTasks,
    PlanDay,
    SnoozeTask,
)
from bot.planning import Choice, Language, Question
from intents.extract.letters import fold
from intents.rules import task_words as w
from intents.rules.patterns import Outcome
from intents.rules.task_times import When, cut_when
from intents.sentence import Sentence

_AROUND: Final = " \t\n.,!?¿¡;:"
_MOST: Final = 300
_NUMBER: Final = re.compile(r"#?(\d{1,5})")
_HOURS: Final = re.compile(r"\s*\d+\s?(?:h|hours?|horas?)\s*")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)


def find_tasks(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of tasks, in either language; None for something else."""
    if _UNSEEN.search(sentence.text):
        return None
    return _Reader(sentence, fold(sentence.text)).read()


class _Reader:
    """One sentence, without what opens it; offsets count in the whole text."""

    def __init__(self, sentence: Sentence, folded: str) -> None:
        self.sentence = sentence
        self.whole = folded
        lead = w.LEAD.match(folded)
        self.start = lead.end() if lead is not None else 0
        self.end = len(folded.rstrip(_AROUND))
        tail = re.search(
            r"[\s,.!]*(?:\b(?:please|pls|thanks|thank you|por favor|gracias)[\s,.!]*)+$",
            folded[: self.end],
        )
        if tail is not None:
            self.end = tail.start()
        self.text = folded[self.start : self.end]
        self.asks = folded.rstrip().endswith("?")

    def read(self) -> Outcome | None:
        if not self.text or w.NEGATED.match(self.text):
            return None
        return (
            self._read_plan()
            or self._snooze()
            or self._remind()
            or self._note()
            or self._drop()
            or self._complete()
            or self._change()
            or self._add()
            or self._list()
            or self._elsewhere()
        )

    # What shows.

    def _read_plan(self) -> Outcome | None:
        text = self.text
        if w.PLAN_DAY.fullmatch(text) and w.PLANS.search(text):
            return PlanDay()
        if w.TIDY.fullmatch(text):
            return ClearTasks(which="stale")
        if w.INBOX.fullmatch(text):
            return ListTasks(which="inbox")
        return None

    def _list(self) -> Outcome | None:
        text = self.text
        if w.OWN_LIST.fullmatch(text):
            return ListTasks()
        reads = w.READ_START.match(text) or (self.asks and w.READ_START.match(self.whole))
        if not reads or not w.NAMES_LIST.search(text) or w.MONEY.search(text):
            return None
        if re.search(r"\b(?:done|finished|completed|hechas|terminadas|completadas)\b", text):
            is_past = re.search(r"\b(?:have|did|i'?ve|he|que)\b", text)
            return ListTasks(which="done") if is_past else ListTasks()
        return ListTasks()

    # What adds.

    def _remind(self) -> Outcome | None:
        head = self._head() if w.REMINDS.search(self.text) else None
        if head is None:
            return None
        found, language, is_sure = head
        before, rest = self._raw(self.start, found.start()), self._raw(found.end(), self.end)
        if w.ASKED.match(fold(rest)) and is_sure:
            return None
        if found.re in (w.NOUN_EN, w.NOUN_ES) and not self._asks_for(found[0], fold(rest)):
            return None
        lead = cut_when(before, self.sentence, language) if before.strip() else When("")
        when = cut_when(rest, self.sentence, language)
        if lead.text.strip(_AROUND):
            return self._after_news(before, when)
        if not is_sure and not self._is_told(rest, when):
            return None
        return self._made(self._both(lead, when))

    def _asks_for(self, noun: str, rest: str) -> bool:
        """Tell "reminder: buy bread" from "the reminder was wrong"."""
        noun = noun.strip()
        if noun.startswith(("the ", "my ", "this ", "one ", "el ", "mi ")):
            return False
        is_bare = w.BARE_NOUN.fullmatch(noun) is not None
        return not is_bare or w.NOUN_GOES_ON.match(rest) is not None or not rest.strip()

    def _after_news(self, before: str, when: When) -> Outcome | None:
        """Read "My rent is due on Friday. Remind me to pay it": news, and then the reminder."""
        folded = fold(before).rstrip()
        ends = re.search(r"(?:[.;!,]|[.;!,]? (?:so|and|please|asi que|y))$", folded)
        if ends is None or w.NEWS_UNSAFE.search(folded):
            return None
        text = when.text.strip(_AROUND)
        if not text or w.IT.fullmatch(fold(text)):
            news = before.strip(_AROUND)
            news = re.sub(r"[\s,.;]+(?:so|and|please|asi que|y)$", "", news, flags=re.IGNORECASE)
            when = replace(when, text=news)
        return self._made(when)

    def _head(self) -> tuple[re.Match[str], Language, bool] | None:
        """Return the words that ask for a reminder, after nothing but a time."""
        for pattern, language, is_sure in _HEADS:
            found = pattern.search(self.whole, self.start, self.end)
            if found is not None and found[0].strip():
                if found.start() == self.start:
                    return found, language, is_sure
                if is_sure and pattern in (w.REMIND_EN, w.REMIND_ES):
                    return found, language, True
        return None

    def _is_told(self, rest: str, when: When) -> bool:
        """Tell "ping me tomorrow to call Bill" from "tell me about the budget"."""
        folded = fold(rest)
        if w.MONEY.search(folded) or w.ASKED.match(folded):
            return False
        if w.ASKED.match(fold(when.text)):
            return False
        return when.is_timed or w.TOLD_TO.match(folded) is not None

    def _both(self, lead: When, when: When) -> When:
        if not lead.is_timed:
            return when
        if not when.is_timed:
            return When(when.text, lead.due_on, lead.clock, lead.repeat, unclear=lead.unclear)
        if lead.repeat is not None and when.repeat is None:
            return When(when.text, lead.due_on, when.clock or lead.clock, lead.repeat)
        return when

    def _made(self, when: When) -> Outcome:
        text = when.text.strip(_AROUND)
        bare = fold(text)
        if not text or w.IT.fullmatch(bare):
            return Question("which_task", text=self.sentence.text)
        if when.unclear:
            kept = self.sentence.text.replace(when.unclear, "", 1)
            return Question("which_time", text=kept, given=when.unclear)
        text = text[:_MOST]
        if when.repeat is None:
            return AddTask(text=text, due_on=when.due_on, clock=when.clock)
        rule = when.repeat.rule(
            when.clock or "09:00", today=self.sentence.today, from_on=when.due_on
        )
        return AddTask(text=text, repeats=str(rule))

    def _note(self) -> Outcome | None:
        found = w.NOTE.fullmatch(self.text)
        if found is None:
            is_bare = w.NOTE_NOTHING.fullmatch(self.text)
            return Question("which_task", text=f"{self.text}:") if is_bare else None
        name = next(name for name in ("text", "said", "clause") if found[name] is not None)
        text = self._group(found, name).strip(' \t\n"“”')
        if not text.strip(_AROUND):
            return Question("which_task", text=self.sentence.text)
        return CaptureThought(text=text[:_MOST])

    def _add(self) -> Outcome | None:
        if w.ADD_NOTHING.fullmatch(self.text):
            return Question("which_task", text=self.sentence.text)
        for pattern, language in _ADDS:
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            parts = [
                self._group(found, name)
                for name in ("what", "wanted", "rest")
                if found.groupdict().get(name)
            ]
            return self._made(cut_when(" ".join(parts), self.sentence, language))
        return None

    # What ends or changes.

    def _drop(self) -> Outcome | None:
        if w.CLEAR.fullmatch(self.text) and w.WHOLE.search(self.text):
            return ClearTasks(which="all")
        for pattern in _DROPS:
            found = pattern.fullmatch(self.text)
            if found is not None:
                name = self._named(found)
                return self._of(name, CancelTask) if name is not None else None
        return None

    def _complete(self) -> Outcome | None:
        if w.ALL_DONE.fullmatch(self.text) and not self.asks:
            return ClearTasks(which="all", is_done=True)
        for pattern in (w.DONE_EN, w.DONE_ES):
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            if self.asks and not self.whole.startswith(("can", "could", "will", "puedes")):
                return None
            name = self._named(found)
            is_other = w.SHOPPING.search(self.text)
            return None if name is None or is_other else self._of(name, CompleteTask)
        return None

    def _named(self, found: re.Match[str]) -> str | None:
        """Return the words that name a task, as they were typed."""
        parts = [
            self._group(found, name)
            for name, value in found.groupdict().items()
            if value and name not in {"verb", "link"}
        ]
        name = " ".join(parts).strip(" \t\n.,!?:;\"“”'#-")
        name = re.sub(
            r"^(?:(?:the|my|la|el|mi|to|about|for|called|named|de|para|task|item|number) )+",
            "",
            name,
            flags=re.IGNORECASE,
        )
        return name or None

    def _of(self, name: str, make: type[CancelTask | CompleteTask]) -> Outcome:
        if not name or w.IT.fullmatch(fold(name)):
            return Question("which_of_tasks", text=self.sentence.text)
        number = _NUMBER.fullmatch(name)
        return make(task=number[1] if number else name[:_MOST])

    def _change(self) -> Outcome | None:
        for pattern, language in ((w.CHANGE_EN, "en"), (w.CHANGE_ES, "es")):
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            groups = found.groupdict()
            if groups.get("name"):
                name = self._group(found, "old").strip(_AROUND)
                return ChangeTask(task=_named(name), text=self._group(found, "name")[:_MOST])
            name = self._group(found, "what").strip(_AROUND)
            new = self._raw(self.start + found.start("link"), self.end)
            when = cut_when(new, self.sentence, "en" if language == "en" else "es")
            if not name or w.IT.fullmatch(fold(name)):
                return Question("which_of_tasks", text=self.sentence.text)
            if when.unclear:
                kept = self.sentence.text.replace(when.unclear, "", 1)
                return Question("which_time", text=kept, given=when.unclear)
            if not when.is_timed:
                text = self._group(found, "new").strip(_AROUND)
                return ChangeTask(task=_named(name), text=text[:_MOST])
            if when.repeat is not None:
                rule = when.repeat.rule(when.clock or "09:00", today=self.sentence.today)
                return ChangeTask(task=_named(name), repeats=str(rule))
            return ChangeTask(task=_named(name), due_on=when.due_on, clock=when.clock)
        return None

    def _snooze(self) -> Outcome | None:
        found = w.SNOOZE.fullmatch(self.text)
        if found is None or w.ALERT.search(self.text):
            return None
        language: Language = "en" if self.text.startswith(("snooze", "remind")) else "es"
        rest = self._group(found, "rest") if found["rest"] else ""
        task = None if found["task"] is None else found["task"].lstrip("#")
        lead = "in " if language == "en" else "en "
        when = cut_when(rest, self.sentence, language)
        if (not when.is_timed and rest.strip()) or (
            when.due_on is not None
            and re.fullmatch(r"\s*\d+\s?(?:h|hours?|horas?)\s*", fold(rest))
        ):
            when = cut_when(lead + rest.strip(), self.sentence, language)
        named = when.text.strip(_AROUND)
        if named and task is None and not w.IT.fullmatch(fold(named)):
            task = _named(named)
        if when.unclear:
            return Question("which_time", text=self.text, given=when.unclear)
        if when.minutes is not None:
            return SnoozeTask(task=task, minutes=max(when.minutes, 1))
        return SnoozeTask(task=task, until_on=when.due_on, clock=when.clock)

    # What is not kept here.

    def _elsewhere(self) -> Outcome | None:
        for pattern in (w.OTHER_LIST_EN, w.OTHER_LIST_ES):
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            groups = found.groupdict()
            choices: tuple[Choice, ...] = ()
            if groups.get("what"):
                what = self._group(found, "what").strip(_AROUND)
                if what and not w.IT.fullmatch(fold(what)):
                    choices = (Choice("add_task", (AddTask(text=what[:_MOST]),)),)
            return Question("no_lists", text=self.sentence.text, choices=choices)
        if w.APPOINTMENT.search(self.text) and w.APPOINTMENT_ORDER.match(self.text):
            return Question("no_calendar", text=self.sentence.text)
        return None

    # Where things stand.

    def _raw(self, start: int, end: int) -> str:
        return self.sentence.text[start:end]

    def _group(self, found: re.Match[str], name: str) -> str:
        """Return what a group of a match on `text` holds, as it was typed."""
        return self._raw(self.start + found.start(name), self.start + found.end(name))


def _named(name: str) -> str:
    number = _NUMBER.fullmatch(name)
    return number[1] if number else name[:_MOST]


_HEADS: Final[tuple[tuple[re.Pattern[str], Language, bool], ...]] = (
    (w.REMIND_EN, "en", True),
    (w.REMIND_ES, "es", True),
    (w.NOUN_EN, "en", True),
    (w.NOUN_ES, "es", True),
    (w.TELL_EN, "en", False),
    (w.TELL_ES, "es", False),
)
_ADDS: Final[tuple[tuple[re.Pattern[str], Language], ...]] = (
    (w.PREFIX, "en"),
    (w.LIST_ADD_EN, "en"),
    (w.LIST_ADD_ES, "es"),
    (w.ENSURE_EN, "en"),
    (w.PASSIVE_EN, "en"),
    (w.ADD_LIST_EN, "en"),
    (w.ADD_LIST_ES, "es"),
    (w.ADD_TASK_EN, "en"),
    (w.ADD_TASK_ES, "es"),
)
_DROPS: Final = (
    w.NO_LONGER_EN,
    w.DROP_LIST_EN,
    w.LIST_DROP_EN,
    w.DROP_TASK_EN,
    w.DROP_TASK_ES,
    w.DROP_LIST_ES,
)
