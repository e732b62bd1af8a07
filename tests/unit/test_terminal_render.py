"""What a terminal shows: the words as they were meant, and nothing that it would obey."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.inbound import Lines, to_text
from adapters.terminal.render import to_lines, to_note, to_plain, visible
from bot.ids import ConversationId
from bot.messages import Button, MessageClass, OutboundMessage

YES_EDIT_NO = (Button("Yes", "t1"), Button("Edit", "t2", "edit"), Button("No", "t3", "no"))


def message(text: str, *buttons: Button, kind: MessageClass = "card") -> OutboundMessage:
    return OutboundMessage(ConversationId("c1"), text, kind, buttons=buttons)


def plain(text: str, *buttons: Button, width: int | None = None) -> str:
    return to_plain(to_lines(message(text, *buttons), width=width))


def test_further_lines_stand_below_the_first_word() -> None:
    assert plain("Design has spent $412.80.\n\nMost of it: gpt-5.\n") == (
        "bursar> Design has spent $412.80.\n\n        Most of it: gpt-5.\n"
    )


def test_buttons_stand_behind_the_last_line() -> None:
    assert plain("Draft #7K2M\nDecides: Ben", *YES_EDIT_NO) == (
        "bursar> Draft #7K2M\n        Decides: Ben   [Yes] [Edit] [No]\n"
    )


def test_buttons_that_do_not_fit_stand_below() -> None:
    assert plain("word " * 18 + "end", *YES_EDIT_NO).endswith("end\n        [Yes] [Edit] [No]\n")


def test_buttons_that_are_no_answer_have_numbers() -> None:
    shown = message("Design is full.", Button("Snooze", "t1"), Button("Mute", "t2"), kind="alert")
    assert to_plain(to_lines(shown)) == "bursar> Design is full.   [1 Snooze] [2 Mute]\n"


def test_lines_are_wrapped_to_the_terminal() -> None:
    shown = plain("Design has spent a lot\n  - and indented things too", width=28)
    assert shown.splitlines() == [
        "bursar> Design has spent a",
        "        lot",
        "          - and indented",
        "          things too",
    ]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a\x1b[2Jb", "a\u241b[2Jb"),
        ("a\rb", "a\u240db"),
        ("a\x7fb\x9b1m", "a\u2421b<U+009B>1m"),
        ("tab\there", "tab    here"),
        ("pay \u202edlo\u202c", "pay <U+202E>dlo<U+202C>"),
        ("in\u200bvisible", "in<U+200B>visible"),
        ("one\u2028two", "one<U+2028>two"),
        ("no\u00a0break", "no break"),
        ("half \ud83d", "half \ufffd"),
        ("👩\u200d💻 café ñandú ¿sí?", "👩\u200d💻 café ñandú ¿sí?"),
    ],
)
def test_characters_that_act_are_shown_instead(stored: str, shown: str) -> None:
    assert visible(stored) == shown


@given(st.text())
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    shown = to_plain([*to_lines(message(text, Button(text, "t"))), to_note(text)])
    for char in shown.replace("\n", ""):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(char) not in {"LRE", "RLO", "LRO", "RLE", "PDF"}
    shown.encode("utf-8")


def test_every_line_has_a_key_of_its_own() -> None:
    lines, others = Lines(), Lines()
    sent = [each.to_inbound("yes", "ana") for each in (lines, lines, others)]
    assert len({each.key for each in sent if each is not None}) == 3
    first = sent[0]
    assert first is not None
    assert (first.platform, first.account, first.external_id) == ("terminal", "bursar", "ana")


def test_an_empty_line_asks_nothing() -> None:
    assert Lines().to_inbound(" \t ", "ana") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" hola \n", "hola"), ("a\x1b[31mb", "a [31mb"), ("caf\udce9", "caf?"), ("a\x00b", "a b")],
)
def test_a_line_is_kept_without_controls(typed: str, kept: str) -> None:
    assert to_text(typed) == kept
