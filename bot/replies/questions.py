"""Questions: what must be known before something can be done."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.actions.catalog import BY_NAME
from bot.economy.money import from_decimal
from bot.planning import OF_WALLETS, Choice, Question
from bot.replies.amounts import usd
from bot.replies.inert import inert
from bot.replies.lists import example_of
from bot.replies.parts import action_words, listing
from bot.replies.reader import Language
from bot.replies.words import has_words, say

_MAX_CHOICES: Final = 3
# "1,234" and "1.234": thousands or decimals.
_TWO_WAYS: Final = re.compile(r"[^\d]{0,4}([0-9]{1,3})[.,]([0-9]{3})[^\d]{0,8}", re.ASCII)
_NEAR: Final = dict.fromkeys(OF_WALLETS, "ask.which_wallet.near") | {
    "which_person": "ask.which_person.near"
}
_USUAL: Final = ("show_balance", "request_budget", "list_requests")


def question_text(question: Question, language: Language) -> str:
    """Return a question, with what may be answered: examples, or at most three choices."""
    if question.code == "not_understood":
        return _not_understood(question, language)
    if question.code == "which_amount" and (two := _in_two_ways(question.given, language)):
        return two
    text = say(language, _key(question, language), given=inert(question.given, 60))
    if question.choices:
        return f"{text} {_numbered(question.choices, language)}"
    if question.near and question.code in _NEAR:
        names = listing([inert(name, 60) for name in question.near], language, by="or")
        return f"{text} {say(language, _NEAR[question.code], names=names)}"
    key = f"ask.{question.code}.example"
    if question.code in OF_WALLETS and question.code != "which_other_wallet":
        key = "ask.which_wallet.example"
    return f"{text} {say(language, key)}" if has_words(language, key) else text


def _key(question: Question, language: Language) -> str:
    key = f"ask.{question.code}"
    if question.choices:
        choices = f"{key}.choices"
        return choices if has_words(language, choices) else _given(key, question, language)
    if question.code == "one_at_a_time":
        return f"{key}.plain"
    return _given(key, question, language)


def _given(key: str, question: Question, language: Language) -> str:
    given = f"{key}.given"
    return given if question.given and has_words(language, given) else key


def _numbered(choices: tuple[Choice, ...], language: Language) -> str:
    return " ".join(
        f"{number}. {_label(choice, language)}"
        for number, choice in enumerate(choices[:_MAX_CHOICES], start=1)
    )


def _label(choice: Choice, language: Language) -> str:
    """Return what a choice is called; one that is only named after its action gets its words."""
    label = choice.label
    if label not in BY_NAME:
        return inert(label, 100)
    amount = next((getattr(call, "amount_nanos", None) for call in choice.actions), None)
    words = action_words(label, language)
    return f"{words} ({usd(amount, language)})" if isinstance(amount, int) else words


def _in_two_ways(given: str, language: Language) -> str:
    found = _TWO_WAYS.fullmatch(given.strip())
    if found is None or found[1].startswith("0"):
        return ""
    # Four decimals are read one way only, whatever the sign before them.
    large, small = f"{found[1]}{found[2]}", f"{found[1]}.{found[2]}0"
    if from_decimal(Decimal(small)) is None:
        return ""
    shown = inert(given, 60)
    return say(language, "ask.which_amount.two", given=shown, large=large, small=small)


def _not_understood(question: Question, language: Language) -> str:
    names = dict.fromkeys((*question.near, *_USUAL))
    examples = [example for name in names if (example := example_of(name, language))]
    return "\n".join((say(language, "ask.not_understood"), *examples[:_MAX_CHOICES]))
