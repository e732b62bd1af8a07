"""Secrets in text: each well-known format, names that give values away, and what only looks so."""

import random

import pytest

from bot.guards.scan import find_removable
from tests.secret_samples import PREFIXED, fill, list_samples
from tests.unit.guards_support import covers, kinds_of

# A random value may look like a word; a format that is never found has no such excuse.
TRIES = 5


@pytest.mark.parametrize("description", PREFIXED)
def test_each_format_is_found_whole(description: str) -> None:
    source = random.Random(description)
    found = 0
    for _ in range(TRIES):
        secret = fill(description, source)
        text = f"can you check {secret} please"
        found += covers(find_removable(text), 14, 14 + len(secret), kind="secret")
    assert found >= TRIES - 1


def test_nearly_every_secret_is_found_in_any_sentence() -> None:
    samples = list(list_samples(seed=7, rounds=3))
    missed = [
        sample.format
        for sample in samples
        if not any(
            one.kind == "secret" and sample.secret[:4] in sample.text[one.start : one.end]
            for one in find_removable(sample.text)
        )
    ]
    assert len(missed) <= 0.02 * len(samples), missed


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('password = "correct-horse-7"', "correct-horse-7"),
        ("DB_PASSWORD=hunter", "hunter"),
        ("my password is Tr0ub4dor", "Tr0ub4dor"),
        ("la contraseña es Madrid2026", "Madrid2026"),
        ("la clave de la API es q8Zk2mXv91LpR4tW", "q8Zk2mXv91LpR4tW"),
        ('if ("gK7vq2Lm9x" == password) {', "gK7vq2Lm9x"),
        ('apikey_billing: "gK7vq2Lm9x"', "gK7vq2Lm9x"),
        ("<password>gK7vq2Lm9x</password>", "gK7vq2Lm9x"),
        ("https://api.example.com/v1?api_key=gK7vq2Lm9xT4", "gK7vq2Lm9xT4"),
        ("curl -u ana:gK7vq2Lm9x https://api.example.com", "gK7vq2Lm9x"),
        ("https://ana:gK7vq2Lm9x@git.example.com/repo", "gK7vq2Lm9x"),
        ("Authorization: Basic YW5hOmdLN3ZxMkxtOXhUNA==", "YW5hOmdLN3ZxMkxtOXhUNA=="),
        ('kraken_auth = ("gK7vq2Lm9xT4bR8s")', "gK7vq2Lm9xT4bR8s"),
        ("Kennwort: Fritz!2019x", "Fritz!2019x"),
        ("Cookie: lang=en; session=gK7vq2Lm9xT4bR8s", "gK7vq2Lm9xT4bR8s"),
        ("mysql -u root -pgK7vq2Lm9x shop", "gK7vq2Lm9x"),
        ("sshpass -p gK7vq2Lm9x ssh ana@10.0.0.4", "gK7vq2Lm9x"),
        ("mattermost_token: gsowelnysupofty8e9eee2apsh", "gsowelnysupofty8e9eee2apsh"),
    ],
)
def test_a_value_behind_its_name_is_found(text: str, secret: str) -> None:
    start = text.index(secret)
    assert covers(find_removable(text), start, start + len(secret), kind="secret")


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password, what now?",
        "the password is wrong again",
        "my password: help",
        "¿cuál es la contraseña de la wifi?",
        "password = ''",
        'api_key: "your-api-key-here"',
        "OPENAI_API_KEY=${OPENAI_API_KEY}",
        "password: {{ vault_password }}",
        "secret = os.environ['SECRET']",
        "password = get_password()",
        "token=<token>",
        "api_key=xxxxxxxxxxxxxxxxxxxxxxxx",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
        "max_tokens: 4096",
        "total_tokens = 1234567890123456",
        'primary_key = "018f3c2e-7b1a-7c3d-9e4f-2a6b8c0d1e2f"',
        'public_key = "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"',
        'keyboard: "qwerty2026layout"',
        "the key question is why design spent 1200",
        "the token limit of gpt-4o-2024-08-06 is 128000",
        "KeyFile=server_rsa2048_priv.pem",
        "accessTokenUrl = https://github.com/login/oauth/access_token",
        "if password == expected_password:",
        "request req_9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit failed",
        "integrity sha512-9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit==",
        "Cookie: theme=dark; lang=en",
        "mysql -u root -p shop",
        "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "sk-learn and sk-image are libraries",
        "-----BEGIN PRIVATE KEY-----",
        "see https://user@example.com/path and postgres://localhost/db",
        "Bearer tokens are renewed every hour",
        "raise design by 200 until Friday",
        "report_access_id: e8e4df51-2054-49b0-ab1c-516ac95c691d",
        "usernamePassword(credentialsId: '29f63271-dc2f-4734-8221-5b31b5169bac')",
        '"key": "2022-01-01T00:00:00Z"',
        "$password = $_POST['password'];",
        "COMMUNICATION_API_VERSION=rc0.13.0_20230412_0712-SNAPSHOT",
        "Authorization: Bearer ${TOKEN}",
        "postgres://user:password@localhost/db",
    ],
)
def test_talk_code_and_stand_ins_are_no_secrets(text: str) -> None:
    assert "secret" not in kinds_of(find_removable(text))
