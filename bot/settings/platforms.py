"""What may be set about the chat platforms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from bot.settings.sections import Section


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
    # Microsoft 365 URLs and IP address ranges, "SharePoint Online and OneDrive". Bots handle no
    # files in the US government's clouds (GCC High, DoD).
    file_hosts: tuple[str, ...] = Field(
        (".sharepoint.com", ".sharepoint.cn"),
        description=(
            "Hosts at which files are put that people take in Teams: the OneDrive of your company."
            " Empty offers none; then files are told of by how they begin."
        ),
    )
    anonymous: bool = Field(
        False,
        description="Take messages without tokens: for development, on the loopback address only.",
    )
