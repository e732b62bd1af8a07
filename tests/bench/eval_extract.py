"""How many amounts and times of public utterances are read right, and how many wrong.

A row that is missed or reported as ambiguous is neither: wrong is a reading that differs. Single
points are measured; the convention for spans differs from ours in its ends.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from intents.extract.lines import extract_line
from tests.bench.scores import Score

LEAST_AMOUNTS, WRONG_AMOUNTS = 0.85, 0.01
LEAST_TIMES, WRONG_TIMES = 0.75, 0.02


def run(folder: Path) -> list[Score]:
    """Score `money_*.jsonl` and `datetime_*.jsonl` of a folder."""
    scores: list[Score] = []
    for language in ("en", "es"):
        scores += _money(folder / f"money_{language}.jsonl", language)
    for language in ("en", "es"):
        scores += _times(folder / f"datetime_{language}.jsonl", language)
    return scores


# Rows are foreign JSON, as the sources have it.
def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _overlaps(found: Mapping[str, Any], span: Mapping[str, Any]) -> bool:
    return bool(found["start"] < span["end"] and found["end"] > span["start"])


def _money(path: Path, language: str) -> list[Score]:
    total = right = wrong = false = 0
    for row in _rows(path):
        found: Any = extract_line(
            {"text": row["text"], "lang": language, "ref": "2020-01-01T00:00:00Z"}
        )["amounts"]
        false += sum(not any(_overlaps(f, s) for s in row["spans"]) for f in found)
        for span in row["spans"]:
            if span["value"] is None:
                continue
            total += 1
            hits = [Decimal(f["value"]) for f in found if _overlaps(f, span)]
            value = Decimal(span["value"].replace(",", "."))
            right += value in hits
            wrong += bool(hits) and value not in hits
    return [
        Score(f"amounts right, {language}", right, total, least=LEAST_AMOUNTS),
        Score(f"amounts wrong, {language}", wrong, total, below=WRONG_AMOUNTS),
        Score(f"amounts where none are, {language}", false, total),
    ]


def _times(path: Path, language: str) -> list[Score]:
    total = right = wrong = false = empty = 0
    for row in _rows(path):
        found: Any = extract_line({"text": row["text"], "lang": language, "ref": row["ref"]})[
            "times"
        ]
        if not row["spans"]:
            empty += 1
            false += bool(found)
        if not row.get("single_point"):
            continue
        total += 1
        hits = [f for f in found if _overlaps(f, row["spans"][0])]
        is_right = any(_agrees(f, row["spans"][0]["future"]) for f in hits)
        right += is_right
        wrong += bool(hits) and not is_right
    return [
        Score(f"single times right, {language}", right, total, least=LEAST_TIMES),
        Score(f"single times wrong, {language}", wrong, total, below=WRONG_TIMES),
        Score(f"rows without a time where one is read, {language}", false, empty),
    ]


def _agrees(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if found["until"] is not None:
        return False
    at = datetime.fromisoformat(found["from"]).replace(tzinfo=None)
    if wanted["type"] == "date":
        return bool(found["grain"] == "day" and str(at.date()) == wanted["value"])
    if found["grain"] == "day":
        return False
    at = at.replace(microsecond=0)
    return bool(wanted["value"] == str(at.time() if wanted["type"] == "time" else at))
