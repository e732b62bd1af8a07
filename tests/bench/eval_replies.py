"""How well replies to an open proposal are read, on the rows of `confirm` and `confirm_es`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intents.replies.lines import read_reply_line
from tests.bench.scores import Score

# Rows are JSON objects with fields of many kinds.
Row = dict[str, Any]
Test = Callable[[Row, Row], bool]
_INPUT = ("prompt", "reply", "lang", "draft")


def run(folder: Path) -> list[Score]:
    """Score both languages; `folder` holds `confirm.jsonl` and `confirm_es.jsonl`."""
    scores: list[Score] = []
    for language, name in (("en", "confirm.jsonl"), ("es", "confirm_es.jsonl")):
        path = folder / name
        if path.exists():
            scores += _scores(language, _read(path))
    return scores


def _read(path: Path) -> list[tuple[Row, Row]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return [(row, read_reply_line({key: row.get(key) for key in _INPUT})) for row in rows]


def _scores(language: str, read: list[tuple[Row, Row]]) -> list[Score]:
    def score(
        name: str,
        is_in: Callable[[Row], bool],
        is_hit: Test,
        *,
        least: float | None = None,
        below: float | None = None,
    ) -> Score:
        hits = [is_hit(row, got) for row, got in read if is_in(row)]
        return Score(f"replies {language}: {name}", sum(hits), len(hits), least, below)

    scores = [
        score("false commits", lambda r: "affirm" not in r["accept"], _commits, below=0.002),
        score("plain yeses read", _is_plain_yes, _commits, least=0.9),
        score("edits found", lambda r: r["label"] == "edit", _is_accepted),
        score("changed fields named", _has_slots, _names_slots),
        score("new values right", _has_slots, _has_values),
        score("noes found", lambda r: r["label"] == "negate", _is_accepted),
        score("choices found", lambda r: r["label"] == "choose", _is_accepted),
        score("choices right", lambda r: str(r.get("choice")).isdigit(), _is_right_choice),
        score("traps right", lambda r: bool(r["trap"]), _is_accepted),
        score("accepted label", lambda _: True, _is_accepted),
    ]
    return [one for one in scores if one.total]


def _is_plain_yes(row: Row) -> bool:
    return row["label"] == "affirm" and row.get("detail") is None


def _commits(_: Row, got: Row) -> bool:
    return bool(got["label"] == "affirm")


def _is_accepted(row: Row, got: Row) -> bool:
    return bool(got["label"] in row["accept"])


def _has_slots(row: Row) -> bool:
    return bool(row.get("edit_slots"))


def _names_slots(row: Row, got: Row) -> bool:
    return set(got["changes"]) == set(row["edit_slots"])


def _has_values(row: Row, got: Row) -> bool:
    return all(
        str(got["changes"].get(name)).casefold()
        in (slot["value"].casefold(), slot["canonical"].casefold())
        for name, slot in row["edit_slots"].items()
    )


def _is_right_choice(row: Row, got: Row) -> bool:
    return bool(str(got.get("choice")) == row["choice"])
