"""What holds for the repository as a whole."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIXED = {
    "pyproject.toml",
    "bot",
    "adapters",
    "intents",
    "storage",
    "scheduler",
    "tests",
    "docs",
    "Dockerfile",
    "README.md",
    # What tools and lawyers look for at the top.
    "Makefile",
    "requirements.lock",
    "LICENSE",
}

# Whose types stop at which folder.
OWNERS = {
    "openai": "adapters/models/",
    "anthropic": "adapters/models/",
    "httpx2": "adapters/models/",
    "telegram": "adapters/telegram/",
    "slack_bolt": "adapters/slack/",
    "slack_sdk": "adapters/slack/",
    "botbuilder": "adapters/teams/",
    "apscheduler": "scheduler/",
    "matplotlib": "bot/charts/",
    "PIL": "bot/charts/",
}


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    return run("git", "ls-files", "-z").split("\0")[:-1]


def test_the_lock_holds_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert ":" + "//" not in lock
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.MULTILINE | re.IGNORECASE)
    assert len(pinned) > 30
    # Each pinned package is followed by at least one hash.
    assert len(re.findall(r"^\S+==[^\n]* \\\n +--hash=sha256:", lock, re.MULTILINE)) == len(pinned)


def test_the_top_level_is_fixed(tracked: list[str]) -> None:
    top = {path.partition("/")[0] for path in tracked}
    assert {name for name in top if not name.startswith(".")} <= FIXED


def test_the_lock_of_another_tool_and_state_are_not_kept(tracked: list[str]) -> None:
    assert "uv.lock" not in tracked
    assert not [path for path in tracked if path.startswith("var/") or path.endswith(".db")]


def test_every_target_is_described_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    targets = set(phony.group(1).split())
    rules = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    described = {
        line.split()[0]
        for line in run("make", "--no-print-directory", "help").splitlines()
        if line.strip()
    }
    assert targets == rules == described


def test_no_kept_file_holds_a_path_of_somebodys_machine(tracked: list[str]) -> None:
    homes = re.compile(rb"/(?:home|Users)/[A-Za-z0-9._-]+/|/root/|/work/")
    found = [
        path
        for path in tracked
        if path != "tests/unit/test_project.py"
        and (ROOT / path).is_file()
        and homes.search((ROOT / path).read_bytes())
    ]
    assert found == []


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile[dockerfile.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!root|0$)\S+", final, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", final, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", final, re.MULTILINE)
    assert not re.search(r"(?i)(password|secret|token|api_?key)\s*=", dockerfile)
    assert "\nARG " not in dockerfile


def test_nothing_is_fetched_by_a_hook() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    assert ":" + "//" not in hooks
    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}


def imported_by(source: str) -> set[str]:
    """Return the packages that a file imports, also inside its functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_a_vendor_is_imported_only_in_the_folder_that_owns_it(tracked: list[str]) -> None:
    seen, astray = set(), []
    for path in tracked:
        if not path.endswith(".py") or path.startswith("tests/") or not (ROOT / path).is_file():
            continue
        for package in imported_by((ROOT / path).read_text()) & OWNERS.keys():
            seen.add(package)
            if not path.startswith(OWNERS[package]):
                astray.append((path, package))
    assert astray == []
    # Each of them is used, so that a slip of the pen above would be seen.
    assert seen == OWNERS.keys()
