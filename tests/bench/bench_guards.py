"""Guards: the time of 2 KB, how many lines a second, and what a hostile text costs."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.guards.lines import scan_line
from bot.guards.scan import clean, scan
from tests.bench.results import Measure, percentile
from tests.secret_samples import list_samples

_SIZE: Final = 2048
_TEXTS: Final = 400
_LINES: Final = 4000
_CORPUS: Final = Path(__file__).parents[1] / "corpus"
# Each makes some pattern begin again and again; the time for each KB may not grow with the text.
_HOSTILE: Final = (
    "sk-", "-eyJ", "a@", "a.", "1 ", "AB12 ", "(", "password is ", "key '", "http://a:", "f:",
    "i.g.", "ignore all ", "show me your ", "1gn0r3 ", "-----BEGIN PRIVATE KEY-----", "AAAA ",
    "\u0456",
)  # fmt: skip


def _pieces() -> tuple[list[str], list[str]]:
    """Return what people write, and what guards find something in."""
    talk: list[str] = []
    dense = [sample.text for sample in list_samples(seed=1)]
    for name in ("guards_injection", "guards_personal"):
        for line in (_CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            (dense if row.get("label") or row.get("spans") else talk).append(row["text"])
    for name in ("budget_en", "budget_es"):
        lines = (_CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        talk.extend(json.loads(line)["text"] for line in lines)
    return talk, dense


def _texts(pieces: list[str], seed: int) -> list[str]:
    source = random.Random(seed)
    texts = []
    for _ in range(_TEXTS):
        endless = (source.choice(pieces) for _ in itertools.count())
        text = ""
        while len(text) < _SIZE:
            text += next(endless) + " "
        texts.append(text[:_SIZE])
    return texts


def _times_ms(do: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the CPU of each call, which other programs on the machine can't add to."""
    for text in texts[:20]:
        do(text)
    times = []
    for text in texts:
        began = time.thread_time()
        do(text)
        times.append((time.thread_time() - began) * 1000)
    return times


def _lines_per_second(texts: list[str]) -> float:
    """Return how fast the command answers short lines, its start included."""
    lines = b"".join(
        json.dumps({"text": text}).encode() + b"\n"
        for text in itertools.islice(itertools.cycle(texts), _LINES)
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "scan"], input=lines, capture_output=True, check=True
    )
    if done.stdout.count(b"\n") != _LINES:
        raise RuntimeError("some lines were not answered")
    return _LINES / (time.perf_counter() - began)


def _growth() -> float:
    """Return the worst growth of CPU for each KB when a hostile text gets eight times as long."""
    worst = 0.0
    for piece in _HOSTILE:
        short, long = (_cpu_s(piece * (size // len(piece))) / size for size in (4_000, 32_000))
        worst = max(worst, long / short)
    return worst


def _cpu_s(text: str) -> float:
    began = time.process_time()
    scan(text)
    return time.process_time() - began


def measure() -> list[Measure]:
    talk, dense = _pieces()
    measures = []
    for name, pieces in (("what people write", talk), ("one finding after the other", dense)):
        texts = _texts(pieces, seed=len(name))
        times = _times_ms(scan, texts)
        measures += [
            Measure(f"CPU of a scan of 2 KB, {name}: p50", percentile(times, 0.5), "ms"),
            Measure(f"  p99, {name}", percentile(times, 0.99), "ms", most=10),
        ]
    times = _times_ms(clean, _texts(talk, seed=3))
    return [
        *measures,
        Measure("  clean of 2 KB: p99", percentile(times, 0.99), "ms"),
        Measure("`bursar scan`, start included", _lines_per_second(talk), "/s", least=500),
        Measure("  scan_line alone", 1000 / percentile(_times_ms(_line, talk), 0.5), "/s"),
        Measure("CPU for each KB, hostile 32 KB to 4 KB, worst", _growth(), "x", most=3),
    ]


def _line(text: str) -> object:
    return scan_line({"text": text})


SUBJECTS: Final = {"guards": measure}
