"""Slash commands: the action is named, the arguments are read like any sentence."""

from datetime import date

import pytest

from bot.actions.approvals import ApproveRequest
from bot.actions.asking import MoveBudget, RaiseBudget, RequestBudget
from bot.actions.base import ActionCall
from bot.actions.digest import SetDigest, ShowDigest
from bot.actions.explain import Explain
from bot.actions.help import ShowHelp
from bot.actions.limits import SetLimit, SetThresholds
from bot.actions.people import AddPerson, GiveRole, ListPeople, TakeRole
from bot.actions.request_lists import ListRequests
from bot.actions.requests import CancelRequest, RejectRequest
from bot.actions.rights import SetRoleLimit
from bot.actions.shared_digest import ShareDigest
from bot.actions.spend import ShowBalance, ShowForecast, ShowSpend, ShowTopSpenders, ShowWallets
from bot.actions.undo import Undo
from bot.actions.unusual import ShowUnusual
from bot.actions.wallets import CloseWallet, CreateWallet, RenameWallet
from bot.planning import Plan
from intents.planner import RulePlanner
from tests.fakes_directory import BEN, DATA, DESIGN, LAUNCH, SUPPORT, demo_context

USD = 10**9
FRIDAY = date(2026, 11, 20)


def _plan(text: str, *requests: str) -> Plan:
    return RulePlanner().plan_now(text, demo_context(*(requests or ("7K2M",))))


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("/balance", ShowBalance(wallet_id=DESIGN)),
        ("/balance data", ShowBalance(wallet_id=DATA)),
        ("/show-balance data", ShowBalance(wallet_id=DATA)),
        ("/show_balance@bursar_bot data", ShowBalance(wallet_id=DATA)),
        ("/saldo datos", ShowBalance(wallet_id=DATA)),
        (
            "/spend last week by model",
            ShowSpend(
                wallet_id=DESIGN,
                by="model",
                from_on=date(2026, 11, 9),
                until_on=date(2026, 11, 15),
            ),
        ),
        ("/spend data by person", ShowSpend(wallet_id=DATA, by="person")),
        ("/wallets", ShowWallets()),
        ("/top 10", ShowTopSpenders(count=10)),
        ("/top", ShowTopSpenders()),
        ("/forecast data", ShowForecast(wallet_id=DATA)),
        ("/ai-forecast data", ShowForecast(wallet_id=DATA)),
        ("/ai-top-users", ShowTopSpenders()),
        ("/unusual", ShowUnusual()),
        ("/raro data", ShowUnusual(wallet_id=DATA)),
        ("/requests", ListRequests()),
        ("/requests mine", ListRequests(which="mine")),
        ("/requests all", ListRequests(which="all")),
        ("/people", ListPeople()),
        ("/people data", ListPeople(wallet_id=DATA)),
        ("/help", ShowHelp()),
        ("/help raise", ShowHelp(topic="raise_budget")),
        ("/help models", ShowHelp(topic="models")),
        ("/ayuda presupuestos", ShowHelp(topic="budgets")),
        ("/help set-limit", ShowHelp(topic="set_limit")),
        ("/why", Explain()),
        ("/why 7K2M", Explain(ref="7K2M")),
        ("/why design", Explain(about="limit", wallet_id=DESIGN)),
        (
            "/request 200 design until friday launch",
            RequestBudget(
                wallet_id=DESIGN, amount_nanos=200 * USD, until_on=FRIDAY, reason="launch"
            ),
        ),
        (
            "/request 200 Design until friday, launch of 3 things",
            RequestBudget(
                wallet_id=DESIGN,
                amount_nanos=200 * USD,
                until_on=FRIDAY,
                reason="launch of 3 things",
            ),
        ),
        (
            "/request 200 design for 3 laptops",
            RequestBudget(wallet_id=DESIGN, amount_nanos=200 * USD, reason="3 laptops"),
        ),
        ("/request 200", RequestBudget(wallet_id=DESIGN, amount_nanos=200 * USD)),
        ("/request-budget $50 data", RequestBudget(wallet_id=DATA, amount_nanos=50 * USD)),
        ("/raise design 200", RaiseBudget(wallet_id=DESIGN, amount_nanos=200 * USD)),
        (
            "/move 100 design data",
            MoveBudget(from_wallet_id=DESIGN, to_wallet_id=DATA, amount_nanos=100 * USD),
        ),
        (
            "/move 100 to data from design",
            MoveBudget(from_wallet_id=DESIGN, to_wallet_id=DATA, amount_nanos=100 * USD),
        ),
        ("/approve 7K2M", ApproveRequest(ref="7K2M")),
        ("/approve #7k2m 150", ApproveRequest(ref="7K2M", amount_nanos=150 * USD)),
        ("/approve", ApproveRequest(ref="7K2M")),
        ("/approve TEAM", ApproveRequest(ref="TEAM")),
        ("/reject 7K2M too much", RejectRequest(ref="7K2M", reason="too much")),
        ("/cancel 7K2M", CancelRequest(ref="7K2M")),
        ("/limit design 500", SetLimit(wallet_id=DESIGN, amount_nanos=500 * USD)),
        (
            "/limit design 50 daily",
            SetLimit(wallet_id=DESIGN, window="day", amount_nanos=50 * USD),
        ),
        ("/limit design none weekly", SetLimit(wallet_id=DESIGN, window="week")),
        ("/thresholds data 70 90", SetThresholds(wallet_id=DATA, percents=(70, 90))),
        (
            "/create Pilot in design with 300",
            CreateWallet(name="Pilot", parent_id=DESIGN, limit_nanos=300 * USD),
        ),
        ("/rename launch Spring launch", RenameWallet(wallet_id=LAUNCH, name="Spring launch")),
        ("/rename launch to Spring", RenameWallet(wallet_id=LAUNCH, name="Spring")),
        ("/close launch", CloseWallet(wallet_id=LAUNCH)),
        ("/add Carlos to support", AddPerson(name="Carlos", wallet_id=SUPPORT)),
        ("/role ben finance", GiveRole(person_id=BEN, role="finance")),
        (
            "/give-role ben lead data",
            GiveRole(person_id=BEN, role="lead", wallet_id=DATA),
        ),
        ("/take-role ben finance", TakeRole(person_id=BEN, role="finance")),
        (
            "/set-role-limit lead approve 500",
            SetRoleLimit(role="lead", permission="request.decide", amount_nanos=500 * USD),
        ),
        (
            "/rights finance raise limits 2000",
            SetRoleLimit(role="finance", permission="wallet.limit", amount_nanos=2000 * USD),
        ),
        ("/rights lead move none", SetRoleLimit(role="lead", permission="budget.move")),
        ("/undo", Undo()),
    ],
)
def test_a_command_makes_its_call(text: str, call: ActionCall) -> None:
    plan = _plan(text)
    assert plan.actions == (call,)
    assert plan.confidence >= 0.9


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/request design", "which_amount"),
        ("/request 200 EUR design", "which_amount"),
        ("/move 100 design", "which_to_wallet"),
        ("/move 100 design design", "which_other_wallet"),
        ("/limit 500", "which_wallet"),
        ("/limit design", "which_amount"),
        ("/thresholds data", "which_percents"),
        ("/thresholds data 70 400", "which_percents"),
        ("/role ben", "which_role"),
        ("/role finance", "which_person"),
        ("/rights approve 500", "which_role"),
        ("/rights lead approve", "which_amount"),
        ("/rename launch", "which_name"),
        ("/create", "which_name"),
        ("/close", "which_wallet"),
    ],
)
def test_what_a_command_lacks_is_asked_for(text: str, code: str) -> None:
    plan = _plan(text)
    assert plan.actions == ()
    assert plan.question is not None
    assert plan.question.code == code
    assert plan.question.text == text


def test_with_several_requests_the_one_meant_is_asked_for() -> None:
    plan = _plan("/approve", "7K2M", "9XWT")
    assert plan.question is not None
    assert plan.question.code == "which_request"
    assert [choice.label for choice in plan.question.choices] == ["7K2M", "9XWT"]


def test_an_unknown_command_is_not_understood() -> None:
    plan = _plan("/frobnicate design 200")
    assert plan.intent == "unknown"
    assert plan.question is not None
    assert len(plan.question.near) == 3


@pytest.mark.parametrize(
    ("typed", "code", "given", "kept"),
    [
        ("/top -5", "which_count", "-5", "/top"),
        ("/top 500", "which_count", "500", "/top"),
        ("top 0 spenders", "which_count", "0", "top 0 spenders"),
        ("/requests banana", "no_argument", "banana", "/requests"),
        ("/alerts banana", "no_argument", "banana", "/alerts"),
        ("/accounts banana", "no_argument", "banana", "/accounts"),
        ("/tareas plátano", "no_argument", "plátano", "/tareas"),
        ("/spend design 40 november", "which_day", "40 november", "/spend design"),
        (
            "what did design spend on 31 june?",
            "which_day",
            "31 june",
            "what did design spend on",
        ),
        (
            "cuánto gastó diseño el 40 de noviembre",
            "which_day",
            "40 de noviembre",
            "cuánto gastó diseño el",
        ),
    ],
)
def test_what_cannot_be_meant_is_named_and_not_passed_over(
    typed: str, code: str, given: str, kept: str
) -> None:
    question = _plan(typed).question
    assert question is not None
    assert (question.code, question.given, question.text) == (code, given, kept)


def test_what_a_command_knows_is_no_strange_argument() -> None:
    assert _plan("/top 5 november").actions
    assert _plan("/top 10").actions == (ShowTopSpenders(count=10),)
    assert _plan("/requests pending").actions == (ListRequests(which="open"),)
    assert _plan("/spend design 30 november").actions
    assert _plan("note: the 31 june party").actions


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("digest every weekday at 8", SetDigest(how="workdays", at="08:00")),
        (
            "send me the digest at 8:30 from monday to friday",
            SetDigest(how="workdays", at="08:30"),
        ),
        ("weekday digest please", SetDigest(how="workdays")),
        ("no digest on weekends", SetDigest(how="workdays")),
        ("turn the digest back on", SetDigest()),
        ("activa el resumen", SetDigest()),
        ("/digest weekdays 8:30", SetDigest(how="workdays", at="08:30")),
        ("resumen entre semana a las 8", SetDigest(how="workdays", at="08:00")),
        ("resumen de lunes a viernes", SetDigest(how="workdays")),
        ("quiero el resumen cada día laborable", SetDigest(how="workdays")),
        ("sin resumen los fines de semana", SetDigest(how="workdays")),
        ("digest every morning at 8", SetDigest(how="daily", at="08:00")),
        ("digest of design here on weekdays", ShareDigest(how="workdays", wallet_id=DESIGN)),
        ("my weekday digest", ShowDigest()),
        ("digest on weekdays weekly", None),
        ("digest on weekends", None),
        ("I read the digest on weekdays", None),
    ],
)
def test_a_digest_comes_on_workdays_alone(said: str, wanted: ActionCall | None) -> None:
    actions = RulePlanner().plan_now(said, demo_context()).actions
    assert actions == (() if wanted is None else (wanted,))
