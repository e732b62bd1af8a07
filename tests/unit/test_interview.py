"""`bursar init` without a file: every answer is checked when it is given, and asked again."""

from collections.abc import Iterable

import pytest

from bot.company.interview import Interview, suggest_handle


class Answers:
    """Answers in order; an empty one takes the default."""

    def __init__(self, answers: Iterable[str]) -> None:
        self._answers = list(answers)
        self.told: list[str] = []

    def __call__(self, question: str, default: str = "") -> str:
        return self._answers.pop(0) or default

    def tell(self, text: str) -> None:
        self.told.append(text)

    def left(self) -> int:
        return len(self._answers)


FIRST = ["Acme", "Europe/Madrid", "es", "$6000", "Ángel Ruiz", ""]


def test_a_company_is_asked_for() -> None:
    answers = Answers(
        [
            *FIRST,
            "Design",
            "500",
            "Data",
            "",
            "",
            "Ana",
            "",
            "Design",
            "",
            "Ben",
            "",
            "",
            "admin",
            "",
        ]
    )
    company = Interview(answers, answers.tell).run()
    assert (company.name, company.zone, company.language) == ("Acme", "Europe/Madrid", "es")
    assert [(x.name, x.parent, x.limits) for x in company.wallets] == [
        ("Acme", None, {"month": 6_000_000_000_000}),
        ("Design", "Acme", {"month": 500_000_000_000}),
        ("Data", "Acme", {}),
    ]
    assert [(x.handle, x.wallet, x.roles[0].role) for x in company.people] == [
        ("angel", None, "owner"),
        ("ana", "Design", "member"),
        ("ben", None, "admin"),
    ]
    assert answers.told == []
    assert answers.left() == 0


def test_answers_that_will_not_do_are_asked_again() -> None:
    answers = Answers(
        [
            *["Acme", "Madrid", "es", "6,000", "Ángel", ""],
            *FIRST,
            *["Acme", "", ""],
            *["Ana", "angel", "", "", "Ana", "ana", "Desing", "boss", "Ana", "ana", "", "", ""],
        ]
    )
    company = Interview(answers, answers.tell).run()
    assert [x.handle for x in company.people] == ["angel", "ana"]
    assert [text.partition(":")[0] for text in answers.told] == [
        "zone",
        "wallets[2].name",
        "people[2].handle",
        'people[2].roles[1].role ("Ana")',
    ]
    assert "wallets[1].limits.month" in answers.told[0]


@pytest.mark.parametrize(
    ("name", "handle"),
    [("Ángel Ruiz", "angel"), ("Ben-Hur Ortiz", "ben"), ("李雷", ""), ("Zoë", "zoe")],
)
def test_a_handle_is_suggested(name: str, handle: str) -> None:
    assert suggest_handle(name) == handle
