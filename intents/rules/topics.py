"""Which action a text is about, for help and for "did you mean"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

from bot.actions.help import Subject
from intents.extract.letters import words
from intents.sentence import Sentence

# What speaks for an action: signs, each with the weight that it has.
_SPEAKS: Final[dict[str, dict[str, int]]] = {
    "request_budget": {"ask": 3, "need": 2, "more": 2, "budget": 2, "get": 1, "request": 1},
    "raise_budget": {"raise": 4, "up": 2, "give": 3, "more": 1, "budget": 2, "limit": 1},
    "move_budget": {"move": 5, "from": 1, "take": 2, "budget": 1},
    "set_limit": {
        "limit": 4,
        "set": 3,
        "lower": 3,
        "budget": 1,
        "raise": 1,
        "remove": 1,
        "unlimited": 2,
    },
    "set_thresholds": {"threshold": 5, "warn": 4, "X": 2},
    "approve_request": {"approve": 5, "request": 2},
    "reject_request": {"reject": 5, "request": 2, "refused": 1},
    "cancel_request": {"cancel": 4, "request": 2},
    "create_wallet": {
        "create": 3,
        "new": 2,
        "wallet": 2,
        "project": 2,
        "team": 2,
        "make": 1,
        "open": 1,
    },
    "rename_wallet": {"rename": 5, "name": 3, "wallet": 1, "call": 1},
    "close_wallet": {"close": 5, "wallet": 2, "remove": 2},
    "add_person": {"add": 4, "person": 3, "people": 2},
    "give_role": {
        "role": 4,
        "make": 2,
        "give": 1,
        "Klead": 3,
        "Kadmin": 3,
        "Kfinance": 3,
        "Kmember": 3,
        "Kviewer": 3,
        "Kowner": 3,
    },
    "take_role": {"role": 3, "remove": 2, "nolonger": 4, "demote": 5, "take": 1},
    "set_role_limit": {"let": 3, "approve": 2, "move": 2, "limit": 1, "Klead": 2, "Kfinance": 2},
    "link_account": {"link": 5, "accounts": 2},
    "unlink_account": {"unlink": 6, "accounts": 2},
    "list_accounts": {"accounts": 4},
    "list_undelivered": {"undelivered": 5, "message": 2},
    "correct_usage": {},
    "export_costs": {"export": 5, "chargeback": 5, "focus": 2},
    "send_again": {"resend": 5, "message": 2},
    "list_providers": {},
    "add_provider": {},
    "disable_provider": {},
    "enable_provider": {},
    "test_provider": {},
    "tune_provider": {},
    "set_model_price": {},
    "show_model_rules": {},
    "set_cost_cap": {},
    "set_personal_data": {},
    "set_model_hosts": {},
    "pause_models": {},
    "resume_models": {},
    "list_routing_rules": {},
    "add_routing_rule": {},
    "remove_routing_rule": {},
    "set_provider_region": {},
    "show_digest": {},
    "set_digest": {},
    "share_digest": {},
    "unshare_digest": {},
    "post_digest": {},
    "show_quiet_hours": {},
    "set_quiet_hours": {},
    "list_alerts": {},
    "acknowledge_alerts": {},
    "snooze_alerts": {},
    "mute_alerts": {},
    "unmute_alerts": {},
    **{
        name: {}
        for name in words(
            "add_task capture_thought change_task complete_task cancel_task snooze_task "
            "clear_tasks list_tasks plan_day"
        )
    },
    "show_memory": {},
    "forget": {},
    "list_channels": {},
    "test_channel": {},
    "pause_channel": {},
    "resume_channel": {},
    "set_channel": {},
    "list_schedules": {},
    "pause_schedule": {},
    "resume_schedule": {},
    "run_schedule": {},
    "undo": {"undo": 6},
    "show_balance": {"balance": 4, "budget": 2, "howmuch": 1, "wallet": 1, "stand": 1},
    "show_chart": {"chart": 6},
    "show_unusual": {"unusual": 6},
    "show_spend": {"spend": 5, "howmuch": 1, "model": 2, "T": 1},
    "show_wallets": {"wallets": 5, "teams": 3, "projects": 3, "wallet": 1},
    "show_top_spenders": {"spender": 5, "top": 3, "spend": 1},
    "show_forecast": {"forecast": 5, "runout": 5, "makeit": 3, "howlong": 2},
    "list_requests": {"request": 4, "open": 3, "decide": 4},
    "list_people": {"people": 4, "person": 2, "who": 2},
    "explain": {"why": 4, "refused": 3, "binds": 4},
    "show_help": {"help": 5},
}
# The same by sign: most texts have few.
_WEIGHTS: Final = {
    sign: [(name, speaks[sign]) for name, speaks in _SPEAKS.items() if sign in speaks]
    for sign in {sign for speaks in _SPEAKS.values() for sign in speaks}
}
_PLAIN: Final = {name: name.replace("_", " ") for name in _SPEAKS}
_USUAL: Final = ("show_balance", "show_spend", "request_budget")


def nearest_actions(sentence: Sentence, count: int = 3) -> tuple[str, ...]:
    """Return the names of the actions that a sentence is nearest to, the nearest first."""
    scores = _scores(sentence.signs)
    ranked = sorted((name for name in scores if scores[name] > 0), key=lambda n: -scores[n])
    if len(ranked) < count:
        text = sentence.text[:120].lower()
        ranked += [
            name
            for _, _, name in process.extract(
                text, _PLAIN, scorer=fuzz.token_set_ratio, score_cutoff=55
            )
            if name not in ranked
        ]
    ranked += [name for name in _USUAL if name not in ranked]
    return tuple(ranked[:count])


# How a subject of help is called, in both languages.
SUBJECTS: Final[dict[str, Subject]] = {
    "budgets": "budgets", "budget": "budgets", "spend": "budgets", "spending": "budgets",
    "presupuestos": "budgets", "presupuesto": "budgets", "gasto": "budgets", "gastos": "budgets",
    "wallets": "wallets", "carteras": "wallets",
    "people": "people", "rights": "people", "roles": "people",
    "personas": "people", "permisos": "people",
    "tasks": "tasks", "task": "tasks", "reminders": "tasks", "tareas": "tasks",
    "recordatorios": "tasks",
    "account": "account", "accounts": "account", "cuenta": "account", "cuentas": "account",
    "models": "models", "providers": "models", "modelos": "models", "proveedores": "models",
    "messages": "messages", "mensajes": "messages",
}  # fmt: skip
_ABOUT: Final = re.compile(r"(?:help|ayuda)(?: me)?(?: with| about| on| con| sobre)? (\w+)\W*")


def subject_of(folded: str) -> Subject | None:
    """Return the subject that "help models" asks for; None where it asks for none."""
    found = _ABOUT.fullmatch(folded.strip())
    return SUBJECTS.get(found[1]) if found else None


def topic_of(signs: Iterable[str], *, least: int = 4) -> str | None:
    """Return the action that signs are plainly about."""
    scores = _scores(frozenset(signs))
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= least else None


def _scores(signs: frozenset[str]) -> dict[str, int]:
    scores = dict.fromkeys(_SPEAKS, 0)
    for sign in signs & _WEIGHTS.keys():
        for name, weight in _WEIGHTS[sign]:
            scores[name] += weight
    return scores
