import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

import bot.actions
from bot.actions.base import Receipt
from bot.actions.people import RoleChanged
from bot.actions.request_lists import RequestsReceipt
from bot.actions.spend import BalanceReceipt, ForecastReceipt, WalletsReceipt
from bot.economy.usage import SpendLine
from bot.economy.wallets import Wallet
from bot.replies.parts import action_words
from bot.replies.previews import preview_text
from bot.replies.reader import Reader
from bot.replies.receipts import TELLERS, receipt_text
from bot.replies.words import TABLES, say
from tests.unit.replies_samples import (
    ASK,
    BALANCE,
    DECIDED,
    DESIGN,
    EN,
    ES,
    EXPLAINED,
    FORECAST,
    HOSTILE,
    LINE,
    REQUEST,
    SAMPLES,
    SILENT,
    SPEND,
    USD,
)

READERS = pytest.mark.parametrize("reader", [EN, ES], ids=["en", "es"])


def classes_below(kind: type[Receipt]) -> Iterator[type[Receipt]]:
    for child in kind.__subclasses__():
        yield child
        yield from classes_below(child)


def all_receipts() -> list[type[Receipt]]:
    for module in pkgutil.iter_modules(bot.actions.__path__, "bot.actions."):
        importlib.import_module(module.name)
    # A class with slots was made twice; the one of that name in its module counts.
    return [
        kind
        for kind in classes_below(Receipt)
        if kind.__module__.startswith("bot.")
        and getattr(sys.modules[kind.__module__], kind.__name__) is kind
    ]


def test_every_receipt_has_words_and_a_sample() -> None:
    kinds = set(all_receipts())
    assert kinds <= set(TELLERS)
    assert kinds == {type(sample) for sample in SAMPLES}


@READERS
@pytest.mark.parametrize("is_other", [False, True], ids=["actor", "other"])
@pytest.mark.parametrize("receipt", SAMPLES, ids=lambda receipt: type(receipt).__name__)
def test_every_receipt_can_be_told(receipt: Receipt, reader: Reader, is_other: bool) -> None:
    text = receipt_text(receipt, reader, is_other=is_other)
    assert text.strip() == text
    assert all(line.strip() for line in text.split("\n"))
    assert not re.search(r"None|[{}]|\be\+|  \.| ,", text), text


def test_a_balance_reads_as_designed() -> None:
    receipt = BalanceReceipt(balance=BALANCE)
    assert receipt_text(receipt, EN) == (
        "Design has spent $412.80 of $500.00 this November (83 %), 12 days to go.\n"
        "$87.20 is free. At this pace it runs out on Tue 24 Nov. "
        "Most of it: claude-sonnet-4-5 $301.10, gpt-5-mini $88.02."
    )
    assert receipt_text(receipt, ES) == (
        "Design ha gastado $412,80 de $500,00 en noviembre (83 %), con 12 días por delante.\n"
        "Quedan libres $87,20. A este ritmo se agota el mar 24 nov. "
        "La mayor parte: claude-sonnet-4-5 $301,10, gpt-5-mini $88,02."
    )


@READERS
def test_under_seven_days_there_is_no_forecast(reader: Reader) -> None:
    silent = receipt_text(BalanceReceipt(balance=replace(BALANCE, forecast=SILENT)), reader)
    assert ("Not enough data" if reader.language == "en" else "Faltan datos") in silent
    assert "24" not in silent


def test_a_forecast_says_how_sure_it_is() -> None:
    receipt = ForecastReceipt(wallet=DESIGN, forecast=FORECAST, used_nanos=412_800_000_000)
    assert receipt_text(receipt, EN) == (
        "Design is heading for ≈$655 by Mon 30 Nov, most likely from $610 to $700; "
        "its limit is $500.00. It runs out on Tue 24 Nov.\n"
        "So far $412.80; ≈$22.00 a day over the last 14 days, and rising."
    )
    assert receipt_text(receipt, ES) == (
        "Design va camino de ≈$655 el lun 30 nov, muy probablemente de $610 a $700; "
        "su límite es de $500,00. Se agota el mar 24 nov.\n"
        "Hasta ahora $412,80; ≈$22,00 al día en los últimos 14 días, y subiendo."
    )


def test_a_forecast_whose_ends_read_alike_has_no_band() -> None:
    sure = replace(
        FORECAST,
        low_nanos=655 * USD,
        high_nanos=655 * USD + USD // 100,
        limit_nanos=700 * USD,
        runs_out_on=None,
        may_run_out_on=None,
        trend_nanos=0,
    )
    receipt = ForecastReceipt(wallet=DESIGN, forecast=sure, used_nanos=412_800_000_000)
    assert receipt_text(receipt, EN) == (
        "Design is heading for ≈$655 by Mon 30 Nov; its limit is $700.00. The limit holds.\n"
        "So far $412.80; ≈$22.00 a day over the last 14 days."
    )
    balance = replace(BALANCE, forecast=replace(FORECAST, runs_out_on=None))
    assert "it comes to ≈$655 ($610 to $700) by Mon 30 Nov" in receipt_text(
        BalanceReceipt(balance=balance), EN
    )


def test_a_used_up_limit_is_said_plainly() -> None:
    used_up = replace(LINE, used_nanos=500 * USD, free_nanos=-USD)
    text = receipt_text(BalanceReceipt(balance=replace(BALANCE, lines=(used_up,))), EN)
    assert "Nothing is free: what would cost more is refused." in text
    assert "pace" not in text


def test_a_request_sent_says_to_whom_and_until_when() -> None:
    assert receipt_text(SAMPLES[0], EN) == (
        "Sent to Ben Ortiz as #7K2M. I'll tell you when it is decided; "
        "it expires on Fri 20 Nov, 13:00 (in 2 days)."
    )
    assert receipt_text(SAMPLES[0], ES) == (
        "Solicitud #7K2M enviada a Ben Ortiz. Te avisaré cuando se decida; "
        "caduca el vie 20 nov, 13:00 (en 2 días)."
    )


def test_the_requester_hears_who_decided_and_the_decider_that_they_were_told() -> None:
    assert receipt_text(DECIDED, EN, is_other=True) == (
        "Ben Ortiz approved #7K2M: Design's limit is $700.00 until 30 Nov 2026."
    )
    assert receipt_text(DECIDED, ES, is_other=True) == (
        "Ben Ortiz ha aprobado #7K2M: el límite de Design es de $700,00 hasta el 30 nov 2026."
    )
    assert receipt_text(DECIDED, EN) == (
        "Approved #7K2M: Design's limit is $700.00 until 30 Nov 2026. I have told Ana Lima."
    )


def test_a_rejection_carries_its_reason() -> None:
    rejected = replace(DECIDED, how="rejected", reason="too much")
    assert receipt_text(rejected, EN, is_other=True) == (
        "Ben Ortiz rejected #7K2M: $200.00 for Design. Nothing was changed. "
        "Reason: “too much”. You can ask again, for less or with another reason."
    )


def test_a_person_hears_of_a_new_role_as_their_own() -> None:
    role = RoleChanged(how="given", name="Ana Lima", role="lead", wallet="Design")
    assert receipt_text(role, EN, is_other=True) == "You are lead of Design now."
    assert receipt_text(role, EN) == "Done. Ana Lima is lead of Design now."
    assert receipt_text(role, ES, is_other=True) == "Ahora tienes el rol de líder en Design."


def test_only_who_did_it_is_told_how_to_undo_it() -> None:
    raised = next(sample for sample in SAMPLES if sample.undo is not None)
    assert receipt_text(raised, EN).endswith("\nTo take it back, say “undo”.")
    assert "undo" not in receipt_text(raised, EN, is_other=True)


def test_why_gives_the_rule_and_the_numbers() -> None:
    text = receipt_text(EXPLAINED, EN)
    assert text.split("\n")[:3] == [
        "Why: Company has $50.00 free this November, and $200.00 is needed: $150.00 is missing.",
        "Rule: a spend counts against the wallet and every wallet above it, and each of them "
        "must have it free.",
        "What binds Design is Company: $50.00 free of $5,000.00 this November, $412.80 spent.",
    ]
    spanish = receipt_text(EXPLAINED, ES)
    assert spanish.startswith(
        "Por qué: Company tiene $50,00 libres en noviembre y hacen falta $200,00: faltan $150,00."
    )


def test_the_tree_stands_in_columns() -> None:
    tree = next(sample for sample in SAMPLES if isinstance(sample, WalletsReceipt))
    assert receipt_text(tree, EN) == (
        "Wallets, this November:\n"
        "Company   $1,880.00  of $5,000.00  38 %\n"
        "  Design  $0.000004      no limit"
    )


def test_requests_stand_in_columns() -> None:
    assert receipt_text(RequestsReceipt(which="open", requests=(REQUEST,)), EN) == (
        "Requests that wait (1):\n"
        "#7K2M  $200.00  Design  30 Nov 2026  Ana Lima  waits until Fri 20 Nov, 13:00"
    )


def test_spend_by_day_names_its_days_and_is_bounded() -> None:
    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(32)]
    lines = tuple(SpendLine(day.isoformat(), USD, 1, 1, 1) for day in days)
    text = receipt_text(replace(SPEND, by="day", lines=lines, total_nanos=32 * USD), ES)
    assert text.split("\n")[1] == "jue 1 oct   $1,00  3 %"
    assert text.endswith("\ny 12 más")


@READERS
@pytest.mark.parametrize("hostile", HOSTILE)
def test_stored_names_are_shown_literally_and_on_one_line(hostile: str, reader: Reader) -> None:
    literal = hostile.isprintable()
    card = preview_text(
        replace(ASK, subject=hostile, pays=hostile, reason=hostile, decides=(hostile,)),
        reader,
        ref="7K2M",
        version=1,
    )
    receipt = receipt_text(replace(DECIDED, wallet=hostile, decided_by=hostile), reader)
    named = Wallet(DESIGN.id, None, "team", hostile)
    balance = receipt_text(
        BalanceReceipt(balance=replace(BALANCE, wallet=named, top_models=((hostile, USD),))),
        reader,
    )
    assert len(card.split("\n")) == 4
    assert len(receipt.split("\n")) == 1
    assert len(balance.split("\n")) == 2
    for text in (card, receipt, balance):
        assert (hostile in text) == literal
        assert not re.search("[\u202e\u200b\x1b]", text)


def test_both_languages_put_the_same_facts_in() -> None:
    def facts(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    english, spanish = TABLES["en"], TABLES["es"]
    assert [key for key in english if facts(english[key]) != facts(spanish[key])] == []


def test_a_fact_is_never_read_as_a_pattern() -> None:
    assert say("en", "quote", text="{0.__class__} {text}") == "“{0.__class__} {text}”"
    assert action_words("{x}_y", "en") == "{x} y"
