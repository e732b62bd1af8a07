"""How well-known keys and tokens look: what they begin with and what follows.

Prefixes, alphabets and lengths are those that the issuers show in their documentation and that
public scanners of repositories agree on. Where an issuer has changed a length, the shortest is
the bound, for the prefix alone tells enough. Every quantifier is bounded or possessive, so that
no text can make a pattern try twice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple


class Format(NamedTuple):
    """One format: what follows `prefix` is written as in the table below."""

    type: str
    prefix: str
    written: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern to match where the prefix begins; compiled at its first use."""
        return _compile(re.escape(self.prefix) + self.written)


# Alphabets that the tables below name by @ and a letter.
_ALPHABETS: Final = {
    "A": "[A-Za-z0-9]",
    "W": r"[A-Za-z0-9_\-]",
    "E": r"[A-Za-z0-9_\-=.]",
    "B": r"[A-Za-z0-9+/_\-]",
    "H": "[A-Fa-f0-9]",
    "U": "[A-Z0-9]",
    "D": "[0-9]",
    # A UUID.
    "G": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
}

# type, prefix, what follows. "@A{36}" is exactly 36 of alphabet A, "@A{36+}" at least so many.
_TABLE: Final = """
onepassword_secret_key       A3-              @U{6}-(?:@U{11}|@U{6}-@U{5})-@U{5}-@U{5}-@U{5}
onepassword_service_token    ops_eyJ          @B{80+}={0,3}
adobe_client_secret          p8e-             @W{32}
age_secret_key               AGE-SECRET-KEY-1 @A{58}
airtable_token               pat              @A{14}\\.@H{64}
alibaba_access_key           LTAI             @A{12,28}
anthropic_key                sk-ant-          @W{20+}
artifactory_key              AKCp             @A{60,75}
artifactory_reference_token  cmVmd            @A{59}
asana_token                  0/               @H{32}
asana_token                  1/               @D{12,20}:@H{32}
atlassian_token              ATATT3           @E{60+}
atlassian_token              ATCTT3           @E{60+}
aws_access_key               AKIA             @U{16}
aws_access_key               ASIA             @U{16}
aws_access_key               ABIA             @U{16}
aws_access_key               ACCA             @U{16}
aws_access_key               A3T              @U{17}
aws_bedrock_key              ABSK             @B{60+}={0,2}
aws_bedrock_key              bedrock-api-key- @B{28+}={0,2}
beamer_token                 b_               @E{44}
brevo_key                    xkeysib-         @H{64}-@A{16}
brevo_key                    xsmtpsib-        @H{64}-@A{16}
buildkite_token              bkua_            @H{40}
cerebras_key                 csk-             @A{32+}
circleci_token               CCIPAT_          @A{16,30}_@H{40}
circleci_token               CCIPRJ_          @A{16,30}_@H{40}
clickhouse_key               4b1d             @A{38}
clojars_token                CLOJARS_         @A{60}
cloudflare_origin_ca_key     v1.0-            @H{24}-@H{146}
contentful_token             CFPAT-           @W{43}
crates_token                 cio              @A{32}
databricks_token             dapi             @H{32}(?:-@D)?
datadog_key                  ddapp_           @A{34+}
defined_networking_token     dnkey-           @E{26}-@E{52}
digitalocean_token           doo_v1_          @H{64}
digitalocean_token           dop_v1_          @H{64}
digitalocean_token           dor_v1_          @H{64}
docker_token                 dckr_pat_        @W{24+}
docker_token                 dckr_oat_        @W{24+}
doppler_token  dp.  (?:pt|st|ct|sa|scim|audit)\\.(?:@W{1,35}\\.)?@A{40,44}
dropbox_token                sl.              @E{130+}
duffel_token                 duffel_          (?:test|live)_@E{43}
dynatrace_token              dt0              [a-z]@D{2}\\.@A{24}\\.@A{64}
easypost_key                 EZAK             @A{54}
easypost_key                 EZTK             @A{54}
elevenlabs_key               sk_              @H{48}
facebook_token               EAA              @A{80+}
figma_token                  figd_            @W{40+}
fireworks_key                fw_              @A{22,32}
flutterwave_key              FLWSECK_TEST-    @A{12,64}(?:-X)?
flutterwave_key              FLWSECK-         @A{12,64}(?:-X)?
flutterwave_key              FLWPUBK_TEST-    @A{32}-X
flutterwave_key              FLWPUBK-         @A{32}-X
flyio_token                  fo1_             @W{43}
flyio_token                  fm1a             [r_]?_?@B{60+}={0,3}
flyio_token                  fm1r             _@B{60+}={0,3}
flyio_token                  fm2_             @B{60+}={0,3}
frameio_token                fio-u-           @E{64}
gandi_token                  gnd_             @A{32+}
github_token                 ghp_             @A{36+}
github_token                 gho_             @A{36+}
github_token                 ghu_             @A{36+}
github_token                 ghs_             @A{36+}
github_token                 ghr_             @A{36+}
github_token                 github_pat_      [A-Za-z0-9_]{60+}
gitlab_token                 glpat-           @E{20+}
gitlab_token                 gldt-            @W{20+}
gitlab_token                 glft-            @W{20+}
gitlab_token                 glsoat-          @W{20+}
gitlab_token                 glrt-            @E{20+}
gitlab_token                 glrtr-           @W{20+}
gitlab_token                 glcbt-           (?:@A{1,5}_)?@W{20+}
gitlab_token                 glimt-           @W{25}
gitlab_token                 glagent-         @W{50}
gitlab_token                 gloas-           @W{64}
gitlab_token                 glptt-           @H{40}
gitlab_token                 glffct-          @W{20}
gitlab_token                 glwt-            @W{20+}
gitlab_token                 GR1348941        @W{20}
gitlab_session               _gitlab_session= @A{32}
gocardless_token             live_            @E{40}
gocardless_token             sandbox_         @W{40}
google_key                   AIza             @W{35}
google_oauth_secret          GOCSPX-          @W{28}
google_oauth_token           ya29.            @W{30+}
google_refresh_token         1//              @W{40+}
grafana_token                glsa_            @A{32}_@H{8}
grafana_token                glc_             @B{32+}={0,3}
grafana_key                  eyJrIjoi         @A{60+}={0,3}
groq_key                     gsk_             @A{48+}
harness_key                  pat.             @W{22}\\.@A{24}\\.@A{20}
harness_key                  sat.             @W{22}\\.@A{24}\\.@A{20}
heroku_key                   HRKU-            @W{36+}
hubspot_key                  pat-na1-         @G
hubspot_key                  pat-eu1-         @G
huggingface_token            hf_              @A{34+}
huggingface_token            api_org_         @A{34}
infracost_key                ico-             @A{32}
intra42_secret               s-s4t2           (?:ud|af)-@H{64}
jfrog_token                  eyJ2ZXIiOi       @W{20+}
langfuse_key                 sk-lf-           @G
langsmith_key                lsv2_            (?:pt|sk)_@H{32}_@H{10}
langsmith_key                ls__             @H{32}
launchdarkly_key             sdk-             @G
launchdarkly_key             api-             @G
linear_key                   lin_api_         @A{40}
linear_key                   lin_oauth_       @A{40+}
lob_key                      live_            @H{35}
lob_key                      test_            @H{35}
lob_key                      live_pub_        @H{31}
lob_key                      test_pub_        @H{31}
mailgun_key                  key-             @H{32}
mailgun_key                  pubkey-          @H{32}
mandrill_key                 md-              @A{22}
mapbox_token                 pk.              @E{50+}
mapbox_token                 sk.              @E{50+}
mongodb_atlas_token          mdb_sa_sk_       @W{40}
netlify_token                nfp_             @A{36+}
newrelic_key                 NRJS-            @H{19}
newrelic_key                 NRII-            @W{32}
newrelic_key                 NRAK-            @A{27}
newrelic_key                 NRRA-            @H{42}
notion_token                 ntn_             @A{43,50}
notion_token                 secret_          @A{43}
npm_token                    npm_             @A{36}
nvidia_key                   nvapi-           @W{50+}
octopus_key                  API-             @U{25,32}
okta_token                   SSWS             \\ 00@W{40}
openai_key                   sk-proj-         @W{30+}
openai_key                   sk-svcacct-      @W{30+}
openai_key                   sk-admin-        @W{30+}
openai_key                   sk-None-         @W{30+}
openai_key                   sk-              @A{20}T3BlbkFJA{20}
openai_key                   sess-            @A{40}
openrouter_key               sk-or-           @W{40+}
compatible_key               sk-              @W{30+}
openshift_token              sha256~          @W{43}
perplexity_key               pplx-            @A{40+}
pinecone_key                 pcsk_            [A-Za-z0-9_]{50+}
plaid_token                  access-          (?:sandbox|development|production)-@G
planetscale_token            pscale_          (?:tkn|oauth|pw)_@E{32,64}
posthog_key                  phx_             @A{40+}
postman_key                  PMAK-            @H{24}-@H{34}
prefect_token                pnu_             @A{36}
prefect_token                pnb_             @A{36}
pulumi_token                 pul-             @H{40}
pypi_token                   pypi-            @W{50+}
readme_key                   rdme_            @A{70}
render_key                   rnd_             @A{32}
replicate_token              r8_              @A{37,40}
resend_key                   re_              @A{8}_@A{24}
rubygems_key                 rubygems_        @H{48}
scaleway_key                 SCW              @U{17}
scalingo_token               tk-us-           @W{48}
sendgrid_key                 SG.              @E{60,70}
sentry_token                 sntrys_          @B{40+}={0,2}(?:_@B{43})?
sentry_token                 sntryu_          @H{64}
settlemint_token             sm_              [aps]at_@A{16}
shippo_token                 shippo_          (?:live|test)_@H{40}
shopify_token                shpat_           @H{32}
shopify_token                shpca_           @H{32}
shopify_token                shppa_           @H{32}
shopify_token                shpss_           @H{32}
slack_token                  xoxb-            @E{20+}
slack_token                  xoxp-            @E{20+}
slack_token                  xoxa-            @E{10+}
slack_token                  xoxr-            @E{10+}
slack_token                  xoxs-            @E{20+}
slack_token                  xoxo-            @E{20+}
slack_token                  xoxe-            @D-@A{100+}
slack_token                  xoxe.            xox[bp]-@D-@A{100+}
slack_token                  xoxc-            @E{20+}
slack_token                  xoxd-            [A-Za-z0-9%+/]{30+}={0,2}
slack_token                  xapp-            @D-@U{6,16}-@D{8,16}-@A{32,80}
sonar_token                  sqp_             @W{40}
sonar_token                  squ_             @W{40}
sonar_token                  sqa_             @W{40}
sourcegraph_token            sgp_             (?:(?:@H{16}|local)_)?@H{40}
square_token                 EAAA             @W{56,62}
square_token                 sq0atp-          @W{22}
square_token                 sq0csp-          @W{43}
stripe_key                   sk_              (?:test|live|prod)_@A{10+}
stripe_key                   rk_              (?:test|live|prod)_@A{10+}
stripe_webhook_secret        whsec_           [A-Za-z0-9+/]{30+}={0,2}
supabase_key                 sbp_             @H{40}
supabase_key                 sb_secret_       @W{30+}
tailscale_key                tskey-           (?:auth|api|client|scim|webhook)-@A{8,24}-@A{20,40}
tencent_key                  AKID             @A{32}
tavily_key                   tvly-            @W{28+}
terraform_token              tfe-             @A{30+}
todoist_token                todoist-         @H{40}
twilio_key                   SK               @H{32}
typeform_token               tfp_             @E{40,64}
vault_token                  hvb.             @W{60+}
vault_token                  hvs.             @W{24+}
vault_token                  hvr.             @W{24+}
vault_token                  s.               @A{24}
vercel_token                 vercel_          @A{24+}
weights_and_biases_key       wandb_v1_        @W{40+}
xai_key                      xai-             @A{60+}
yandex_token                 AQVN             @W{35,38}
yandex_token                 YCA              @W{38}
yandex_token                 t1.              @W{1,200}={0,2}\\.@W{86}={0,2}
yandex_token                 y0_              @W{50+}
zapier_hook                  https://hooks.zapier.com/ hooks/catch/@D{4,12}/@A{5,12}
slack_webhook      https://hooks.slack.com/ (?:services|workflows|triggers)/[A-Za-z0-9+/_]{20+}
discord_webhook              https://discord.com/api/webhooks/ @D{16,20}/@W{60+}
discord_webhook              https://discordapp.com/api/webhooks/ @D{16,20}/@W{60+}
jwt eyJ (?<![A-Za-z0-9_-]eyJ)@W{10,4000}\\.eyJ@W{10,8000}(?:\\.@W{10+})?
jwt ey (?<![A-Za-z0-9_-]ey)@W{16,4000}\\.ey@W{16,8000}\\.@W{20+}
jwt ZXlK [A-Za-z0-9+/]{60+}={0,2}
"""

# Formats without a prefix: a part that must be there, and the pattern around it.
_INSIDE: Final = """
telegram_token               :A               @D{5,16}:A@W{34}
facebook_token               |                @D{15,16}\\|@W{27,40}
mailchimp_key                -us              @H{32}-us@D{1,2}
azure_client_secret          Q~               [A-Za-z0-9_~.\\-]{3}@DQ~[A-Za-z0-9_~.\\-]{31,34}
terraform_token              .atlasv1.        @A{14}\\.atlasv1\\.@E{60,70}
discord_token                .                [MNO]@W{23,27}\\.@W{6}\\.@W{27,40}
maxmind_key                  _mmk             @A{6}_@A{29}_mmk
authress_key .acc (?:sc|ext|authress)_@A{5,30}\\.@A{4,6}\\.acc@W{10,33}\\.[\\w+/=-]{30,120}
twitter_token                -                @D{15,25}-@A{40}
dropbox_token                AAAAAAAAAA       @A{11}AAAAAAAAAA@E{43}
mailgun_signing_key          -                @H{32}-@H{8}-@H{8}
twitter_bearer_token         AAAAAAAAAAAAAAAA @A{22}[A-Za-z0-9%]{60,110}
teams_webhook .office.com/webhookb2/ https://[a-z.]{1,60}office\\.com/webhookb2/[A-Za-z0-9@/-]{100+}
azure_signature sig= sig=[A-Za-z0-9%+/]{40,90}={0,2}
azure_key Key= (?:Account|SharedAccess)Key=[A-Za-z0-9+/]{40,90}={1,2}
"""


@cache
def _compile(written: str) -> re.Pattern[str]:
    """Compile a row's pattern: alphabets written out, and nothing of a word right behind it."""
    # `{20+}` is possessive: what it takes it never gives back.
    text = re.sub(r"\{(\d+)\+\}", r"{\1,}+", written)
    text = re.sub(r"@([AWEBHUDG])", lambda match: _ALPHABETS[match[1]], text)
    return re.compile(text + "(?![A-Za-z0-9])")


def _rows(table: str) -> list[tuple[str, str, str]]:
    found = []
    for line in table.strip().splitlines():
        type_, mark, written = line.split(None, 2)
        found.append((type_, mark, written))
    return found


FORMATS: Final = tuple(Format(type_, prefix, written) for type_, prefix, written in _rows(_TABLE))
# What must be somewhere in a text, and the pattern that is then looked for everywhere in it.
INSIDE: Final = tuple(
    (type_, part, re.compile("(?<![A-Za-z0-9_-])" + _compile(written).pattern))
    for type_, part, written in _rows(_INSIDE)
)
