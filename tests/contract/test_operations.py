"""What an operator asks of a database of either kind."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.clock import ManualClock, SystemClock
from bot.company.demo import seed
from bot.errors.kinds import NotFound
from bot.operations.doctor import Colour, check_database
from bot.operations.migrate import migrate_database
from bot.operations.plan import open_line_planner
from bot.settings.model import Settings, load_settings
from storage.engine import migrate, open_database


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        database={"url": database_url}, audit={"anchor_file": tmp_path / "anchor.jsonl"}
    )


@pytest.fixture
def seeded(settings: Settings, clock: ManualClock) -> Settings:
    """The demo company, in a database of its own."""

    async def fill() -> None:
        database = await open_database(settings.database.url.get_secret_value(), clock)
        today = clock.now()
        await database.write(lambda tx: seed(tx, clock, today))
        await database.close()

    asyncio.run(fill())
    return settings


def test_the_doctor_finds_a_seeded_company_sound(seeded: Settings) -> None:
    findings = list(check_database(seeded, SystemClock()))
    assert {finding.colour for finding in findings} == {Colour.green}, findings
    assert "(hidden)" in findings[0].what or "sqlite" in findings[0].what


def test_sentences_are_planned_with_the_companys_own_names(
    seeded: Settings, clock: ManualClock
) -> None:
    line: dict[str, object] = {"text": "how much has design spent this month?", "lang": "en"}
    with open_line_planner(seeded, clock) as own, open_line_planner(None, clock) as demo:
        planned = json.loads(json.dumps(own(line)))
        assert planned["actions"][0]["args"]["wallet_id"] == "design"
        assert planned == json.loads(json.dumps(demo(line)))


def test_there_is_nothing_to_plan_with_in_an_empty_database(
    settings: Settings, clock: ManualClock
) -> None:
    with pytest.raises(NotFound), open_line_planner(settings, clock):
        pass


def test_migrating_again_changes_nothing(settings: Settings, clock: ManualClock) -> None:
    assert "schema" in migrate_database(settings, clock)


def test_an_older_file_is_copied_before_it_is_migrated(
    sqlite_path: Path, clock: ManualClock
) -> None:
    url = f"sqlite:///{sqlite_path}"
    asyncio.run(migrate(url, "base", backwards=True))
    said = migrate_database(load_settings(database={"url": url}), clock)
    (copy,) = sqlite_path.parent.glob("bursar.db.before-*")
    assert str(copy) in said
    assert copy.stat().st_mode & 0o777 == 0o600
    asyncio.run(_opens(url, clock))


async def _opens(url: str, clock: ManualClock) -> None:
    await (await open_database(url, clock)).close()
