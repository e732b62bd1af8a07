"""False writes of the planner on public sentences that ask for none, or for nothing of ours."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.actions.base import Tier
from bot.actions.catalog import BY_NAME
from bot.planning import PlanContext
from intents.extract.letters import words
from intents.planner import RulePlanner
from tests.bench.scores import Score, as_table
from tests.fakes_directory import demo_context

READS = frozenset(name for name, action in BY_NAME.items() if action.tier is Tier.T1)
MOVES_MONEY = frozenset(
    words("request_budget raise_budget move_budget approve_request set_limit undo")
)

# What Bursar keeps of what the public data has, and which of its actions are meant.
TASKS = frozenset(words("reminder todo"))
RIGHT = {
    "create": frozenset(words("add_task capture_thought")),
    "update": frozenset(words("change_task snooze_task")),
    "cancel": frozenset(words("cancel_task clear_tasks")),
    "complete": frozenset(words("complete_task clear_tasks")),
}


def written_by(planner: RulePlanner, text: str, context: PlanContext) -> list[str]:
    """Return the names of the writes that a text leads to."""
    plan = planner.plan_now(text, context)
    return [call.action for call in plan.actions if call.action not in READS]


def run(folder: Path) -> list[Score]:
    """Measure the planner on `nonwrite.jsonl` and `write-like.jsonl` of a folder."""
    planner, context = RulePlanner(), demo_context("7K2M")
    total, false, moving = Counter[str](), Counter[str](), 0
    for row in _rows(folder / "nonwrite.jsonl"):
        writes = written_by(planner, row["text"], context)
        moving += any(name in MOVES_MONEY for name in writes)
        for group in ("all", row["lang"], row["kind"], *(("hard",) if row["hard"] else ())):
            total[group] += 1
            false[group] += bool(writes)
    scores = [
        Score("planner: false writes", false["all"], total["all"], below=0.005),
        Score("planner: false writes that move money", moving, total["all"], below=1e-9),
    ]
    scores += [
        Score(f"planner: false writes, {group}", false[group], total[group])
        for group in sorted(total)
        if group != "all"
    ]
    rows = list(_rows(folder / "write-like.jsonl"))
    others = [row["text"] for row in rows if row["domain"] not in TASKS]
    taken = sum(bool(written_by(planner, text, context)) for text in others)
    scores.append(Score("planner: foreign orders taken for ours", taken, len(others)))
    return [*scores, *_tasks(planner, [row for row in rows if row["domain"] in TASKS], context)]


# JSON rows have values of any kind.
def _tasks(
    planner: RulePlanner, rows: list[dict[str, Any]], context: PlanContext
) -> Iterable[Score]:
    """Measure what people order of reminders and to-do lists: understood, and rightly so.

    Understood is what leads to an action; what lacks a task has to be asked for.
    """
    plain = [row for row in rows if row["explicit"] and not row["underspecified"]]
    vague = [row["text"] for row in rows if row["underspecified"]]
    read = [(row, planner.plan_now(row["text"], context).actions) for row in plain]
    understood = [(row, actions) for row, actions in read if actions]
    right = sum(actions[0].action in RIGHT[row["action"]] for row, actions in understood)
    yield Score("planner: orders about tasks understood", len(understood), len(plain), least=0.85)
    yield Score("planner: of those, the right action", right, len(understood), least=0.98)
    taken = sum(bool(written_by(planner, text, context)) for text in vague)
    yield Score("planner: vague orders about tasks not asked about", taken, len(vague), below=1e-9)


# JSON rows have values of any kind.
def _rows(path: Path) -> Iterable[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    import sys

    print(as_table(run(Path(sys.argv[1]))))
