import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from bot.cli import commands, lines, words
from bot.errors.kinds import InvalidInput, NotFound, SettingsError
from bot.errors.storage import StorageBusy, StorageDamaged


@pytest.fixture(autouse=True)
def empty_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BURSAR_")]:  # noqa: TID251  # to clean it
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
    assert commands.run(["audit", "export", "--format", "xml"]) == 2
    assert commands.run(["backup"]) == 2


def test_help_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("serve", "doctor", "migrate", "backup", "restore", "audit", "config"):
        assert command in shown


def test_what_an_operator_must_mend_is_3_and_says_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURSAR_SERVER__PRT", "1")
    assert commands.run(["config", "show"]) == 3
    assert capsys.readouterr().err.splitlines() == [
        "bursar: BURSAR_SERVER__PRT is not a setting.",
        "Nothing was changed.",
        "What to do: write BURSAR_SERVER__PORT; `bursar config reference` lists all settings.",
    ]


def test_a_missing_database_is_3_and_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["audit", "verify"], ["migrate"], ["backup", "x.backup"]):
        assert commands.run(command) == 3
        assert "bursar init" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.db"))


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURSAR_SERVER__PRT", "1")
    with pytest.raises(SettingsError):
        commands.run(["--debug", "config", "show"])


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (
            InvalidInput("until", "is not a date", example="2026-11-01"),
            1,
            [
                "bursar: until: is not a date.",
                "Nothing was changed.",
                "What to do: use 2026-11-01.",
            ],
        ),
        (
            StorageBusy("another program holds the database"),
            1,
            [
                "bursar: another program holds the database.",
                "Nothing was changed.",
                "What to do: try again in 1 s.",
            ],
        ),
        (
            StorageDamaged("x.db is damaged: nothing was changed. Put it aside"),
            3,
            ["bursar: x.db is damaged.", "Nothing was changed.", "What to do: Put it aside."],
        ),
        (
            NotFound("company", "Acme"),
            1,
            [
                "bursar: no company 'Acme'.",
                "Nothing was changed.",
                "What to do: ask for something else.",
            ],
        ),
    ],
)
def test_errors_say_what_happened_that_nothing_changed_and_what_to_do(
    error: InvalidInput, code: int, lines: list[str]
) -> None:
    assert words.explain(error).splitlines() == lines
    assert words.exit_code(error) == code


def test_a_bug_shows_no_traceback_and_none_of_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("canary")

    monkeypatch.setattr("bot.settings.reference.as_markdown", fail)
    assert commands.run(["config", "reference"]) == 3
    shown = capsys.readouterr().err
    assert "ZeroDivisionError" in shown
    assert "canary" not in shown
    assert "Traceback" not in shown


def test_interrupting_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.settings.reference.as_markdown", interrupt)
    assert commands.run(["config", "reference"]) == 130


# JSON lines


def answer(row: dict[str, object]) -> object:
    if "fail" in row:
        raise ZeroDivisionError("canary")
    if "refuse" in row:
        raise InvalidInput("refuse", "is not taken")
    return {"got": row["n"]}


def feed(data: bytes) -> tuple[int, list[object]]:
    out_of, into = os.pipe()
    answered_of, answered_into = os.pipe()
    os.write(into, data)
    os.close(into)
    with os.fdopen(answered_into, "wb") as sink:
        failures = lines.answer_lines(answer, out_of, sink)
    os.close(out_of)
    with os.fdopen(answered_of, "rb") as source:
        return failures, [json.loads(line) for line in source.read().splitlines()]


def test_every_line_is_answered_in_order_and_a_bad_one_on_its_place() -> None:
    failures, answers = feed(
        b'{"n": 1}\n{"n": \n\n[1]\n{"refuse": 1}\n{"fail": 1}\n{"n": NaN}\n{"n": 2}'
    )
    assert failures == 6
    assert answers[0] == {"got": 1}
    assert answers[7] == {"got": 2}
    codes = [item["error"]["code"] for item in answers[1:7]]  # type: ignore[index]  # JSON
    assert codes == [
        "not_json",
        "not_json",
        "not_an_object",
        "invalid_input",
        "failed",
        "not_json",
    ]
    lines = [item["error"]["line"] for item in answers[1:7]]  # type: ignore[index]  # JSON
    assert lines == [2, 3, 4, 5, 6, 7]
    assert "canary" not in json.dumps(answers)


def test_a_line_that_is_too_long_is_refused_and_the_next_one_answered() -> None:
    huge = b'{"n": "' + b"x" * 40_000 + b'"}'
    original = lines._MAX_LINE
    lines._MAX_LINE = 10_000  # type: ignore[misc]  # a pipe holds 64 KiB
    try:
        failures, answers = feed(huge + b'\n{"n": 1}\n')
    finally:
        lines._MAX_LINE = original  # type: ignore[misc]  # as above
    assert failures == 1
    assert answers[0]["error"]["code"] == "too_long"  # type: ignore[index]  # JSON
    assert answers[1] == {"got": 1}


def test_no_lines_are_no_answers() -> None:
    assert feed(b"") == (0, [])


@pytest.mark.parametrize(
    ("command", "line", "key"),
    [
        ("extract", {"text": "200 usd", "ref": "2026-11-30T17:30:00+01:00"}, "amounts"),
        ("read-reply", {"reply": "yes"}, "label"),
        ("scan", {"text": "mail ana@example.org"}, "redacted"),
        ("plan", {"text": "how much has design spent?"}, "actions"),
    ],
)
def test_the_commands_answer_each_line_as_it_comes(
    command: str, line: dict[str, object], key: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(json.dumps(line).encode() + b"\n")
            process.stdin.flush()
            assert key in json.loads(process.stdout.readline())
        process.stdin.write(b"junk\n")
        process.stdin.close()
        assert "error" in json.loads(process.stdout.readline())
        assert process.wait() == 1


def test_the_commands_are_listed_without_loading_what_they_need() -> None:
    heavy = (
        "sqlalchemy", "aiohttp", "pydantic", "alembic", "rich", "prompt_toolkit", "structlog",
        "phonenumbers", "stdnum",
    )  # fmt: skip
    code = (
        "import sys; from bot.cli.commands import run; run(['--help']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert done.stderr.strip() == "[]"
    assert isinstance(commands.app, typer.Typer)
