"""What an operator may set: environment over `bursar.toml` over defaults.

The only reader of the environment. `BURSAR_SERVER__PORT=8080` and `port = 8080` under `[server]`
set the same thing. A key that is not known, a value of another type and a secret's file that
cannot be read are errors that name the key and the remedy, never a silent default. Values are
never shown in them: what stands in the wrong place may be a secret.

`docs/configuration.md` is written from the descriptions below.
"""

from __future__ import annotations

import os
import tomllib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_origin
from urllib.parse import unquote, urlsplit

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import SettingsError

PREFIX: Final = "BURSAR_"
CONFIG_VARIABLE: Final = "BURSAR_CONFIG"
DEFAULT_FILE: Final = Path("bursar.toml")

# Kubernetes sets these for a service called bursar; the tests' own switches begin like the last.
_NOT_OURS: Final = ("BURSAR_SERVICE_", "BURSAR_PORT", "BURSAR_TEST_")
# A secret is a line; a larger file is some other file.
_SECRET_BYTES: Final = 64 << 10


def _usd(value: str) -> str:
    """Take an amount in plain digits, as `250` or `99.50`, or nothing."""
    whole, _, cents = value.partition(".")
    digits = whole + cents
    if value and not (
        digits.isascii()
        and digits.isdigit()
        and whole
        and len(whole) <= 9
        and len(cents) <= 9
        and not value.endswith(".")
    ):
        raise ValueError('must be an amount in US dollars as text, such as "250.00", or empty')
    return value


Usd = Annotated[str, AfterValidator(_usd)]


class Section(BaseModel):
    """A table of `bursar.toml`. Each field has a description: the reference is made of them."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DatabaseSettings(Section):
    """Where everything is kept."""

    url: SecretStr = Field(
        SecretStr("sqlite:///var/bursar.db"),
        description=(
            "`sqlite:///` and a path (`sqlite:////` for an absolute one), or"
            " `postgresql://user:password@host/name`. Never shown, because it may hold a password."
        ),
    )

    @property
    def shown(self) -> str:
        """The URL without what must not be seen."""
        url = self.url.get_secret_value()
        return url if url.startswith("sqlite:") else url.partition("://")[0] + "://(hidden)"


class ServerSettings(Section):
    """The HTTP server of `bursar serve`."""

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    header_s: float = Field(
        10.0, gt=0, le=60, description="Seconds until a request's headers must be complete."
    )
    body_s: float = Field(
        12.0, gt=0, le=300, description="Seconds until a request's body must be complete."
    )
    max_connections: int = Field(4000, ge=1, description="Connections open at once.")
    max_connections_per_address: int = Field(
        50, ge=1, description="Connections open at once from one address."
    )
    max_body_bytes: int = Field(256 << 10, ge=1024, description="Largest body of a request.")


class LoggingSettings(Section):
    """What Bursar says about itself. Message text and secrets are never in it."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important level that is written."
    )
    format: Literal["json", "text"] = Field(
        "json", description="`json` for machines, `text` for a terminal."
    )
    destination: str = Field(
        "stderr", min_length=1, description="`stderr`, or the path of a file that is added to."
    )


class LimitSettings(Section):
    """How long things live and how much of them there may be."""

    draft_life_s: int = Field(
        900, ge=10, le=86_400, description="Seconds until an unconfirmed draft expires."
    )
    request_life_s: int = Field(
        172_800,
        ge=60,
        le=2_592_000,
        description="Seconds until a request that waits for another person expires.",
    )
    reads_per_day: int = Field(2000, ge=1, description="Questions a person may ask in a day.")
    writes_per_ten_minutes: int = Field(
        60, ge=1, description="Changes a person may start in ten minutes."
    )
    approver_month_limit: Usd = Field(
        "",
        description=(
            "What one approver may grant in a month, in US dollars as text such as"
            ' `"5000.00"`; empty for no limit.'
        ),
    )

    @property
    def approver_month_limit_nanos(self) -> int | None:
        """The limit in nano-dollars, None for no limit."""
        if not self.approver_month_limit:
            return None
        return int(Decimal(self.approver_month_limit).scaleb(9))


def _no_slash(value: str) -> str:
    return value.rstrip("/")


def _with_slash(value: str) -> str:
    return value.rstrip("/") + "/"


BaseUrl = Annotated[str, AfterValidator(_no_slash)]
# The SDK joins method names to it as they are.
SlashedUrl = Annotated[str, AfterValidator(_with_slash)]


class TelegramSettings(Section):
    """Telegram. It runs where a token is given."""

    token: SecretStr = Field(SecretStr(""), description="The bot's token, from @BotFather.")
    mode: Literal["polling", "webhook"] = Field(
        "polling",
        description="`polling` needs no public address; `webhook` is called at `webhook_url`.",
    )
    webhook_url: str = Field(
        "", description="Public https address that ends in `/telegram/webhook`, for `webhook`."
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="What Telegram sends with each call: 16 to 256 of `A-Za-z0-9_-`.",
    )
    api_base_url: BaseUrl = Field(
        "https://api.telegram.org/bot", description="Where the Bot API is; the token follows it."
    )
    file_base_url: BaseUrl = Field(
        "https://api.telegram.org/file/bot", description="Where files are; the token follows it."
    )


class SlackSettings(Section):
    """Slack. It runs where a bot token is given."""

    bot_token: SecretStr = Field(
        SecretStr(""), description="`xoxb-...`, from OAuth & Permissions."
    )
    app_token: SecretStr = Field(
        SecretStr(""), description="`xapp-...` with `connections:write`, for `socket`."
    )
    signing_secret: SecretStr = Field(
        SecretStr(""), description="From Basic Information, for `http`."
    )
    mode: Literal["socket", "http"] = Field(
        "socket",
        description="`socket` needs no public address; `http` is called at `/slack/events`.",
    )
    api_base_url: SlashedUrl = Field(
        "https://slack.com/api/", description="Where the Web API is, for both tokens."
    )


class TeamsSettings(Section):
    """Teams. It runs where an app id is given, or `anonymous` is set."""

    app_id: str = Field("", description="The bot's Microsoft app id.")
    app_password: SecretStr = Field(SecretStr(""), description="Its client secret.")
    login_tenant: str = Field(
        "botframework.com",
        min_length=1,
        description="Directory that issues the bot's own tokens: its id for a single-tenant bot.",
    )
    allowed_tenants: tuple[str, ...] = Field(
        (), description="Directories whose people may write; empty allows the bot's own only."
    )
    openid_metadata_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the keys are named by which incoming tokens are checked.",
    )
    token_issuer: str = Field(
        "https://api.botframework.com", description="Who must have issued incoming tokens."
    )
    login_url: BaseUrl = Field(
        "https://login.microsoftonline.com", description="Where the bot's own tokens come from."
    )
    service_url_allow_list: tuple[str, ...] = Field(
        ("smba.trafficmanager.net", ".botframework.com", ".teams.microsoft.com"),
        description=(
            "Hosts to which the bot's token may be sent; one that begins with a dot stands for"
            " all below it. Anybody may have a name below trafficmanager.net."
        ),
    )
    anonymous: bool = Field(
        False,
        description="Take messages without tokens: for development, on the loopback address only.",
    )


class AuditSettings(Section):
    """The chain of what was done, and where its end is noted."""

    anchor_file: Path = Field(
        Path("var/audit-anchor.jsonl"),
        description=(
            "File to which the chain's end is added. Keep it where the database's owner cannot"
            " write: a cut chain shows only by it."
        ),
    )
    anchor_every_s: int = Field(300, ge=1, description="Seconds between two anchors.")


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
    audit: AuditSettings = Field(default_factory=lambda: AuditSettings())
    telegram: TelegramSettings = Field(default_factory=lambda: TelegramSettings())
    slack: SlackSettings = Field(default_factory=lambda: SlackSettings())
    teams: TeamsSettings = Field(default_factory=lambda: TeamsSettings())

    _origins: dict[str, Origin] = PrivateAttr(default_factory=dict)

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where each value that is not a default came from, by `section.key`."""
        return self._origins

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _Environment(settings_cls), _ConfigFile(settings_cls)


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
    for source in (_ConfigFile(Settings), _Environment(Settings)):
        settings._origins.update(source.origins())
    for section, values in given.items():
        settings._origins.update({f"{section}.{key}": Origin("command line") for key in values})
    return settings


def secrets_of(settings: Settings) -> set[str]:
    """Return what must never be written anywhere: every secret, and the password in a URL."""
    found: set[str] = set()
    for name, section in sections().items():
        for key, field in section.model_fields.items():
            value = getattr(getattr(settings, name), key)
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


class _Source(PydanticBaseSettingsSource):
    """A source that knows every key, so that it can refuse the others."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[object, str, bool]:
        return None, field_name, False  # `__call__` hands everything over at once

    def __call__(self) -> dict[str, Any]:  # Any: pydantic checks the values afterwards
        found: dict[str, dict[str, object]] = {}
        for section, key, value, _ in self._resolved():
            found.setdefault(section, {})[key] = value
        return found

    def origins(self) -> dict[str, Origin]:
        """Where each value came from, by `section.key`."""
        return {f"{section}.{key}": origin for section, key, _, origin in self._resolved()}

    @abstractmethod
    def entries(self) -> Iterator[tuple[str, str, object, str]]:
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
            yield section, plain, _read_secret(section, key, path), Origin(where, path)


class _Environment(_Source):
    """`BURSAR_SECTION__KEY`."""

    def entries(self) -> Iterator[tuple[str, str, object, str]]:
        for name in sorted(os.environ):
            if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
                continue
            section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
            if not separator and name.startswith(_NOT_OURS):
                continue
            dotted = f"{section}.{key}" if separator else section
            _check_known(dotted, name, in_environment=True)
            yield section, key, _from_text(section, key, os.environ[name], name), name


class _ConfigFile(_Source):
    """`bursar.toml`, or the file that `BURSAR_CONFIG` names."""

    def entries(self) -> Iterator[tuple[str, str, object, str]]:
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
            if not isinstance(table, dict):
                _check_known(section, str(path))
                raise SettingsError(
                    section,
                    f"is a section and not a value, in {path}",
                    remedy=f"write its keys under a line `[{section}]`",
                )
            for key, value in table.items():
                _check_known(f"{section}.{key}", str(path))
                yield section, key, value, str(path)


def _from_text(section: str, key: str, text: str, variable: str) -> object:
    """Return a variable's text, or what it says where the setting is a list or a table."""
    field = _fields(section).get(key)
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


def _read_secret(section: str, key: str, path: Path) -> str:
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
    """Return the sections by name, in the order of the page."""
    return {
        name: field.annotation
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
    }


def _fields(section: str) -> dict[str, FieldInfo]:
    found = sections().get(section)
    return {} if found is None else found.model_fields


def is_secret(field: FieldInfo) -> bool:
    """Tell whether a setting must never be shown."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


def _secret_of(section: str, key: str) -> str | None:
    """Return the key of the secret whose file `key` names, None if it names none."""
    plain = key.removesuffix("_file")
    fields = _fields(section)
    is_file = key != plain and key not in fields and plain in fields and is_secret(fields[plain])
    return plain if is_file else None


def _check_known(dotted: str, where: str, *, in_environment: bool = False) -> None:
    section, _, key = dotted.partition(".")
    fields = _fields(section)
    if key and (key in fields or _secret_of(section, key)):
        return
    if not key and fields and not in_environment:
        return
    known = [f"{name}.{key}" for name in sections() for key in _fields(name)]
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
    dotted = ".".join(str(part) for part in first["loc"][:2])
    section, _, key = dotted.partition(".")
    field = _fields(section).get(key)
    meaning = f": {field.description}" if field is not None and field.description else ""
    why = first["msg"].removeprefix("Value error, ").removeprefix("Input should ")
    return SettingsError(
        dotted,
        f"has a wrong value: it should {why}" if first["msg"].startswith("Input should ") else why,
        remedy=f"set {variable_of(dotted)} or {dotted} in {DEFAULT_FILE}{meaning}",
    )
