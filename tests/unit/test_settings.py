import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.allowances import Allowance
from bot.cli.commands import run
from bot.cooldowns import Pace
from bot.errors.kinds import SettingsError
from bot.settings.model import (
    fields_of,
    is_secret,
    load_settings,
    secrets_of,
    sections,
    variable_of,
)
from bot.settings.reference import as_markdown, list_values

CANARY = "canary-9f3b2c77d1"
CANARY_URL = f"postgresql://bursar:{CANARY}@db.example/bursar"


@pytest.fixture(autouse=True)
def empty_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("BURSAR_")]:  # noqa: TID251  # to clean it
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def log_stays_as_it_was() -> Iterator[None]:
    before = logging.getLogger().handlers[:]
    yield
    logs.configure()
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings.database.url.get_secret_value() == "sqlite:///var/bursar.db"
    assert settings.server.port == 8080
    assert settings.limits.approver_month_limit_nanos is None


def test_environment_stands_above_file_and_file_above_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("bursar.toml").write_text('[server]\nport = 81\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("BURSAR_SERVER__PORT", "82")
    settings = load_settings()
    assert (settings.server.port, settings.server.host) == (82, "0.0.0.0")  # noqa: S104  # compared
    assert settings.origins["server.port"].where == "BURSAR_SERVER__PORT"
    assert settings.origins["server.host"].where == "bursar.toml"


def test_the_configuration_file_may_stand_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.toml"
    other.write_text("[limits]\ndraft_life_s = 60\n")
    monkeypatch.setenv("BURSAR_CONFIG", str(other))
    assert load_settings().limits.draft_life_s == 60


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("BURSAR_SERVER__PRT", "BURSAR_SERVER__PORT"),
        ("BURSAR_SERVER_PORT", "BURSAR_SERVER__PORT"),
        ("BURSAR_SERVRE__PORT", "BURSAR_SERVER__PORT"),
        ("BURSAR_NOTHING_LIKE_IT", "remove it"),
        ("BURSAR_SERVER", "not a setting"),
        ("BURSAR_PLANS__BASIC", "not a setting"),
        ("BURSAR_PLANS__BASIC__READS", "BURSAR_PLANS__BASIC__READS_PER_DAY"),
        ("BURSAR_PLANS__BASIC_READS_PER_DAY", "BURSAR_PLANS__BASIC__READS_PER_DAY"),
    ],
)
def test_an_unknown_variable_is_named_with_the_likely_one(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings()
    assert caught.value.facts["key"] == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[server]\nprt = 1\n", "server.prt"),
        ("[sever]\nport = 1\n", "sever.port"),
        ("port = 1\n", "port"),
        ("server = 1\n", "server"),
        ("[server\n", "bursar.toml"),
        ("[[server]]\nport = 1\n", "server"),
        ("[plans.basic]\nreads = 1\n", "plans.basic.reads"),
        ("[plans]\nbasic = 1\n", "plans.basic"),
        ("[plans.gold]\nreads_per_day = 1\n", "plans.gold"),
        ("[plans.basic]\nreads_per_day = 0\n", "plans.basic.reads_per_day"),
    ],
)
def test_a_wrong_file_is_refused_by_the_key(text: str, key: str) -> None:
    Path("bursar.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.facts["key"] == key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BURSAR_SERVER__PORT", CANARY),
        ("BURSAR_SERVER__PORT", "70000"),
        ("BURSAR_LOGGING__LEVEL", CANARY),
        ("BURSAR_LIMITS__APPROVER_MONTH_LIMIT", CANARY),
        ("BURSAR_LIMITS__APPROVER_MONTH_LIMIT", "1e5"),
        ("BURSAR_LIMITS__APPROVER_MONTH_LIMIT", "-5"),
        ("BURSAR_LIMITS__APPROVER_MONTH_LIMIT", "٣"),
        ("BURSAR_LIMITS__DRAFT_LIFE_S", "-7"),
        ("BURSAR_PLANS__PREMIUM__READS_PER_DAY", "-8"),
        ("BURSAR_PLANS__PREMIUM__CALL_CEILING", "1e5"),
    ],
)
def test_a_wrong_value_names_key_and_remedy_but_not_the_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert variable_of(str(caught.value.facts["key"])) == name
    assert name in str(caught.value)
    assert value not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_plan_is_set_by_the_file_and_by_variables_key_by_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("bursar.toml").write_text(
        '[plans]\ndefault = "premium"\n'
        '[plans.basic]\nreads_per_day = 7\nmodels = ["gpt-5-mini"]\ncall_ceiling = "0.25"\n'
    )
    monkeypatch.setenv("BURSAR_PLANS__BASIC__READS_PER_DAY", "9")
    monkeypatch.setenv("BURSAR_PLANS__PREMIUM__MODELS", "one/a, b")
    settings = load_settings(plans={"premium": {"call_ceiling": ""}})
    found = settings.plans.allowances
    assert found.of(None) is found.premium
    assert found.basic == Allowance("basic", 9, 40, 30, ("gpt-5-mini",), 250_000_000)
    assert found.premium == Allowance("premium", 400, 400, 365, ("one/a", "b"))
    assert settings.origins["plans.basic.models"].where == "bursar.toml"
    where = settings.origins["plans.basic.reads_per_day"].where
    assert where == "BURSAR_PLANS__BASIC__READS_PER_DAY"


def test_a_new_company_begins_with_forty_questions_and_a_month_of_history() -> None:
    settings = load_settings()
    assert settings.plans.allowances.of(None).reads_per_day == 40
    assert [x.history_days for x in (settings.plans.basic, settings.plans.premium)] == [30, 365]
    assert settings.pace.pace == Pace(12, 60, 5, 600, 300, ("terminal",))


def test_names_that_a_container_platform_sets_are_not_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BURSAR_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("BURSAR_PORT_8080_TCP_ADDR", "10.0.0.1")
    load_settings()


def test_an_amount_becomes_nanos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURSAR_LIMITS__APPROVER_MONTH_LIMIT", "5000.05")
    assert load_settings().limits.approver_month_limit_nanos == 5_000_050_000_000


def test_a_secret_is_read_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "url"
    secret.write_text(CANARY_URL + "\n")
    # The file in the environment stands above the value in the configuration.
    Path("bursar.toml").write_text('[database]\nurl = "sqlite:///x.db"\n')
    monkeypatch.setenv("BURSAR_DATABASE__URL_FILE", str(secret))
    settings = load_settings()
    assert settings.database.url.get_secret_value() == CANARY_URL
    assert settings.origins["database.url"].secret_file == secret


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"x" * 70_000])
def test_a_secret_file_that_cannot_be_read_is_refused(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "url"
    if content is not None:
        secret.write_bytes(content)
    monkeypatch.setenv("BURSAR_DATABASE__URL_FILE", str(secret))
    with pytest.raises(SettingsError, match=r"database\.url_file") as caught:
        load_settings()
    assert str(secret) in str(caught.value)


def test_a_secret_given_twice_in_one_place_is_refused() -> None:
    Path("bursar.toml").write_text('[database]\nurl = "sqlite:///x.db"\nurl_file = "y"\n')
    with pytest.raises(SettingsError, match="twice"):
        load_settings()


def test_secrets_are_shown_nowhere(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    log_stays_as_it_was: None,
) -> None:
    monkeypatch.setenv("BURSAR_DATABASE__URL", CANARY_URL)
    settings = load_settings()
    out = tmp_path / "log"
    logs.configure(secrets=secrets_of(settings), destination=str(out))
    log = structlog.get_logger("test")
    # As careless code would: in a field, in an exception, through another library.
    log.info("opened", host=settings.database.url.get_secret_value(), settings=repr(settings))
    log.info("opened", host=f"db:{CANARY}")
    try:
        raise ValueError(CANARY_URL)
    except ValueError as error:
        log.error("failed", exc_info=error)
    logging.getLogger("asyncpg").error("cannot reach %s", CANARY_URL, extra={"host": CANARY})
    written = out.read_text()
    assert run(["config", "show"]) == 0
    seen = [
        repr(settings),
        str(settings),
        str(settings.model_dump()),
        settings.model_dump_json(),
        str(list(list_values(settings))),
        capsys.readouterr().out,
        written,
    ]
    assert [CANARY in text for text in seen] == [False] * len(seen)
    assert len([json.loads(line) for line in written.splitlines()]) == 4


SECRETS = [
    (section, key)
    for section in sections()
    for key, field in fields_of(section).items()
    if is_secret(field)
]
# What a name says is secret, and what only counts or names one.
_SOUNDS_SECRET = re.compile(r"(^|_)(token|secret|password|passphrase|key|keys|credential)s?$")


@pytest.mark.parametrize(("section", "key"), SECRETS)
def test_no_secret_is_shown_anywhere(
    section: str, key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """P19: a setting that is added as a secret is cut out of everything, too."""
    value = CANARY_URL if key == "url" else CANARY
    monkeypatch.setenv(variable_of(f"{section}.{key}"), value)
    try:
        settings = load_settings()
    except SettingsError as refused:
        # By itself it is not enough, or not of its form: that is said without it.
        seen = [str(refused), repr(refused)]
    else:
        assert any(CANARY in secret for secret in secrets_of(settings))
        assert run(["config", "show"]) == 0
        said = capsys.readouterr()
        seen = [
            repr(settings),
            str(settings.model_dump()),
            settings.model_dump_json(),
            str(list(list_values(settings))),
            said.out + said.err,
        ]
    assert [CANARY in text for text in seen] == [False] * len(seen)


def test_what_sounds_secret_is_one() -> None:
    open_ones = {
        f"{section}.{key}"
        for section in sections()
        for key, field in fields_of(section).items()
        if _SOUNDS_SECRET.search(key) and field.annotation is str
    }
    assert open_ones == set()


def test_every_setting_has_a_description() -> None:
    for name, section in sections().items():
        assert section.__doc__, name
        for key, field in fields_of(name).items():
            assert field.description, f"{name}.{key}"


def test_the_page_of_settings_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "configuration.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), "run `make docs`"
