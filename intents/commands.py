"""Slash commands: the action is named, its arguments are read as in any sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from pydantic import ValidationError

from bot.actions.accounts import LinkAccount, ListAccounts, UnlinkAccount
from bot.actions.alerts import ListAlerts
from bot.actions.base import ActionCall
from bot.actions.digest import ShowDigest
from bot.actions.explain import Explain
from bot.actions.help import ShowHelp
from bot.actions.memory import ShowMemory
from bot.actions.model_rules import ShowModelRules
from bot.actions.pause import PauseModels, ResumeModels
from bot.actions.people import ListPeople
from bot.actions.providers import ListProviders
from bot.actions.quiet import SetQuietHours, ShowQuietHours
from bot.actions.request_lists import ListRequests
from bot.actions.routing import ListRoutingRules
from bot.actions.schedules import (
    ListSchedules,
    PauseSchedule,
    ResumeSchedule,
    RunSchedule,
)
from bot.actions.spend import ShowBalance, ShowForecast, ShowTopSpenders, ShowWallets
from bot.actions.task_calls import ListTasks, PlanDay
from bot.actions.undelivered import ListUndelivered
from bot.actions.undo import Undo
from bot.actions.unusual import ShowUnusual
from bot.ids import WalletId
from bot.planning import Intent, Language, Plan, PlanContext, Question
from intents.extract.letters import fold, words
from intents.names import Named, NameIndex
from intents.rules import (
    accounts,
    alerts,
    bills,
    budget,
    decisions,
    digest,
    limits,
    memory,
    model_rules,
    people,
    plans,
    provider_care,
    providers,
    quiet,
    rights,
    routing,
    schedules,
    task_orders,
    undelivered,
    wallets,
)
from intents.rules.orders import match_phrasing
from intents.rules.patterns import Found, Outcome
from intents.rules.reads import find_read
from intents.rules.slots import ask, with_wallet
from intents.rules.topics import SUBJECTS
from intents.sentence import Piece, Sentence, Words, read_sentence, split_words

# Short and Spanish names beside those that the actions have themselves.
ALIASES: Final[dict[str, str]] = {
    "balance": "show_balance", "saldo": "show_balance", "b": "show_balance",
    "spend": "show_spend", "spent": "show_spend", "gasto": "show_spend", "cost": "show_spend",
    "usage": "show_spend", "costs": "show_spend",
    "wallets": "show_wallets", "carteras": "show_wallets", "tree": "show_wallets",
    "top": "show_top_spenders", "ranking": "show_top_spenders",
    "chart": "show_chart", "graph": "show_chart", "grafico": "show_chart",
    "grafica": "show_chart",
    "unusual": "show_unusual", "raro": "show_unusual", "anomalies": "show_unusual",
    "anomalias": "show_unusual",
    # As they are called where many bots share the commands.
    "ai_budget": "show_balance", "ai_forecast": "show_forecast",
    "ai_top_users": "show_top_spenders", "ai_request": "request_budget",
    "forecast": "show_forecast", "prevision": "show_forecast",
    "requests": "list_requests", "peticiones": "list_requests", "pending": "list_requests",
    "people": "list_people", "personas": "list_people", "who": "list_people",
    "help": "show_help", "ayuda": "show_help", "start": "show_help", "commands": "show_help",
    "why": "explain", "porque": "explain",
    "request": "request_budget", "ask": "request_budget", "pedir": "request_budget",
    "pide": "request_budget", "solicitar": "request_budget",
    "raise": "raise_budget", "give": "raise_budget", "subir": "raise_budget",
    "sube": "raise_budget",
    "move": "move_budget", "transfer": "move_budget", "mover": "move_budget",
    "mueve": "move_budget", "pasa": "move_budget",
    "approve": "approve_request", "aprobar": "approve_request", "aprueba": "approve_request",
    "reject": "reject_request", "deny": "reject_request", "rechazar": "reject_request",
    "rechaza": "reject_request",
    "cancel": "cancel_request", "cancelar": "cancel_request", "withdraw": "cancel_request",
    "limit": "set_limit", "limite": "set_limit",
    "thresholds": "set_thresholds", "threshold": "set_thresholds", "umbrales": "set_thresholds",
    "create": "create_wallet", "crear": "create_wallet", "new": "create_wallet",
    "rename": "rename_wallet", "renombrar": "rename_wallet",
    "close": "close_wallet", "cerrar": "close_wallet",
    "add": "add_person", "invite": "add_person", "anadir": "add_person",
    "role": "give_role", "rol": "give_role",
    "unrole": "take_role",
    "right": "set_role_limit", "rights": "set_role_limit", "permiso": "set_role_limit",
    "link": "link_account", "vincular": "link_account", "vincula": "link_account",
    "unlink": "unlink_account", "desvincular": "unlink_account",
    "desvincula": "unlink_account",
    "correct": "correct_usage", "corrige": "correct_usage", "corregir": "correct_usage",
    "export": "export_costs", "exportar": "export_costs", "exporta": "export_costs",
    "undelivered": "list_undelivered", "no_entregados": "list_undelivered",
    "resend": "send_again", "reenviar": "send_again", "reenvia": "send_again",
    "accounts": "list_accounts", "cuentas": "list_accounts",
    "digest": "set_digest", "resumen": "set_digest",
    "quiet": "set_quiet_hours", "silencio": "set_quiet_hours",
    "alerts": "list_alerts", "alertas": "list_alerts",
    "ack": "acknowledge_alerts", "acknowledge": "acknowledge_alerts",
    "reconocer": "acknowledge_alerts",
    "snooze_alert": "snooze_alerts", "posponer_alerta": "snooze_alerts",
    "mute": "mute_alerts", "silenciar": "mute_alerts",
    "unmute": "unmute_alerts", "reactivar": "unmute_alerts",
    "providers": "list_providers", "proveedores": "list_providers",
    "provider": "add_provider", "proveedor": "add_provider",
    "price": "set_model_price", "precio": "set_model_price",
    "quota": "show_quota", "quotas": "show_quota", "cupo": "show_quota", "cupos": "show_quota",
    "plan": "set_plan",
    "lift": "lift_pause", "reanudar": "lift_pause",
    "give_back": "give_back_quota", "giveback": "give_back_quota",
    "devolver": "give_back_quota",
    "pause": "pause_models", "pausa": "pause_models", "pausar": "pause_models",
    "resume": "resume_models", "reanuda": "resume_models",
    "model_rules": "show_model_rules", "models": "show_model_rules",
    "modelos": "show_model_rules",
    "cap": "set_cost_cap", "tope": "set_cost_cap",
    "personal_data": "set_personal_data", "datos_personales": "set_personal_data",
    "model_hosts": "set_model_hosts",
    "memory": "show_memory", "memoria": "show_memory",
    "olvida": "forget", "olvidar": "forget",
    "routes": "list_routing_rules", "rutas": "list_routing_rules",
    "route": "add_routing_rule", "ruta": "add_routing_rule",
    "region": "set_provider_region",
    "schedules": "list_schedules", "programaciones": "list_schedules",
    "horarios": "list_schedules",
    "pausa_programacion": "pause_schedule",
    "reanuda_programacion": "resume_schedule",
    "run": "run_schedule", "ejecuta": "run_schedule", "ejecutar": "run_schedule",
    "deshacer": "undo",
    "remind": "add_task", "task": "add_task", "todo": "add_task", "recuerda": "add_task",
    "recordar": "add_task", "tarea": "add_task",
    "note": "capture_thought", "nota": "capture_thought", "apunta": "capture_thought",
    "tasks": "list_tasks", "tareas": "list_tasks", "todos": "list_tasks",
    "reminders": "list_tasks", "recordatorios": "list_tasks",
    "inbox": "show_inbox", "bandeja": "show_inbox",
    "done": "complete_task", "hecha": "complete_task", "hecho": "complete_task",
    "drop": "cancel_task", "quita": "cancel_task",
    "snooze": "snooze_task", "pospon": "snooze_task",
    "day": "plan_day", "dia": "plan_day", "today": "plan_day", "hoy": "plan_day",
    "cleanup": "clear_tasks", "clean_up": "clear_tasks", "limpia": "clear_tasks",
}  # fmt: skip
_READS: Final = ("show_", "list_", "explain", "plan_day", "export_")
_LABELS: Final = {"A": "a1", "R": "r1"}
_NONE: Final = frozenset(words("none off no unlimited remove ninguno sin quitar"))


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
    if isinstance(outcome, Question):
        # The answer is read together with the whole command.
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


Result = Outcome | tuple[ActionCall, ...]


def _gathered(sentence: Sentence, *, wallets_named: Sequence[str] = ("w1",)) -> Found:
    """Take the slots as they come: first wallet, first amount, and the rest as a reason."""
    slots: dict[str, str] = {}
    labels = list(wallets_named)
    after = ""
    for piece in sentence.pieces:
        letter = piece.sign[0]
        if isinstance(piece.value, Named):
            if {"from", "to"} <= set(wallets_named):
                wanted = {"to": "to", "from": "from", "of": "from"}.get(after)
                label = wanted if wanted in labels else (labels[0] if labels else None)
            else:
                label = labels[0] if labels else None
            if label is not None:
                labels.remove(label)
                slots[label] = piece.sign
        elif piece.value is not None and letter in _LABELS and _LABELS[letter] not in slots:
            slots[_LABELS[letter]] = piece.sign
        elif piece.sign in {"all"} and "a1" not in slots and "from" in wallets_named:
            slots["a1"] = piece.sign
        elif piece.sign in {"my", "it", "me"} and labels:
            slots[labels.pop(0)] = piece.sign
        after = piece.sign
    used = set(slots.values())
    kept = tuple(
        p
        for p in sentence.pieces
        if p.sign in used or (p.value is not None and p.sign[0] in "UTVKX") or p.sign[0] in "VK"
    )
    return Found(sentence, kept, slots, _rest(sentence, kept))


def _rest(sentence: Sentence, kept: Sequence[Piece]) -> str:
    """Return the free words after the last slot, else those before the first one."""
    if not kept:
        return sentence.text
    return sentence.text[max(piece.end for piece in kept) :].strip(" ,.;:")


def _request(sentence: Sentence) -> Result:
    return budget.request(_gathered(sentence))


def _raise(sentence: Sentence) -> Result:
    found = _gathered(sentence)
    return budget.raise_(found)


def _move(sentence: Sentence) -> Result:
    return budget.move(_gathered(sentence, wallets_named=("from", "to")))


def _decide(run: Callable[[Found], Outcome]) -> Callable[[Sentence], Result]:
    return lambda sentence: run(_gathered(_with_refs(sentence), wallets_named=()))


def _with_refs(sentence: Sentence) -> Sentence:
    """Take the first word after a decision for the reference, also where it is all letters."""
    if any(piece.sign[0] == "R" and piece.value is not None for piece in sentence.pieces):
        return sentence
    first = split_words(sentence.text)
    word = first.words[0].lstrip("#").upper() if first.words else ""
    if len(word) != 4 or not set(word) <= set("23456789ABCDEFGHJKMNPQRSTVWXYZ"):
        return sentence
    end = len(first.words[0])
    rest = [piece for piece in sentence.pieces if piece.start >= end]
    return Sentence(
        sentence.text,
        sentence.language,
        sentence.context,
        sentence.index,
        [Piece("R0", 0, end, word), *rest],
        sentence.signs | {"R"},
    )


def _limit(sentence: Sentence) -> Result:
    found = _gathered(sentence)
    words = set(split_words(sentence.text).words)
    if not found.slots.get("a1") and (words & _NONE or "unlimited" in sentence.signs):
        return limits.remove_limit(found)
    return limits.set_limit(found)


def _role_limit(sentence: Sentence) -> Result:
    found = _gathered(sentence, wallets_named=())
    is_none = set(split_words(sentence.text).words) & _NONE or "unlimited" in sentence.signs
    if not found.slots.get("a1") and is_none:
        return rights.remove_limit(found)
    return rights.set_limit(found)


def _thresholds(sentence: Sentence) -> Result:
    text = (
        "thresholds " + sentence.text if sentence.language == "en" else "umbrales " + sentence.text
    )
    again = read_sentence(split_words(text), sentence.language, sentence.context, sentence.index)
    return limits.set_thresholds(_gathered(again))


def _named(
    sentence: Sentence, *, kinds: str, run: Callable[[Found], Outcome], lead: str
) -> Result:
    """Let the phrasings of the sentence form read what is too free for slots."""
    for start in (lead, kinds):
        text = f"{start} {sentence.text}".strip()
        again = read_sentence(split_words(text), "en", sentence.context, sentence.index)
        found = match_phrasing(again)
        if found is not None:
            return run(found)
    return ask(sentence, "which_name")


def _create(sentence: Sentence) -> Result:
    return _named(sentence, kinds="create", run=wallets.create, lead="create project")


def _rename(sentence: Sentence) -> Result:
    pieces = sentence.pieces
    if not pieces or not isinstance(pieces[0].value, Named):
        return ask(sentence, "which_wallet")
    rest = pieces[2:] if len(pieces) > 1 and pieces[1].sign in {"to", "as", "how"} else pieces[1:]
    slots = {"w1": pieces[0].sign}
    name_at = (len(pieces) - len(rest), len(pieces)) if rest else None
    return wallets.rename(Found(sentence, tuple(pieces), slots, name_at=name_at))


def _close(sentence: Sentence) -> Result:
    return wallets.close(_gathered(sentence))


def _add(sentence: Sentence) -> Result:
    return _named(sentence, kinds="add", run=_add_either, lead="add person")


def _add_either(found: Found) -> Outcome:
    return people.add_known(found) if found.slots.get("w2") else people.add_person(found)


def _role(run: Callable[[Found], Outcome]) -> Callable[[Sentence], Result]:
    return lambda sentence: run(_gathered(sentence, wallets_named=("w1", "w2")))


def _read(lead: Literal["spend", "balance"], sentence: Sentence) -> Result:
    """Read the arguments of a read by the rules of its sentence form."""
    start = {
        "spend": {"en": "spend ", "es": "gasto "},
        "balance": {"en": "balance ", "es": "saldo "},
    }
    text = start[lead][sentence.language] + sentence.text
    read = find_read(
        read_sentence(split_words(text), sentence.language, sentence.context, sentence.index)
    )
    if read is None:
        return ask(sentence, "not_understood", near=(f"show_{lead}",))
    return read.outcome


def _wallet_read(
    make: Callable[[WalletId | None], ActionCall], *, default: bool = True
) -> Callable[[Sentence], Result]:
    def run(sentence: Sentence) -> Result:
        found = _gathered(sentence)
        if not found.slots.get("w1") and not default:
            return make(None)
        context = sentence.context
        if not found.slots.get("w1"):
            return make(context.topic_wallet_id or context.home_wallet_id)
        return with_wallet(found, "w1", make)

    return run


def _top(sentence: Sentence) -> Result:
    text = f"top {sentence.text} spenders"
    read = find_read(read_sentence(split_words(text), "en", sentence.context, sentence.index))
    return read.outcome if read is not None else ShowTopSpenders()


def _chart(sentence: Sentence) -> Result:
    read = find_read(_led("chart" if sentence.language == "en" else "grafico", sentence))
    if read is None:
        return ask(sentence, "not_understood", near=("show_chart",))
    return read.outcome


def _requests(sentence: Sentence) -> Result:
    head = "requests" if sentence.language == "en" else "solicitudes"
    read = find_read(_led(head, sentence)) if sentence.text.strip() else None
    if read is not None and not isinstance(read.outcome, Question):
        found = [call for call in read.outcome if isinstance(call, ListRequests)]
        if found:
            return tuple(found)
    if "all" in sentence.signs:
        return ListRequests(which="all")
    return ListRequests(which="mine" if sentence.signs & {"my", "me"} else "open")


def _export(sentence: Sentence) -> Result:
    read = find_read(_led("export" if sentence.language == "en" else "exporta", sentence))
    return (
        ask(sentence, "not_understood", near=("export_costs",)) if read is None else read.outcome
    )


def _help(sentence: Sentence) -> Result:
    topic = fold(sentence.text.strip().lstrip("/")).replace("-", "_").replace(" ", "_")[:40]
    if not topic:
        return ShowHelp()
    return ShowHelp(topic=SUBJECTS.get(topic) or ALIASES.get(topic, topic))


def _accounts(sentence: Sentence) -> Result:
    read = find_read(_led("accounts" if sentence.language == "en" else "cuentas", sentence))
    return ListAccounts() if read is None else read.outcome


def _unlink(sentence: Sentence) -> Result:
    found = match_phrasing(_led("unlink", sentence, language="en"))
    if found is not None:
        return accounts.unlink(found)
    # An id is whatever a platform says it is, so it is taken as it stands.
    platform, _, rest = sentence.text.partition(" ")
    if platform.lower() not in accounts.PLATFORMS:
        return ask(sentence, "not_understood", near=("unlink_account",))
    return UnlinkAccount(platform=platform.lower(), ends_with=rest.strip() or None)


def _resend(sentence: Sentence) -> Result:
    call = undelivered.numbered(sentence.text.strip().lstrip("#"))
    return call or ask(sentence, "not_understood", near=("send_again",))


def _schedule(
    call: type[PauseSchedule | ResumeSchedule | RunSchedule],
) -> Callable[[Sentence], Result]:
    def read(sentence: Sentence) -> Result:
        which = schedules.read_which(sentence.text)
        if which is None:
            name = call.model_fields["action"].default
            return ask(sentence, "not_understood", near=(name,))
        return call(which=which)

    return read


def _quiet(sentence: Sentence) -> Result:
    typed = sentence.text.strip()
    if not typed:
        return ShowQuietHours()
    if quiet.ends_quiet(typed):
        return SetQuietHours()
    return quiet.read_hours(typed) or quiet.ask_hours(sentence, typed)


def _led(lead: str, sentence: Sentence, *, language: Language | None = None) -> Sentence:
    """Read the arguments as if they stood in a sentence that begins with `lead`."""
    text = f"{lead} {sentence.text}".strip()
    return read_sentence(
        split_words(text), language or sentence.language, sentence.context, sentence.index
    )


def _explain(sentence: Sentence) -> Result:
    found = _gathered(_with_refs(sentence))
    piece = found.piece("r1")
    if piece is not None and isinstance(piece.value, str):
        return Explain(about="last", ref=piece.value)
    named = next((p.value for p in sentence.pieces if isinstance(p.value, Named)), None)
    if named is not None and named.wallet_id is not None:
        return Explain(about="limit", wallet_id=named.wallet_id)
    models = [p.value for p in sentence.slots("M") if isinstance(p.value, tuple)]
    if models or "model" in sentence.signs:
        exact = models[0][0] if models and len(models[0]) == 1 else None
        return Explain(about="model", model=exact)
    if found.slots.get("a1"):
        return Explain(about="amount")
    return Explain(about="limit" if sentence.signs & {"limit", "binds"} else "last")


_COMMANDS: Final[dict[str, Callable[[Sentence], Result]]] = {
    "show_balance": _wallet_read(lambda w: ShowBalance(wallet_id=w)),
    "show_spend": lambda sentence: _read("spend", sentence),
    "show_wallets": _wallet_read(lambda w: ShowWallets(wallet_id=w), default=False),
    "show_top_spenders": _top,
    "show_forecast": _wallet_read(lambda w: ShowForecast(wallet_id=w)),
    "show_chart": _chart,
    "show_unusual": _wallet_read(lambda w: ShowUnusual(wallet_id=w), default=False),
    "list_requests": _requests,
    "export_costs": _export,
    "correct_usage": lambda sentence: bills.read_correction(sentence.text),
    "list_people": _wallet_read(lambda w: ListPeople(wallet_id=w), default=False),
    "show_help": _help,
    "explain": _explain,
    "request_budget": _request,
    "raise_budget": _raise,
    "move_budget": _move,
    "approve_request": _decide(decisions.approve),
    "reject_request": _decide(decisions.reject),
    "cancel_request": _decide(decisions.cancel),
    "set_limit": _limit,
    "set_thresholds": _thresholds,
    "create_wallet": _create,
    "rename_wallet": _rename,
    "close_wallet": _close,
    "add_person": _add,
    "give_role": _role(people.give_role),
    "take_role": _role(people.take_role),
    "set_role_limit": _role_limit,
    "link_account": lambda _: LinkAccount(),
    "unlink_account": _unlink,
    "list_accounts": _accounts,
    "list_undelivered": lambda _: ListUndelivered(),
    "send_again": _resend,
    "show_quiet_hours": lambda _: ShowQuietHours(),
    "set_quiet_hours": _quiet,
    "list_alerts": lambda _: ListAlerts(),
    "acknowledge_alerts": lambda sentence: alerts.read_acknowledge(sentence, sentence.text),
    "snooze_alerts": lambda sentence: alerts.read_snooze(sentence, sentence.text),
    "mute_alerts": lambda sentence: alerts.read_mute(sentence, sentence.text),
    "unmute_alerts": lambda sentence: alerts.read_unmute(sentence, sentence.text),
    "show_digest": lambda _: ShowDigest(),
    "set_digest": digest.read_digest,
    "list_providers": lambda _: ListProviders(),
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
    "list_schedules": lambda _: ListSchedules(),
    "pause_schedule": _schedule(PauseSchedule),
    "resume_schedule": _schedule(ResumeSchedule),
    "run_schedule": _schedule(RunSchedule),
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
