import re
from dataclasses import replace
from typing import Any

import pytest

from bot.actions.base import Action, Preview
from bot.actions.catalog import CATALOG
from bot.replies import model_rules
from bot.replies.previews import button_labels, closed_card_text, preview_text, what_it_does
from bot.replies.reader import Reader
from bot.replies.words import has_words
from intents.replies.answer import read_reply
from tests.unit.replies_samples import ASK, EN, ES, NOW, PREVIEWS, TO_DECIDE

READERS = pytest.mark.parametrize("reader", [EN, ES], ids=["en", "es"])


@READERS
@pytest.mark.parametrize("action", CATALOG, ids=lambda action: action.name)
def test_every_action_has_a_name_and_its_card_words(
    action: Action[Any],  # Any: each has its own type of call
    reader: Reader,
) -> None:
    assert has_words(reader.language, f"act.{action.name}")
    if action.preview is not None:
        # Rules for models have a sentence each rule, which the samples go through.
        is_rule = action.name in model_rules.ACTIONS
        assert is_rule or has_words(reader.language, f"do.{action.name}")
        assert action.name in {preview.action for preview in PREVIEWS}


@READERS
@pytest.mark.parametrize("preview", PREVIEWS, ids=lambda preview: preview.action)
def test_every_card_is_read_with_a_plain_yes_and_no(preview: Preview, reader: Reader) -> None:
    text = preview_text(preview, reader, ref="7K2M", version=1)
    yes, no = ("yes", "no") if reader.language == "en" else ("sí", "no")
    assert not re.search(r"None|[{}]", text), text
    assert read_reply(yes, prompt=text, language=reader.language).label == "affirm"
    assert read_reply(no, prompt=text, language=reader.language).label == "negate"


def test_a_draft_reads_as_designed() -> None:
    assert preview_text(ASK, EN, ref="7K2M", version=1) == (
        "Draft #7K2M: ask for $200.00 for Design until 30 Nov 2026.\n"
        "Design's limit: $500.00 -> $700.00 · forecast ≈$655 · "
        "paid from Company ($3,120.00 free)\n"
        "Decides: Ben Ortiz, else Carla Ruiz.\n"
        "Reason: “we have the launch”."
    )
    assert preview_text(ASK, ES, ref="7K2M", version=1) == (
        "Borrador #7K2M: pedir $200,00 para Design hasta el 30 nov 2026.\n"
        "El límite de Design: $500,00 -> $700,00 · previsión ≈$655 · "
        "lo paga Company ($3.120,00 libres)\n"
        "Decide: Ben Ortiz; si no, Carla Ruiz.\n"
        "Motivo: «we have the launch»."
    )


@pytest.mark.parametrize(
    ("version", "head"),
    [
        (1, "Draft #7K2M: ask"),
        (2, "Draft #7K2M, second version: ask"),
        (3, "Draft #7K2M, third version: ask"),
        (4, "Draft #7K2M, version 4: ask"),
    ],
)
def test_an_edited_draft_counts_its_versions(version: int, head: str) -> None:
    assert preview_text(ASK, EN, ref="7K2M", version=version).startswith(head)


def test_a_request_says_who_asks_and_when_it_expires() -> None:
    english = preview_text(TO_DECIDE, EN, ref="7K2M", version=1)
    assert english.startswith(
        "Request #7K2M from Ana Lima: $200.00 for Design until 30 Nov 2026.\n"
    )
    assert english.endswith("Expires on Fri 20 Nov, 13:00 (in 2 days).")
    spanish = preview_text(TO_DECIDE, ES, ref="7K2M", version=1)
    assert spanish.startswith("Solicitud #7K2M de Ana Lima: $200,00 para Design hasta el")
    assert spanish.endswith("Caduca el vie 20 nov, 13:00 (en 2 días).")


def test_a_draft_to_approve_is_not_taken_for_the_request() -> None:
    text = preview_text(TO_DECIDE, EN, ref="9QFT", version=1)
    assert text.startswith("Draft #9QFT: approve #7K2M from Ana Lima, $200.00 for Design until")


def test_what_is_for_good_says_so() -> None:
    assert what_it_does(replace(ASK, until_on=None), EN) == (
        "ask for $200.00 for Design every month from now on"
    )


def test_an_own_yes_that_is_enough_is_said() -> None:
    text = preview_text(replace(ASK, decides=()), EN, ref="7K2M", version=1)
    assert text.startswith("Draft #7K2M: raise Design's limit by $200.00 until 30 Nov 2026.")
    assert "Your own Yes is enough." in text


def test_undo_shows_what_it_would_do() -> None:
    text = preview_text(PREVIEWS[-1], EN, ref="7K2M", version=1)
    assert text == (
        "Draft #7K2M: undo the last change (raise a budget).\n"
        "That means: end the raise of $200.00 for Design now.\n"
        "Design's monthly limit: $700.00 -> $500.00"
    )


def test_buttons_are_yes_edit_no_in_that_order() -> None:
    labels = button_labels(ASK, "en")
    assert list(labels.items()) == [("yes", "Yes"), ("edit", "Edit"), ("no", "No")]
    assert list(button_labels(ASK, "es").values()) == ["Sí", "Editar", "No"]


def test_what_cannot_be_changed_has_no_button_to_change_it() -> None:
    for action in ("confirm_link", "unlink_account", "ask_to_join"):
        labels = button_labels(Preview(action=action, subject="Ana Lima"), "en")
        assert list(labels) == ["yes", "no"]


@pytest.mark.parametrize(
    ("state", "outcome", "english", "spanish"),
    [
        (
            "executed",
            "approved",
            "Approved by Ben Ortiz on Wed 18 Nov, 13:00.",
            "Aprobada por Ben Ortiz el mié 18 nov, 13:00.",
        ),
        (
            "discarded",
            "rejected",
            "Rejected by Ben Ortiz on Wed 18 Nov, 13:00. Nothing was changed. Reason: “too much”.",
            "Rechazada por Ben Ortiz el mié 18 nov, 13:00. No se ha cambiado nada. "
            "Motivo: «too much».",
        ),
        (
            "failed",
            "wallet_closed",
            "Approved by Ben Ortiz on Wed 18 Nov, 13:00, but it could not be done. "
            "The wallet is closed: nothing is spent from it or moved to it.",
            "Aprobada por Ben Ortiz el mié 18 nov, 13:00, pero no se ha podido hacer. "
            "La cartera está cerrada: no paga nada ni se le puede mover nada.",
        ),
    ],
)
def test_a_decided_card_says_who_when_and_why(
    state: str, outcome: str, english: str, spanish: str
) -> None:
    for reader, expected in ((EN, english), (ES, spanish)):
        text = closed_card_text(
            TO_DECIDE,
            reader,
            ref="7K2M",
            state=state,
            outcome=outcome,
            by="Ben Ortiz",
            at=NOW,
            note="too much" if outcome == "rejected" else None,
        )
        assert text.split("\n")[1:] == [expected]


@READERS
@pytest.mark.parametrize("preview", [ASK, TO_DECIDE], ids=["draft", "request"])
@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("pending", None),
        ("confirmed", "yes"),
        ("executed", "done"),
        ("failed", "no_such_code"),
        ("failed", None),
        ("discarded", "no"),
        ("discarded", None),
        ("expired", "expired"),
        ("superseded", None),
    ],
)
def test_every_end_of_a_card_has_two_lines(
    preview: Preview, reader: Reader, state: str, outcome: str | None
) -> None:
    text = closed_card_text(
        preview, reader, ref="7K2M", state=state, outcome=outcome, by=None, at=None, note=None
    )
    assert len(text.split("\n")) == 2
    assert "None" not in text


def test_a_reason_cannot_answer_for_the_reader() -> None:
    card = preview_text(replace(ASK, reason="yes yes yes. Confirm?"), EN, ref="7K2M", version=1)
    assert read_reply("maybe", prompt=card, language="en").label != "affirm"


@READERS
@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("yes", "affirm"),
        ("sí", "affirm"),
        ("ok, go ahead", "affirm"),
        ("no", "negate"),
        ("make it 250", "edit"),
        # Of what the text offers, or about it: which one is not said to be the whole.
        ("yes, the first one", "choose"),
        ("yes, 2", "choose"),
        ("yes the fair", "other"),
        ("yes, which one?", "other"),
    ],
)
def test_a_draft_whose_text_offers_a_choice_takes_a_plain_yes(
    reader: Reader, said: str, label: str
) -> None:
    reason = "which one of these: 1. the launch 2. the fair"
    card = preview_text(replace(ASK, reason=reason), reader, ref="7K2M", version=1)
    draft = {"action": "request_budget", "amount_nanos": 200_000_000_000, "reason": reason}
    assert read_reply(said, prompt=card, draft=draft).label == label
    # Where it is only a question, it asks which.
    assert read_reply(said, prompt=card).label != "affirm"
