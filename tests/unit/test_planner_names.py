"""Which wallets and people a word may mean."""

import pytest

from bot.ids import PrincipalId, WalletId
from bot.planning import Directory, PersonName, WalletName
from intents.names import NameIndex, has_mixed_scripts, skeleton, split_name
from intents.planner import RulePlanner
from tests.fakes_directory import ANA, DATA, DESIGN, LAUNCH, demo_context, demo_directory


def _wallet(wallet_id: str, name: str, path: str | None = None, kind: str = "team") -> WalletName:
    return WalletName(WalletId(wallet_id), name, path or f"Company / {name}", kind, WalletId("c"))


def _index(*wallets: WalletName, people: tuple[PersonName, ...] = ()) -> NameIndex:
    return NameIndex(Directory(wallets=wallets, people=people))


@pytest.mark.parametrize(
    "typed", ["design", "Design", "DESIGN", "diseño", "Diseno", "company / design"]
)
def test_a_name_is_found_in_any_case_and_in_both_languages(typed: str) -> None:
    found = NameIndex(demo_directory()).find(split_name(typed), 0)
    assert found is not None
    assert found[1].wallet_id == DESIGN


def test_the_longest_name_wins() -> None:
    index = _index(_wallet("d", "Design"), _wallet("do", "Design Ops"))
    found = index.find(split_name("design ops"), 0)
    assert found is not None
    assert found[1].wallet_id == "do"


def test_a_person_is_found_by_full_name_first_name_and_handle() -> None:
    index = NameIndex(demo_directory())
    for typed in ("Ana Ruiz", "ana", "@ana", "ruiz"):
        found = index.find(split_name(typed), 0)
        assert found is not None
        assert found[1].person_id == ANA


def test_two_of_one_name_are_two_candidates() -> None:
    index = _index(
        _wallet("l1", "Launch", "Company / Design / Launch"),
        _wallet("l2", "Launch", "Company / Data / Launch"),
    )
    found = index.find(["launch"], 0)
    assert found is not None
    assert found[1].wallet_id is None
    assert {w.id for w in found[1].wallets} == {"l1", "l2"}
    exact = index.find(split_name("Data / Launch"), 0)
    assert exact is not None
    assert exact[1].wallet_id == "l2"


def test_names_that_differ_by_an_accent_are_asked_about() -> None:
    index = _index(_wallet("a", "Diseño"), _wallet("b", "Diseno"))
    found = index.find(["diseno"], 0)
    assert found is not None
    assert found[1].wallet_id is None


@pytest.mark.parametrize(("typed", "meant"), [("desing", DESIGN), ("launhc", LAUNCH)])
def test_a_close_match_is_found(typed: str, meant: WalletId) -> None:
    named = NameIndex(demo_directory()).find_close(typed)
    assert named is not None
    assert named.is_close
    assert named.wallet_id == meant


@pytest.mark.parametrize("typed", ["date", "lunch", "band", "xyzzy", "mi", "x" * 500])
def test_other_words_are_no_close_match(typed: str) -> None:
    assert NameIndex(demo_directory()).find_close(typed) is None


# Letters of other scripts that look like Latin ones are what this test is about.
DESIGN_WITH_CYRILLIC_E = "D\u0435sign"


def test_a_name_in_look_alike_letters_is_asked_about() -> None:
    context = demo_context("7K2M")
    plan = RulePlanner().plan_now(f"give {DESIGN_WITH_CYRILLIC_E} 200 more", context)
    assert plan.actions == ()
    assert plan.question is not None
    assert plan.question.code == "which_wallet"
    assert plan.question.choices[0].label == "Company / Design"


def test_a_wallet_that_imitates_another_is_never_taken_silently() -> None:
    directory = Directory(
        wallets=(_wallet("d", "Design"), _wallet("fake", DESIGN_WITH_CYRILLIC_E)),
    )
    context = demo_context(directory=directory)
    for name in ("design", DESIGN_WITH_CYRILLIC_E):
        plan = RulePlanner().plan_now(f"give {name} 200 more", context)
        assert plan.actions == ()
        assert plan.question is not None
        assert len(plan.question.choices) == 2


def test_a_name_all_in_another_script_is_a_name() -> None:
    found = _index(_wallet("r", "Дизайн")).find(split_name("дизайн"), 0)
    assert found is not None
    assert found[1].wallet_id == "r"


def test_what_letters_look_like() -> None:
    assert skeleton(DESIGN_WITH_CYRILLIC_E) == "design"
    assert has_mixed_scripts(DESIGN_WITH_CYRILLIC_E)
    assert not has_mixed_scripts("Diseño")
    assert not has_mixed_scripts("Дизайн")


def test_two_people_of_one_name_are_a_question_with_both() -> None:
    people = (
        PersonName(PrincipalId("p1"), "Ana Ruiz", "ana"),
        PersonName(PrincipalId("p2"), "Ana Gil", "agil"),
    )
    directory = Directory(wallets=demo_directory().wallets, people=people)
    plan = RulePlanner().plan_now("make gil finance", demo_context(directory=directory))
    assert [call.model_dump()["person_id"] for call in plan.actions] == ["p2"]
    directory = Directory(
        people=(people[1], PersonName(PrincipalId("p3"), "Ana Sol", "asol")),
    )
    plan = RulePlanner().plan_now("make ana finance", demo_context(directory=directory))
    assert plan.question is not None
    assert plan.question.code == "which_person"
    assert [choice.label for choice in plan.question.choices] == ["Ana Gil", "Ana Sol"]


def test_a_shared_first_word_of_models_means_all_of_them() -> None:
    models = NameIndex(demo_directory()).models
    assert models["claude"] == ("claude-sonnet-4-5", "claude-haiku-4-5")
    assert models["sonnet"] == ("claude-sonnet-4-5",)
    assert models["gpt5mini"] == ("gpt-5-mini",)


def test_a_path_of_two_names_the_lower_one() -> None:
    plan = RulePlanner().plan_now("balance of design/launch", demo_context())
    assert [call.model_dump()["wallet_id"] for call in plan.actions] == [LAUNCH]


def test_a_directory_read_anew_is_known_again() -> None:
    planner = RulePlanner()
    for _ in range(3):
        plan = planner.plan_now("balance of data", demo_context("7K2M"))
        assert [call.model_dump()["wallet_id"] for call in plan.actions] == [DATA]
