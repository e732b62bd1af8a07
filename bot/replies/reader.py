"""For whom words are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "es"]


@dataclass(frozen=True)
class Reader:
    """Who reads: their language, their zone, the present (aware) and their name."""

    language: Language
    zone: ZoneInfo
    now: datetime
    name: str = ""
