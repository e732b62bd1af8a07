import re
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from bot.actions.spend import BalanceReceipt
from bot.planning import (
    Choice,
    Directory,
    Language,
    PlanContext,
    Question,
    QuestionCode,
    WalletName,
)
from bot.replies import short
from bot.replies.greetings import greeting_text
from bot.replies.questions import question_text
from bot.replies.reader import Reader
from bot.replies.words import TABLES
from intents.planner import RulePlanner
from intents.replies.answer import read_reply
from tests.unit.replies_samples import BALANCE, DESIGN, EN, ES, MADRID, NOW

READERS = pytest.mark.parametrize("reader", [EN, ES], ids=["en", "es"])


@pytest.mark.parametrize("code", get_args(QuestionCode))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_has_words(code: QuestionCode, language: Language) -> None:
    for question in (
        Question(code),
        Question(code, given="{x}\n"),
        Question(code, choices=(Choice("Design", ()), Choice("Design Lab", ()))),
    ):
        text = question_text(question, language)
        assert text
        assert "None" not in text


@pytest.mark.parametrize(
    ("question", "english", "spanish"),
    [
        (
            Question("which_amount"),
            "How much? For example: 200 or $1,250.00",
            "¿Cuánto? Por ejemplo: 200 o $1.250,00",
        ),
        (
            Question("which_amount", given="$1,234"),
            "“$1,234” can be read in two ways. How much? Write 1234 or 1.2340",
            "«$1,234» se puede leer de dos maneras. ¿Cuánto? Escribe 1234 o 1.2340",
        ),
        (
            Question("which_amount", given="5 bucks"),
            "I can't take “5 bucks” as an amount. How much in US dollars? "
            "For example: 200 or $1,250.00",
            "No puedo tomar «5 bucks» como cantidad. ¿Cuánto, en dólares? "
            "Por ejemplo: 200 o $1.250,00",
        ),
        (
            Question(
                "which_wallet",
                given="des",
                choices=(Choice("Design", ()), Choice("Design Lab", ())),
            ),
            "Which wallet is “des”? 1. Design 2. Design Lab",
            "¿Qué cartera es «des»? 1. Design 2. Design Lab",
        ),
        (
            Question("not_understood", near=("move_budget", "show_nothing", "undo", "explain")),
            "I'm not sure what you mean. You can say, for example:\n"
            "move 100 from data to design\nundo\nwhy was that refused?",
            "No estoy seguro de lo que quieres. Puedes decir, por ejemplo:\n"
            "mueve 100 de datos a diseño\ndeshaz lo último\n¿por qué se rechazó?",
        ),
        (
            Question(
                "one_at_a_time", choices=(Choice("set_limit", ()), Choice("raise_budget", ()))
            ),
            "That is more than one change, and I do one at a time. Which one first? "
            "1. set a limit 2. raise a budget",
            "Eso es más de un cambio y los hago de uno en uno. ¿Cuál primero? "
            "1. fijar un límite 2. subir un presupuesto",
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Question) else "",
)
def test_a_question_says_what_may_be_answered(
    question: Question, english: str, spanish: str
) -> None:
    assert question_text(question, "en") == english
    assert question_text(question, "es") == spanish


@READERS
def test_a_numbered_question_is_answered_by_its_number(reader: Reader) -> None:
    choices = (Choice("Design", ()), Choice("Design Lab", ()))
    text = question_text(Question("which_wallet", choices=choices), reader.language)
    reading = read_reply("2", prompt=text, language=reader.language)
    assert (reading.label, reading.choice) == ("choose", 2)


def test_a_greeting_says_how_things_stand_and_what_is_never_done() -> None:
    assert greeting_text(BalanceReceipt(balance=BALANCE), EN, 2) == (
        "Hello Ana Lima. Design has spent $412.80 of $500.00 this November (83 %), "
        "12 days to go.\n"
        "2 proposals wait here for your answer.\n"
        "Try: “what's left for design?” · "
        "“ask for 200 more for design until the end of the month” · "
        "“what did we spend last week by model?”\n"
        "I never move money, change a limit or a role without your Yes; "
        "nobody approves their own request."
    )
    assert greeting_text(None, replace(ES, name=""), 0).startswith("Hola.\nPrueba: «")


@READERS
def test_small_replies_are_one_line(reader: Reader) -> None:
    for text in (
        short.draft_discarded("7K2M", reader),
        short.draft_expired("7K2M", reader),
        short.what_to_change("7K2M", reader),
        short.name_the_one(["7K2M", "9QFT"], reader),
        short.still_waiting("7K2M", reader),
        short.late_command(reader),
        short.late_command(reader, timedelta(hours=3)),
        short.unknown_person(reader),
        short.thanks(reader),
        short.nothing_open(reader),
    ):
        assert text
        assert "\n" not in text
    assert len(short.not_understood(reader).split("\n")) == 4


def hints(language: Language) -> list[str]:
    """Return what the sentences tell people to say, where it is said whole."""
    quoted = r"“([^”{}]+)”" if language == "en" else r"«([^»{}]+)»"
    texts = TABLES[language].values()
    return sorted({hint for text in texts for hint in re.findall(quoted, text)})


@pytest.mark.parametrize("language", ["en", "es"])
async def test_what_people_are_told_to_say_is_understood(language: Language) -> None:
    planner = RulePlanner()
    context = PlanContext(now=NOW, zone=MADRID, directory=_directory(), language=language)
    found = hints(language)
    assert len(found) >= 6
    for hint in found:
        plan = await planner.plan(hint, context)
        assert plan.intent in {"read", "write"}, (hint, plan)


def _directory() -> Directory:
    return Directory(wallets=(WalletName(DESIGN.id, "Design", "Design", "team"),))
