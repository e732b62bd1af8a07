"""What tests of the guards ask about findings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.guards.findings import Finding

CORPUS = Path(__file__).parents[1] / "corpus"


def covers(findings: Iterable[Finding], start: int, end: int, *, kind: str) -> bool:
    """Tell whether findings of a kind lie over every character of a place."""
    left = set(range(start, end))
    for one in findings:
        if one.kind == kind:
            left -= set(range(one.start, one.end))
    return not left


def kinds_of(findings: Iterable[Finding]) -> set[str]:
    return {one.kind for one in findings}


def read_corpus(name: str) -> list[dict[str, Any]]:  # Any: JSON
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
