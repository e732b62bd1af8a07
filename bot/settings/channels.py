"""What may be set about where alerts go besides the chats."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from bot.settings.sections import Section

_INSIDE = "Hosts that may be on a private net; any other must be public."
_COMPANY = (
    "Whose alerts go there, by the company's name; empty for the first company. No other's do."
)


class EmailSettings(Section):
    """E-mail. Alerts are sent where a host, a sender and somebody to send to are given."""

    host: str = Field("", description="The SMTP server's name.")
    port: int = Field(587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way there is encrypted; `none` only on the same machine."
    )
    username: str = Field("", description="To log in with; empty for a server that needs none.")
    password: SecretStr = Field(SecretStr(""), description="To log in with.")
    sender: str = Field("", description="Whom the mail is from, as `bursar@example.com`.")
    to: tuple[str, ...] = Field((), description="Whom alerts are sent to.")
    company: str = Field("", description=_COMPANY)


class WebhookSettings(Section):
    """A webhook. Alerts are posted where an address and a secret are given."""

    url: str = Field("", description="An https address; redirects are not followed.")
    secret: SecretStr = Field(
        SecretStr(""), description="What `Bursar-Signature` is made with: 16 characters or more."
    )
    private_hosts: tuple[str, ...] = Field((), description=_INSIDE)
    company: str = Field("", description=_COMPANY)


class PagerDutySettings(Section):
    """PagerDuty, Events API v2. Alerts open incidents where a routing key is given."""

    routing_key: SecretStr = Field(
        SecretStr(""), description="The integration key of a service, 32 characters."
    )
    url: str = Field(
        "https://events.pagerduty.com/v2/enqueue",
        description="Where events are taken; the EU has another address.",
    )
    private_hosts: tuple[str, ...] = Field((), description=_INSIDE)
    company: str = Field("", description=_COMPANY)
