"""Every slash command and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from pydantic import ValidationError

from bot.actions.accounts import LinkAccount
from bot.actions.channels import ListChannels, PauseChannel, ResumeChannel, TryChannel
from bot.actions.digest import ShowDigest
from bot.actions.memory import ShowMemory
from bot.actions.model_rules import ShowModelRules
from bot.actions.pause import PauseModels, ResumeModels
from bot.actions.people import ListPeople
from bot.actions.providers import ListProviders
from bot.actions.quiet import ShowQuietHours
from bot.actions.routing import ListRoutingRules
from bot.actions.schedules import (
    ListSchedules,
    PauseSchedule,
    ResumeSchedule,
    RunSchedule,
)
from bot.actions.shared_digest import UnshareDigest
from bot.actions.spend import ShowBalance, ShowForecast, ShowWallets
from bot.actions.task_calls import ListTasks, PlanDay
from bot.actions.undelivered import ListUndelivered
from bot.actions.undo import Undo
from bot.actions.unusual import ShowUnusual
from bot.ids import WalletId
from bot.planning import OF_WALLETS, Intent, Language, Plan, PlanContext, Question
from intents.commands.aliases import ALIASES
from intents.commands.arguments import Result, unnamed
from intents.commands.ignored import find_ignored
from intents.commands.reads import (
    chart,
    explain,
    export,
    for_wallet,
    list_accounts,
    read_money,
    requests,
    show_help,
    top_spenders,
)
from intents.commands.writes import (
    add,
    change_limit,
    change_role_limit,
    change_thresholds,
    close,
    create,
    decide,
    for_role,
    for_schedule,
    move,
    raise_budget,
    rename,
    request,
    resend,
    set_quiet,
    unlink,
)
from intents.extract.letters import fold, words
from intents.names import NameIndex
from intents.rules import (
    alerts,
    bills,
    channels,
    decisions,
    digest,
    memory,
    model_rules,
    people,
    plans,
    provider_care,
    providers,
    routing,
    task_orders,
)
from intents.rules.slots import ask
from intents.sentence import Sentence, Words, read_sentence, split_words

# Questions whose text says all that the answer is read with.
_SAY_ALL: Final = frozenset(words("which_span which_parent which_limit"))
# Questions about arguments that are none: the answer stands behind the command alone.
_ALONE: Final = frozenset({"no_argument", "which_count"})
_COMMANDS: Final[dict[str, Callable[[Sentence], Result]]] = {
    "show_balance": for_wallet(lambda w: ShowBalance(wallet_id=w)),
    "show_spend": lambda sentence: read_money("spend", sentence),
    "show_wallets": for_wallet(lambda w: ShowWallets(wallet_id=w), default=False),
    "show_top_spenders": top_spenders,
    "show_forecast": for_wallet(lambda w: ShowForecast(wallet_id=w)),
    "show_chart": chart,
    "show_unusual": for_wallet(lambda w: ShowUnusual(wallet_id=w), default=False),
    "list_requests": requests,
    "export_costs": export,
    "correct_usage": lambda sentence: bills.read_correction(sentence.text),
    "list_people": for_wallet(lambda w: ListPeople(wallet_id=w), default=False),
    "show_help": show_help,
    "explain": explain,
    "request_budget": request,
    "raise_budget": raise_budget,
    "move_budget": move,
    "approve_request": decide(decisions.approve),
    "reject_request": decide(decisions.reject),
    "cancel_request": decide(decisions.cancel),
    "set_limit": change_limit,
    "set_thresholds": change_thresholds,
    "create_wallet": create,
    "rename_wallet": rename,
    "close_wallet": close,
    "add_person": add,
    "give_role": for_role(people.give_role),
    "take_role": for_role(people.take_role),
    "set_role_limit": change_role_limit,
    "link_account": lambda _: LinkAccount(),
    "unlink_account": unlink,
    "list_accounts": list_accounts,
    "list_undelivered": lambda _: ListUndelivered(),
    "send_again": resend,
    "show_quiet_hours": lambda _: ShowQuietHours(),
    "set_quiet_hours": set_quiet,
    "list_alerts": alerts.read_alerts,
    "acknowledge_alerts": lambda sentence: alerts.read_acknowledge(sentence, sentence.text),
    "snooze_alerts": lambda sentence: alerts.read_snooze(sentence, sentence.text),
    "mute_alerts": lambda sentence: alerts.read_mute(sentence, sentence.text),
    "unmute_alerts": lambda sentence: alerts.read_unmute(sentence, sentence.text),
    "show_digest": lambda _: ShowDigest(),
    "set_digest": digest.read_digest,
    "share_digest": digest.read_shared,
    "unshare_digest": lambda _: UnshareDigest(),
    "post_digest": digest.read_post,
    "list_providers": lambda _: ListProviders(),
    "list_models": lambda sentence: providers.read_models(sentence.text),
    "add_provider": lambda sentence: providers.read_provider(sentence.text),
    "disable_provider": lambda sentence: providers.read_one(sentence.text, "disable"),
    "enable_provider": lambda sentence: providers.read_one(sentence.text, "enable"),
    "test_provider": lambda sentence: provider_care.read_test(sentence.text),
    "tune_provider": lambda sentence: provider_care.read_tuning(sentence.text),
    "set_model_price": lambda sentence: providers.read_price(sentence.text),
    "show_quota": plans.read_quota,
    "set_plan": plans.read_plan,
    "lift_pause": plans.read_lift,
    "give_back_quota": plans.read_give_back,
    "show_model_rules": lambda _: ShowModelRules(),
    "set_cost_cap": lambda sentence: model_rules.read_cap(sentence.text),
    "set_personal_data": lambda sentence: model_rules.read_personal_data(sentence.text),
    "set_model_hosts": lambda sentence: model_rules.read_hosts(sentence.text),
    "pause_models": lambda _: PauseModels(),
    "resume_models": lambda _: ResumeModels(),
    "show_memory": lambda _: ShowMemory(),
    "forget": memory.read_forget,
    "list_routing_rules": lambda _: ListRoutingRules(),
    "add_routing_rule": lambda sentence: routing.read_route(sentence.text),
    "remove_routing_rule": lambda sentence: routing.read_route(f"remove {sentence.text}"),
    "set_provider_region": lambda sentence: routing.read_region(sentence.text),
    "list_channels": lambda _: ListChannels(),
    "test_channel": lambda sentence: channels.read_channel(sentence.text, TryChannel),
    "pause_channel": lambda sentence: channels.read_channel(sentence.text, PauseChannel),
    "resume_channel": lambda sentence: channels.read_channel(sentence.text, ResumeChannel),
    "set_channel": channels.read_set,
    "list_schedules": lambda _: ListSchedules(),
    "pause_schedule": for_schedule(PauseSchedule),
    "resume_schedule": for_schedule(ResumeSchedule),
    "run_schedule": for_schedule(RunSchedule),
    "undo": lambda _: Undo(),
    "show_inbox": lambda _: ListTasks(which="inbox"),
    "plan_day": lambda _: PlanDay(),
    **{
        name: partial(task_orders.read_command, name)
        for name in words(
            "add_task capture_thought change_task complete_task cancel_task snooze_task "
            "clear_tasks list_tasks"
        )
    },
}


def find_command(
    words: Words, language: Language, context: PlanContext, index: NameIndex
) -> Plan | None:
    """Return the plan of a message that starts with `/`; None if it names no command."""
    head, _, tail = words.text[1:].partition(" ")
    name = fold(head.partition("@")[0]).replace("-", "_").strip("_")
    action = ALIASES.get(name, name)
    run = _COMMANDS.get(action)
    if run is None:
        return None
    sentence = read_sentence(split_words(tail.strip()), language, context, index)
    try:
        outcome = run(sentence)
    except ValidationError:
        outcome = ask(sentence, "not_understood", near=(action,))
    outcome = find_ignored(action, sentence, outcome, run) or outcome
    if isinstance(outcome, Question) and outcome.code in _ALONE:
        return Plan("ask", language, 0.5, question=replace(outcome, text=f"/{head}"))
    if isinstance(outcome, Question):
        # The answer is read together with the whole command, in the place of a name that is none.
        strange = "" if outcome.code == "which_parent" else unnamed(sentence)
        if outcome.code in OF_WALLETS and not outcome.given and strange:
            outcome = ask(sentence, outcome.code, given=strange)
        if outcome.code not in _SAY_ALL:
            outcome = replace(outcome, text=words.text)
        intent: Intent = "unknown" if outcome.code == "not_understood" else "ask"
        return Plan(intent, language, 0.5, question=outcome)
    calls = outcome if isinstance(outcome, tuple) else (outcome,)
    intent = (
        "read"
        if action.startswith(("show_", "list_", "explain", "plan_day", "export_"))
        else "write"
    )
    scope: WalletId | None = getattr(calls[0], "wallet_id", None)
    return Plan(intent, language, 1.0, calls, scope=scope)
