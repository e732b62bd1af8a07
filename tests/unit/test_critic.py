"""What the critic finds in a plan, and that it never lowers a tier."""

import pytest

from bot.actions.approvals import ApproveRequest
from bot.actions.asking import MoveBudget, RaiseBudget, RequestBudget
from bot.actions.base import ActionCall, Tier
from bot.actions.limits import SetLimit
from bot.actions.people import GiveRole, TakeRole
from bot.actions.requests import RejectRequest
from bot.actions.spend import ShowBalance
from bot.actions.wallets import CloseWallet, RenameWallet
from bot.ids import PrincipalId, WalletId
from bot.planning import CriticFacts, OpenProposal, Plan, UsualAmount, Verdict
from intents.critic import review
from tests.fakes_directory import ANA, BEN, DATA, DESIGN, LAUNCH, demo_directory

USD = 10**9
TIERS = {"show_balance": 1, "rename_wallet": 2}


def _review(*calls: ActionCall, **facts: object) -> Verdict:
    known = CriticFacts(
        directory=demo_directory(),
        tier_of=lambda call: TIERS.get(call.action, 3),
        **facts,  # type: ignore[arg-type]  # the tests name real fields
    )
    return review(Plan("write", "en", 0.95, calls), known)


def _raise(usd: int, wallet: WalletId = DESIGN, reason: str | None = None) -> RaiseBudget:
    return RaiseBudget(wallet_id=wallet, amount_nanos=usd * USD, reason=reason)


def test_a_plain_plan_has_no_findings() -> None:
    verdict = _review(_raise(200))
    assert verdict.findings == ()
    assert verdict.tiers == (3,)
    assert not verdict.asks


def test_the_same_step_twice_is_asked_about() -> None:
    verdict = _review(_raise(200), _raise(200))
    assert verdict.codes == ("duplicate_in_plan",)
    assert verdict.asks


def test_the_same_read_twice_is_harmless() -> None:
    assert _review(ShowBalance(), ShowBalance()).findings == ()


def test_what_waits_already_is_found_whatever_the_reason() -> None:
    waiting = OpenProposal("7K2M", (_raise(200, reason="the launch"),))
    verdict = _review(_raise(200, reason="launch"), open_proposals=(waiting,))
    assert verdict.codes == ("duplicate_of_open",)
    assert verdict.findings[0].ref == "7K2M"
    assert _review(_raise(201), open_proposals=(waiting,)).findings == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_raise(50, LAUNCH), CloseWallet(wallet_id=LAUNCH)),
        (CloseWallet(wallet_id=LAUNCH), SetLimit(wallet_id=LAUNCH, amount_nanos=USD)),
        (
            MoveBudget(from_wallet_id=DESIGN, to_wallet_id=DATA, amount_nanos=USD),
            CloseWallet(wallet_id=DATA),
        ),
        (
            MoveBudget(from_wallet_id=DESIGN, to_wallet_id=DATA, amount_nanos=USD),
            MoveBudget(from_wallet_id=DATA, to_wallet_id=DESIGN, amount_nanos=USD),
        ),
        (
            GiveRole(person_id=BEN, role="lead", wallet_id=DATA),
            TakeRole(person_id=BEN, role="lead", wallet_id=DATA),
        ),
        (
            SetLimit(wallet_id=DATA, amount_nanos=USD),
            SetLimit(wallet_id=DATA, amount_nanos=2 * USD),
        ),
        (ApproveRequest(ref="7K2M"), RejectRequest(ref="7K2M")),
        (RenameWallet(wallet_id=DATA, name="A"), RenameWallet(wallet_id=DATA, name="B")),
    ],
)
def test_steps_that_undo_each_other_are_asked_about(first: ActionCall, second: ActionCall) -> None:
    for calls in ((first, second), (second, first)):
        verdict = _review(*calls)
        assert "contradiction" in verdict.codes
        assert verdict.asks


def test_different_roles_and_windows_are_no_contradiction() -> None:
    verdict = _review(
        GiveRole(person_id=BEN, role="lead"),
        TakeRole(person_id=ANA, role="lead"),
        SetLimit(wallet_id=DATA, window="day", amount_nanos=USD),
    )
    assert verdict.findings == ()


def test_what_is_not_in_the_directory_is_unresolved() -> None:
    verdict = _review(
        _raise(5, WalletId("gone")), GiveRole(person_id=PrincipalId("nobody"), role="lead")
    )
    assert [finding.name for finding in verdict.findings] == ["gone", "nobody"]
    assert verdict.asks


def test_an_amount_far_above_the_usual_is_marked_but_not_asked_about() -> None:
    usual = {DESIGN: UsualAmount(3, median_nanos=100 * USD, max_nanos=300 * USD)}
    verdict = _review(_raise(1001), usual=usual)
    assert verdict.codes == ("unusual_amount",)
    assert verdict.findings[0].usual_nanos == 100 * USD
    assert not verdict.asks
    assert _review(_raise(1000), usual=usual).findings == ()


def test_two_past_amounts_say_nothing_about_what_is_usual() -> None:
    usual = {DESIGN: UsualAmount(2, median_nanos=USD, max_nanos=USD)}
    request = RequestBudget(wallet_id=DESIGN, amount_nanos=999 * USD)
    assert _review(request, usual=usual).findings == ()


def test_what_was_given_once_before_is_usual_enough() -> None:
    usual = {DESIGN: UsualAmount(9, median_nanos=USD, max_nanos=500 * USD)}
    assert _review(_raise(500), usual=usual).findings == ()


def test_more_than_three_writes_are_a_bulk_change() -> None:
    names = [RenameWallet(wallet_id=DATA, name="Data")]
    names += [RenameWallet(wallet_id=w, name="X") for w in (DESIGN, LAUNCH, WalletId("brand"))]
    verdict = _review(*names)
    assert "bulk_change" in verdict.codes
    assert verdict.tiers == (Tier.T3,) * 4
    assert _review(*names[:3]).findings == ()


def test_no_finding_lowers_a_tier_or_lifts_a_read() -> None:
    calls = (ShowBalance(wallet_id=WalletId("gone")), _raise(1), _raise(1))
    assert _review(*calls).tiers == (1, 3, 3)
