"""Telling alerts: who hears that a limit is nearly used up, once, and who next.

What runs these is no matter of theirs: each takes its step once, whoever calls, however often.
The step, the outgoing messages and the buttons below them are one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.access import Principal, may
from bot.actions.alerts import (
    ANSWERS,
    AcknowledgeAlerts,
    MuteAlerts,
    SnoozeAlerts,
    budget_of,
    find_budget,
)
from bot.actions.asking import RaiseBudget, RequestBudget, chain_ids, list_lifters, reach_of
from bot.actions.spend import ShowTopSpenders
from bot.alerts.ladder import FULL_PERCENT, Circle, Ladder, list_circle
from bot.alerts.model import Alert
from bot.audit.chain import AuditFact
from bot.deciding import offers
from bot.deciding.offers import Offer
from bot.economy.budgets import Budget, list_budgets, main_budget
from bot.economy.money import NANOS_PER_USD
from bot.errors.kinds import NotFound
from bot.ids import PrincipalId, WalletId, new_id
from bot.ports import Tx
from bot.replies.alerts import AlertFacts, alert_text, anomaly_text, offer_label
from bot.reports.anomalies import Anomaly, find_anomalies
from bot.reports.balance import balance, descendants
from bot.telling import reader_of

# What is offered to ask for: a part of the limit, and until its period ends.
_OFFERED_PART: Final = 5
# Whoever spent most in this time is concerned when nothing is left.
_LATELY: Final = timedelta(hours=24)
_HOUR: Final = timedelta(hours=1)


def tell_crossings(tx: Tx, account_id: int, ladder: Ladder) -> int:
    """Tell what an account has passed; return to how many people, 0 if it was told before.

    Several thresholds that were passed since are one message: to all for whom one of them is.
    """
    crossings = tx.alerts.take_crossings(account_id)
    if not crossings:
        return 0
    budget = find_budget(tx, crossings[0].wallet_id, crossings[0].period)
    if budget is None:
        return 0
    passed = [one.percent for one in crossings if budget.is_passed(one.percent)]
    for one in crossings:
        if one.percent not in passed:
            # A raise came between: it was never told, and is once it is passed again.
            tx.alerts.forget_crossing(account_id, one.percent)
    if not passed:
        return 0
    wait = ladder.wait(passed[-1], 0)
    alert = Alert(
        id=new_id(),
        wallet_id=budget.wallet.id,
        period=budget.period.key,
        percent=passed[-1],
        account_id=account_id,
        opened_at=tx.now,
        due_at=None if wait is None else tx.now + wait,
        until_at=budget.period.until_at,
    )
    tx.alerts.open(alert)
    circles = frozenset[Circle]().union(*(ladder.rung(one, 0) or () for one in passed))
    return _tell(tx, alert, budget, _people(tx, budget, circles), ladder)


def climb(tx: Tx, alert: Alert, ladder: Ladder) -> int:
    """Take an alert's next rung, or end it; return to how many people it was told.

    It ends with its period, and once a raise or a higher limit has brought its use below it.
    """
    budget = budget_of(tx, alert)
    if budget is None or not budget.is_passed(alert.percent):
        tx.alerts.end(alert.id)
        return 0
    wait = ladder.wait(alert.percent, alert.step + 1)
    if not tx.alerts.climb(alert, None if wait is None else tx.now + wait):
        return 0
    people = _people(tx, budget, ladder.rung(alert.percent, alert.step + 1) or frozenset())
    if alert.snoozed_by is not None and all(x.id != alert.snoozed_by for x in people):
        snoozer = tx.people.get(alert.snoozed_by)
        # Who has lost the right since is told nothing of the wallet any more.
        if may(snoozer, ANSWERS, chain_ids(tx, alert.wallet_id)):
            people = [snoozer, *people]
    return _tell(tx, alert, budget, people, ladder, is_again=True)


def tell_anomalies(tx: Tx) -> int:
    """Tell leads and finance what is unusual and was not told before; return to how many people.

    What is found is claimed by the transaction that writes the messages.
    """
    return sum(_tell_anomaly(tx, one) for one in find_anomalies(tx, tx.now))


def _tell_anomaly(tx: Tx, found: Anomaly) -> int:
    wallet = tx.wallets.get(found.wallet_id)
    people = tx.people.list_with_role(("lead", "finance", "owner"))
    chain = chain_ids(tx, wallet.id)
    circle = list_circle(frozenset({"lead", "finance"}), people, chain)
    deaf = tx.alerts.list_deaf(chain)
    told = [one for one in circle if one.id not in deaf]
    spender = tx.people.names([found.person_id]).get(found.person_id, "")
    for person in told:
        text = anomaly_text(found, wallet.name, spender, reader_of(person, tx.now))
        offers.tell(tx, person, text, _anomaly_offers(tx, found, person))
    detail: dict[str, object] = {
        "wallet": wallet.id,
        "model": found.model,
        "told": [one.id for one in told],
    }
    tx.record(AuditFact(tx.tenant, "bursar", "anomaly.told", wallet.id, detail))
    return len(told)


def _anomaly_offers(tx: Tx, found: Anomaly, person: Principal) -> list[Offer]:
    wallet_id, language = found.wallet_id, person.language
    top = ShowTopSpenders(wallet_id=wallet_id, from_on=found.day, until_on=found.day)
    made = [Offer(offer_label("top", language), top)]
    if may(person, ANSWERS, chain_ids(tx, wallet_id)):
        seen = AcknowledgeAlerts(wallet_id=wallet_id)
        made.append(Offer(offer_label("acknowledge", language), seen))
    return [*made, Offer(offer_label("mute", language), MuteAlerts(wallet_id=wallet_id))]


def _people(tx: Tx, budget: Budget, circles: frozenset[Circle]) -> list[Principal]:
    people = tx.people.list_with_role(("lead", "finance", "owner"))
    spender = _find_spender(tx, budget.wallet.id) if "spender" in circles else None
    if spender is not None and not may(spender, "spend.read", chain_ids(tx, budget.wallet.id)):
        # Who spends from a wallet below need not see what all of it comes to.
        spender = None
    return list_circle(circles, people, chain_ids(tx, budget.wallet.id), spender)


def _find_spender(tx: Tx, wallet_id: WalletId) -> Principal | None:
    """Return who spent most from a wallet and those below it in the last day."""
    ids = set(descendants(tx.wallets.list_all(), wallet_id))
    until_at = tx.now.replace(minute=0, second=0, microsecond=0) + _HOUR
    spent: dict[PrincipalId, int] = {}
    for one in tx.usage.list_spent(until_at - _LATELY, until_at):
        if one.wallet_id in ids:
            spent[one.person_id] = spent.get(one.person_id, 0) + one.cost_nanos
    if not spent:
        return None
    most = max(spent, key=lambda person_id: (spent[person_id], person_id))
    try:
        return tx.people.get(most)
    except NotFound:
        return None


def _tell(
    tx: Tx,
    alert: Alert,
    budget: Budget,
    people: Sequence[Principal],
    ladder: Ladder,
    *,
    is_again: bool = False,
) -> int:
    deaf = tx.alerts.list_deaf(chain_ids(tx, alert.wallet_id))
    told = [one for one in people if one.id not in deaf and not one.is_disabled]
    facts = _facts(tx, alert, budget, is_again=is_again)
    for person in told:
        offers.tell(
            tx,
            person,
            alert_text(facts, reader_of(person, tx.now)),
            list_offers(tx, person, budget),
            is_urgent=ladder.is_urgent(alert.percent),
        )
    detail: dict[str, object] = {
        "wallet": alert.wallet_id,
        "period": alert.period,
        "percent": alert.percent,
        "told": [one.id for one in told],
    }
    what = "alert.repeated" if is_again else "alert.told"
    tx.record(AuditFact(tx.tenant, "bursar", what, alert.id, detail))
    return len(told)


def _facts(tx: Tx, alert: Alert, budget: Budget, *, is_again: bool) -> AlertFacts:
    is_full = alert.percent >= FULL_PERCENT
    return AlertFacts(
        wallet=budget.wallet.name,
        period=alert.period,
        percent=alert.percent,
        used_nanos=budget.used_nanos,
        limit_nanos=budget.limit_nanos,
        free_nanos=budget.free_nanos,
        until_at=budget.period.until_at,
        runs_out_on=None if is_full else balance(tx, alert.wallet_id).forecast.runs_out_on,
        lifts=tuple(one.name for one in list_lifters(tx, alert.wallet_id)) if is_full else (),
        open_since=alert.opened_at if is_again else None,
    )


def list_offers(tx: Tx, person: Principal, budget: Budget) -> list[Offer]:
    """Return what a person is offered to do about a budget, by what they may."""
    wallet_id, language = budget.wallet.id, person.language
    chain = chain_ids(tx, wallet_id)
    made = _more(tx, person, budget)
    if may(person, "spend.read", chain):
        made.append(Offer(offer_label("top", language), ShowTopSpenders(wallet_id=wallet_id)))
    if may(person, ANSWERS, chain):
        made += [
            Offer(offer_label("acknowledge", language), AcknowledgeAlerts(wallet_id=wallet_id)),
            Offer(offer_label("snooze", language), SnoozeAlerts(wallet_id=wallet_id)),
        ]
    if may(person, "spend.read", chain):
        made.append(Offer(offer_label("mute", language), MuteAlerts(wallet_id=wallet_id)))
    return made


def _more(tx: Tx, person: Principal, budget: Budget) -> list[Offer]:
    """Return the offer of more budget: given by who may, asked for by who must ask.

    It is until the limit's period ends, and for good where that has no end.
    """
    wallet_id, language = budget.wallet.id, person.language
    if not _is_main(tx, budget):
        return []
    amount = offered_nanos(budget.limit_nanos)
    until_on = budget.period.last_on
    if reach_of(tx, person, "budget.raise", wallet_id).covers(amount):
        call = RaiseBudget(wallet_id=wallet_id, amount_nanos=amount, until_on=until_on)
        return [Offer(offer_label("raise", language, amount), call, "yes")]
    if may(person, "budget.request", chain_ids(tx, wallet_id)):
        asked = RequestBudget(wallet_id=wallet_id, amount_nanos=amount, until_on=until_on)
        return [Offer(offer_label("ask", language, amount), asked, "yes")]
    return []


def _is_main(tx: Tx, budget: Budget) -> bool:
    """Tell whether a raise would raise this very limit."""
    return main_budget(list_budgets(tx, [budget.wallet])).period == budget.period


def offered_nanos(limit_nanos: int) -> int:
    """Return a fifth of a limit as a round sum: 500 -> 100, 800 -> 200, 1,250 -> 300 dollars."""
    dollars = max(1, -(-limit_nanos // (_OFFERED_PART * NANOS_PER_USD)))
    step = 10 ** (len(str(dollars)) - 1)
    return int(-(-dollars // step) * step) * NANOS_PER_USD
