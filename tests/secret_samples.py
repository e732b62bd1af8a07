"""Secrets made afresh at random from descriptions of their formats; none was ever live."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from typing import Final, NamedTuple

_ALPHABETS: Final = {
    "l": string.ascii_lowercase,
    "u": string.ascii_uppercase,
    "d": string.digits,
    "n": string.ascii_letters + string.digits,
    "a": string.ascii_lowercase + string.digits,
    "U": string.ascii_uppercase + string.digits,
    "h": "0123456789abcdef",
    "w": string.ascii_letters + string.digits + "_-",
    "e": string.ascii_lowercase + string.digits + "_-=",
    "b": string.ascii_letters + string.digits + "+/",
}
_UUID: Final = "{h8}-{h4}-{h4}-{h4}-{h12}"
# Told by themselves. `{n36}` stands for 36 letters and digits.
PREFIXED: Final = f"""
AKIA{{U16}}
ASIA{{U16}}
ABSK{{b120}}==
sk-{{n20}}T3BlbkFJ{{n20}}
sk-proj-{{w74}}T3BlbkFJ{{w74}}
sk-svcacct-{{w58}}T3BlbkFJ{{w58}}
sk-admin-{{w58}}T3BlbkFJ{{w58}}
sk-ant-api03-{{w93}}AA
sk-ant-admin01-{{w93}}AA
sk-or-v1-{{h64}}
sk-{{h32}}
sk-lf-{_UUID}
gsk_{{n52}}
xai-{{n80}}
hf_{{l34}}
hf_{{n34}}
api_org_{{l34}}
r8_{{n37}}
pplx-{{n48}}
nvapi-{{w64}}
csk-{{a48}}
tvly-{{n32}}
tvly-dev-{{n32}}
lsv2_pt_{{h32}}_{{h10}}
fw_{{n24}}
pcsk_{{n6}}_{{n60}}
AIza{{w35}}
GOCSPX-{{w28}}
ya29.{{w120}}
1//0{{w60}}
ghp_{{n36}}
gho_{{n36}}
ghs_{{a36}}
ghu_{{n36}}
ghr_{{n36}}
github_pat_{{n22}}_{{n59}}
glpat-{{w20}}
glpat-{{a27}}.{{a9}}
gldt-{{w20}}
glrt-{{w20}}
glrt-t1_{{w27}}.{{a9}}
glcbt-{{a2}}_{{w20}}
glimt-{{a25}}
glagent-{{w50}}
gloas-{{h64}}
glptt-{{h40}}
glsoat-{{w20}}
GR1348941{{w20}}
xoxb-{{d12}}-{{d13}}-{{n24}}
xoxp-{{d12}}-{{d12}}-{{d12}}-{{h32}}
xoxe.xoxb-1-{{U166}}
xoxe-1-{{U146}}
xoxa-2-{{n20}}
xoxs-{{d11}}-{{d11}}-{{d11}}-{{h10}}
xapp-1-A{{U10}}-{{d13}}-{{h64}}
https://hooks.slack.com/services/T{{U8}}/B{{U10}}/{{n24}}
https://discord.com/api/webhooks/{{d18}}/{{w68}}
https://acme.webhook.office.com/webhookb2/{_UUID}@{_UUID}/IncomingWebhook/{{a32}}/{_UUID}
{{d10}}:AA{{w33}}
M{{w23}}.{{w6}}.{{w27}}
sk_live_{{n24}}
rk_live_{{n24}}
sk_test_{{n99}}
whsec_{{n32}}
shpat_{{h32}}
shpss_{{h32}}
sq0atp-{{w22}}
sq0csp-{{w43}}
EAAA{{w60}}
SG.{{w22}}.{{w43}}
SK{{h32}}
key-{{h32}}
pubkey-{{h32}}
{{h32}}-us12
{{h32}}-{{h8}}-{{h8}}
md-{{n22}}
xkeysib-{{h64}}-{{a16}}
re_{{n8}}_{{n24}}
npm_{{n36}}
pypi-AgEIcHlwaS5vcmc{{w80}}
rubygems_{{h48}}
CLOJARS_{{a60}}
dckr_pat_{{w27}}
dapi{{h32}}
dapi{{h32}}-2
dop_v1_{{h64}}
doo_v1_{{h64}}
dp.pt.{{a43}}
dp.st.prd.{{n40}}
dnkey-{{e26}}-{{e52}}
duffel_test_{{e43}}
dt0c01.{{U24}}.{{U64}}
EZAK{{n54}}
EAAC{{a120}}
{{d16}}|{{w27}}
fio-u-{{e64}}
FLWSECK_TEST-{{h32}}-X
FLWPUBK_TEST-{{h32}}-X
fo1_{{w43}}
fm2_{{b140}}
glsa_{{n32}}_{{h8}}
glc_{{b60}}
eyJrIjoi{{n90}}
pat.{{w22}}.{{n24}}.{{n20}}
{{a14}}.atlasv1.{{e66}}
hvs.{{w95}}
hvb.{{w150}}
s.{{a24}}
HRKU-AA{{w58}}
pat-na1-{_UUID}
ico-{{n32}}
s-s4t2ud-{{h64}}
lin_api_{{n40}}
live_{{h35}}
test_pub_{{h31}}
pk.{{a60}}.{{a22}}
{{n6}}_{{n29}}_mmk
nfp_{{n36}}
NRAK-{{U27}}
NRJS-{{h19}}
NRII-{{w32}}
ntn_{{d11}}{{n35}}
secret_{{n43}}
API-{{U26}}
sha256~{{w43}}
access-sandbox-{_UUID}
pscale_tkn_{{w43}}
pscale_pw_{{w43}}
PMAK-{{h24}}-{{h34}}
pnu_{{a36}}
pul-{{h40}}
rdme_{{a70}}
rnd_{{n32}}
tk-us-{{w48}}
sntryu_{{h64}}
sntrys_eyJpYXQiO{{b80}}_{{b43}}
sm_pat_{{n16}}
shippo_live_{{h40}}
sgp_{{h40}}
sqp_{{h40}}
sbp_{{h40}}
tskey-auth-{{n16}}-{{n32}}
tfp_{{w44}}_{{w14}}
sl.{{w135}}
{{a11}}AAAAAAAAAA{{e43}}
{{d18}}-{{n40}}
t1.{{w30}}.{{w86}}
AQVN{{w36}}
ATATT3{{w186}}
AKCp{{n69}}
cmVmd{{n59}}
A3-{{U6}}-{{U6}}-{{U5}}-{{U5}}-{{U5}}-{{U5}}
ops_eyJ{{b250}}
AGE-SECRET-KEY-1{{U58}}
p8e-{{a32}}
pat{{n14}}.{{h64}}
LTAI{{n20}}
{{n3}}8Q~{{w33}}
b_{{e44}}
4b1d{{n38}}
v1.0-{{h24}}-{{h146}}
eyJ{{n40}}.eyJ{{n60}}.{{w43}}
postgres://app:{{n16}}@db.internal.example:5432/ledger
postgresql+asyncpg://svc:{{w20}}@db/ledger
mysql://root:{{n14}}@10.0.0.5/shop
mongodb+srv://admin:{{n16}}@cluster0.example.net/?retryWrites=true
redis://:{{n24}}@cache.example:6379/0
amqp://worker:{{n12}}@mq.example//
https://ana:{{n12}}@git.example.com/team/repo.git
Authorization: Bearer {{w40}}
AccountKey={{b86}}==
SharedAccessKey={{b43}}=
AKID{{n32}}
cio{{n32}}
glcbt-{{w20}}
vcp_{{n56}}
acme_live_{{n40}}
sig={{b43}}=
PuTTY-User-Key-File-3: ssh-ed25519\\nEncryption: none\\n{{b64}}\\nPrivate-MAC: {{h64}}
-----BEGIN PRIVATE KEY-----\\n{{b64}}\\n{{b64}}\\n{{b30}}==\\n-----END PRIVATE KEY-----
-----BEGIN OPENSSH PRIVATE KEY-----\\n{{b70}}\\n{{b70}}\\n-----END OPENSSH PRIVATE KEY-----
""".strip().splitlines()

# Told by the name that stands before.
_SERVICES: Final = [
    "adafruit", "airtable", "algolia", "asana", "bitbucket", "bittrex", "codecov", "cohere",
    "coinbase", "confluent", "contentful", "datadog", "discord", "dropbox", "etsy", "fastly",
    "finnhub", "flickr", "freshbooks", "gitter", "gocardless", "heroku", "intercom", "kraken",
    "kucoin", "launchdarkly", "linkedin", "looker", "mattermost", "messagebird", "mistral",
    "netlify", "nytimes", "okta", "plaid", "rapidapi", "sendbird", "sentry", "snyk", "sonar",
    "squarespace", "sumologic", "together", "travisci", "trello", "twitch", "twitter", "zendesk",
]  # fmt: skip
_VALUES: Final = (
    "{a16} {a20} {a24} {a25} {a30} {a32} {a40} {a64} {h32} {h40} {h64} {n24} {n32} {n40} {w40}"
    f" {{e32}} {{e40}} {{e60}} {{d18}} {_UUID} 00{{w40}}"
).split()
_CARRIERS: Final = [
    "{s}_token: {v}", "{S}_API_KEY={v}", '"{s}_secret": "{v}"', '{s}Token = "{v}"',
    "export {S}_TOKEN={v}", 'String {s}Key = "{v}";', "{s}.api_key={v}", "{s}-api-key: {v}",
    "my {s} api key is {v}", "the {s} token is {v}, please keep it", "la clave de {s} es {v}",
    "{s}_client_secret='{v}'",
]  # fmt: skip
_PASSWORDS: Final = [
    "Tr0ub4dor&3",
    "correcthorse9",
    "hunter2!",
    "S3cret-Pa55",
    "gK7#vq2L",
    "Madrid2026!",
]  # fmt: skip
_PASSWORD_CARRIERS: Final = [
    'password = "{v}"', "DB_PASSWORD={v}", "passwd: {v}", "my password is {v}",
    "la contraseña es {v}", '"password": "{v}"', "password={v}&user=ana",
    "curl -u ana:{v} https://api.example.com", "mysql --password={v} shop", "pwd: {v}",
]  # fmt: skip
_TALK: Final = [
    "here is my key: {}", "{}", "can you check {} please", "added to .env:\nKEY_X={}",
    "recuérdame revocar {}", "error calling model with {}: rate limit exceeded", '"key": "{}",',
    "(see {})",
]  # fmt: skip


class Sample(NamedTuple):
    """A text and the secret in it."""

    text: str
    secret: str
    format: str


def fill(description: str, source: random.Random) -> str:
    """Return a value of a format, each character chosen at random."""

    def draw(match: re.Match[str]) -> str:
        alphabet = _ALPHABETS[match[1]]
        return "".join(source.choice(alphabet) for _ in range(int(match[2])))

    return re.sub(r"\{([a-zA-Z])(\d+)\}", draw, description.replace("\\n", "\n"))


def list_samples(seed: int, rounds: int = 1) -> Iterator[Sample]:
    """Yield `rounds` samples of every format, in a sentence or an assignment each."""
    source = random.Random(seed)
    for _ in range(rounds):
        for description in PREFIXED:
            secret = fill(description, source)
            yield Sample(source.choice(_TALK).replace("{}", secret), secret, description)
        for service in _SERVICES:
            description = source.choice(_VALUES)
            secret = fill(description, source)
            carrier = source.choice(_CARRIERS)
            text = carrier.format(s=service, S=service.upper(), v=secret)
            yield Sample(text, secret, f"{carrier} {description}")
        for carrier in _PASSWORD_CARRIERS:
            secret = source.choice(_PASSWORDS)
            yield Sample(carrier.format(v=secret), secret, carrier)
