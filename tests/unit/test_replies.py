import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.errors.kinds import InvalidInput
from bot.planning import Language, ReplyReading
from intents.replies.answer import read_reply
from intents.replies.lines import read_reply_line

CORPUS = Path(__file__).parents[1] / "corpus" / "replies.jsonl"
ASK = "Draft #7K2: ask for $200.00 for Design until 30 Nov 2026. [Yes] [Edit] [No]"
MOVE = "Draft #9QF: move $80.00 from Research to Design. Confirm?"
CANCEL = "Draft #4MM: cancel request #31 of Ana. Go ahead?"
WHICH = "Which wallet do you mean? 1. Design 2. Design Ops 3. Research"
PEDIR = "Borrador #7K2: pedir 200,00 $ para Diseño hasta el 30 nov 2026. [Sí] [Editar] [No]"
CUAL = "¿A cuál te refieres? 1. Diseño 2. Diseño Web"
TODAY = date(2026, 11, 20)


def label(
    reply: str,
    prompt: str | None = ASK,
    language: Language = "en",
    draft: Mapping[str, object] | None = None,
) -> str:
    return read_reply(reply, prompt=prompt, language=language, draft=draft).label


def changes(reply: str, draft: Mapping[str, object] | None = None) -> dict[str, object]:
    reading = read_reply(reply, prompt=ASK, language="en", draft=draft, today=TODAY)
    assert reading.label == "edit"
    return reading.changes


@pytest.mark.parametrize(
    "reply",
    [
        "yes",
        "Yep, go ahead",
        "sure, sounds good",
        "ok",
        "That is perfectly correct, please proceed",
    ],
)
def test_a_plain_yes_affirms(reply: str) -> None:
    assert label(reply) == "affirm"


@pytest.mark.parametrize("reply", ["sí", "si", "dale", "vale, adelante", "claro que sí", "hazlo"])
def test_a_plain_spanish_yes_affirms(reply: str) -> None:
    assert label(reply, PEDIR, "es") == "affirm"


@pytest.mark.parametrize(
    "reply", ["yess", "yesss!!", "okey", "confrim", "perfefct", "YES", "\uff59\uff45\uff53"]
)
def test_a_slip_of_the_finger_is_still_a_yes(reply: str) -> None:
    assert label(reply) == "affirm"


@pytest.mark.parametrize("reply", ["👍", "👍🏽", "✅ yes", "Yes 🎉"])
def test_a_thumb_up_affirms(reply: str) -> None:
    assert label(reply) == "affirm"


def test_a_thumb_down_negates() -> None:
    assert label("👎") == label("yes 👎") == "negate"


@pytest.mark.parametrize("reply", ["yes? no!", "yeah no", "yes no", "ok, don't", "sí... no, para"])
def test_a_yes_taken_back_is_a_no(reply: str) -> None:
    assert label(reply) == "negate"


@pytest.mark.parametrize(
    "reply",
    [
        "I can't say yes",
        "not sure yes",
        'he said "yes"',
        "Ben said yes",
        "if it is under 200 then yes",
        "yeah right",
        "yes?",
        "yes when Ben is back",
        "only if it reverts, ok",
        "maybe yes",
        "ok...",
    ],
)
def test_a_yes_with_a_doubt_a_condition_or_quotes_does_not_commit(reply: str) -> None:
    assert label(reply) == "other"


@pytest.mark.parametrize(
    "reply", ["y\u200bes", "\u202eyes", "\u0443es", "~~yes~~", "y\u0336es\u0336"]
)
def test_hidden_struck_or_foreign_letters_do_not_commit(reply: str) -> None:
    assert label(reply) == "other"


@pytest.mark.parametrize(
    "reply", ["yes to Finance", "yes, the marketing one", "yes, Ben", "yes for all"]
)
def test_a_yes_to_something_that_was_not_asked_does_not_commit(reply: str) -> None:
    assert label(reply) == "other"


def test_a_yes_that_repeats_the_draft_affirms() -> None:
    assert label("Yes, $80 from Research to Design", MOVE) == "affirm"
    assert label("yes, until 30 Nov 2026") == "affirm"


def test_a_yes_that_turns_the_draft_round_does_not_commit() -> None:
    assert label("Yes, from Design to Research", MOVE) != "affirm"


@pytest.mark.parametrize(
    "reply",
    [
        "That sounds really good to me",
        "I'm quite happy with everything",
        "You understood my request perfectly",
        "that is not wrong",
        "my answer is a definite yes",
        "sure, why not",
        "yes, if you don't mind",
        "Yes, undoubtedly. Carry on",
        "everything adds up, thankyou",
    ],
)
def test_a_yes_is_known_by_its_build(reply: str) -> None:
    assert label(reply) == label(reply, None) == "affirm"


@pytest.mark.parametrize(
    "reply",
    [
        "that sounds almost right",
        "it looks suspiciously good",
        "that is expensive",
        "you should get it right",
        "my answer is a conditional yes",
        "that's a Ben yes",
        "yes, show me first",
        "yes, take that off",
        "I agree with Ben",
        "Friday is perfect",
        "the marketing wallet is perfect",
        "that is right for Finance",
        "yes, monthly",
        "yes, eventually",
        "yes, tell Ben",
        "the amount is right",
    ],
)
def test_praise_that_is_taken_down_or_meant_for_something_else_does_not_commit(reply: str) -> None:
    assert label(reply) != "affirm"


def test_an_offer_is_taken_by_ordering_it() -> None:
    offer = "Would you like me to book a table?"
    assert label("Please book the table for me", offer) == "affirm"
    assert label("I'd like to book it", offer) == "affirm"
    assert label("Could you please book it?", offer) == "affirm"
    assert label("I'd like to book a car", offer) != "affirm"
    assert label("Please book the table for Ben", offer) != "affirm"


def test_one_more_thing_under_a_draft_is_no_part_of_the_yes() -> None:
    assert label("Yes. Schedule an appointment", "Is this good?") != "affirm"
    assert label("Yes, schedule it", "Is this good?") == "affirm"


def test_stopping_under_a_cancellation_does_not_commit() -> None:
    for reply in ("fine, forget it", "all right, stop", "perfect, undo", "yes, quit"):
        assert label(reply, CANCEL) != "affirm"
    assert label("correct, please cancel that one", CANCEL) == "affirm"


def test_si_without_its_accent_sets_a_condition_where_accents_are_written() -> None:
    assert label("si está bien", PEDIR, "es") != "affirm"
    assert label("hazlo si está bien", PEDIR, "es") != "affirm"
    assert label("sí, está bien", PEDIR, "es") == "affirm"
    assert label("si, esta bien", PEDIR, "es") == "affirm"


def test_a_limit_named_in_the_preview_is_not_the_amount_asked_for() -> None:
    prompt = "Ask for $200.00 for Design. Limit $500.00 -> $700.00. Confirm?"
    assert label("yes, 200", prompt) == "affirm"
    assert label("yes, 700", prompt) == "edit"


def test_a_yes_with_a_question_affirms() -> None:
    assert label("Yes. How much have we spent so far?") == "affirm"
    assert label("yes, and what is the balance of Research?") == "affirm"


def test_a_yes_with_a_change_is_an_edit() -> None:
    assert changes("yes but make it 250") == {"amount": "250"}
    assert changes("yes, until 15 December 2026")["until"] == "2026-12-15"


def test_an_edit_says_what_changes() -> None:
    assert changes("make it $1,250.50") == {"amount": "1250.50"}
    assert changes("not 200 but 250") == {"amount": "250"}
    assert changes("make it permanent instead") == {"for_good": True}
    assert changes("the reason is the spring launch") == {"reason": "the spring launch"}
    assert changes("charge it to the Marketing budget instead")["wallet"] == "Marketing"


def test_a_capital_name_after_the_change_is_the_wallet() -> None:
    assert changes("make it for Marketing") == {"wallet": "Marketing"}
    assert changes("sure, but from Research") == {"wallet": "Research"}


def test_a_day_that_may_be_today_or_next_week_is_asked_about() -> None:
    assert changes("yes but until friday") == {}


def test_an_edit_without_a_value_changes_nothing_yet() -> None:
    assert changes("I want to change it") == {}


def test_two_new_amounts_are_asked_about() -> None:
    assert "amount" not in changes("make it 250 or 300")


def test_a_bare_number_edits_the_amount() -> None:
    assert changes("250") == {"amount": "250"}


def test_a_spanish_edit_says_what_changes() -> None:
    reading = read_reply("sí, pero que sean 250", prompt=PEDIR, language="es", today=TODAY)
    assert reading == ReplyReading("edit", {"amount": "250"})


DRAFT = {
    "room": "Blue room",
    "start_time": "3 pm",
    "start_date": "12 March",
    "number_of_people": "4",
    "needs_projector": "False",
}


@pytest.mark.parametrize(
    ("reply", "changed"),
    [
        ("make it half past 4 in the afternoon", {"start_time": "half past 4 in the afternoon"}),
        (
            "No, on the 14th of March at 5 pm",
            {"start_date": "14th of March", "start_time": "5 pm"},
        ),
        ("can you make it for six people?", {"number_of_people": "6"}),
        ("Actually, I need a projector", {"needs_projector": "True"}),
        ("change the room to Green room", {"room": "Green room"}),
    ],
)
def test_the_changed_field_is_told_from_the_drafts_own_values(
    reply: str, changed: dict[str, object]
) -> None:
    prompt = "Book the Blue room for 4 people on 12 March at 3 pm?"
    assert read_reply(reply, prompt=prompt, draft=DRAFT) == ReplyReading("edit", changed)


def test_dates_find_their_fields_by_the_words_before_them() -> None:
    draft = {"check_in_date": "March 3rd", "check_out_date": "March 6th"}
    assert changes("please check out on March 8th", draft) == {"check_out_date": "March 8th"}
    assert changes("Actually, check in on March 2nd", draft) == {"check_in_date": "March 2nd"}


def test_budget_fields_of_a_draft_are_named_as_such() -> None:
    draft = {"amount": "200.00", "wallet": "Design", "until": "2026-11-30"}
    assert changes("make it 250", draft) == {"amount": "250"}


@pytest.mark.parametrize(
    "reply", ["no", "cancel", "never mind", "don't", "stop it", "that's wrong"]
)
def test_a_no_negates(reply: str) -> None:
    assert label(reply) == "negate"


@pytest.mark.parametrize("reply", ["no", "déjalo", "cancelar", "mejor no", "claro que no", "para"])
def test_a_spanish_no_negates(reply: str) -> None:
    assert label(reply, PEDIR, "es") == "negate"


def test_cancelling_a_draft_that_cancels_is_a_yes() -> None:
    assert label("yes, cancel it", CANCEL) == "affirm"
    assert label("yes, cancel it", "All right?", draft={"action": "cancel_request"}) == "affirm"


def test_cancelling_any_other_draft_is_a_no() -> None:
    assert label("yes, cancel it") == "negate"
    assert label("cancel it", 'Create the task "Cancel the contract" for Monday?') == "negate"


def test_a_bare_cancel_under_a_cancellation_does_not_commit() -> None:
    assert label("cancel", CANCEL) == "negate"


def test_approving_under_a_cancellation_does_not_commit() -> None:
    assert label("approve it", CANCEL) == "other"


@pytest.mark.parametrize(
    "reply", ["thanks", "hmm", "wait", "not sure", "why 200?", "banana", "", "?"]
)
def test_anything_else_leaves_the_draft_open(reply: str) -> None:
    assert label(reply) == "other"


@pytest.mark.parametrize(
    ("reply", "choice"),
    [("the second one", 2), ("2", 2), ("first", 1), ("the last one", -1), ("#3", 3)],
)
def test_an_option_is_chosen_where_options_are_offered(reply: str, choice: int) -> None:
    assert read_reply(reply, prompt=WHICH) == ReplyReading("choose", choice=choice)


def test_a_spanish_option_is_chosen() -> None:
    assert read_reply("la primera", prompt=CUAL) == ReplyReading("choose", choice=1)


def test_nothing_is_chosen_where_nothing_is_offered() -> None:
    assert label("the second one") == "other"
    assert label("2") != "choose"


def test_a_yes_to_several_options_does_not_commit() -> None:
    assert label("yes", WHICH) == "other"


def test_none_of_the_options_is_a_no() -> None:
    assert label("none of these", WHICH) == "negate"


def test_a_very_long_reply_is_no_answer() -> None:
    assert label("yes " * 1000) == "other"


def test_a_line_gives_label_and_changes() -> None:
    row = {"reply": "yes but make it 250", "prompt": ASK, "lang": "en", "id": "x"}
    assert read_reply_line(row) == {"label": "edit", "changes": {"amount": "250"}}


def test_a_line_gives_the_choice() -> None:
    row = {"reply": "the second one", "prompt": WHICH}
    assert read_reply_line(row) == {"label": "choose", "changes": {}, "choice": 2}


@pytest.mark.parametrize(
    "row",
    [
        {},
        [],
        "yes",
        {"reply": 3},
        {"reply": "yes", "prompt": 1},
        {"reply": "yes", "lang": "fr"},
        {"reply": "yes", "draft": "x"},
    ],
)
def test_a_bad_line_is_refused(row: object) -> None:
    with pytest.raises(InvalidInput):
        read_reply_line(row)


def test_no_reply_of_the_corpus_commits_falsely_and_nearly_all_are_read_right() -> None:
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    read = [(row, read_reply_line(row)["label"]) for row in rows]
    assert len(rows) >= 250
    assert [row for row, got in read if got == "affirm" and row["label"] != "affirm"] == []
    wrong = [(row["reply"], row["label"], got) for row, got in read if got != row["label"]]
    assert len(wrong) <= 0.03 * len(rows), wrong


OWN = {
    "action": "request_budget",
    "wallet_id": "design",
    "amount_nanos": 200_000_000_000,
    "until_on": "2026-11-30",
    "reason": None,
}


@pytest.mark.parametrize(
    ("reply", "changed"),
    [
        ("make it two hundred and fifty", {"amount": "250"}),
        ("make it 2k", {"amount": "2000"}),
        ("no 250", {"amount": "250"}),
        ("not 200, 250", {"amount": "250"}),
        ("until monday", {"until": "2026-11-23"}),
        ("250 until monday", {"amount": "250", "until": "2026-11-23"}),
        ("hasta el 15 de diciembre", {"until": "2026-12-15"}),
        ("for data instead", {"wallet": "data"}),
        ("for data", {"wallet": "data"}),
        ("me refería a data", {"wallet": "data"}),
        ("make it 150 for data", {"amount": "150", "wallet": "data"}),
        ("150 for the party", {"amount": "150", "maybe_wallet": "party"}),
        ("wrong date", {}),
    ],
)
def test_what_an_action_holds_is_not_taken_from_the_words_as_it_stands(
    reply: str, changed: dict[str, object]
) -> None:
    assert changes(reply, OWN) == changed


@pytest.mark.parametrize(
    ("reply", "question", "given"),
    [
        ("make it -5", "which_amount", "-5"),
        ("make it minus 5", "which_amount", "minus 5"),
        ("que sean menos 5", "which_amount", "menos 5"),
        ("make it 0", "which_amount", "0"),
        ("make it 250 euros", "which_amount", "250 euros"),
        ("make it €250", "which_amount", "€250"),
        ("250 or 300", "which_amount", "250 or 300"),
        ("make it 10%", "which_amount", "10%"),
        ("make it 0.00000000001", "which_amount", "0.00000000001"),
        ("make it 99999999999", "which_amount", "99999999999"),
        ("until 31 February", "which_date", "31 February"),
        ("until banana", "which_date", "banana"),
        ("make it 250 until banana", "which_date", "banana"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named(reply: str, question: str, given: str) -> None:
    reading = read_reply(reply, prompt=ASK, language="en", draft=OWN, today=TODAY)
    assert (reading.label, reading.question, reading.given) == ("edit", question, given)


@pytest.mark.parametrize("reply", ["por lo menos 500", "al menos 500", "not 200 but 250", "250"])
def test_a_value_that_can_be_taken_is_not_asked_about(reply: str) -> None:
    reading = read_reply(reply, prompt=ASK, language="es", draft=OWN, today=TODAY)
    assert reading.question is None


@pytest.mark.parametrize(
    "reply",
    ["actually no", "no, i changed my mind", "on second thought no", "not today", "oops no", "n"],
)
def test_a_change_of_mind_that_names_nothing_else_is_a_no(reply: str) -> None:
    assert label(reply, draft=OWN) == "negate"


def test_a_y_is_a_yes_in_english_only() -> None:
    assert label("y") == "affirm"
    assert label("y", None) == "other"
    assert label("y", PEDIR, "es") == "other"
    assert label("y?") == "other"
