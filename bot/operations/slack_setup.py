"""`bursar init slack` and what `bursar doctor` asks of Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from adapters.slack.checks import Check, list_checks
from bot.clock import Clock, SystemClock
from bot.settings.platforms import SlackSettings

_STEPS = """\
1. Run `bursar slack-manifest` and copy what it prints.
2. Open api.slack.com/apps, Create New App, From a manifest; paste it.
3. Install App, Install to Workspace: the Bot User OAuth Token begins with xoxb-.
4. Basic Information, App-Level Tokens, Generate: with the scope connections:write; it begins with
   xapp-."""
_HTTP_STEP = "4. Basic Information, App Credentials: the Signing Secret."

Ask = Callable[[str], str]


def check_slack(settings: SlackSettings, clock: Clock) -> Sequence[Check]:
    """Look whether Slack is set up."""

    async def look() -> list[Check]:
        return [check async for check in list_checks(settings, clock)]

    return asyncio.run(look())


def set_up_slack(
    settings: SlackSettings,
    ask: Ask,
    tell: Callable[[str], None],
    clock: Clock | None = None,
) -> bool:
    """Lead through the setup: ask for the tokens, check them, say where to put them.

    `ask` must not show what is typed. True when every check is passed.
    """
    is_socket = settings.mode == "socket"
    head, _, last = _STEPS.partition("\n4.")
    tell(f"{head}\n4.{last}" if is_socket else f"{head}\n{_HTTP_STEP}")
    second = "app_token" if is_socket else "signing_secret"
    given = {name: ask(f"slack.{name}").strip() for name in ("bot_token", second)}
    # Not `model_copy`, which would not make secrets of them.
    filled = SlackSettings.model_validate({**dict(settings), **given})
    checks = check_slack(filled, clock or SystemClock())
    for check in checks:
        line = f"{'FAILED' if check.remedy else 'ok':<8} {check.name}: {check.what}"
        tell(f"{line}\n         What to do: {check.remedy}" if check.remedy else line)
    if any(check.remedy for check in checks):
        return False
    tell(
        "Keep each in a file that only Bursar's user may read, and name it in bursar.toml:\n"
        f'[slack]\nbot_token_file = "/etc/bursar/slack-bot-token"\n'
        f'{second}_file = "/etc/bursar/slack-{second.replace("_", "-")}"\n'
        f"Or set BURSAR_SLACK__BOT_TOKEN and BURSAR_SLACK__{second.upper()}.\n"
        "Then start `bursar serve`, and write to Bursar in Slack."
    )
    return True
