"""Keys of providers: from their names to their values, and no further."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors.kinds import SettingsError
from bot.model_keys import has_key, read_key
from bot.settings.model import load_settings, secrets_of

CANARY = "sk-canary-40fa"


@pytest.fixture(autouse=True)
def empty_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    monkeypatch.setenv("BURSAR_MODELS__KEY_FOLDER", str(folder))
    return folder


def test_without_a_key_there_is_none() -> None:
    settings = load_settings()
    assert not settings.models.openai_api_key
    assert read_key("", settings) == ""
    with pytest.raises(SettingsError, match="OPENAI_API_KEY is not set"):
        read_key("env:OPENAI_API_KEY", settings)


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"])
def test_the_usual_variables_are_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, f" {CANARY}\n")
    settings = load_settings()
    assert read_key(f"env:{name}", settings) == CANARY
    assert has_key(f"env:{name}", settings)
    assert CANARY in secrets_of(settings)
    assert CANARY not in repr(settings)
    assert settings.origins[f"models.{name.lower()}"].where == name


def test_what_is_set_for_bursar_stands_above_the_usual_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    Path("key").write_text(f"{CANARY}\n")
    Path("bursar.toml").write_text('[models]\nopenai_api_key_file = "key"\n')
    settings = load_settings()
    assert read_key("env:OPENAI_API_KEY", settings) == CANARY
    assert settings.origins["models.openai_api_key"].where == "bursar.toml"
    monkeypatch.setenv("BURSAR_MODELS__OPENAI_API_KEY", "from the variable")
    assert read_key("env:OPENAI_API_KEY", load_settings()) == "from the variable"


def test_an_empty_variable_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    assert "models.openai_api_key" not in load_settings().origins


def test_a_key_of_another_provider_is_read_anew_each_time(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings()
    monkeypatch.setenv("GROQ_API_KEY", CANARY)
    assert read_key("env:GROQ_API_KEY", settings) == CANARY
    (keys / "groq").write_text("one\n")
    assert read_key("file:groq", settings) == "one"
    (keys / "groq").write_text("two\n")
    assert read_key("file:groq", settings) == "two"


@pytest.mark.parametrize(
    "key_ref",
    [
        "env:BURSAR_DATABASE__URL",
        "env:BURSAR_TELEGRAM__TOKEN_API_KEY",
        "env:HOME",
        "env:PATH",
        "env:openai_api_key",
        "env:",
        "file:/etc/passwd",
        "file:../secret",
        "file:..",
        "file:.hidden",
        "file:a/b",
        "file:leads_out",
        "file:missing",
        "file:",
        "OPENAI_API_KEY",
        "sk-canary-40fa",
        "env:OPENAI_API_KEY\n",
    ],
)
def test_a_reference_reaches_no_other_secret(
    keys: Path, key_ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURSAR_TELEGRAM__TOKEN", CANARY)
    (keys.parent / "secret").write_text(CANARY)
    (keys / ".hidden").write_text(CANARY)
    (keys / "leads_out").symlink_to(keys.parent / "secret")
    with pytest.raises(SettingsError) as caught:
        read_key(key_ref, load_settings())
    assert CANARY not in str(caught.value)
    assert not has_key(key_ref, load_settings())


def test_without_a_folder_no_file_is_read() -> None:
    Path("groq").write_text(CANARY)
    with pytest.raises(SettingsError, match="key_folder"):
        read_key("file:groq", load_settings())
