"""What Bursar does by itself: "schedules", "pause the digest", "run the ledger check now"."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.schedules import ListSchedules, PauseSchedule, ResumeSchedule, RunSchedule
from intents.rules.patterns import Outcome
from intents.rules.typed import bare, courteous

_KINDS: Final = {
    "ledger_check": r"(?:nightly )?(?:ledger|books) check|check of the (?:ledger|books)"
    r"|(?:revision|comprobacion) (?:nocturna )?del? libro(?: mayor)?",
    "audit_anchor": r"audit (?:check|anchor|verification)|check of the audit log"
    r"|(?:revision|comprobacion|verificacion) de (?:la )?auditoria",
    "retention": r"clean-?up|retention|limpieza",
    "digest": r"(?:daily |weekly |morning )?digest|resumen(?: diario| semanal)?",
    "model_sync": r"model (?:list )?sync|sync of (?:the )?models"
    r"|(?:sincronizacion|actualizacion) de (?:los )?modelos",
    "month_end": r"month[- ]end(?: report)?|(?:informe de |cierre de )(?:fin de )?mes",
}
_NAMES: Final = "|".join(f"(?P<{kind}>{names})" for kind, names in _KINDS.items())
_THE: Final = r"(?:(?:the|my|our|el|la|los|las|mi|mis|nuestra|nuestro) )?"
_WHICH: Final = (
    rf"{_THE}(?:(?:schedule|programacion) (?:#|numero |number )?(?P<ref>[0-9a-f]{{6}})|{_NAMES})"
)
_LIST: Final = re.compile(
    rf"(?:(?:list|show(?: me)?|see|lista|muestra(?:me)?|ver|ensena(?:me)?) )?"
    rf"{_THE}(?:schedules|programaciones|horarios)"
    r"|what is scheduled|what do you do by yourself|what runs by itself"
    r"|que esta programado|que tienes programado|que haces (?:por tu cuenta|(?:tu )?solo)"
)
_ORDERS: Final = (
    (
        re.compile(rf"(?:pause|suspend|pausa|pon en pausa|suspende) {_WHICH}"),
        PauseSchedule,
    ),
    (
        re.compile(rf"(?:resume|restart|unpause|reanuda|retoma) {_WHICH}"),
        ResumeSchedule,
    ),
    (
        re.compile(
            rf"(?:run|start|do|execute|ejecuta|haz|lanza) {_WHICH}"
            r"(?: (?:now|right now|at once|ahora(?: mismo)?|ya))?"
        ),
        RunSchedule,
    ),
)
# The one that people name by what it is about.
_MODELS: Final = re.compile(
    rf"{_THE}(?:models?(?: lists?)?|lists? of models|modelos|lista de (?:los )?modelos)"
    r"(?: (?:now|right now|ahora(?: mismo)?|ya))?"
)
_SYNC: Final = re.compile(
    rf"(?:sync|synchroni[sz]e|refresh|update|sincroniza|actualiza|refresca) "
    rf"{_MODELS.pattern}"
)
_TYPED: Final = re.compile(rf"{_THE}#?(?:{_NAMES}|(?P<ref>[0-9a-f]{{6}}))(?: now| ahora)?")


def find_schedules(typed: str) -> Outcome | None:
    """Return what a sentence wants of schedules; None if it is about something else."""
    text = courteous(typed)
    if _LIST.fullmatch(text):
        return ListSchedules()
    if _SYNC.fullmatch(text):
        return RunSchedule(which="model_sync")
    for pattern, call in _ORDERS:
        found = pattern.fullmatch(text)
        if found is not None:
            return call(which=_named(found))
    return None


def read_which(typed: str) -> str | None:
    """Read which one is meant, by its name or its reference; None if neither is there."""
    text = bare(typed)
    if _MODELS.fullmatch(text):
        return "model_sync"
    found = _TYPED.fullmatch(text)
    return None if found is None else _named(found)


def _named(found: re.Match[str]) -> str:
    if found["ref"]:
        return found["ref"]
    return next(kind for kind in _KINDS if found[kind])
