"""Plans, quotas and pauses: "my quota", "put ben on premium", and their commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.actions.base import ActionCall
from bot.actions.plans import GiveBackQuota, LiftPause, SetPlan, ShowQuota
from bot.allowances import PlanName
from bot.ids import PrincipalId
from bot.planning import Question
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.rules.slots import ask, with_person
from intents.rules.typed import bare, ordered, part_of
from intents.sentence import Sentence

_QUOTA: Final = r"(?:plan|quotas?|cupos?)"
_SEE: Final = (
    r"(?:(?:what is|what's|which is|which|show(?: me)?|see|check|cual es|que|muestra(?:me)?|ver"
    r"|dime|ensena(?:me)?) )?"
)
_NAME: Final = r"(?P<name>[^,;:?!]{1,60}?)"
_END: Final = r"(?: (?:please|por favor|now|ya|today|hoy))*"
_OWN: Final = re.compile(
    rf"{_SEE}(?:my|mi|mis) (?:daily )?{_QUOTA}(?: am i on| left| have i)?{_END}"
    rf"|(?:what|which|que) plan (?:am i on|do i have|tengo){_END}"
    rf"|how many (?:questions|changes)(?: do i have| have i)? left{_END}"
    rf"|cuantas consultas me quedan{_END}"
)
_ALL: Final = re.compile(
    rf"{_SEE}(?:everybody'?s|everyone'?s|all|all the|the|los|todos los) "
    rf"(?:quotas?|plans|cupos|planes){_END}"
    rf"|{_SEE}(?:quotas?|plans|cupos?|planes) (?:of|for|de) (?:all|everybody|everyone|todos){_END}"
    rf"|(?:who is|quien esta) (?:on a pause|paused|in a pause|en pausa){_END}"
)
_OF: Final = re.compile(
    rf"{_SEE}(?:the |el |la )?(?:plan|quota|cupo) (?:of|for|de) {_NAME}{_END}"
    rf"|{_SEE}(?P<owner>[^,;:?!]{{1,60}}?)(?:'s|s') (?:plan|quota){_END}"
)
_PUT: Final = re.compile(
    rf"(?:put|set|move|switch|change|upgrade|downgrade) {_NAME} (?:on|to|onto) (?:the )?"
    rf"(?:plan )?(?P<plan>basic|premium)(?: plan)?{_END}"
    rf"|(?:pon|pasa|cambia|mueve) a (?P<owner>[^,;:?!]{{1,60}}?) (?:en|a|al) (?:el )?"
    rf"(?:plan )?(?P<plano>basic|basico|premium){_END}"
)
_PAUSE: Final = r"(?:pause|cool ?down|pausa)"
_LIFT: Final = re.compile(
    rf"(?:lift|end|stop|remove|cancel|quita|levanta|termina|acaba(?: con)?) (?:the |la )?{_PAUSE}"
    rf" (?:of|for|from|de|a) {_NAME}{_END}"
    rf"|(?:lift|end|stop|remove|cancel) (?P<owner>[^,;:?!]{{1,60}}?)(?:'s|s') {_PAUSE}{_END}"
)
_WHAT: Final = (
    r"(?:(?:the|their|his|her|today's|el|la|las|los|su|sus) )?"
    r"(?:quota|questions|reads|changes|uses|cupo|cuota|consultas|cambios|usos)"
)
_BACK: Final = re.compile(
    rf"give {_NAME} {_WHAT} back{_END}|give back {_WHAT} (?:of|to|for) (?P<owner>.{{1,60}}?){_END}"
    rf"|(?:reset|restore) (?P<theirs>[^,;:?!]{{1,60}}?)(?:'s|s') (?:quota){_END}"
    rf"|(?:reset|restore|devuelve|restablece) {_WHAT} (?:of|to|for|de|a) (?P<other>.{{1,60}}?)"
    rf"{_END}|devuelvele {_WHAT} a (?P<whom>.{{1,60}}?){_END}"
)
_ALL_WORDS: Final = frozenset({"all", "everybody", "everyone", "todos"})


def find_plans(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of plans and quotas; None if it is about something else."""
    text = ordered(sentence.text)
    if _OWN.fullmatch(text):
        return ShowQuota()
    if _ALL.fullmatch(text):
        return ShowQuota(everybody=True)
    found = _PUT.fullmatch(text)
    if found is not None:
        plan = _plan(found["plan"] or found["plano"])
        outcome = _person(sentence, _name(found), lambda who: SetPlan(person_id=who, plan=plan))
        # "Put 100 to premium" is about a wallet that happens to be called so.
        return outcome if " plan" in text else _sure(outcome)
    found = _OF.fullmatch(text)
    if found is not None:
        # "The plan of the launch" is nothing of a person's.
        return _sure(_person(sentence, _name(found), lambda who: ShowQuota(person_id=who)))
    for pattern, make in _OTHERS:
        found = pattern.fullmatch(text)
        if found is not None:
            return _person(sentence, _name(found), make)
    return None


def read_quota(sentence: Sentence) -> Outcome:
    """Read what stands behind `/quota`: nothing, a person, or "all"."""
    who = bare(sentence.text)
    if not who:
        return ShowQuota()
    if who in _ALL_WORDS:
        return ShowQuota(everybody=True)
    return _person(sentence, who, lambda person_id: ShowQuota(person_id=person_id))


def read_plan(sentence: Sentence) -> Outcome:
    """Read what stands behind `/plan`: "ben premium", or as behind `/quota`."""
    *before, last = bare(sentence.text).split() or [""]
    if last not in {"basic", "basico", "premium"}:
        outcome = read_quota(sentence)
        # Somebody's name, and behind it no plan that there is.
        is_other = before and isinstance(outcome, Question) and not outcome.choices
        return ask(sentence, "not_understood", near=("set_plan",)) if is_other else outcome
    plan = _plan(last)
    who = " ".join(word for word in before if word not in {"on", "to", "en", "a", "al"})
    return _person(sentence, who, lambda person_id: SetPlan(person_id=person_id, plan=plan))


def read_lift(sentence: Sentence) -> Outcome:
    """Read whose pause is to be ended."""
    return _person(sentence, sentence.text, lambda who: LiftPause(person_id=who))


def read_give_back(sentence: Sentence) -> Outcome:
    """Read whose day is to be given back."""
    return _person(sentence, sentence.text, lambda who: GiveBackQuota(person_id=who))


_Make = Callable[[PrincipalId], ActionCall]
_OTHERS: Final[tuple[tuple[re.Pattern[str], _Make], ...]] = (
    (_LIFT, lambda who: LiftPause(person_id=who)),
    (_BACK, lambda who: GiveBackQuota(person_id=who)),
)


def _plan(word: str) -> PlanName:
    return "premium" if word == "premium" else "basic"


def _name(found: re.Match[str]) -> str:
    return next(name for key, name in found.groupdict().items() if name and "plan" not in key)


def _sure(outcome: Outcome) -> Outcome | None:
    """Return what a sentence wants if somebody's name is in it, be it of several people."""
    is_open = isinstance(outcome, Question) and not outcome.choices
    return None if is_open else outcome


def _person(sentence: Sentence, name: str, make: _Make) -> Outcome:
    inner = part_of(sentence, name.strip())
    pieces = inner.pieces
    if len(pieces) != 1:
        return ask(sentence, "which_person", given=name.strip())
    slots = {"w1": pieces[0].sign}
    if not isinstance(pieces[0].value, Named) and pieces[0].sign not in {"me", "my"}:
        return ask(sentence, "which_person", given=name.strip())
    outcome = with_person(Found(inner, tuple(pieces), slots), "w1", make)
    # The answer is read together with the whole sentence.
    return replace(outcome, text=sentence.text) if isinstance(outcome, Question) else outcome
