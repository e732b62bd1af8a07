"""Shapes that the tests ask for: like a plan, with all that strict modes make trouble with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.models import ModelMessage, ModelRequest, TimeOuts


class Period(StrEnum):
    """A span."""

    WEEK = "week"
    MONTH = "month"


class Move(BaseModel):
    """Move budget."""

    action: Literal["move"]
    to: str = Field(min_length=1, max_length=40, pattern="^[a-z]+$")
    amount: Decimal = Field(gt=0, max_digits=12, description="in dollars")
    on: date | None = None


class Report(BaseModel):
    """Report spend."""

    action: Literal["report"]
    period: Period = Period.MONTH
    since: datetime | None = None
    at_most: int = Field(10, ge=1, le=50)


class Plan(BaseModel):
    """A plan."""

    intent: str
    actions: list[Annotated[Move | Report, Field(discriminator="action")]] = Field(max_length=10)
    confidence: float = Field(ge=0, le=1)
    main: Move | None = Field(None, description="the one that matters")


class Node(BaseModel):
    """A shape that holds itself."""

    name: str
    children: list[Node] = []


MOVE = Move(action="move", to="ben", amount=Decimal("12.50"))
PLAN = Plan(intent="move", actions=[MOVE], confidence=0.9)
# Longer than a busy machine stalls: no test waits for its end.
PATIENT = TimeOuts(connect_s=20.0, first_byte_s=20.0, total_s=40.0)


def asks(
    *texts: str,
    answer: type[BaseModel] | None = None,
    time_outs: TimeOuts = PATIENT,
    most_tokens: int = 64,
) -> ModelRequest:
    """Return a call with our text at the beginning and one of theirs after another."""
    said = [ModelMessage("user", text) for text in texts or ("move 12.50 to ben",)]
    return ModelRequest(
        model="gpt-test",
        messages=(ModelMessage("system", "You plan."), *said),
        most_tokens=most_tokens,
        answer=answer,
        time_outs=time_outs,
    )
