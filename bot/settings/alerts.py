"""What may be set about alerts."""

from __future__ import annotations

from pydantic import Field

from bot.settings.sections import Section


class AlertSettings(Section):
    """Alerts: when the next one is asked, and what is heard in quiet hours."""

    warning_after_h: int = Field(
        24,
        ge=1,
        le=720,
        description=(
            "Hours after which finance is told of a warning below 95 % that no lead of the wallet"
            " has acknowledged."
        ),
    )
    high_after_h: int = Field(
        4,
        ge=1,
        le=720,
        description=(
            "Hours after which the owners are told of 95 %, and finance and owners once more of"
            " 100 %, where nobody has acknowledged it."
        ),
    )
    urgent_percent: int = Field(
        100,
        ge=1,
        le=101,
        description=(
            "From this share of a limit on an alert is told in quiet hours too; 101 lets all wait."
        ),
    )
