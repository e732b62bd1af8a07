"""The language of a sentence comes from its words; a hint decides where they do not."""

import pytest

from bot.planning import Language
from intents.language import score_languages
from intents.planner import RulePlanner
from intents.sentence import split_words
from tests.fakes_directory import demo_context


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how much is left", "en"),
        ("raise design by 200", "en"),
        ("what can you do?", "en"),
        ("¿cuánto nos queda?", "es"),
        ("cuanto queda", "es"),
        ("sube diseño 200", "es"),
        ("pide 200 más para Design", "es"),
        ("give Diseño 200 more", "en"),
    ],
)
def test_the_words_tell_the_language(text: str, language: Language) -> None:
    english, spanish = score_languages(split_words(text).words, text)
    assert english != spanish
    assert (english > spanish) == (language == "en")


def test_names_and_amounts_tell_no_language() -> None:
    assert score_languages(("design", "200"), "design 200") == (0, 0)


@pytest.mark.parametrize(("text", "hint"), [("saldo", "en"), ("balance design", "es")])
def test_a_word_of_the_other_language_is_read_all_the_same(text: str, hint: Language) -> None:
    plan = RulePlanner().plan_now(text, demo_context(language=hint))
    assert [call.action for call in plan.actions] == ["show_balance"]
