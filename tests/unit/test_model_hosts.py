"""Where a provider may answer: what a chat names is not enough."""

import pytest

from bot.errors.kinds import InvalidInput
from bot.routing.hosts import check_address


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1",
        "https://api.anthropic.com",
        "https://API.Groq.com/openai/v1",
        "https://api.groq.com:443/openai/v1",
    ],
)
def test_the_public_providers_are_allowed_by_themselves(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://acme.openai.azure.com/openai/v1", [".openai.azure.com"]),
        ("http://127.0.0.1:11434/v1", ["127.0.0.1"]),
        ("http://[::1]:8000/v1", ["::1"]),
        ("http://ollama:11434/v1", ["ollama"]),
        ("http://10.0.0.7/v1", ["10.0.0.7"]),
        ("http://models.acme.internal/v1", ["Models.acme.internal"]),
        ("https://models.acme.com/v1", ["models.acme.com"]),
    ],
)
def test_hosts_that_are_named_are_allowed_and_on_a_private_net_without_tls(
    address: str, allowed: list[str]
) -> None:
    check_address(address, allowed)


@pytest.mark.parametrize(
    ("address", "allowed", "why"),
    [
        ("https://evil.example/v1", [], "not allowed"),
        ("https://api.openai.com.evil.example/v1", [], "not allowed"),
        ("https://notapi.openai.com/v1", [], "not allowed"),
        ("http://127.0.0.1:11434/v1", [], "not allowed"),
        ("http://169.254.169.254/latest", [], "not allowed"),
        # Naming some leaves no others.
        ("https://api.openai.com/v1", ["127.0.0.1"], "not allowed"),
        ("https://openai.azure.com/v1", [".openai.azure.com"], "not allowed"),
        ("https://evilopenai.azure.com/v1", [".openai.azure.com"], "not allowed"),
        ("http://api.openai.com/v1", [], "not encrypted"),
        ("http://8.8.8.8/v1", ["8.8.8.8"], "not encrypted"),
        ("http://134744072/v1", ["134744072"], "not encrypted"),
        ("http://models.acme.com/v1", ["models.acme.com"], "not encrypted"),
        ("https://user:word@api.openai.com/v1", [], "no web address"),
        ("https://api.openai.com\\@evil.example/v1", [], "no web address"),
        ("https://api.openai.com/v1?key=x", [], "no web address"),
        ("https://api.openai.com/v1#x", [], "no web address"),
        ("https://api.openai.com:0/v1", [], "no web address"),
        ("https://api.openai.com:99999/v1", [], "no web address"),
        ("https://аpi.openai.com/v1", [], "no web address"),  # noqa: RUF001  # a Cyrillic letter
        ("ftp://api.openai.com/v1", [], "no web address"),
        ("file:///etc/passwd", [], "no web address"),
        ("https://[::1/v1", [], "no web address"),
        ("", [], "no web address"),
    ],
)
def test_everything_else_is_refused(address: str, allowed: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        check_address(address, allowed)
