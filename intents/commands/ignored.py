"""What is typed behind a command and means nothing to it: said, and not passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.planning import Question
from intents.commands.arguments import Result, unnamed
from intents.rules.slots import ask
from intents.sentence import Sentence, read_sentence, split_words

# Commands that only look at something, and look at the same whatever words they don't know.
_LOOKS: Final = ("list_", "show_memory", "plan_day", "explain")


def find_ignored(
    action: str, sentence: Sentence, outcome: Result, run: Callable[[Sentence], Result]
) -> Question | None:
    """Return what there is to ask where words of a command changed nothing about it."""
    if not action.startswith(_LOOKS) or isinstance(outcome, Question):
        return None
    strange = unnamed(sentence)
    if not strange:
        return None
    nothing = read_sentence(split_words(""), sentence.language, sentence.context, sentence.index)
    is_same = _calls(run(nothing)) == _calls(outcome)
    return ask(sentence, "no_argument", given=strange) if is_same else None


def _calls(outcome: Result) -> object:
    return outcome if isinstance(outcome, tuple) else (outcome,)
