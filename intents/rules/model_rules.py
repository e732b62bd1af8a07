"""Rules for models: "pause models", "cap models at $20 a day", "personal data: block"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.actions.model_rules import SetCostCap, SetModelHosts, SetPersonalData, ShowModelRules
from bot.actions.pause import PauseModels, ResumeModels
from bot.economy.caps import CapKind
from bot.guards.policy import Policy
from bot.planning import Question
from intents.rules.patterns import Outcome
from intents.rules.typed import bare, courteous

_ALL: Final = r"(?:(?:all|the|our|todos|los|nuestros|a) )*"
_MODELS: Final = (
    rf"{_ALL}(?:ai |ia )?(?:models?|model calls|modelos?|llamadas a modelos)(?: now| ya)?"
)
_PAUSES: Final = re.compile(rf"(?:pause|stop|halt|freeze|pausa|para|detén|deten|frena) {_MODELS}")
_RESUMES: Final = re.compile(
    rf"(?:resume|unpause|restart|continue|reanuda|reactiva|despausa) {_MODELS}"
)
_SHOWS: Final = re.compile(
    r"(?:(?:show(?: me)?|list|what are|muestra(?:me)?|lista|ver|cuales son) )?"
    r"(?:(?:the|our|las|nuestras) )*"
    r"(?:model (?:rules|policy|caps)|rules for models|cost caps"
    r"|reglas (?:de|para) (?:los )?modelos|topes de (?:los )?modelos)"
)
_AMOUNT: Final = r"(?:us)?\$? ?(?P<amount>\d{1,9}(?:\.\d{1,9})?) ?(?:usd|dollars?|dolares|\$)?"
_KIND: Final = (
    r"(?:(?P<turn>(?:per|a|each|for each|por|cada) (?:turn|message|mensaje|turno))"
    r"|(?P<person>(?:per|for each|each|por|cada) (?:person|persona)"
    r"(?: (?:and|per|a|y|al|por) ?(?:day|dia))?)"
    r"|(?P<bot>(?:per|a|each|every|in all|al|por|cada) ?(?:day|dia)?|daily|diarios?))"
)
_CAPS: Final = re.compile(rf"(?:cap|limit|limita|topa) {_MODELS} (?:at|to|a|en) {_AMOUNT} {_KIND}")
_COMMAND: Final = re.compile(rf"(?:(?P<none>off|none|usual|no)|{_AMOUNT})")
_KINDS: Final[dict[str, CapKind]] = {
    "turn": "turn", "message": "turn", "turno": "turn", "mensaje": "turn",
    "person": "person_day", "persona": "person_day", "person_day": "person_day",
    "day": "bot_day", "dia": "bot_day", "bot": "bot_day", "bot_day": "bot_day",
}  # fmt: skip
_POLICIES: Final[dict[str, Policy]] = {
    "warn": "warn", "avisar": "warn", "avisa": "warn",
    "redact": "redact", "ocultar": "redact", "oculta": "redact",
    "block": "block", "bloquear": "block", "bloquea": "block",
}  # fmt: skip
_DATA: Final = re.compile(r"(?:personal data|datos personales) ?(?::|=|to|a)? ?(?P<policy>[a-z]+)")
_NONE: Final = frozenset({"any", "all", "usual", "none", "off", "todos", "ninguno"})


def find_model_rules(typed: str) -> Outcome | None:
    """Return what a sentence wants of the rules for models; None if it is about something else."""
    text = courteous(typed)
    if _PAUSES.fullmatch(text):
        return PauseModels()
    if _RESUMES.fullmatch(text):
        return ResumeModels()
    if _SHOWS.fullmatch(text):
        return ShowModelRules()
    found = _CAPS.fullmatch(text)
    if found is not None:
        kind: CapKind = "turn" if found["turn"] else "person_day" if found["person"] else "bot_day"
        return _cap(kind, found["amount"])
    found = _DATA.fullmatch(text)
    if found is not None and found["policy"] in _POLICIES:
        return SetPersonalData(policy=_POLICIES[found["policy"]])
    return None


def read_cap(typed: str) -> Outcome:
    """Read what stands behind `/cap`: "turn|person|day AMOUNT", or "off" for the usual one."""
    kind, _, amount = bare(typed).partition(" ")
    found = _COMMAND.fullmatch(amount.strip())
    if kind not in _KINDS or found is None:
        return Question("not_understood", near=("set_cost_cap",))
    if found["none"]:
        return SetCostCap(kind=_KINDS[kind], amount_nanos=None)
    return _cap(_KINDS[kind], found["amount"])


def read_personal_data(typed: str) -> Outcome:
    """Read what stands behind `/personal_data`: "warn", "redact" or "block"."""
    policy = _POLICIES.get(bare(typed))
    if policy is None:
        return Question("not_understood", near=("set_personal_data",))
    return SetPersonalData(policy=policy)


def read_hosts(typed: str) -> Outcome:
    """Read what stands behind `/model_hosts`: hosts, "inside" for private nets, "any" for all."""
    hosts = tuple(typed.replace(",", " ").lower().split())
    if not hosts:
        return Question("not_understood", near=("set_model_hosts",))
    return SetModelHosts(hosts=() if len(hosts) == 1 and hosts[0] in _NONE else hosts)


def _cap(kind: CapKind, amount: str) -> Outcome:
    nanos = int(Decimal(amount).scaleb(9))
    if not nanos:
        return Question("not_understood", near=("pause_models",))
    return SetCostCap(kind=kind, amount_nanos=nanos)
