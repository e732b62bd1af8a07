"""What becomes of a question of the bot's that any words could answer: "When?", "Of what?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.actions.base import Tier
from bot.actions.catalog import SUBJECTS, action_of
from bot.planning import ASKED, OF_NAMES, Plan, Question
from bot.replies.questions import question_text
from bot.turns.scene import Scene
from bot.turns.steps import Step

# Below this the planner's reading is only a guess: nothing runs on it without a question.
LEAST_CONFIDENCE: Final = 0.6
# From here on a sentence is an order of its own, also where it could change an open draft.
SURE: Final = 0.9
# Questions that any words may answer, also such as would be an order by themselves.
_FREE: Final = frozenset({"which_task", "which_time"})
_MOST_NAME_WORDS: Final = 5
# So sure is a change that is read with a slip mended: the name in it is meant all the same.
_SURE_CHANGE: Final = 0.8
_OWN: Final = re.compile(r"\b(?:my|mine|our|ours|me|mi|mía|mío|nuestr[oa])\b", re.IGNORECASE)
# Questions whose answer takes the place of what was given.
_PUT_IN: Final = OF_NAMES | {"which_amount", "which_date", "which_request"}
# What may stand before a name that answers "From which wallet?".
_LEAD: Final = re.compile(
    r"^(?:(?:i mean|i meant|me refiero a|from|to|of|for|in|under|below|until|till|hasta|de|a|al|"
    r"para|en|desde|bajo|debajo)\s+)+",
    re.IGNORECASE,
)
# What is said to the bot about its own doings, and is nothing that somebody has to do.
_OF_THE_BOT: Final = frozenset(
    action.name for subject in ("tasks", "account", "messages") for action in SUBJECTS[subject]
)
_WORDS: Final = {"text", "task"}


def is_free(asked: Question) -> bool:
    """Tell whether any words may answer a question."""
    return asked.code in _FREE


def names_only(asked: Question, plan: Plan, text: str) -> bool:
    """Tell whether a text may be no more than the name that was asked for.

    By itself a wallet's name asks what is left of it; an order is one.
    """
    if any(action_of(call).tier is not Tier.T1 for call in plan.actions):
        return False
    return asked.code in OF_NAMES and len(text.split()) <= _MOST_NAME_WORDS


def without_lead(text: str) -> str:
    """Return an answer without what leads a name in: "data" for "from data"."""
    return _LEAD.sub("", text)


def with_answer(asked: Question, text: str) -> str:
    """Return what was asked about with its answer: in the place of what could not be taken."""
    if asked.code not in _PUT_IN:
        return f"{asked.text} {text}"
    if not asked.given or asked.given not in asked.text:
        return f"{asked.text} {without_lead(text) if asked.code == 'which_parent' else text}"
    parts = asked.text.split(asked.given)
    # "Move 5 from design to design": the second one is to be another.
    at = len(parts) - 1 if asked.code == "which_other_wallet" else 1
    before, after = asked.given.join(parts[:at]), asked.given.join(parts[at:])
    return f"{before}{without_lead(text)}{after}"


def is_name_of_none(asked: Question, text: str) -> bool:
    """Tell whether an answer stands for a name that is none, and does not mean one's own."""
    return asked.code in OF_NAMES and bool(asked.given) and _OWN.search(text) is None


def is_of_its_own(plan: Plan) -> bool:
    """Tell whether a message is an order or a question by itself, beside a draft that waits."""
    if plan.question is not None:
        return plan.question.code in OF_NAMES and bool(plan.question.given)
    is_change = any(action_of(call).tier is not Tier.T1 for call in plan.actions)
    return bool(plan.actions) and plan.confidence >= (_SURE_CHANGE if is_change else SURE)


def goes_on(asked: Question, plan: Plan, together: Plan) -> bool:
    """Tell whether words that were read with what was asked about brought that further.

    Where they bring the same question once more, they are taken for what they say by themselves.
    """
    if together.actions:
        return True
    if together.question is None or together.question.code == "not_understood":
        return False
    says_something = plan.actions or (
        plan.question is not None and plan.question.code != "not_understood"
    )
    return not says_something or together.question.code != asked.code


def goes_first(asked: Question, plan: Plan, text: str) -> bool:
    """Tell whether a message is about something else, rather than the answer to a free question.

    To "When?" every order is that which names more than a time. To "Of what?" people answer with
    what they have to do, "approve 7K2M" or "the design budget" too: only what is asked as a
    question is not that, or what concerns the bot's own doings, such as "digest now".
    """
    if not plan.actions or plan.confidence < LEAST_CONFIDENCE:
        return False
    is_sure = plan.confidence >= SURE
    if asked.code == "which_time":
        return is_sure
    is_question = text.rstrip().endswith("?")
    if ASKED in plan.notes or (is_question and is_sure):
        return is_sure or is_question
    return is_sure and all(call.action in _OF_THE_BOT for call in plan.actions)


def tells_time(before: Plan, together: Plan) -> bool:
    """Tell whether an answer to "When?" added anything but words to what was asked about."""
    if together.question is not None or len(together.actions) != len(before.actions):
        return True
    pairs = zip(before.actions, together.actions, strict=True)
    return any(
        one.action != two.action
        or one.model_dump(exclude=_WORDS) != two.model_dump(exclude=_WORDS)
        for one, two in pairs
    )


def still_asked(scene: Scene, plan: Plan, step: Step) -> Step:
    """Ask a free question again below what somebody looked at in between."""
    asked = scene.question
    is_read = plan.actions and all(action_of(call).tier is Tier.T1 for call in plan.actions)
    if asked is None or not is_free(asked) or not is_read or step.refusal is not None:
        return step
    # What was wrong with the first words was told once.
    asked = replace(asked, given="")
    again = question_text(asked, scene.person.language)
    return replace(step, texts=(*step.texts, again), question=asked)
