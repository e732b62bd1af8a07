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
from intents.rules import task_lists as lists
from intents.rules import task_moves as moves
from intents.rules import task_views as views
from intents.rules import task_words as w
from intents.rules.patterns import Outcome
from intents.rules.task_ends import TO_DO, find_ended
from intents.rules.task_times import When, before_it, cut_out, cut_when, names_day, names_hour
from intents.rules.task_typos import mend
from intents.sentence import Sentence

_AROUND: Final = " \t\n.,!?¿¡;:"
_MOST: Final = 300
_NUMBER: Final = re.compile(r"#?(\d{1,5})")
_TAIL: Final = re.compile(
    r"[\s,.!?]*(?:\b(?:please|pls|plz|thanks(?: a lot)?|thank you(?: so much)?|thx|ty|tia|cheers|"
    r"mate|bot|bursar|if (?:you can|possible)|(?:that'?d|that would) be (?:great|nice|lovely|"
    r"awesome)|por favor|porfa|porfavor|porfis|(?:muchas )?gracias|si puedes)[\s,.!?]*)+$"
)
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]"
)


def find_tasks(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of tasks, in either language; None for something else."""
    if _UNSEEN.search(sentence.text):
        return None
    folded = fold(sentence.text)
    mended = mend(sentence.text, folded)
    if mended != sentence.text:
        sentence, folded = replace(sentence, text=mended), fold(mended)
    return _Reader(sentence, folded).read()


class _Reader:
    """One sentence, without what opens it; offsets count in the whole text."""

    def __init__(self, sentence: Sentence, folded: str) -> None:
        self.sentence = sentence
        self.whole = folded
        lead = w.LEAD.match(folded)
        self.start = lead.end() if lead is not None else 0
        self.end = len(folded.rstrip(_AROUND))
        tail = _TAIL.search(folded[: self.end])
        if tail is not None:
            self.end = tail.start()
        self.text = folded[self.start : self.end]
        self.asks = folded.rstrip().endswith("?")

    def read(self) -> Outcome | None:
        if not self.text:
            return None
        ended = self._ended()
        if ended is not None:
            return ended
        if w.NEGATED.match(self.text):
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
        if views.PLAN_DAY.fullmatch(text) and views.PLANS.search(text):
            return PlanDay()
        if views.TIDY.fullmatch(text):
            return ClearTasks(which="stale")
        if views.INBOX.fullmatch(text):
            return ListTasks(which="inbox")
        if views.MY_DAY.fullmatch(text) and views.TODAY.search(text):
            return PlanDay()
        if views.TO_DO.fullmatch(text):
            return PlanDay() if views.TODAY.search(text) else ListTasks()
        if views.DONE_LIST.fullmatch(text):
            return ListTasks(which="done")
        if views.ON_LIST.fullmatch(text):
            return ListTasks()
        return None

    def _ended(self) -> Outcome | None:
        """Read "done send the invoice" and "stop reminding me to log my hours"."""
        ended = None if self.asks else find_ended(self.text)
        if ended is None:
            return None
        name = self._raw(self.start + ended.start, self.start + ended.stop)
        make = CompleteTask if ended.end == "done" else CancelTask
        return self._of(self._plain(name), make)

    def _list(self) -> Outcome | None:
        text = self.text
        if views.OWN_LIST.fullmatch(text):
            return ListTasks()
        reads = views.READ_START.match(text) or (self.asks and views.READ_START.match(self.whole))
        if not reads or not views.NAMES_LIST.search(text) or w.MONEY.search(text):
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
        often = w.OFTEN.search(found[0])
        if often is not None:
            # "a daily reminder to ..." is one of every day.
            rest = f" {w.EVERY[often[0]]}{rest}"
        if w.ASKED.match(fold(rest)) and is_sure:
            return None
        when = cut_when(rest, self.sentence, language)
        if not when.is_timed:
            # People mix them: "remind me mañana a las 9 to call Juan".
            mixed = cut_when(rest, self.sentence, "en" if language == "es" else "es")
            when = mixed if mixed.is_timed else when
        is_noun = found.re in (w.NOUN_EN, w.NOUN_ES)
        if is_noun and not self._asks_for(found[0], fold(rest), is_timed=when.is_timed):
            return None
        lead = cut_when(before, self.sentence, language) if before.strip() else When("")
        if lead.text.strip(_AROUND):
            return self._after_news(before, rest, when, language)
        if not is_sure and not self._is_told(found[0], rest, when):
            return None
        return self._unmet(rest, when) or self._made(self._both(lead, when))

    def _unmet(self, rest: str, when: When) -> Question | None:
        """Ask when that is for which a reminder would have to wait: "when I get home"."""
        found = None if when.is_timed else w.CONDITION.match(fold(rest))
        if found is None:
            return None
        kept = self.sentence.text.replace(rest[: found.end()], "", 1)
        return Question("which_time", text=kept, given=rest[: found.end()].strip(_AROUND))

    def _asks_for(self, noun: str, rest: str, *, is_timed: bool) -> bool:
        """Tell "reminder: buy bread" from "the reminder was wrong"."""
        noun = noun.strip()
        if noun.startswith(("the ", "my ", "this ", "one ", "el ", "mi ")):
            return False
        is_bare = w.BARE_NOUN.fullmatch(noun) is not None
        goes_on = w.NOUN_GOES_ON.match(rest) is not None or not rest.strip()
        return not is_bare or goes_on or (is_timed and not self.asks)

    def _after_news(
        self, before: str, rest: str, when: When, language: Language
    ) -> Outcome | None:
        """Read "My rent is due on Friday. Remind me to pay it": news, and then the reminder."""
        folded = fold(before).rstrip()
        ends = re.search(r"(?:[.;!,]|[.;!,]? (?:so|and|please|asi que|y))$", folded)
        if ends is None or w.NEWS_UNSAFE.search(folded):
            return None
        news = before.strip(_AROUND)
        news = re.sub(r"[\s,.;]+(?:so|and|please|asi que|y)$", "", news, flags=re.IGNORECASE)
        told = cut_when(news, self.sentence, language)
        named = w.HAVING.sub("", told.text) or told.text
        sooner = before_it(fold(rest), told)
        if sooner is not None:
            # "I have a call at 4, remind me an hour before".
            return self._made(replace(sooner, text=named))
        text = when.text.strip(_AROUND)
        if not text or w.IT.fullmatch(fold(text)):
            timed = told if told.due_on is not None and not when.is_timed else when
            return self._made(replace(timed, text=named if timed is told else news))
        if not when.is_timed and told.due_on is not None and not told.unclear:
            return self._made(replace(told, text=text))
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

    def _is_told(self, head: str, rest: str, when: When) -> bool:
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
            whole = self.sentence.text
            start = max(whole.find(when.unclear), 0)
            place = (start, start + len(when.unclear))
            kept = cut_out(whole, [place], self.sentence.language)
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
        if lists.ADD_NOTHING.fullmatch(self.text):
            return Question("which_task", text=self.sentence.text)
        # What opens it is the news here: "I have to buy stamps, put it on my list".
        news = lists.NEWS_ADD.fullmatch(self.whole, 0, self.end)
        if news is not None:
            named = "what" if news["what"] else "wanted"
            what = self._raw(*news.span(named))
            return self._made(cut_when(what, self.sentence, "en" if news["what"] else "es"))
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
        if lists.ANY_OF_THEM.fullmatch(self.text):
            return None if self.asks else Question("which_of_tasks", text=self.sentence.text)
        if lists.CLEAR.fullmatch(self.text) and lists.WHOLE.search(self.text):
            # "can you delete tasks?" asks what can be done.
            is_how = self.asks and lists.OWN.search(self.text) is None
            return None if is_how else ClearTasks(which="all")
        for pattern in _DROPS:
            found = pattern.fullmatch(self.text)
            if found is not None:
                groups = found.groupdict()
                rest = groups.get("rest") or ""
                if groups.get("before") and rest.strip() and not lists.SAYS_WHICH.match(rest):
                    return None
                name = self._named(found)
                if pattern is lists.DROP_LIST_EN and self._is_of_other_list(name):
                    return Question("no_lists", text=self.sentence.text)
                return self._of(name, CancelTask) if name is not None else None
        return None

    def _is_of_other_list(self, name: str | None) -> bool:
        """Tell "take apples off the list" from "take call Bob off the list": one thing to buy."""
        is_one = name is not None and " " not in name and _NUMBER.fullmatch(name) is None
        return is_one and lists.NOBODYS_LIST.search(self.text) is not None

    def _complete(self) -> Outcome | None:
        if lists.ALL_DONE.fullmatch(self.text) and not self.asks:
            return ClearTasks(which="all", is_done=True)
        for pattern in (lists.DONE_EN, lists.DONE_ES):
            found = pattern.fullmatch(self.text)
            if found is None or lists.NOT_DONE.search(self.text):
                continue
            if self.asks and not self.whole.startswith(("can", "could", "will", "puedes")):
                return None
            name = self._named(found)
            is_other = lists.SHOPPING.search(self.text)
            return None if name is None or is_other else self._of(name, CompleteTask)
        return None

    def _named(self, found: re.Match[str]) -> str | None:
        """Return the words that name a task, as they were typed."""
        parts = [
            self._group(found, name)
            for name, value in found.groupdict().items()
            if value and name not in {"verb", "link"}
        ]
        return self._plain(" ".join(parts)) or None

    def _plain(self, name: str) -> str:
        """Return the words that name a task, without those that only lead to it."""
        name = name.strip(" \t\n.,!?:;\"“”'#-")
        name = re.sub(
            r"^(?:(?:the|my|la|el|mi|to|about|for|called|named|del?|para|task|item|number) )+",
            "",
            name,
            flags=re.IGNORECASE,
        )
        return re.sub(
            r"(?<=\w)(?: (?:from|off|on) (?:my|the)(?: to-?do| task)? list| task| reminder"
            r"|(?<=\d) to)$",
            "",
            name,
            flags=re.IGNORECASE,
        )

    def _of(self, name: str, make: type[CancelTask | CompleteTask]) -> Outcome:
        if not name or w.IT.fullmatch(fold(name)):
            return Question("which_of_tasks", text=self.sentence.text)
        number = _NUMBER.fullmatch(name)
        return make(task=number[1] if number else name[:_MOST])

    def _change(self) -> Outcome | None:
        for pattern, language in _CHANGES:
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            groups = found.groupdict()
            for old, new in (("old", "name"), ("old2", "name2")):
                if groups.get(new):
                    name = self._plain(self._group(found, old))
                    return ChangeTask(task=_named(name), text=self._group(found, new)[:_MOST])
            at = next(at for at in _PLACES if groups.get(f"new{at}") is not None)
            name = self._plain(self._group(found, f"what{at}"))
            when = self._moved(found, at, language)
            if not name or w.IT.fullmatch(fold(name)):
                return Question("which_of_tasks", text=self.sentence.text)
            if moves.AWAY.fullmatch(self.text[found.start(f"link{at}") :]):
                given = self._raw(self.start + found.start(f"link{at}"), self.end)
                kept = self.sentence.text.replace(given, "", 1)
                return Question("which_time", text=kept, given=given)
            if when.unclear:
                kept = self.sentence.text.replace(when.unclear, "", 1)
                return Question("which_time", text=kept, given=when.unclear)
            if not when.is_timed:
                text = self._group(found, f"new{at}").strip(_AROUND)
                if at not in {"", "2"} or not text:
                    return Question("which_time", text=self.sentence.text, given=text)
                return ChangeTask(task=_named(name), text=text[:_MOST])
            if when.repeat is not None:
                rule = when.repeat.rule(
                    when.clock or "09:00", today=self.sentence.today, from_on=when.due_on
                )
                return ChangeTask(task=_named(name), repeats=str(rule))
            # "at 11" stays on its day, "on Friday" at its hour.
            said = self.text[found.start(f"link{at}") :]
            return ChangeTask(
                task=_named(name),
                due_on=when.due_on if names_day(said) else None,
                clock=when.clock if names_hour(said) or not names_day(said) else None,
            )
        return None

    def _moved(self, found: re.Match[str], at: str, language: Language) -> When:
        """Return what a change says of time: "to 11am" is at that hour."""
        link = self._raw(self.start + found.start(f"link{at}"), self.end)
        is_any_day = not names_day(fold(link))
        when = cut_when(link, self.sentence, language, is_any_day=is_any_day)
        new = self._group(found, f"new{at}")
        leads = ("", "at ", "on ") if language == "en" else ("", "a las ", "el ")
        for lead in leads:
            if when.is_timed and not when.text.strip(_AROUND):
                break
            again = cut_when(lead + new, self.sentence, language, is_any_day=is_any_day)
            if again.is_timed and not again.text.strip(_AROUND):
                when = again
        return when

    def _snooze(self) -> Outcome | None:
        found = moves.SNOOZE.fullmatch(self.text)
        if found is None or moves.ALERT.search(self.text) or moves.NEW_LATER.match(self.text):
            return None
        is_spanish = re.search(r"pospon|aplaza|recuerd|recorda", self.text) is not None
        language: Language = "es" if is_spanish else "en"
        rest = self._group(found, "rest") if found["rest"] else ""
        task = None if found["task"] is None else found["task"].removeprefix("#").split()[-1]
        lead = "in " if language == "en" else "en "
        when = cut_when(rest, self.sentence, language)
        if (not when.is_timed and rest.strip()) or (
            when.due_on is not None
            and re.fullmatch(r"\s*\d+\s?(?:h|hours?|horas?)\s*", fold(rest))
        ):
            again = cut_when(lead + rest.strip(), self.sentence, language)
            when = again if again.is_timed else when
        named = when.text.strip(_AROUND)
        if not when.is_timed and moves.GOES_ON.match(fold(rest)):
            # "remind me later to call Bob" is a reminder of its own.
            return None
        if named and task is None and not w.IT.fullmatch(fold(named)):
            task = _named(named)
        if when.unclear:
            kept = self.sentence.text.replace(when.unclear, "", 1)
            return Question("which_time", text=kept, given=when.unclear)
        if when.minutes is not None:
            return SnoozeTask(task=task, minutes=max(when.minutes, 1))
        return SnoozeTask(task=task, until_on=when.due_on, clock=when.clock)

    # What is not kept here.

    def _elsewhere(self) -> Outcome | None:
        for pattern in (lists.OTHER_LIST_EN, lists.OTHER_LIST_ES):
            found = pattern.fullmatch(self.text)
            if found is None:
                continue
            groups = found.groupdict()
            choices: tuple[Choice, ...] = ()
            said = next((name for name in ("what", "what2") if groups.get(name)), None)
            if said is not None:
                what = self._group(found, said).strip(_AROUND)
                if what and not w.IT.fullmatch(fold(what)):
                    choices = (Choice("add_task", (AddTask(text=what[:_MOST]),)),)
            return Question("no_lists", text=self.sentence.text, choices=choices)
        if lists.APPOINTMENT.search(self.text) and lists.APPOINTMENT_ORDER.match(self.text):
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


# The groups of a change, as the patterns number them.
_PLACES: Final = ("", "2", "3", "4", "5", "6")
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
    (TO_DO, "en"),
    (lists.ITEM_TO_LIST, "en"),
    (lists.ADD_AS, "en"),
    (lists.ADD_AS_ES, "es"),
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
_CHANGES: Final[tuple[tuple[re.Pattern[str], Language], ...]] = (
    (moves.CHANGE_EN, "en"),
    (moves.CHANGE_ES, "es"),
)
_DROPS: Final = (
    lists.NO_LONGER_EN,
    lists.DROP_LIST_EN,
    lists.LIST_DROP_EN,
    lists.DROP_TASK_EN,
    lists.DROP_TASK_ES,
    lists.DROP_LIST_ES,
)
