"""`bursar init`, `chat` and `demo` as they are run: a process, a pipe, an exit code."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "company.example.toml"


class Machine:
    """A folder to run commands in, with nothing set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        # Nothing of the developer's own settings; LC_ALL as a bare container has it.
        self.environment = {"TMPDIR": str(self.temporary), "LC_ALL": "C"}

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment,
            # A shell that runs this in the background has told all of it to ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def run(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        with self.start(*arguments) as process:
            out, errors = process.communicate(typed.encode(), timeout=60)
        return process.returncode, out.decode(), errors.decode()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_company_is_made_and_talked_to(machine: Machine) -> None:
    code, out, errors = machine.run("init", "--file", str(EXAMPLE))
    assert (code, errors) == (0, "")
    assert out == "Made Acme: 4 wallets, 4 people.\nNext: bursar chat --as elena\n"

    typed = "ask for 100 more for design\nyes\n"
    code, out, errors = machine.run("chat", "--as", "ana", typed=typed)
    assert (code, errors) == (0, "")
    assert out.startswith("-- You are Ana Ruiz (member of Design, viewer of Data).")
    assert "-- to Ben Ortiz:\nbursar> Request #" in out

    # What Ana asked for is still there when somebody comes back another time.
    code, out, errors = machine.run("chat", "--as", "ben", typed="requests\n")
    assert (code, errors) == (0, "")
    assert "Ana Ruiz" in out
    assert "$100.00" in out


def test_a_second_company_is_refused(machine: Machine) -> None:
    assert machine.run("init", "--file", str(EXAMPLE))[0] == 0
    code, out, errors = machine.run("init", "--file", str(EXAMPLE))
    assert (code, out) == (1, "")
    assert errors.startswith('bursar: database: holds the company "Acme" already.\n')
    assert "Nothing was changed." in errors


def test_a_faulty_file_makes_nothing(machine: Machine) -> None:
    file = machine.folder / "company.toml"
    file.write_text(
        EXAMPLE.read_text(encoding="utf-8").replace('handle = "ben"', 'handel = "ben"')
    )
    code, out, errors = machine.run("init", "--file", "company.toml")
    assert (code, out) == (1, "")
    assert 'people[3].handel ("Ben Ortiz"): is not a key of this file.' in errors
    assert not (machine.folder / "var").exists()


def test_questions_make_a_company(machine: Machine) -> None:
    answers = ["Acme", "Europe/Madrid", "en", "", "Ana Ruiz", "", "Design", "500", "", ""]
    code, out, errors = machine.run("init", typed="\n".join(answers) + "\n")
    assert (code, errors) == (0, "")
    assert out.endswith("Made Acme: 2 wallets, 1 people.\nNext: bursar chat --as ana\n")


def test_questions_without_answers_make_nothing(machine: Machine) -> None:
    code, _, _ = machine.run("init", typed="Acme\n")
    assert code != 0
    assert not (machine.folder / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("--as", "zoe"), "nobody has the handle 'zoe'"), ((), "")],
)
def test_chat_needs_somebody_who_is_here(
    machine: Machine, arguments: tuple[str, ...], told: str
) -> None:
    machine.run("init", "--file", str(EXAMPLE))
    code, _, errors = machine.run("chat", *arguments)
    assert told in errors
    assert code == (1 if told else 0)


def test_chat_without_a_company_says_how_to_make_one(machine: Machine) -> None:
    code, out, errors = machine.run("chat")
    assert (code, out) == (3, "")
    assert "bursar init" in errors


def test_the_demo_leaves_nothing_behind(machine: Machine) -> None:
    code, out, errors = machine.run("demo", typed="/who\n/quit\n")
    assert (code, errors) == (0, "")
    assert "-- * ana      Ana Ruiz (miembro" not in out
    assert "-- * ana      Ana Ruiz (member of Design)\n" in out
    assert "--   carla    Carla Vega (finance)\n" in out
    assert list(machine.temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_demo_that_is_told_to_stop_leaves_nothing_behind(
    machine: Machine, number: signal.Signals
) -> None:
    with machine.start("demo") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"-- You are Ana Ruiz")
        process.send_signal(number)
        # Not `communicate`: it closes the input, and the end of that would be an end of its own.
        process.stdout.read()
        process.wait(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else 143)
    assert list(machine.temporary.iterdir()) == []
