"""`bursar export` and `bursar import usage` on a company's file."""

import asyncio
import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.errors.kinds import InvalidInput
from bot.operations.bills import import_usage
from bot.operations.costs import export_costs, write_out
from bot.settings.model import Settings
from bot.terminal.chat import demo_settings, make_demo
from storage.engine import open_database


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo company in a file; no test here changes its usage."""
    from tests.conftest import START

    settings = demo_settings(tmp_path_factory.mktemp("costs"))
    asyncio.run(make_demo(settings, ManualClock(START)))
    return settings


def test_an_export_is_written_and_overwrites_nothing(
    company: Settings, clock: ManualClock, tmp_path: Path
) -> None:
    file = export_costs(company, "chargeback", "csv", "", "", clock)
    assert file.name == "chargeback-2026-10-01-2026-10-31.csv"
    out = io.BytesIO()
    assert write_out(file, None, out) == ""
    assert list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert write_out(file, tmp_path, out).startswith(f"Wrote {tmp_path / file.name} (")
    with pytest.raises(InvalidInput):
        write_out(file, tmp_path, out)
    assert (tmp_path / file.name).read_bytes() == file.data


def test_days_are_the_companys_and_may_be_named(company: Settings, clock: ManualClock) -> None:
    file = export_costs(company, "focus", "json", "2026-11-02", "2026-11-03", clock)
    told = json.loads(file.data)
    assert (told["from"], told["until"]) == ("2026-11-02", "2026-11-03")
    assert {one["ChargePeriodStart"] for one in told["lines"]} == {
        "2026-11-01T23:00:00Z",
        "2026-11-02T23:00:00Z",
    }
    with pytest.raises(InvalidInput):
        export_costs(company, "focus", "json", "yesterday", "", clock)


def bill(folder: Path, text: str) -> Path:
    path = folder / "bill.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_bad_lines_are_named_and_nothing_is_imported(
    company: Settings, clock: ManualClock, tmp_path: Path
) -> None:
    file = bill(tmp_path, "date,model,cost_usd\n2026-11-02,gpt-5,1\n2026-11-02,gpt-5,one\n")
    report = import_usage(company, file, "openai", clock)
    assert not report.is_clean
    assert report.text == (
        "line 3: cost_usd is no amount: 'one'\n"
        "Nothing was imported. Mend this, or export it again."
    )
    with pytest.raises(InvalidInput):
        import_usage(company, tmp_path / "none.csv", "openai", clock)


def test_the_variance_is_told_by_model_and_day_and_kept_for_a_yes(
    company: Settings, clock: ManualClock, tmp_path: Path
) -> None:
    file = bill(tmp_path, "date,model,cost_usd\n2026-11-02,gpt-5-2025-08-07,500.00\n")
    report = import_usage(company, file, "openai", clock)
    assert report.is_clean, report.text
    assert "Charged: $500.00; counted here: $" in report.text
    assert "gpt-5-mini (not in the file)" in report.text
    assert "Days that differ: " in report.text
    assert "asked: Carla Vega, Elena Pardo" in report.text

    async def held() -> str:
        url = company.database.url.get_secret_value()
        database = await open_database(url, clock)
        try:
            return (await asyncio.to_thread(import_usage, company, file, "openai", clock)).text
        finally:
            await database.close()

    # Beside whoever has the file open it is compared all the same.
    told = asyncio.run(held())
    assert "Charged: $500.00" in told
    assert "The correction was not kept" in told
    clock.advance(timedelta(days=1))


def test_a_provider_that_is_not_known_is_refused(
    company: Settings, clock: ManualClock, tmp_path: Path
) -> None:
    file = bill(tmp_path, "date,model,cost_usd\n2026-11-02,gpt-5,1\n")
    with pytest.raises(InvalidInput):
        import_usage(company, file, "opnai", clock)
