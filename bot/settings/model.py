"""What an operator may set: environment over `bursar.toml` over defaults.

The only reader of the environment. `BURSAR_SERVER__PORT=8080` and `port = 8080` under `[server]`
set the same thing. A key that is not known, a value of another type and a secret's file that
cannot be read are errors that name the key and the remedy, never a silent default. Values are
never shown in them: what stands in the wrong place may be a secret.

`docs/configuration.md` is written from the descriptions of the sections.
"""

from __future__ import annotations

import os
import tomllib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin
from urllib.parse import unquote, urlsplit

import orjson
from pydantic import (
    BaseModel,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors.kinds import SettingsError
from bot.settings.alerts import AlertSettings
from bot.settings.channels import EmailSettings, PagerDutySettings, WebhookSettings
from bot.settings.models import ModelSettings
from bot.settings.plans import PaceSettings, PlansSettings
from bot.settings.platforms import SlackSettings, TeamsSettings, TelegramSettings
from bot.settings.presets import PresetsSettings
from bot.settings.sections import (
    AuditSettings,
    DatabaseSettings,
    LimitSettings,
    LoggingSettings,
    Section,
    ServerSettings,
)

PREFIX: Final = "BURSAR_"
CONFIG_VARIABLE: Final = "BURSAR_CONFIG"
DEFAULT_FILE: Final = Path("bursar.toml")

# Kubernetes sets these for a service called bursar; the tests' own switches begin like the last.
_NOT_OURS: Final = ("BURSAR_SERVICE_", "BURSAR_PORT", "BURSAR_TEST_")
# A secret is a line; a larger file is some other file.
_SECRET_BYTES: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: a variable or a file, and the file of a secret if it has one."""

    where: str
    secret_file: Path | None = None


class Settings(BaseSettings):
    """Everything that may be set, a section each."""

    # Sources are below; without a prefix of its own pydantic would read variables by itself.
    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    database: DatabaseSettings = Field(default_factory=lambda: DatabaseSettings())
    server: ServerSettings = Field(default_factory=lambda: ServerSettings())
    logging: LoggingSettings = Field(default_factory=lambda: LoggingSettings())
    limits: LimitSettings = Field(default_factory=lambda: LimitSettings())
    plans: PlansSettings = Field(default_factory=lambda: PlansSettings())
    presets: PresetsSettings = Field(default_factory=lambda: PresetsSettings())
    pace: PaceSettings = Field(default_factory=lambda: PaceSettings())
    alerts: AlertSettings = Field(default_factory=lambda: AlertSettings())
    email: EmailSettings = Field(default_factory=lambda: EmailSettings())
    webhook: WebhookSettings = Field(default_factory=lambda: WebhookSettings())
    pagerduty: PagerDutySettings = Field(default_factory=lambda: PagerDutySettings())
    audit: AuditSettings = Field(default_factory=lambda: AuditSettings())
    telegram: TelegramSettings = Field(default_factory=lambda: TelegramSettings())
    slack: SlackSettings = Field(default_factory=lambda: SlackSettings())
    teams: TeamsSettings = Field(default_factory=lambda: TeamsSettings())
    models: ModelSettings = Field(default_factory=lambda: ModelSettings())

    _origins: dict[str, Origin] = PrivateAttr(default_factory=dict)

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where each value that is not a default came from, by `section.key`."""
        return self._origins

    @property
    def channels(self) -> Mapping[Literal["email", "webhook", "pagerduty"], str]:
        """Where alerts go besides the chats, each with the company whose alerts do."""
        found: dict[Literal["email", "webhook", "pagerduty"], str] = {}
        if self.email.host:
            found["email"] = self.email.company
        if self.webhook.url:
            found["webhook"] = self.webhook.company
        if self.pagerduty.routing_key.get_secret_value():
            found["pagerduty"] = self.pagerduty.company
        return found

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        ours = _Environment(settings_cls), _ConfigFile(settings_cls)
        return init_settings, *ours, _WellKnown(settings_cls)


def load_settings(**given: Mapping[str, object]) -> Settings:
    """Read the settings; what is given, as `section={key: value}`, stands above the environment.

    Raises:
        SettingsError: names the key, what is wrong with it and the remedy; no value is in it.
    """
    try:
        # The sections are validated, which the type of the call cannot say.
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        # Not `from error`: it would carry the values into a traceback.
        raise _explain(error) from None
    for source in (_WellKnown(Settings), _ConfigFile(Settings), _Environment(Settings)):
        settings._origins.update(source.origins())
    for section, values in given.items():
        settings._origins.update({f"{section}.{key}": Origin("command line") for key in values})
    return settings


def secrets_of(settings: Settings) -> set[str]:
    """Return what must never be written anywhere: every secret, and the password in a URL."""
    found: set[str] = set()
    for name in sections():
        for key, field in fields_of(name).items():
            value = getattr(section_of(settings, name), key)
            if is_secret(field) and isinstance(value, SecretStr):
                found.add(value.get_secret_value())
    url = settings.database.url.get_secret_value()
    if url.startswith("sqlite:"):
        return found - {url}
    with suppress(ValueError):
        password = urlsplit(url).password
        if password:
            found |= {password, unquote(password)}
    return found


# Reading

# Section, key, value, and where it stands. The name of a section within another has a dot.
_Entry = tuple[str, str, object, str]


class _Source(PydanticBaseSettingsSource):
    """A source that knows every key, so that it can refuse the others."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[object, str, bool]:
        return None, field_name, False  # `__call__` hands everything over at once

    def __call__(self) -> dict[str, Any]:  # Any: pydantic checks the values afterwards
        found: dict[str, Any] = {}
        for section, key, value, _ in self._resolved():
            table = found
            for name in section.split("."):
                table = table.setdefault(name, {})
            table[key] = value
        return found

    def origins(self) -> dict[str, Origin]:
        """Where each value came from, by `section.key`."""
        return {f"{section}.{key}": origin for section, key, _, origin in self._resolved()}

    @abstractmethod
    def entries(self) -> Iterator[_Entry]:
        """Yield (section, key, value, where it stands)."""

    def _resolved(self) -> Iterator[tuple[str, str, object, Origin]]:
        """Yield the entries with the content of a secret's file in place of its path."""
        entries = {(section, key): (value, at) for section, key, value, at in self.entries()}
        for (section, key), (value, where) in entries.items():
            plain = _secret_of(section, key)
            if plain is None:
                yield section, key, value, Origin(where)
                continue
            if (section, plain) in entries:
                raise SettingsError(
                    f"{section}.{plain}",
                    f"is given twice, also as {key}, in {where}",
                    remedy=f"keep one of {section}.{plain} and {section}.{key}",
                )
            path = Path(str(value))
            yield section, plain, read_secret(section, key, path), Origin(where, path)


class _Environment(_Source):
    """`BURSAR_SECTION__KEY`."""

    def entries(self) -> Iterator[_Entry]:
        for name in sorted(os.environ):
            if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
                continue
            *path, key = name.removeprefix(PREFIX).lower().split("__")
            if not path and name.startswith(_NOT_OURS):
                continue
            section = ".".join(path)
            _check_known(f"{section}.{key}" if path else key, name, in_environment=True)
            yield section, key, _from_text(section, key, os.environ[name], name), name


class _ConfigFile(_Source):
    """`bursar.toml`, or the file that `BURSAR_CONFIG` names."""

    def entries(self) -> Iterator[_Entry]:
        named = os.environ.get(CONFIG_VARIABLE)
        path = Path(named) if named else DEFAULT_FILE
        if not named and not path.exists():
            return
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(
                str(path),
                f"cannot be read ({error.strerror})",
                remedy=f"make it readable, or let {CONFIG_VARIABLE} name another file",
            ) from None
        except UnicodeDecodeError:
            raise SettingsError(str(path), "is not UTF-8", remedy="save it as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(
                str(path), f"is not TOML: {error}", remedy="mend that line"
            ) from None
        for section, table in content.items():
            yield from self._keys(section, table, str(path))

    def _keys(self, section: str, table: object, path: str) -> Iterator[_Entry]:
        if not isinstance(table, dict):
            _check_known(section, path)
            raise SettingsError(
                section,
                f"is a section and not a value, in {path}",
                remedy=f"write its keys under a line `[{section}]`",
            )
        for key, value in table.items():
            dotted = f"{section}.{key}"
            if dotted in sections():
                yield from self._keys(dotted, value, path)
            else:
                _check_known(dotted, path)
                yield section, key, value, path


class _WellKnown(_Source):
    """Variables that other programs read too. What is set for Bursar alone stands above them."""

    def entries(self) -> Iterator[_Entry]:
        for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
            if value := find_variable(name):
                yield "models", name.lower(), value, name


def find_variable(name: str) -> str:
    """Return a variable of the environment without spaces around it, empty if it is not set."""
    return os.environ.get(name, "").strip()


def _from_text(section: str, key: str, text: str, variable: str) -> object:
    """Return a variable's text, or what it says where the setting is a list or a table."""
    field = fields_of(section).get(key)
    kind = None if field is None else get_origin(field.annotation)
    if kind not in (list, tuple, set, frozenset, dict):
        return text
    if kind is not dict and not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise SettingsError(
            f"{section}.{key}", f"is not JSON, in {variable}", remedy="write it as JSON"
        ) from None


def read_secret(section: str, key: str, path: Path) -> str:
    """Return the secret that a file holds, without the end of its line.

    Raises:
        SettingsError: it cannot be read, is empty or is some other file; names `section.key`.
    """
    dotted = f"{section}.{key}"
    try:
        with path.open("rb") as handle:
            content = handle.read(_SECRET_BYTES + 1)
        text = content.decode("utf-8").rstrip("\r\n")
    except OSError as error:
        raise SettingsError(
            dotted,
            f"names a file that cannot be read ({error.strerror}): {path}",
            remedy="make the file readable for the user that runs Bursar, or name another",
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            dotted, f"names a file that is not UTF-8: {path}", remedy="save it as plain text"
        ) from None
    if not text or len(content) > _SECRET_BYTES:
        what = "a file larger than 64 KiB" if text else "an empty file"
        raise SettingsError(
            dotted, f"names {what}: {path}", remedy="put the secret, and only it, into the file"
        )
    return text


# Keys


def sections() -> dict[str, type[Section]]:
    """Return the sections by name, in the order of the page, one in another as "outer.inner"."""
    return dict(_sections_in(Settings, ""))


def _sections_in(model: type[BaseModel], before: str) -> Iterator[tuple[str, type[Section]]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            yield before + name, kind
            yield from _sections_in(kind, f"{before}{name}.")


def fields_of(section: str) -> dict[str, FieldInfo]:
    """Return the settings of a section by their keys; none where there is no such section."""
    known = sections()
    if section not in known:
        return {}
    return {
        key: field
        for key, field in known[section].model_fields.items()
        if f"{section}.{key}" not in known
    }


def section_of(settings: Settings, name: str) -> Section:
    """Return a section's values."""
    found: Section = attrgetter(name)(settings)
    return found


def is_secret(field: FieldInfo) -> bool:
    """Tell whether a setting must never be shown."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


def _secret_of(section: str, key: str) -> str | None:
    """Return the key of the secret whose file `key` names, None if it names none."""
    plain = key.removesuffix("_file")
    fields = fields_of(section)
    is_file = key != plain and key not in fields and plain in fields and is_secret(fields[plain])
    return plain if is_file else None


def _check_known(dotted: str, where: str, *, in_environment: bool = False) -> None:
    section, _, key = dotted.rpartition(".")
    if section and (key in fields_of(section) or _secret_of(section, key)):
        return
    if dotted in sections() and not in_environment:
        return
    known = [f"{name}.{key}" for name in sections() for key in fields_of(name)]
    # A variable with one underscore for two is the likeliest slip.
    closest = get_close_matches(dotted.replace("_", "."), [k.replace("_", ".") for k in known], 1)
    guess = next((k for k in known if closest and k.replace("_", ".") == closest[0]), None)
    if guess is not None and in_environment:
        guess = variable_of(guess)
    raise SettingsError(
        where if in_environment else dotted,
        "is not a setting" + ("" if in_environment else f", in {where}"),
        remedy=(f"write {guess}" if guess else "remove it")
        + "; `bursar config reference` lists all settings",
    )


def variable_of(dotted: str) -> str:
    """Return the environment variable of `section.key`."""
    return PREFIX + dotted.replace(".", "__").upper()


def _explain(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False, include_input=False)[0]
    parts = [str(part) for part in first["loc"]]
    dotted = ".".join(parts[: 3 if ".".join(parts[:2]) in sections() else 2])
    section, _, key = dotted.rpartition(".")
    field = fields_of(section).get(key)
    meaning = f": {field.description}" if field is not None and field.description else ""
    why = first["msg"].removeprefix("Value error, ").removeprefix("Input should ")
    return SettingsError(
        dotted,
        f"has a wrong value: it should {why}" if first["msg"].startswith("Input should ") else why,
        remedy=f"set {variable_of(dotted)} or {dotted} in {DEFAULT_FILE}{meaning}",
    )
