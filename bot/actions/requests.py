"""Deciding about requests that wait for somebody."""

from typing import Literal

from bot.actions.base import ActionCall, AmountNanos, Ref
from bot.actions.budget import Reason


class ApproveRequest(ActionCall):
    """Approve a request, with another amount where `amount_nanos` is given."""

    action: Literal["approve_request"] = "approve_request"
    ref: Ref
    amount_nanos: AmountNanos | None = None


class RejectRequest(ActionCall):
    """Reject a request, with a reason for the one who asked."""

    action: Literal["reject_request"] = "reject_request"
    ref: Ref
    reason: Reason | None = None


class CancelRequest(ActionCall):
    """Take back a request of one's own."""

    action: Literal["cancel_request"] = "cancel_request"
    ref: Ref
