"""The demo company: six people, three teams, and two months of spend that the ledger itself kept.

Everything is deterministic but for the date: the same day gives the same rows. What Design, Data
and Support have spent this month is the same amount on every day from the eighth on; in its first
week it comes together.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final
from zoneinfo import ZoneInfo

from bot.allowances import PlanName
from bot.audit.chain import AuditFact
from bot.clock import ManualClock
from bot.company.file import CompanyFile, PersonPart, RolePart, WalletPart
from bot.company.making import TERMINAL, FoundingTx, create_company
from bot.economy.money import NANOS_PER_USD
from bot.economy.periods import next_month, start_of_day
from bot.economy.spending import hold, settle
from bot.economy.usage import Usage
from bot.economy.wallets import Tenant
from bot.ids import PrincipalId, WalletId
from bot.planning import Directory, Language, PersonName, PlanContext, WalletName

SPEAKER: Final = "ana"
ZONE: Final = ZoneInfo("Europe/Madrid")
_SEED: Final = 20_261_118
_FIRST_WEEK: Final = timedelta(days=7)
_HOLD_LIFE: Final = timedelta(minutes=10)
_CENT: Final = NANOS_PER_USD // 100


def _wallet(name: str, kind: str, parent: str | None, month: int | None = None) -> WalletPart:
    limits = {} if month is None else {"month": f"{month}.00"}
    first = name.partition(" ")[0].lower()
    wallet_id = f"w-{first}" if kind == "person" else first
    return WalletPart.model_validate(
        {"name": name, "kind": kind, "parent": parent, "id": wallet_id, "limits": limits}
    )


def _person(
    name: str,
    role: str,
    *,
    wallet: str | None = None,
    language: Language = "en",
    plan: PlanName = "basic",
) -> PersonPart:
    handle = name.partition(" ")[0].lower()
    return PersonPart(
        name=name,
        handle=handle,
        id=handle,
        language=language,
        email=f"{handle}@company.example",
        wallet=wallet,
        plan=plan,
        roles=(RolePart.model_validate({"role": role}),),
    )


COMPANY: Final = CompanyFile(
    name="Company",
    zone=ZONE.key,
    id="demo",
    wallets=(
        _wallet("Company", "organisation", None, 6000),
        _wallet("Design", "team", "Company", 500),
        _wallet("Launch", "project", "Design", 300),
        _wallet("Brand", "project", "Design"),
        _wallet("Ana Ruiz", "person", "Design", 60),
        _wallet("Data", "team", "Company", 2500),
        _wallet("Search", "project", "Data", 1500),
        _wallet("Forecasting", "project", "Data", 900),
        _wallet("Diego Sanz", "person", "Data", 300),
        _wallet("Support", "team", "Company", 1200),
        _wallet("Chatbot", "project", "Support", 800),
        _wallet("Helpdesk", "project", "Support", 400),
        _wallet("Frank Weber", "person", "Support", 150),
    ),
    people=(
        _person("Ana Ruiz", "member", wallet="Design", plan="premium"),
        _person("Ben Ortiz", "lead", wallet="Design", plan="premium"),
        _person("Carla Vega", "finance", language="es", plan="premium"),
        _person("Diego Sanz", "lead", wallet="Data", language="es"),
        _person("Elena Pardo", "owner", plan="premium"),
        _person("Frank Weber", "member", wallet="Support"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Model:
    """A model and what a million tokens of it cost about, for token counts that look right."""

    name: str
    provider: str
    feature: str
    in_nanos: int
    out_nanos: int


_SONNET = _Model("claude-sonnet-4-5", "anthropic", "assistant", 3_000, 15_000)
_GPT5 = _Model("gpt-5", "openai", "batch", 1_250, 10_000)
_MINI = _Model("gpt-5-mini", "openai", "assistant", 250, 2_000)
_EMBED = _Model("text-embedding-3-large", "openai", "search", 130, 0)


@dataclass(frozen=True, slots=True)
class _Stream:
    """What one person uses one model for: calls and cents in a month, the present one last."""

    wallet: str
    person: str
    model: _Model
    calls: int
    cents: tuple[int, int, int]


# The present month comes to $412.80 for Design, $1,771.40 for Data and $695.80 for Support, so
# that Company has $3,120.00 of its $6,000.00 free.
_STREAMS: Final = (
    _Stream("launch", "ana", _SONNET, 34, (6_120, 9_870, 17_460)),
    _Stream("launch", "ben", _SONNET, 14, (2_310, 3_015, 5_240)),
    _Stream("brand", "ana", _SONNET, 18, (9_925, 10_480, 7_410)),
    _Stream("brand", "ben", _MINI, 22, (7_140, 7_995, 8_802)),
    _Stream("w-ana", "ana", _GPT5, 8, (3_050, 2_740, 1_945)),
    _Stream("design", "ben", _EMBED, 6, (410, 455, 423)),
    _Stream("search", "diego", _SONNET, 28, (52_300, 58_110, 61_930)),
    _Stream("search", "diego", _EMBED, 34, (21_045, 24_480, 27_310)),
    _Stream("forecasting", "diego", _GPT5, 26, (40_210, 44_060, 46_870)),
    _Stream("w-diego", "diego", _MINI, 20, (15_900, 19_225, 22_620)),
    _Stream("data", "elena", _GPT5, 6, (12_480, 14_300, 18_410)),
    _Stream("chatbot", "frank", _MINI, 40, (22_190, 26_335, 28_905)),
    _Stream("chatbot", "frank", _SONNET, 16, (14_620, 15_990, 17_455)),
    _Stream("helpdesk", "frank", _MINI, 24, (11_035, 12_410, 13_180)),
    _Stream("w-frank", "frank", _GPT5, 8, (7_305, 8_660, 10_040)),
)


@dataclass(frozen=True, slots=True)
class DemoCall:
    """A model call of the past."""

    at: datetime
    wallet_id: WalletId
    person_id: PrincipalId
    model: _Model
    cost_nanos: int

    @property
    def tokens(self) -> tuple[int, int]:
        """Tokens in and out that cost about this much: two thirds of the price is input."""
        if not self.model.out_nanos:
            return self.cost_nanos // self.model.in_nanos, 0
        spent_in = self.cost_nanos * 2 // 3
        return (
            spent_in // self.model.in_nanos,
            (self.cost_nanos - spent_in) // self.model.out_nanos,
        )


def list_calls(today: datetime) -> list[DemoCall]:
    """Return the calls of this month so far and the two before, oldest first, none after now."""
    chance = random.Random(_SEED)  # noqa: S311  # believable, not secret
    calls: list[DemoCall] = []
    for index, (from_at, until_at) in enumerate(_months(today)):
        hours = _Hours(from_at, until_at)
        # All of a month's spend in its first minutes would be no believable one.
        share = min((until_at - from_at) / _FIRST_WEEK, 1.0)
        for stream in _STREAMS:
            cents = int(stream.cents[index] * share)
            if not cents:
                continue
            count = max(3, round(stream.calls * share * (0.8, 0.9, 1.0)[index]))
            for nanos in _split(cents * _CENT, count, chance):
                at = hours.pick(chance)
                person = PrincipalId(stream.person)
                calls.append(DemoCall(at, WalletId(stream.wallet), person, stream.model, nanos))
    return sorted(calls, key=lambda call: (call.at, call.wallet_id, call.cost_nanos))


def _months(today: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return the stretches of the two months before today's and of today's so far."""
    third = today.astimezone(ZONE).date().replace(day=1)
    second = _month_before(third)
    for first in (_month_before(second), second, third):
        until_at = min(start_of_day(next_month(first), ZONE), today.astimezone(UTC))
        yield start_of_day(first, ZONE), until_at


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


class _Hours:
    """The hours of a stretch of time, picked as often as people work in them."""

    def __init__(self, from_at: datetime, until_at: datetime) -> None:
        self._from_at = from_at
        self._length_s = max((until_at - from_at).total_seconds(), 0.0)
        count = int(self._length_s // 3600) + 1
        self._sums = list(accumulate(map(self._weight, range(count))))

    def _weight(self, hour: int) -> float:
        local = (self._from_at + timedelta(hours=hour)).astimezone(ZONE)
        of_day = 6.0 if 9 <= local.hour < 14 else 5.0 if 15 <= local.hour < 19 else 0.5
        return of_day * (0.12 if local.weekday() >= 5 else 1.0)

    def pick(self, chance: random.Random) -> datetime:
        """Return a time inside the stretch."""
        hour = bisect(self._sums, chance.random() * self._sums[-1])
        width_s = min(3600.0, self._length_s - hour * 3600)
        return self._from_at + timedelta(seconds=hour * 3600 + int(chance.random() * width_s))


def _split(total: int, count: int, chance: random.Random) -> Iterable[int]:
    """Part an amount into so many uneven ones that come to exactly that."""
    weights = [chance.lognormvariate(0.0, 0.7) for _ in range(count)]
    scale = sum(weights)
    # Whole micro-dollars, as providers bill; what rounding leaves goes to the last call.
    parts = [int(total * weight / scale) // 1000 * 1000 for weight in weights[:-1]]
    return [*parts, total - sum(parts)]


def seed(tx: FoundingTx, clock: ManualClock, today: datetime) -> Tenant:
    """Make the demo company and its past, in one transaction; ends with the clock at `today`.

    `clock` must be the database's own: it is moved along with the calls, so that each is held
    and settled at its time. Running it again, as after a conflict, does the same.
    """
    calls = list_calls(today)
    clock.set(next(_months(today))[0])
    tenant = create_company(tx, COMPANY)
    for person in COMPANY.people:
        # Everybody can be told things at once, as if they had written before.
        tx.conversations.open(TERMINAL, TERMINAL, "", PrincipalId(person.handle))
    for number, call in enumerate(calls):
        _pay(tx, clock, call, f"demo-{number:04d}")
    clock.set(today)
    # What was passed in the past was told in the past.
    for _, account_id in tx.alerts.list_untold(len(calls)):
        tx.alerts.take_crossings(account_id)
    tx.record(AuditFact(tenant.id, "operator", "seed_demo", tenant.id, {"calls": len(calls)}))
    return tenant


def _pay(tx: FoundingTx, clock: ManualClock, call: DemoCall, key: str) -> None:
    clock.set(call.at)
    estimate = call.cost_nanos * 5 // 4
    hold(tx, call.wallet_id, estimate, key=key, actor=call.person_id, life=_HOLD_LIFE)
    settle(tx, call.wallet_id, call.cost_nanos, key=key, actor=call.person_id)
    tokens_in, tokens_out = call.tokens
    usage = Usage(
        id=key,
        wallet_id=call.wallet_id,
        principal_id=call.person_id,
        feature=call.model.feature,
        provider=call.model.provider,
        model=call.model.name,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost_nanos=call.cost_nanos,
        price_version="demo",
        at=call.at,
    )
    tx.usage.add(usage, call.at.astimezone(ZONE).date())


def demo_directory() -> Directory:
    """Return the names of the demo company; needs no database."""
    parents = {part.name: part.parent for part in COMPANY.wallets}
    ids = {part.name: WalletId(part.id or "") for part in COMPANY.wallets}
    return Directory(
        wallets=tuple(
            WalletName(
                id=ids[part.name],
                name=part.name,
                path=" / ".join(reversed(_line(part.name, parents))),
                kind=part.kind,
                parent_id=None if part.parent is None else ids[part.parent],
            )
            for part in COMPANY.wallets
        ),
        people=tuple(
            PersonName(PrincipalId(part.handle), part.name, part.handle) for part in COMPANY.people
        ),
        models=tuple(sorted({stream.model.name for stream in _STREAMS})),
    )


def _line(name: str, parents: dict[str, str | None]) -> Sequence[str]:
    parent = parents[name]
    return [name] if parent is None else [name, *_line(parent, parents)]


def demo_context(now: datetime, *, speaker: str = SPEAKER) -> PlanContext:
    """Return what a sentence of one of the demo's people is read against."""
    person = next(part for part in COMPANY.people if part.handle == speaker)
    home = None if person.wallet is None else WalletId(person.wallet.lower())
    return PlanContext(
        now=now,
        zone=ZONE,
        directory=demo_directory(),
        language=person.language,
        speaker_id=PrincipalId(person.handle),
        home_wallet_id=home,
        number_locale=COMPANY.language,
    )
