"""What may be set about Bursar itself: where it keeps things, listens, writes, and its bounds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, field_validator

DATABASE_KINDS: Final = ("sqlite:///", "postgresql://", "postgresql+asyncpg://")


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

    @field_validator("url")
    @classmethod
    def _of_a_kind(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(DATABASE_KINDS):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @property
    def shown(self) -> str:
        """The URL without what must not be seen."""
        url = self.url.get_secret_value()
        return url if url.startswith("sqlite:") else url.partition("://")[0] + "://(hidden)"


class ServerSettings(Section):
    """The HTTP server of `bursar serve`."""

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    # Together below the 15 seconds after which no connection that says nothing whole may be open.
    header_s: float = Field(
        5.0,
        gt=0,
        le=60,
        description=(
            "Seconds until a request's headers must be complete, from the connection on or from"
            " the answer before; a connection that is idle for longer is closed."
        ),
    )
    body_s: float = Field(
        9.0, gt=0, le=300, description="Seconds until a request's body must be complete."
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
    question_life_s: int = Field(
        3600,
        ge=60,
        le=86_400,
        description=(
            "Seconds for which Bursar waits for the answer to a question of its own; what is said"
            " later is read by itself."
        ),
    )
    memory_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days for which what was said is kept for a model that reads later messages.",
    )
    # Telegram delivers again for 24 hours, Slack is read back for as long, and what is delivered
    # twice is known by its row.
    message_days: int = Field(
        30,
        ge=7,
        le=3650,
        description=(
            "Days for which messages that were answered, and answers that were sent, are kept as"
            " they came and went. What waits or did not arrive is kept in any case."
        ),
    )
    task_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days for which tasks that are done or cancelled are kept.",
    )
    # A draft's reference rests 90 days before it comes again.
    draft_days: int = Field(
        90,
        ge=90,
        le=3650,
        description=(
            "Days for which drafts that are over are kept, and what can be undone. Requests that"
            " somebody else decides are kept for good."
        ),
    )
    word_days: int = Field(
        365,
        ge=1,
        le=3650,
        description=(
            "Days for which the words behind the audit log are kept; their digests are kept for"
            " good."
        ),
    )
    call_days: int = Field(
        365,
        ge=1,
        le=3650,
        description=(
            "Days for which it can be asked why a model was chosen. What calls used and cost is"
            " kept for good."
        ),
    )
    alert_days: int = Field(
        365,
        ge=7,
        le=3650,
        description="Days for which alerts that are over, and what was unusual, are kept.",
    )
    conversation_days: int = Field(
        90,
        ge=30,
        le=3650,
        description=(
            "Days for which it is known what a thread was about in which nobody writes any more."
        ),
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
