"""One receipt and one card of each kind, for the tests of words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.access import RoleLimit
from bot.actions.accounts import AccountLinked, AccountsReceipt, AccountUnlinked, LinkMade
from bot.actions.alerts import AlertLine, AlertsAnswered, AlertsReceipt, MutedWallet
from bot.actions.asking import RequestSent
from bot.actions.base import Notice, Preview, Receipt
from bot.actions.bills import UsageCorrected
from bot.actions.budget import BudgetRaised, EndRaise, LimitRestored
from bot.actions.channels import ChannelChanged, ChannelsReceipt
from bot.actions.charts import DaysReceipt, SharesReceipt, TreeReceipt
from bot.actions.digest import DigestHow, DigestReceipt, DigestSet
from bot.actions.digest_now import DigestPosted
from bot.actions.digest_times import DigestRhythm
from bot.actions.explain import ExplainReceipt
from bot.actions.exports import ExportReceipt
from bot.actions.help import HelpReceipt, SubjectHelp
from bot.actions.limits import LimitSet, ThresholdsSet
from bot.actions.memory import Forgotten, MemoryReceipt
from bot.actions.model_calls import Asked, RouteReceipt
from bot.actions.model_lists import ModelLine, ModelsReceipt, OfferedModels
from bot.actions.model_rules import ModelRuleSet, ModelRulesReceipt
from bot.actions.moves import BudgetMoved
from bot.actions.pause import PauseReceipt
from bot.actions.people import PeopleReceipt, PersonAdded, PersonDisabled, RoleChanged
from bot.actions.plans import PauseLifted, PlanSet, QuotaGivenBack, QuotaLine, QuotaReceipt
from bot.actions.provider_care import ProviderTested, ProviderToTest, ProviderTuned
from bot.actions.providers import ModelPriceSet, ProviderChanged, ProvidersReceipt
from bot.actions.quiet import QuietHoursReceipt
from bot.actions.request_lists import RequestLine, RequestsReceipt
from bot.actions.requests import RequestDecided
from bot.actions.rights import RoleLimitSet
from bot.actions.routing import RegionSet, RoutingReceipt, RuleChanged
from bot.actions.schedules import ScheduleChanged, ScheduleLine, SchedulesReceipt
from bot.actions.shared_digest import DigestShared, DigestUnshared
from bot.actions.spend import (
    BalanceReceipt,
    ForecastReceipt,
    Spender,
    SpendReceipt,
    TopSpendersReceipt,
    WalletsReceipt,
)
from bot.actions.task_changes import TaskHow, TaskReceipt, TasksReceipt
from bot.actions.task_reads import DayPlanReceipt, TaskLine, TaskListReceipt
from bot.actions.undelivered import SentAgain, UndeliveredLine, UndeliveredReceipt
from bot.actions.undo import Undone
from bot.actions.unusual import UnusualLine, UnusualReceipt
from bot.actions.wallets import WalletChanged
from bot.alerts.channels import ChannelRule
from bot.audit.chain import Head
from bot.cooldowns import Cooldown
from bot.economy.calls import KeptCall
from bot.economy.caps import CapUse
from bot.economy.periods import period_at
from bot.economy.prices import Price
from bot.economy.usage import SpendLine
from bot.economy.wallets import Wallet
from bot.exports.files import ExportFile
from bot.ids import PrincipalId, WalletId
from bot.memory import Summary
from bot.people.links import Account
from bot.people.quiet import QuietHours
from bot.replies.reader import Reader
from bot.reports.anomalies import Anomaly, Basis
from bot.reports.balance import Balance, BudgetLine, TreeNode
from bot.reports.digest import Figures
from bot.reports.forecast import Forecast
from bot.reports.movers import Movement, Mover
from bot.routing.kept import KeptChoice, KeptRoute, KeptTry
from bot.routing.lists import ModelList
from bot.routing.providers import Provider
from bot.routing.rules import Rule

USD = 1_000_000_000
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
EN, ES = Reader("en", MADRID, NOW, "Ana Lima"), Reader("es", MADRID, NOW, "Ana Lima")
MONTH_END = date(2026, 11, 30)
LATER = NOW + timedelta(hours=48)

DESIGN = Wallet(WalletId("w1"), WalletId("w0"), "team", "Design")
COMPANY = Wallet(WalletId("w0"), None, "organisation", "Company")
LINE = BudgetLine(
    period_at("month", NOW, MADRID), 500 * USD, 412_800_000_000, 0, 87_200_000_000, 12
)
FORECAST = Forecast(
    True,
    14,
    22 * USD,
    655 * USD,
    MONTH_END,
    500 * USD,
    date(2026, 11, 24),
    low_nanos=610 * USD,
    high_nanos=700 * USD,
    may_run_out_on=date(2026, 11, 23),
    trend_nanos=USD,
)
SILENT = Forecast(False, 3, 0, 0, MONTH_END, 500 * USD)
UNUSUAL = UnusualLine(
    found=Anomaly(
        WalletId("w1"),
        "claude-sonnet-4-5",
        date(2026, 11, 18),
        NOW,
        90 * USD,
        2 * USD,
        12 * USD,
        "same_hours",
        NOW - timedelta(hours=2),
        200 * USD,
        PrincipalId("ana"),
        150 * USD,
    ),
    wallet="Design",
    spender="Ana Lima",
)
LISTED = ModelList("openai", ("gpt-5-mini", "m0"), listed_at=NOW, asked_at=LATER)
MODELS = (
    SpendLine("claude-sonnet-4-5", 301_100_000_000, 900, 1, 1),
    SpendLine("gpt-5-mini", 88_020_000_000, 700, 1, 1),
)
RULE = Rule(
    "nights",
    "weighted",
    models=("a", "groq/b"),
    weights=(3, 1),
    task="summary",
    plan="premium",
    role="lead",
    wallet_id="w",
    from_percent=80,
    from_hour=20,
    until_hour=6,
    from_nanos=50_000_000,
    region="eu",
    within_ms=2000,
)
ASKED = Asked(
    KeptCall("planner", "done", 10_000_000, 1_400_000, 1200, "{}", "[]", NOW),
    KeptChoice(
        (
            KeptRoute("openai", "a", "cheapest", 5_000_000, 820),
            KeptRoute("groq", "b", "fallback", 10_000_000),
            KeptRoute("groq", "c", "rests_after_failures", 10_000_000),
            KeptRoute("house", "d", "fallback", 10_000_000),
        ),
        (("house", "x", "no_price"), ("house", "y", "another_reason")),
        "cheapest",
        "",
        0,
        "",
    ),
    (
        KeptTry("openai", "a", "provider_busy", 429, 0, 100),
        KeptTry("groq", "b", "", 0, 1_400_000, 1100),
    ),
)
TOP = tuple((line.heading, line.cost_nanos) for line in MODELS)
BALANCE = Balance(DESIGN, (LINE,), 412_800_000_000, date(2026, 11, 1), TOP, FORECAST)
REQUEST = RequestLine(
    ref="7K2M",
    wallet="Design",
    amount_nanos=200 * USD,
    until_on=MONTH_END,
    asked_by="Ana Lima",
    created_at=NOW,
    expires_at=LATER,
    state="pending",
    outcome=None,
    decided_by=None,
)
UNDO = EndRaise(wallet_id=DESIGN.id, raise_id="r", amount_nanos=200 * USD)
DECIDED = RequestDecided(
    ref="7K2M",
    how="approved",
    wallet="Design",
    amount_nanos=200 * USD,
    asked_nanos=200 * USD,
    until_on=MONTH_END,
    asked_by="Ana Lima",
    decided_by="Ben Ortiz",
    decided_at=NOW,
    limit_nanos=700 * USD,
    notices=(Notice(to=PrincipalId("ana")),),
)
EXPLAINED = ExplainReceipt(
    code="insufficient_funds",
    facts={
        "code": "insufficient_funds",
        "wallet_id": "w0",
        "needed_nanos": 200 * USD,
        "free_nanos": 50 * USD,
        "period": "month:2026-11",
    },
    wallet=DESIGN,
    binding=(COMPANY, replace(LINE, limit_nanos=5000 * USD, free_nanos=50 * USD)),
    limits=(("Design", LINE), ("Company", replace(LINE, limit_nanos=5000 * USD))),
)
SPEND = SpendReceipt(
    wallet=DESIGN,
    person=None,
    model=None,
    by=None,
    from_on=date(2026, 11, 1),
    until_on=date(2026, 11, 18),
    total_nanos=412_800_000_000,
    before_nanos=300 * USD,
    lines=MODELS,
    names={},
)
DAYS = DaysReceipt(
    wallets=(DESIGN,),
    from_on=date(2026, 11, 1),
    until_on=date(2026, 11, 18),
    ends_on=MONTH_END,
    total_nanos=412_800_000_000,
    days=(
        SpendLine("2026-11-02", 400 * USD, 1, 1, 1),
        SpendLine("2026-11-17", 12_800_000_000, 1, 1, 1),
    ),
    line=LINE,
    forecast=FORECAST,
)
MOVEMENT = Movement(
    date(2026, 11, 17),
    date(2026, 11, 10),
    12 * USD,
    2 * USD,
    Mover("wallet", "w1", 12 * USD, 2 * USD, 100),
    Mover("model", "gpt-5-mini", 9 * USD, 2 * USD, 70),
    None,
)
FIGURES = Figures(
    wallets=(DESIGN,),
    from_on=date(2026, 11, 17),
    until_on=date(2026, 11, 17),
    movement=MOVEMENT,
    names={"w1": "Design"},
    month_on=date(2026, 11, 1),
    month_nanos=412_800_000_000,
    days=DAYS.days,
    forecast=FORECAST,
    line=LINE,
    own_nanos=0,
)
DIGEST = DigestReceipt(
    figures=FIGURES, days=DAYS, requests=(), people={}, head=Head(7, b"\x07" * 32)
)
SHARES = SharesReceipt(
    wallet=DESIGN,
    from_on=date(2026, 11, 1),
    until_on=date(2026, 11, 18),
    total_nanos=389_120_000_000,
    models=MODELS,
)
TREE = TreeReceipt(
    nodes=(TreeNode(COMPANY, 0, 1880 * USD, 5000 * USD), TreeNode(DESIGN, 1, 4_000, None)),
    month_on=date(2026, 11, 1),
)

HOUSE = Provider("house", "compatible", ("small",), "http://ollama/v1", "file:house")
RULES = ModelRulesReceipt(
    caps=(
        CapUse("turn", USD, 0),
        CapUse("person_day", 10 * USD, USD // 3),
        CapUse("bot_day", None, 7 * USD),
    ),
    own=frozenset(),
    personal_data="redact",
    hosts=(),
    operator_hosts=(),
)
SCHEDULED = ScheduleLine(
    kind="ledger_check",
    ref="3fa91c",
    state="active",
    next_at=LATER,
    last_at=NOW,
    last_result="sound",
    is_companys=True,
)
HOWS: tuple[Literal["paused", "resumed", "asked"], ...] = ("paused", "resumed", "asked")
FAILED = UndeliveredLine(
    number=57, name="Ana Lima", platform="slack", why="blocked", queued_at=NOW
)
ACCOUNT = Account("slack", "T1", "U0279F2", "Ana L.", NOW)

QUOTA = QuotaLine(name="Ana Lima", plan="basic", reads=(32, 40), writes=(3, 40), cooldown=None)

MEMORY = MemoryReceipt(
    name="Ana Lima",
    accounts=("Telegram …4567", "Slack …9F2"),
    roles=(("member", "Design"), ("owner", None)),
    home="Design",
    quiet=QuietHours("22:00", "07:00"),
    turns=12,
    since=NOW - timedelta(days=3),
    summaries=(
        Summary(
            "Ana asked about Design.",
            {"show_spend": 3, "undo": 1},
            (WalletId("w1"), WalletId("gone")),
            30,
            NOW - timedelta(days=9),
            NOW,
        ),
    ),
    wallets={"w1": "Design"},
    words=5,
    plan="basic",
    tasks=4,
)
LINES = (
    TaskLine(1, "send the invoice", LATER, None, False),
    TaskLine(2, "the report", LATER, "week on mon at 09:00", False),
    TaskLine(3, "call Bill", LATER, None, True),
    TaskLine(4, "water the plants", None, None, False),
)
TASK_SAMPLES: tuple[Receipt, ...] = (
    *(
        TaskReceipt(how=how, number=3, text="send the invoice", at=at, repeats=repeats)
        for how in get_args(TaskHow)
        for at, repeats in ((None, None), (LATER, None), (LATER, "month on last at 09:00"))
        if at is not None or how not in {"snoozed", "went_on"}
    ),
    *(TasksReceipt(how=how, count=3) for how in ("done", "cancelled", "restored")),
    *(
        TaskListReceipt(which=which, tasks=tasks, left_out=left, thoughts=2)
        for which in ("open", "inbox", "done")
        for tasks, left in ((LINES, 3), ((), 0))
    ),
    DayPlanReceipt(
        overdue=LINES[:1],
        today=LINES[1:3],
        undated=LINES[3:],
        requests=("7K2M", "9QFT"),
        thoughts=LINES[:1],
        stale=2,
        left_out=1,
    ),
    DayPlanReceipt(
        overdue=(), today=(), undated=(), requests=(), thoughts=(), stale=0, left_out=0
    ),
)
BASES: tuple[Basis, ...] = ("same_hours", "busy_hours")
SAMPLES: list[Receipt] = [
    RequestSent(ref="7K2M", approver="Ben Ortiz", expires_at=LATER),
    BudgetRaised(
        wallet="Design",
        amount_nanos=200 * USD,
        limit_nanos=700 * USD,
        until_on=MONTH_END,
        span="month",
        undo=UNDO,
    ),
    BudgetMoved(
        source="Data",
        target="Design",
        amount_nanos=100 * USD,
        source_free_nanos=200 * USD,
        target_free_nanos=300 * USD,
    ),
    LimitRestored(wallet="Design", limit_nanos=500 * USD, span="month"),
    LimitRestored(wallet="Design", limit_nanos=None, span="day"),
    HelpReceipt(
        topic_name=None,
        subjects=(
            SubjectHelp("budgets", ("show_balance", "move_budget"), ("set_limit",)),
            SubjectHelp("wallets", (), ("create_wallet",)),
            SubjectHelp("account", ("show_quiet_hours",), ()),
        ),
    ),
    HelpReceipt(
        topic_name="budgets",
        subjects=(SubjectHelp("budgets", ("show_balance", "move_budget"), ("set_limit",)),),
    ),
    HelpReceipt(topic_name="wallets", subjects=(SubjectHelp("wallets", (), ("create_wallet",)),)),
    HelpReceipt(
        topic_name="move_budget", subjects=(SubjectHelp("budgets", ("move_budget",), ()),)
    ),
    HelpReceipt(topic_name=None, subjects=(SubjectHelp("budgets", (), ("set_limit",)),)),
    PersonAdded(name="Gina Rossi", handle="gina", wallet="Design"),
    PersonAdded(name="Gina Rossi", handle="gina", wallet=None),
    PersonDisabled(name="Gina Rossi"),
    QuotaReceipt(lines=(QUOTA,), opens_at=LATER, oldest_on=date(2026, 10, 19), is_own=True),
    QuotaReceipt(
        lines=(replace(QUOTA, cooldown=Cooldown(LATER, "messages", 7)),),
        opens_at=LATER,
        oldest_on=date(2026, 10, 19),
        is_own=False,
    ),
    QuotaReceipt(
        lines=(replace(QUOTA, cooldown=Cooldown(LATER, "writes", 1)), QUOTA),
        opens_at=LATER,
        oldest_on=None,
        is_own=False,
    ),
    PlanSet(name="Ana Lima", before="basic", plan="premium"),
    PauseLifted(name="Ana Lima", until=LATER),
    QuotaGivenBack(name="Ana Lima", reads=40, writes=3),
    RoleChanged(how="given", name="Ana Lima", role="lead", wallet="Design"),
    RoleChanged(how="given", name="Ana Lima", role="finance", wallet=None),
    RoleChanged(how="taken", name="Ana Lima", role="lead", wallet="Design"),
    RoleChanged(how="taken", name="Ana Lima", role="finance", wallet=None),
    PeopleReceipt(people=(("Ana Lima", "ana", (("lead", "Design"),)), ("Bo", "bo", ()))),
    PeopleReceipt(
        people=(("Ana Lima", "ana", (("lead", "Design"),)),),
        limits=(
            RoleLimit("lead", "budget.move", 300 * USD),
            RoleLimit("lead", "request.decide", 500 * USD),
        ),
    ),
    PeopleReceipt(people=()),
    RoleLimitSet(
        role="lead", permission="request.decide", before_nanos=None, limit_nanos=500 * USD
    ),
    RoleLimitSet(
        role="finance", permission="wallet.limit", before_nanos=500 * USD, limit_nanos=None
    ),
    BalanceReceipt(balance=BALANCE),
    BalanceReceipt(balance=replace(BALANCE, lines=(), forecast=SILENT)),
    BalanceReceipt(balance=replace(BALANCE, binding=(COMPANY, LINE))),
    SPEND,
    replace(SPEND, by="person", lines=MODELS, person="Ana Lima", model="gpt-5-mini"),
    replace(SPEND, total_nanos=0, lines=()),
    DIGEST,
    replace(DIGEST, has_before=False),
    replace(DIGEST, requests=("7K2M",) * 5, figures=replace(FIGURES, own_nanos=USD, line=None)),
    replace(DIGEST, requests=("7K2M",), figures=replace(FIGURES, forecast=SILENT)),
    *(
        replace(DIGEST, figures=replace(FIGURES, **changes))
        for changes in (
            {"forecast": replace(FORECAST, runs_out_on=None)},
            {"line": replace(LINE, used_nanos=600 * USD)},
            {"movement": replace(MOVEMENT, spent_nanos=USD)},
            {"movement": replace(MOVEMENT, spent_nanos=2 * USD, wallet=None, model=None)},
            {"from_on": date(2026, 11, 11), "movement": replace(MOVEMENT, spent_nanos=USD)},
            {"from_on": date(2026, 11, 11), "movement": replace(MOVEMENT, before_nanos=0)},
            {"from_on": date(2026, 11, 15), "movement": replace(MOVEMENT, spent_nanos=USD)},
            {"from_on": date(2026, 11, 15), "movement": replace(MOVEMENT, before_nanos=0)},
            {"from_on": date(2026, 11, 15), "movement": replace(MOVEMENT, spent_nanos=2 * USD)},
            {"from_on": date(2026, 11, 11), "movement": replace(MOVEMENT, spent_nanos=2 * USD)},
            {"movement": Movement(MOVEMENT.day, MOVEMENT.against, 0, 0, None, None, None)},
        )
    ),
    replace(DIGEST, is_shared=True),
    replace(DIGEST, is_shared=True, requests=("7K2M",), has_before=False),
    replace(
        DIGEST,
        is_shared=True,
        requests=("7K2M",) * 2,
        figures=replace(FIGURES, from_on=date(2026, 11, 11)),
    ),
    *(
        DigestShared(how=how, at=time(8, 30), zone="Europe/Madrid", wallets=(DESIGN, COMPANY))
        for how in get_args(DigestRhythm)
    ),
    DigestUnshared(),
    DigestPosted(wallets=(DESIGN, COMPANY)),
    *(DigestSet(how=how, at=time(8, 30), zone="Europe/Madrid") for how in get_args(DigestHow)),
    DAYS,
    replace(DAYS, line=None, forecast=SILENT),
    replace(DAYS, wallets=(DESIGN,) * 5),
    replace(DAYS, days=(), total_nanos=0, line=None, forecast=None),
    replace(DAYS, forecast=replace(FORECAST, runs_out_on=None)),
    SHARES,
    replace(SHARES, models=MODELS[:1]),
    replace(SHARES, models=MODELS * 4),
    replace(SHARES, models=(), total_nanos=0),
    TREE,
    *(
        replace(TREE, nodes=tuple(replace(node, limit_nanos=limit) for node in TREE.nodes))
        for limit in (None, 1_000)
    ),
    replace(TREE, nodes=TREE.nodes[:1] * 40),
    replace(TREE, nodes=()),
    WalletsReceipt(
        nodes=(TreeNode(COMPANY, 0, 1880 * USD, 5000 * USD), TreeNode(DESIGN, 1, 4_000, None)),
        month_on=date(2026, 11, 1),
    ),
    WalletsReceipt(nodes=(), month_on=date(2026, 11, 1)),
    TopSpendersReceipt(
        wallet=COMPANY,
        from_on=date(2026, 11, 1),
        until_on=date(2026, 11, 18),
        people=(
            Spender(name="Ana Lima", cost_nanos=400 * USD),
            Spender(name="Ben Ortiz", cost_nanos=12_800_000_000),
        ),
        total_nanos=412_800_000_000,
    ),
    ForecastReceipt(wallet=DESIGN, forecast=FORECAST, used_nanos=412_800_000_000),
    ForecastReceipt(wallet=DESIGN, forecast=SILENT, used_nanos=0),
    ForecastReceipt(
        wallet=DESIGN,
        forecast=replace(FORECAST, runs_out_on=None, trend_nanos=-USD),
        used_nanos=412_800_000_000,
    ),
    RequestsReceipt(which="open", requests=(REQUEST,)),
    *(RequestsReceipt(which=which, requests=()) for which in ("open", "mine", "all")),
    EXPLAINED,
    replace(EXPLAINED, code=None, facts={}, wallet=None, binding=None, limits=()),
    replace(EXPLAINED, code="not_allowed", facts={"own": True, "ref": "7K2M"}, request=REQUEST),
    DECIDED,
    replace(DECIDED, amount_nanos=150 * USD),
    replace(DECIDED, how="rejected", reason="too much"),
    replace(DECIDED, how="cancelled", notices=()),
    replace(DECIDED, how="failed", code="wallet_closed", facts={"wallet_id": "w9"}),
    replace(DECIDED, wallet=None, amount_nanos=None, asked_nanos=None, account="Slack …9F2"),
    replace(DECIDED, amount_nanos=None, asked_nanos=None, account="Slack …9F2"),
    *(
        replace(DECIDED, how=how, amount_nanos=None, asked_nanos=None, account="Slack …9F2")
        for how in ("rejected", "cancelled", "failed")
    ),
    RequestSent(ref="7K2M", approver=None, expires_at=LATER),
    RequestsReceipt(which="open", requests=(replace(REQUEST, amount_nanos=None, wallet=""),)),
    replace(EXPLAINED, request=replace(REQUEST, amount_nanos=None, wallet="")),
    UndeliveredReceipt(lines=(FAILED, replace(FAILED, why="ledger_read_only"))),
    UndeliveredReceipt(lines=()),
    SentAgain(number=57, name="Ana Lima", platform="slack"),
    UsageCorrected(
        ref="7K2M",
        provider="openai",
        from_on=date(2026, 10, 1),
        until_on=date(2026, 10, 31),
        before_nanos=20_000_000_001,
        after_nanos=19_500_000_000,
        rows=3,
    ),
    ExportReceipt(
        what="chargeback",
        wallets=("Design", "Data"),
        from_on=date(2026, 10, 1),
        until_on=date(2026, 10, 31),
        rows=3,
        total_nanos=20_000_000_001,
        file=ExportFile("chargeback.csv", "text/csv", b"a,b"),
    ),
    ExportReceipt(
        what="focus",
        wallets=(),
        from_on=date(2026, 10, 1),
        until_on=date(2026, 10, 31),
        rows=0,
        total_nanos=0,
        file=None,
    ),
    SchedulesReceipt(lines=()),
    SchedulesReceipt(
        lines=(
            SCHEDULED,
            replace(SCHEDULED, kind="digest", last_at=None, last_result="", is_companys=False),
            replace(SCHEDULED, kind="new_one", state="paused", next_at=None, last_result="new"),
        )
    ),
    *(ScheduleChanged(how=how, kind="digest", next_at=LATER) for how in HOWS),
    ProvidersReceipt(
        providers=(
            Provider("openai", "openai", ("gpt-5-mini",), key_ref="env:OPENAI_API_KEY"),
            Provider("house", "compatible", ("a", "b"), "http://ollama/v1", is_disabled=True),
        )
    ),
    ProvidersReceipt(providers=()),
    ModelsReceipt(lines=(), offered=()),
    ModelsReceipt(
        lines=(
            ModelLine(provider="openai", model="gpt-5-mini", is_offered=True),
            ModelLine(provider="house", model="a", is_offered=False, is_unpriced=True),
            ModelLine(provider="house", model="b", is_offered=None, price=Price(1, 1, 2, "own")),
        ),
        offered=(
            OfferedModels(listed=LISTED, others=tuple(f"m{number}" for number in range(9))),
            OfferedModels(listed=replace(LISTED, why="provider_failed"), others=()),
            OfferedModels(
                listed=replace(LISTED, why="provider_failed", listed_at=None), others=()
            ),
        ),
    ),
    ModelsReceipt(
        lines=(ModelLine(provider="openai", model="gpt-5-mini", is_offered=True),),
        offered=(OfferedModels(listed=LISTED, others=("m0", "m1")),),
        is_whole=True,
    ),
    RoutingReceipt(version=0, rules=(), wallets={}),
    RoutingReceipt(version=3, rules=(RULE, Rule("rest", "cheapest")), wallets={"w": "Design"}),
    RuleChanged(name="nights", how="added"),
    RuleChanged(name="nights", how="removed"),
    RegionSet(name="openai", region="us"),
    RegionSet(name="openai", region=""),
    RouteReceipt(model=None),
    RouteReceipt(model="gpt-5-mini"),
    RouteReceipt(model=None, asked=ASKED),
    RouteReceipt(
        model="a",
        asked=replace(
            ASKED,
            choice=replace(ASKED.choice, rule="nights", version=3, left_out=()),
            tries=ASKED.tries[:1],
        ),
    ),
    RouteReceipt(model="a", asked=replace(ASKED, choice=replace(ASKED.choice, wanted="a"))),
    ProviderChanged(name="groq", how="added"),
    ProviderChanged(name="groq", how="disabled"),
    ProviderChanged(name="groq", how="enabled"),
    ModelPriceSet(model="groq/small", in_nanos=590_000_000, out_nanos=0),
    ModelPriceSet(
        model="groq/small", in_nanos=USD, out_nanos=USD, cached_nanos=0, to_cache_nanos=2 * USD
    ),
    ProviderTested(provider=HOUSE, served_by="small-2026"),
    *(
        ProviderTested(provider=HOUSE, code=code, facts=facts)
        for code, facts in (
            ("provider_key_refused", {"status": 401}),
            ("provider_spent", {"status": 429}),
            ("provider_busy", {"status": 429}),
            ("provider_unreachable", {"status": 0}),
            ("provider_failed", {"status": 500}),
            ("answer_broken", {"status": 200}),
            ("provider_refused", {"status": 400}),
            ("provider_refused", {"status": 404}),
            ("settings", {}),
            ("invalid_input", {"field": "key"}),
            ("invalid_input", {"field": "address"}),
            ("no_model", {}),
        )
    ),
    ProviderToTest(provider=HOUSE),
    ProviderTuned(provider=HOUSE),
    RULES,
    replace(
        RULES,
        own=frozenset({"turn"}),
        hosts=("inside",),
        paused_by="Ana Lima",
        paused_at=NOW,
        personal_data="block",
    ),
    replace(RULES, operator_hosts=("example.com",), personal_data="warn"),
    ModelRuleSet(rule="turn", value=2 * USD),
    ModelRuleSet(rule="person_day", value=2 * USD),
    ModelRuleSet(rule="bot_day", value=2 * USD),
    ModelRuleSet(rule="bot_day", value=None),
    ModelRuleSet(rule="personal_data", value="redact"),
    ModelRuleSet(rule="hosts", value="inside, .example.com"),
    ModelRuleSet(rule="hosts", value=None),
    PauseReceipt(by="Ana Lima", at=NOW),
    PauseReceipt(by="Ana Lima", at=NOW, is_new=False),
    PauseReceipt(),
    LinkMade(token="t" * 43, ends_at=NOW + timedelta(minutes=10)),
    AccountLinked(name="Ana Lima", company="Acme", account="Slack …9F2", platform="slack"),
    AccountsReceipt(name=None, accounts=(ACCOUNT,)),
    AccountsReceipt(name="Ana Lima", accounts=(ACCOUNT, replace(ACCOUNT, name=""))),
    AccountsReceipt(name=None, accounts=()),
    AccountsReceipt(name="Ana Lima", accounts=()),
    AccountUnlinked(account="Slack …9F2", name="Ana Lima", by="Ana Lima", is_own=True),
    AccountUnlinked(account="Slack …9F2", name="Ana Lima", by="Elena Vega", is_own=False),
    *(
        QuietHoursReceipt(hours=hours, zone="Europe/Madrid", is_set=is_set)
        for hours in (None, QuietHours("22:00", "07:00"))
        for is_set in (True, False)
    ),
    *(
        AlertsReceipt(
            lines=(
                AlertLine(
                    wallet="Design",
                    period="month:2026-11",
                    percent=80,
                    used_nanos=412_800_000_000,
                    limit_nanos=500_000_000_000,
                    opened_at=NOW,
                    snoozed_until=snoozed,
                ),
            ),
            muted=(MutedWallet("Launch", None, covers_below=True), MutedWallet("Data", NOW)),
        )
        for snoozed in (None, NOW)
    ),
    *(
        UnusualReceipt(
            wallet=wallet,
            from_on=date(2026, 11, 12),
            least_days=7,
            now=now,
            before=before,
        )
        for wallet, now, before in (
            (None, (UNUSUAL,), (UNUSUAL,)),
            ("Design", (UNUSUAL,), ()),
            (None, (), (UNUSUAL,)),
            ("Design", (), ()),
            (None, (), ()),
        )
    ),
    AlertsReceipt(
        lines=(),
        muted=(),
        unusual=tuple(
            (
                "Design",
                Anomaly(
                    WalletId("d"),
                    "gpt-5",
                    date(2026, 11, 18),
                    NOW,
                    42,
                    1,
                    6,
                    basis,
                    NOW,
                    42,
                    PrincipalId("ana"),
                    40,
                ),
            )
            for basis in BASES
        ),
    ),
    ChannelsReceipt(rules=()),
    ChannelsReceipt(
        rules=(
            ChannelRule("email"),
            ChannelRule("webhook", from_percent=95),
            ChannelRule("pagerduty", is_paused=True),
        )
    ),
    ChannelsReceipt(
        rules=(
            ChannelRule("email", wallet_ids=(WalletId("w1"), WalletId("w2"))),
            ChannelRule("webhook", from_percent=95, wallet_ids=(WalletId("w1"),)),
            ChannelRule("pagerduty", wallet_ids=(WalletId("closed"),)),
        ),
        names={WalletId("w1"): "Design", WalletId("w2"): "Data"},
    ),
    ChannelChanged(title="PagerDuty", how="tested"),
    ChannelChanged(title="PagerDuty", how="paused"),
    ChannelChanged(title="PagerDuty", how="resumed"),
    ChannelChanged(title="PagerDuty", how="set"),
    ChannelChanged(title="PagerDuty", how="set", from_percent=95),
    ChannelChanged(title="PagerDuty", how="set", wallets=("Data", "Design")),
    ChannelChanged(title="PagerDuty", how="set", from_percent=95, wallets=("Design",)),
    AlertsAnswered(wallet="Design", how="acknowledged"),
    AlertsAnswered(wallet="Design", how="reopened"),
    AlertsAnswered(wallet="Design", how="snoozed", until_at=NOW),
    AlertsAnswered(wallet="Design", how="muted", until_at=NOW),
    AlertsAnswered(wallet="Design", how="muted"),
    AlertsAnswered(wallet="Design", how="muted", until_at=NOW, below=1),
    AlertsAnswered(wallet="Design", how="muted", below=2),
    AlertsReceipt(lines=None, muted=()),
    AlertsAnswered(wallet="Design", how="unmuted"),
    MEMORY,
    replace(
        MEMORY,
        accounts=(),
        roles=(),
        home=None,
        quiet=None,
        since=None,
        summaries=(replace(MEMORY.summaries[0], text=""),),
    ),
    *(
        Forgotten(
            name="Ana Lima",
            by="Elena Vega",
            is_own=is_own,
            turns=12,
            summaries=1,
            words=5,
            messages=34,
            answers=20,
            tasks=4,
        )
        for is_own in (True, False)
    ),
    Undone(action="raise_budget", inner=LimitRestored(wallet="A", limit_nanos=USD, span="month")),
    LimitSet(wallet="Design", span="month", before_nanos=None, limit_nanos=500 * USD),
    ThresholdsSet(wallet="Design", percents=(70, 90)),
    WalletChanged(how="created", wallet="Web", parent="Design", limit_nanos=USD),
    WalletChanged(how="created", wallet="Web", parent="Design"),
    WalletChanged(how="renamed", wallet="Identity", before="Brand"),
    WalletChanged(how="closed", wallet="Brand"),
    WalletChanged(how="reopened", wallet="Brand"),
    *TASK_SAMPLES,
]

ASK = Preview(
    action="request_budget",
    subject="Design",
    before=500 * USD,
    after=700 * USD,
    amount_nanos=200 * USD,
    until_on=MONTH_END,
    span="month",
    pays="Company",
    pays_free_nanos=3120 * USD,
    forecast_nanos=655 * USD,
    reason="we have the launch",
    decides=("Ben Ortiz", "Carla Ruiz"),
)
TO_DECIDE = replace(
    ASK, action="approve_request", ref="7K2M", asked_by="Ana Lima", expires_at=LATER, decides=()
)
JOINING = Preview(
    action="approve_request",
    subject="Gina Rossi",
    account="Slack …9F2",
    role="member",
    ref="7K2M",
    asked_by="Gina Rossi",
    expires_at=LATER,
    is_own=False,
)
LOWERED = Preview(
    action="end_raise",
    subject="Design",
    before=700 * USD,
    after=500 * USD,
    amount_nanos=200 * USD,
    span="month",
)
PREVIEWS = [
    ASK,
    *(
        Preview(action=action, subject="send the invoice", number=3, due_at=at, repeats=repeats)
        for action in (
            "add_task",
            "capture_thought",
            "change_task",
            "complete_task",
            "cancel_task",
            "snooze_task",
            "restore_tasks",
        )
        for at, repeats in (
            (None, None),
            (LATER, None),
            (LATER, "2 weeks on fri from 2026-11-20 at 09:00"),
        )
    ),
    Preview(action="change_task", subject="b", number=3, before="a", after="b"),
    Preview(action="restore_tasks", subject="3", lines=("a", "b")),
    *(
        Preview(action="clear_tasks", subject=which, number=12, lines=("#1 a",), after=after)
        for which in ("all", "stale")
        for after in (None, "done")
    ),
    Preview(action="clear_tasks", subject="all", number=1, lines=("#1 a",)),
    replace(ASK, until_on=None, decides=(), span="day"),
    replace(ASK, action="raise_budget", decides=()),
    replace(ASK, own_nanos=100 * USD),
    Preview(
        action="move_budget",
        subject="Data",
        target="Design",
        before=500 * USD,
        after=400 * USD,
        amount_nanos=100 * USD,
        span="month",
    ),
    LOWERED,
    Preview(
        action="move_back",
        subject="Design",
        target="Data",
        before=600 * USD,
        after=500 * USD,
        amount_nanos=100 * USD,
    ),
    Preview(action="restore_limit", subject="Design", before=USD, after=500 * USD, span="month"),
    Preview(action="restore_limit", subject="Design", before=USD, after=None, span="day"),
    TO_DECIDE,
    Preview(
        action="reject_request",
        subject="Design",
        amount_nanos=200 * USD,
        ref="7K2M",
        asked_by="Ana Lima",
        reason="too much",
    ),
    Preview(action="cancel_request", subject="Design", amount_nanos=200 * USD, ref="7K2M"),
    Preview(action="set_limit", subject="Design", before=None, after=500 * USD, span="day"),
    Preview(action="set_limit", subject="Design", before=500 * USD, after=None, span="month"),
    *(
        Preview(action="set_cost_cap", subject=kind, before=before, after=after)
        for kind in ("turn", "person_day", "bot_day")
        for before, after in ((None, 2 * USD), (2 * USD, None))
    ),
    *(
        Preview(action="set_personal_data", subject="personal_data", before="redact", after=after)
        for after in ("warn", "redact", "block")
    ),
    Preview(action="set_model_hosts", subject="hosts", before=None, after="inside"),
    Preview(action="restore_model_rule", subject="hosts", before="inside", after=None),
    *(
        Preview(action=action, subject="groq", before="total=60", after="total=30")
        for action in ("tune_provider", "restore_provider")
    ),
    Preview(action="resume_models", subject="Ana Lima"),
    Preview(action="set_thresholds", subject="Design", before="80 %, 90 %", after="70 %"),
    Preview(action="create_wallet", subject="Web", target="Design", after=50 * USD, span="month"),
    Preview(action="create_wallet", subject="Web", target="Design", span="month"),
    Preview(action="rename_wallet", subject="Brand", before="Brand", after="Identity"),
    Preview(action="forget", subject="Ana Lima"),
    Preview(action="forget", subject="Ben Ortiz", is_own=False),
    Preview(action="close_wallet", subject="Brand", before=50 * USD, used_nanos=3 * USD),
    Preview(action="reopen_wallet", subject="Brand"),
    Preview(action="add_person", subject="Gina Rossi", target="Design", role="member"),
    Preview(action="add_person", subject="Gina Rossi", role="member"),
    Preview(action="disable_person", subject="Gina Rossi"),
    Preview(action="set_plan", subject="Ana Lima", before="basic", after="premium"),
    Preview(action="restore_plan", subject="Ana Lima", before="premium", after="basic"),
    Preview(action="lift_pause", subject="Ana Lima", ends_at=LATER),
    Preview(action="give_back_quota", subject="Ana Lima", reads=40, writes=3),
    Preview(action="give_role", subject="Ana Lima", target="Design", role="lead"),
    Preview(action="give_role", subject="Ana Lima", role="finance"),
    Preview(action="take_role", subject="Ana Lima", target="Design", role="lead"),
    Preview(action="take_role", subject="Ana Lima", role="finance"),
    Preview(
        action="set_role_limit",
        subject="lead",
        role="lead",
        target="request.decide",
        before=None,
        after=500 * USD,
    ),
    Preview(
        action="set_role_limit",
        subject="finance",
        role="finance",
        target="budget.raise",
        before=500 * USD,
        after=None,
    ),
    Preview(
        action="restore_role_limit",
        subject="lead",
        role="lead",
        target="budget.move",
        before=500 * USD,
        after=300 * USD,
    ),
    JOINING,
    replace(JOINING, target="Design"),
    replace(JOINING, target="Design", is_own=True),
    *(
        replace(JOINING, action=action, target="Design")
        for action in ("reject_request", "cancel_request", "admit_person")
    ),
    Preview(
        action="add_provider",
        subject="groq",
        target="compatible",
        models="small, large",
        address="https://api.groq.com/openai/v1",
        key_ref="file:groq",
    ),
    Preview(
        action="add_provider",
        subject="house",
        target="compatible",
        models="small",
        address="http://ollama:11434/v1",
    ),
    Preview(action="add_routing_rule", subject="nights", rule=RULE, target="Design"),
    Preview(action="remove_routing_rule", subject="rest", rule=Rule("rest", "sticky")),
    Preview(action="set_provider_region", subject="openai", address="us"),
    Preview(action="set_provider_region", subject="openai"),
    Preview(action="disable_provider", subject="groq", models="small"),
    Preview(action="enable_provider", subject="groq", models="small"),
    *(
        Preview(
            action="set_model_price",
            subject="groq/small",
            in_nanos=590_000_000,
            out_nanos=790_000_000,
            before=before,
            after=590_000_000,
        )
        for before in (None, 0)
    ),
    *(
        Preview(action=action, subject="ledger_check", comes_at=LATER)
        for action in ("pause_schedule", "resume_schedule")
    ),
    *(
        Preview(
            action="share_digest", subject="Design", target=how, comes_at=LATER, asked_by=asked_by
        )
        for how, asked_by in (("daily", None), ("workdays", None), ("weekly", "Ben Ortiz"))
    ),
    *(
        Preview(action="restore_shared_digest", subject="Design", target=how, asked_by="Ben Ortiz")
        for how in get_args(DigestRhythm)
    ),
    Preview(action="unshare_digest", subject="Design"),
    Preview(action="post_digest", subject="Design"),
    Preview(action="run_schedule", subject="ledger_check"),
    *(
        Preview(action="set_digest", subject="", target=how, after="08:30")
        for how in get_args(DigestHow)
    ),
    Preview(
        action="correct_usage",
        subject="openai",
        before=20_000_000_001,
        after=19_500_000_000,
        ref="7K2M",
    ),
    Preview(action="send_again", subject="Ana Lima", target="slack", ref="57"),
    Preview(action="ask_to_join", subject="Acme"),
    Preview(action="confirm_link", subject="Ana Lima", target="Acme", account="Slack …9F2"),
    Preview(
        action="confirm_link",
        subject="Ana Lima",
        target="Acme",
        account="Slack …9F2",
        asked_by="Ana L.",
    ),
    Preview(action="unlink_account", subject="Ana Lima", account="Slack …9F2"),
    *(
        Preview(action=action, subject=action, before=before, after=after)
        for action in ("set_quiet_hours", "restore_quiet_hours")
        for before, after in ((None, "22:00–07:00"), ("22:00–07:00", None))
    ),
    *(
        Preview(action=action, subject="Design")
        for action in ("acknowledge_alerts", "reopen_alerts", "unmute_alerts")
    ),
    *(
        Preview(action=action, subject="Design", ends_at=ends_at)
        for action in ("snooze_alerts", "mute_alerts")
        for ends_at in (NOW, None)
    ),
    Preview(action="mute_alerts", subject="Design", ends_at=NOW, span="below"),
    *(
        Preview(action=action, subject="PagerDuty")
        for action in ("pause_channel", "resume_channel")
    ),
    Preview(action="set_channel", subject="PagerDuty", before=0, after=95),
    Preview(action="set_channel", subject="PagerDuty", lines=("", "Data, Design")),
    Preview(action="set_channel", subject="PagerDuty", before=95, after=0, lines=("Data", "")),
    Preview(action="unlink_account", subject="Ana Lima", account="Slack …9F2", is_own=False),
    Preview(action="undo", subject="raise_budget", inner=LOWERED),
]
HOSTILE = (
    "'; DROP TABLE x; --",
    "{{7*7}}",
    "{wallet}",
    "%s %(ref)s",
    "<!channel> @here",
    "[x](tg://user?id=1)",
    "<script>alert(1)</script>",
    "``` _*`~|",
    "=HYPERLINK(1)",
    "Ana\nDraft #2222: confirmed.",
    "a\u202eb\u200bc\x1b[2J",
    "1. yes 2. no",
)
