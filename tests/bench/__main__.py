"""`python -m tests.bench`: every benchmark, as a table and in `var/bench.json`."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import platform
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import orjson

from tests.bench.results import Measure, as_table

# A module a subject; each has SUBJECTS: name -> function that measures it.
_MODULES = (
    "bench_ledger",
    "bench_backup",
    "bench_turns",
    "bench_telegram",
    "bench_slack",
    "bench_teams",
    "bench_memory",
    "bench_guards",
    "bench_paid_path",
    "bench_charts",
    "bench_digests",
    "bench_reports",
)
_RESULT = Path("var/bench.json")


def find_subjects() -> dict[str, Callable[[], list[Measure]]]:
    subjects: dict[str, Callable[[], list[Measure]]] = {}
    for module in _MODULES:
        name = f"tests.bench.{module}"
        if importlib.util.find_spec(name) is not None:
            subjects |= getattr(importlib.import_module(name), "SUBJECTS", {})
    return subjects


def main() -> int:
    subjects = find_subjects()
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", metavar="NAME", choices=sorted(subjects), action="append")
    chosen = parser.parse_args().only or list(subjects)
    kept: dict[str, list[dict[str, object]]] = {}
    missed = 0
    for name in chosen:
        print(f"\n{name}", flush=True)
        measures = subjects[name]()
        print(as_table(measures), flush=True)
        missed += sum(measure.passed is False for measure in measures)
        kept[name] = [
            {**asdict(measure), "ratio": measure.ratio, "passed": measure.passed}
            for measure in measures
        ]
    _RESULT.parent.mkdir(parents=True, exist_ok=True)
    _RESULT.write_bytes(
        orjson.dumps({"machine": describe_machine(), "subjects": kept}, option=orjson.OPT_INDENT_2)
    )
    print(f"\n{missed} targets missed; all numbers are in {_RESULT}")
    return 1 if missed else 0


def describe_machine() -> dict[str, object]:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True)  # noqa: S607
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251  # when it ran
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "commit": commit.stdout.strip(),
    }


if __name__ == "__main__":
    raise SystemExit(main())
