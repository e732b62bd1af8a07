"""`python -m tests.bench.evaluate`: planner, replies, extraction and guards on foreign data."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from tests.bench.scores import Score, as_table

# Beside the checkout and not in it: what is measured against must not be learnt from.
FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "evaldata"
_MODULES = ("eval_extract", "eval_replies", "eval_planner", "eval_hostile", "eval_guards")


def main() -> int:
    if not FOLDER.is_dir():
        print("There is no evaluation data beside the checkout: nothing was measured.")
        return 0
    scores: list[Score] = []
    for module in _MODULES:
        name = f"tests.bench.{module}"
        if importlib.util.find_spec(name) is None:
            print(f"{module} is not there: left out.")
            continue
        scores += importlib.import_module(name).run(FOLDER)
    print(as_table(scores))
    return 1 if any(score.passed is False for score in scores) else 0


if __name__ == "__main__":
    raise SystemExit(main())
