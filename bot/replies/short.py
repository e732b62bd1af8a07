"""Small replies of the turn, a line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.economy.quotas import Nearly
from bot.planning import Question
from bot.replies.amounts import count
from bot.replies.dates import at_time, duration, when
from bot.replies.inert import inert
from bot.replies.parts import action_words, listing, shown
from bot.replies.questions import question_text
from bot.replies.reader import Reader
from bot.replies.words import say

# As long as a model's answer may be that puts results together.
_MAX_ANSWER: Final = 700
_MOST_ASKED: Final = 60


def draft_discarded(ref: str, reader: Reader) -> str:
    """Say that a draft was dropped."""
    return say(reader.language, "short.draft_discarded", ref=ref)


def draft_expired(ref: str, reader: Reader) -> str:
    """Say that a draft's time was over before it was answered."""
    return say(reader.language, "short.draft_expired", ref=ref)


def what_to_change(ref: str, reader: Reader) -> str:
    """Ask what of a draft is to be changed."""
    return say(reader.language, "short.what_to_change", ref=ref)


def what_about_task(ref: str, reader: Reader) -> str:
    """Ask what of the draft of a task is to be changed."""
    return say(reader.language, "short.task_what_to_change", ref=ref)


def what_wallet(ref: str, reader: Reader) -> str:
    """Ask whose member somebody should be who is let in."""
    return say(reader.language, "short.what_wallet", ref=ref)


def several_steps(ref: str, reader: Reader) -> str:
    """Say that a draft of several steps is dropped and said anew rather than changed."""
    return say(reader.language, "short.several_steps", ref=ref)


def step_failed(failed: tuple[str, int, int], why: str, reader: Reader) -> str:
    """Say which step failed, by action, number and how many there were, before why it did."""
    action, number, of = failed
    what = action_words(action, reader.language)
    return f"{say(reader.language, 'short.step_failed', what=what, number=number, of=of)} {why}"


def steps_used_up(tier: int, most: int, reader: Reader) -> str:
    """Say which tier a message asked too many steps of: 1 reads, 2 small changes, 3 the rest."""
    return say(reader.language, f"short.steps_used_up.{tier}", most=most)


def rounds_used_up(most: int, reader: Reader) -> str:
    """Say that a model looked at what was read so often and still had no answer."""
    return say(reader.language, "short.rounds_used_up", most=most)


def answer(text: str, sources: Sequence[str], reader: Reader) -> str:
    """Return what a model made of results, above the first line of each that it came from."""
    heads = "\n".join(f"· {source.partition(chr(10))[0]}" for source in sources)
    return f"{inert(text, _MAX_ANSWER)}\n{say(reader.language, 'short.answer.from')}\n{heads}"


def name_the_one(refs: Sequence[str], reader: Reader) -> str:
    """Ask which of several that wait is meant; at least one reference."""
    listed = listing([f"#{ref}" for ref in refs], reader.language)
    return say(reader.language, "short.name_the_one", refs=listed, ref=refs[0])


def yes_to_which(ref: str, reader: Reader) -> str:
    """Ask for a yes that names its draft, where something else was asked after it."""
    return say(reader.language, "short.yes_to_which", ref=ref)


def still_waiting(ref: str, reader: Reader) -> str:
    """Remind that a draft waits for a yes or no."""
    return say(reader.language, "short.still_waiting", ref=ref)


def late_command(reader: Reader, text_age: timedelta | None = None) -> str:
    """Ask whether what was written long ago is still wanted; nothing was done."""
    if text_age is None:
        return say(reader.language, "short.late_command.some_time")
    age = duration(text_age, reader.language)
    return say(reader.language, "short.late_command", age=age)


def card_missed(ref: str, missed: str, instead: str | None, reader: Reader) -> str:
    """Say that a request's card did not reach somebody, and who was asked instead."""
    if instead is None:
        return say(reader.language, "short.card_missed", ref=ref, name=shown(missed))
    return say(
        reader.language,
        "short.card_missed.instead",
        ref=ref,
        name=shown(missed),
        instead=shown(instead),
    )


AboutWaiting = Callable[[str, Sequence[str], datetime, Reader], str]


def request_waits(
    ref: str, asker: str, since: datetime, expires_at: datetime, reader: Reader
) -> str:
    """Remind somebody of a request that they may decide."""
    return say(
        reader.language,
        "short.request_waits",
        ref=ref,
        asker=shown(asker),
        age=duration(reader.now - since, reader.language),
        when=when(expires_at, reader),
    )


def request_reminded(ref: str, names: Sequence[str], expires_at: datetime, reader: Reader) -> str:
    """Tell whoever asked that their request waits and who was reminded; maybe without names."""
    return _still_waits("short.request_reminded", ref, names, expires_at, reader)


def request_escalated(ref: str, names: Sequence[str], expires_at: datetime, reader: Reader) -> str:
    """Tell whoever asked that somebody else was asked too; maybe without a name."""
    return _still_waits("short.request_escalated", ref, names, expires_at, reader)


def _still_waits(
    key: str, ref: str, names: Sequence[str], expires_at: datetime, reader: Reader
) -> str:
    language = reader.language
    listed = listing([shown(name) for name in names], language)
    return say(
        language,
        key if names else f"{key}.somebody",
        ref=ref,
        names=listed,
        when=when(expires_at, reader),
    )


def unknown_person(reader: Reader) -> str:
    """Say that an account is linked to nobody, and who can link it."""
    return say(reader.language, "short.unknown_person")


def join_waits(ref: str, reader: Reader) -> str:
    """Say that a guest's request to be let in waits."""
    return say(reader.language, "short.join_waits", ref=ref)


def join_again(at: datetime, reader: Reader) -> str:
    """Say when somebody who was not let in may ask again."""
    return say(reader.language, "short.join_again", at=at_time(at, reader))


def link_bad(reader: Reader) -> str:
    """Say that a link code does not count, and not why: nobody learns about codes by trying."""
    return say(reader.language, "short.link_bad")


def link_in_group(reader: Reader) -> str:
    """Say that a code was used up because others could read it."""
    return say(reader.language, "short.link_in_group")


def link_useless(*, is_own: bool, platform: str, reader: Reader) -> str:
    """Say that an account is linked already, to its person or by a code of somebody else."""
    key = "short.link_own" if is_own else "short.link_taken"
    return say(reader.language, key, platform=shown(platform))


def link_misused(account: str, *, is_leaked: bool, reader: Reader) -> str:
    """Tell the owner of a code who used it, and that it linked nothing."""
    key = "short.link_leaked" if is_leaked else "short.link_refused"
    return say(reader.language, key, account=shown(account))


def not_understood(reader: Reader, near: Sequence[str] = ()) -> str:
    """Say that it was not understood, with three things to type; `near` are nearest actions."""
    return question_text(Question("not_understood", near=tuple(near)), reader.language)


def thanks(reader: Reader) -> str:
    """Answer a thank you."""
    return say(reader.language, "short.thanks")


def question_dropped(reader: Reader) -> str:
    """Say that what was asked need not be answered any more."""
    return say(reader.language, "short.question_dropped")


def question_lapsed(asked: Question, reader: Reader) -> str:
    """Say that something was asked too long ago for these words to be its answer."""
    return say(reader.language, "short.question_lapsed", text=inert(asked.text, _MOST_ASKED))


def quota_nearly_used(nearly: Nearly, reader: Reader) -> str:
    """Tell somebody that most of a day's quota is used, and when the next one begins."""
    language = reader.language
    return say(
        language,
        "short.quota_nearly_used",
        used=count(nearly.used, language),
        limit=count(nearly.limit, language),
        unit=say(language, f"unit.{nearly.unit}"),
        when="" if nearly.opens_at is None else when(nearly.opens_at, reader),
    )


def nothing_open(reader: Reader) -> str:
    """Answer a bare yes or no where nothing waits."""
    return say(reader.language, "short.nothing_open")
