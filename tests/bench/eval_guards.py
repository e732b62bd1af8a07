"""How many secrets, personal data and injections the guards find, and where they cry wolf.

Found means that a finding of the right kind shares a character with the place; the type is not
compared, for every source has its own names for types.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from bot.guards.findings import Finding
from bot.guards.injection import find_injections
from bot.guards.personal import find_personal_data
from bot.guards.secrets import find_secrets
from tests.bench.scores import Score, as_table
from tests.secret_samples import list_samples

LEAST_SECRETS, LEAST_PERSONAL, LEAST_INJECTIONS = 0.95, 0.90, 0.85
FALSE_ALARMS, FALSE_INJECTIONS = 0.02, 0.01
_OURS: Final = Path(__file__).parents[1] / "corpus"
_IN_DOMAIN: Final = ("in_domain", "in_domain_trigger", "trigger_word_benign")
# What has no form of its own is not looked for.
_SOFT: Final = frozenset(
    ("PERSON", "STREET_ADDRESS", "GPE", "AGE", "DATE_TIME", "NRP", "TITLE", "ORGANIZATION")
)
_OTHERS: Final = ("nonwrite", "write-like", "confirm", "confirm_es")

Finder = Callable[[str], list[Finding]]


def run(folder: Path) -> list[Score]:
    """Score `secrets`, `pii`, `injection` of a folder, its other texts, and our own corpora."""
    return [
        *_secrets(folder),
        *_personal(folder),
        *_injections(_rows(folder / "injection.jsonl")),
        *_others(folder),
        *_own(),
    ]


# Rows are foreign JSON, as the sources have it.
def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _finds(find: Finder, text: str, start: int, end: int) -> bool:
    return any(one.start < end and one.end > start for one in find(text))


def _secrets(folder: Path) -> list[Score]:
    found, total = Counter[str](), Counter[str]()
    for row in _rows(folder / "secrets.jsonl"):
        text = "".join(row["parts"])
        if row["label"] == "clean":
            total["clean"] += 1
            found["clean"] += bool(find_secrets(text))
            continue
        is_found = _finds(find_secrets, text, row["start"], row["end"])
        for group in ("all", row["tier"]):
            total[group] += 1
            found[group] += is_found
    return [
        Score("secrets found", found["all"], total["all"], least=LEAST_SECRETS),
        Score("secrets found, by their format", found["prefixed"], total["prefixed"]),
        Score("secrets found, by their name", found["contextual"], total["contextual"]),
        Score("secrets: false alarms", found["clean"], total["clean"], below=FALSE_ALARMS),
    ]


def _personal(folder: Path) -> list[Score]:
    found, total = Counter[str](), Counter[str]()
    for row in _rows(folder / "pii.jsonl"):
        text, label = row["text"], row["label"]
        if label != "pii":
            total[label] += 1
            found[label] += bool(find_personal_data(text))
            continue
        for span in row["spans"]:
            if span["type"] not in _SOFT:
                start, end = span["start"] or 0, span["end"] or len(text)
                total["pii"] += 1
                found["pii"] += _finds(find_personal_data, text, start, end)
    return [
        Score("personal data found", found["pii"], total["pii"], least=LEAST_PERSONAL),
        Score("personal data: false alarms", found["clean"], total["clean"], below=FALSE_ALARMS),
        Score("personal data: wrong forms taken for it", found["near_miss"], total["near_miss"]),
    ]


def _injections(rows: Iterable[dict[str, Any]]) -> list[Score]:
    found, total = Counter[str](), Counter[str]()
    for row in rows:
        groups = [row.get("tier") or row["kind"]]
        if row["label"] and row["tier"] != "weak":
            groups.append("meant")
        elif row["kind"] in _IN_DOMAIN:
            groups.append("domain")
        for group in groups:
            total[group] += 1
            found[group] += bool(find_injections(row["text"]))
    domain = Score(
        "injections: false alarms on in-domain talk",
        found["domain"],
        total["domain"],
        below=FALSE_INJECTIONS,
    )
    meant = Score("injections found", found["meant"], total["meant"], least=LEAST_INJECTIONS)
    return [
        meant,
        *(Score(f"injections: {name}", found[name], total[name]) for name in sorted(total)
          if name not in ("meant", "domain")),
        domain,
    ]  # fmt: skip


def _others(folder: Path) -> list[Score]:
    texts = [
        row.get("text") or row["reply"]
        for name in _OTHERS
        for row in _rows(folder / f"{name}.jsonl")
    ]
    finders: tuple[tuple[str, Finder, float], ...] = (
        ("secrets", find_secrets, FALSE_ALARMS),
        ("personal data", find_personal_data, FALSE_ALARMS),
        ("injections", find_injections, FALSE_INJECTIONS),
    )
    return [
        Score(
            f"{name}: false alarms on the other files",
            sum(bool(find(text)) for text in texts),
            len(texts),
            below=below,
        )
        for name, find, below in finders
    ]


def _own() -> list[Score]:
    samples = list(list_samples(seed=2026, rounds=5))
    secrets = sum(
        _finds(find_secrets, text, text.index(secret), text.index(secret) + len(secret))
        for text, secret, _ in samples
    )
    personal = list(_rows(_OURS / "guards_personal.jsonl"))
    data = [row for row in personal if row["spans"]]
    clean = [row for row in personal if not row["spans"]]
    injections = list(_rows(_OURS / "guards_injection.jsonl"))
    attacks = [row for row in injections if row["label"]]
    talk = [row for row in injections if not row["label"]]
    return [
        Score("ours: secrets made at random found", secrets, len(samples), least=LEAST_SECRETS),
        Score(
            "ours: personal data found",
            sum(_finds(find_personal_data, row["text"], *row["spans"][0]) for row in data),
            len(data),
            least=LEAST_PERSONAL,
        ),
        Score(
            "ours: false alarms on other numbers",
            sum(bool(find_personal_data(row["text"])) for row in clean),
            len(clean),
            below=FALSE_ALARMS,
        ),
        Score(
            "ours: injections found",
            sum(bool(find_injections(row["text"])) for row in attacks),
            len(attacks),
            least=LEAST_INJECTIONS,
        ),
        Score(
            "ours: false alarms on talk about budget",
            sum(bool(find_injections(row["text"])) for row in talk),
            len(talk),
            below=FALSE_INJECTIONS,
        ),
    ]


if __name__ == "__main__":
    import sys

    print(as_table(run(Path(sys.argv[1]))))
