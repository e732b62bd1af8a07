"""Short ways to tick off, drop and put off a task: "done send the invoice", "ya hice la 4"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from intents.rules.task_lists import SHOPPING

End = Literal["done", "cancelled"]

# What a task begins with. Behind a bare "done" only these make a task of what follows.
_VERBS_EN: Final = (
    r"(?:add|answer|approve|arrange|ask|back up|book|bring|build|buy|call|cancel|check|clean|"
    r"close|collect|compare|confirm|contact|create|deliver|draft|email|e-mail|export|feed|file|"
    r"fill|find|finish|fix|follow|forward|get|give|go|install|invite|invoice|issue|join|log|mail|"
    r"make|meet|message|move|open|order|organi[sz]e|pack|pay|phone|pick|ping|plan|post|prepare|"
    r"print|publish|read|record|refill|register|rename|renew|reply|report|request|reserve|return|"
    r"review|rotate|run|schedule|send|set|share|ship|sign|sort|start|submit|switch|take|talk|tell|"
    r"test|text|tidy|translate|turn|update|upgrade|upload|visit|walk|wash|water|wrap|write)"
)
_VERBS_ES: Final = r"(?:\w{2,}(?:ar|er|ir)(?:me|te|se|le|les|lo|la|los|las)?(?= ))"
# A bare "todo" is also Spanish for all.
TO_DO: Final = re.compile(rf"(?:todo|to-?do|to do) (?P<rest>{_VERBS_EN} .+)")
_TASK_EN: Final = r"(?:tasks?|to-?dos?|to dos?|reminders?|action items?|chores?)"
_TASK_ES: Final = r"(?:tareas?|recordatorios?|pendientes?)"
_DONE_EN: Final = (
    r"(?:all )?(?:done|finished|complete|completed|checked off|ticked off|over and done with|"
    r"over with|taken care of|sorted)"
)
_DONE_ES: Final = (
    r"(?:hech[oa]|completad[oa]|terminad[oa]|finalizad[oa]|acabad[oa]|list[oa]|cerrad[oa]|"
    r"resuelt[oa])"
)
_MARK_EN: Final = (
    r"(?:mark|tick|check|cross|set|put|flag) (?:it|that|this)(?: off| down)?(?: (?:as |to )?"
    rf"{_DONE_EN})?(?: (?:off|on|from) (?:my|the) (?:to-?do |task )?list)?"
)
_PAST_EN: Final = (
    r"(?:\w{2,}ed|sent|paid|bought|did|made|wrote|got|took|gave|told|spoke|met|read|ran|found|set|"
    r"done|written|taken|given|had)"
)
_PAST_ES: Final = r"(?:\w+(?:ado|ido)|hecho|dicho|escrito|visto|puesto|\w{2,}[eio])"
_N: Final = r"(?:#|n[or]\.? ?|number |numero )?\d{1,3}"
_DONE: Final = (
    # "done: send the invoice", "hecho, enviar la factura"
    r"(?:done|finished|completed|hech[oa]|completad[oa]|terminad[oa])\s?[:,;—-]+\s*(?P<name>.+)",
    rf"(?:done|finished|completed)(?: with)? (?P<name>{_VERBS_EN}(?:ing)? .+)",
    r"(?:(?:i'?m|i am|we'?re) )?(?:all )?(?:done|finished|through) with (?:the|my|task) "
    r"(?P<name>(?!tasks$|to-?dos$|todos$|reminders$|day\b|week\b|work\b|chat\b|talk\b|bot\b).+)",
    rf"(?:hech[oa]|listo|terminad[oa]) (?P<name>{_VERBS_ES} .+)",
    # "call the bank: done", "call the bank is done"
    rf"(?P<name>{_VERBS_EN} [^,.;:]{{1,80}}?)(?: (?:is|was|has been)(?: now)?|\s?[:,—-]+)\s*"
    rf"{_DONE_EN}",
    rf"(?P<name>{_VERBS_ES} [^,.;:]{{1,80}}?)(?: (?:ya )?esta|\s?[:,—-]+)\s*{_DONE_ES}",
    # "4 is done", "#4 done", "la 4 ya esta hecha", "tarea 4 lista"
    rf"(?:the |my )?(?:{_TASK_EN} )?(?P<name>{_N})(?: (?:is|was|has been)(?: now)?(?: already)?)?"
    rf" {_DONE_EN}",
    rf"(?:la |el )?(?:{_TASK_ES} )?(?P<name>{_N})(?: (?:ya )?(?:esta|quedo|queda))?(?: ya)?"
    rf" {_DONE_ES}",
    rf"(?:list[oa],? |ya,? )?(?:la |el )(?:{_TASK_ES} )?(?P<name>{_N}) ya(?: esta)?",
    # "done #4", "tick off 4", "lista la 4", "ya hice la 4"
    rf"(?:done|done with|complete|completed|finish|finished|close|tick|tick off|check|check off|"
    rf"cross off|mark off) (?:(?:the |my )?{_TASK_EN} )?(?P<name>{_N})",
    rf"(?:hech[oa]s?|list[oa](?: con)?|completa|completad[oa]|termina|terminad[oa]|cierra|ya) "
    rf"(?:la |el )?"
    rf"(?:{_TASK_ES} )?(?P<name>{_N})",
    rf"(?:ya )?(?:he (?:hecho|terminado|acabado|completado)|hice|termine|acabe|complete)(?: con)?"
    rf" (?:la |{_TASK_ES} |la {_TASK_ES} )(?P<name>{_N})",
    r"(?:da|dar|dame|marca|marcar|pon|poner) (?:por|como) (?:hech[oa]|terminad[oa]|completad[oa])"
    rf" (?:(?:la|el|mi) )?(?:{_TASK_ES} )?(?:de )?(?P<name>.+)",
    rf"(?:marca|marcar|pon|poner) (?:la |el )?(?P<name>{_N}) (?:como|por) {_DONE_ES}",
    # "the invoice task is done", "I finished the invoice task"
    rf"(?:the|my) (?P<name>(?!list\b)[^,.;]{{1,60}}?) {_TASK_EN} (?:is|are|was|has been)(?: now)?"
    rf"(?: already)? {_DONE_EN}",
    rf"(?:the|my) {_TASK_EN} (?:about|to|for|of) (?P<name>[^,.;]{{1,80}}?) (?:is|was|has been)"
    rf"(?: now)?(?: already)? {_DONE_EN}",
    rf"(?:la|el|mi) {_TASK_ES} (?:de|sobre|para) (?P<name>[^,.;]{{1,80}}?) (?:ya )?(?:esta|quedo)"
    rf"(?: ya)? {_DONE_ES}",
    r"(?:i(?:'ve| have|'m| am)? )?(?:just |already )?(?:finished|done|completed|did|ticked off)"
    rf"(?: with)? (?:the|my) (?P<name>(?!list\b)[^,.;]{{1,60}}?) {_TASK_EN}",
    rf"(?:ya )?(?:he (?:hecho|terminado|acabado|completado)|hice|termine|acabe|complete)(?: con)?"
    rf" (?:la|mi|el) {_TASK_ES} (?:de |sobre |para )?(?P<name>.+)",
    # "check off send the invoice", "cross buy stamps off"
    rf"(?:check|tick|cross|mark|strike) off (?P<name>{_VERBS_EN} .+|(?:the|my) .+)",
    rf"cross (?P<name>{_VERBS_EN} .+?) off(?: (?:my|the) (?:to-?do |task )?list)?",
    rf"(?:put|mark|set|log)(?: the| my)? (?:{_TASK_EN} )?(?P<name>{_N})(?: down)? as {_DONE_EN}",
    rf"(?:ok |so )?(?:i(?:'ve| have)? )(?:just |already |now )?(?:done|did|finished|completed)"
    rf"(?: with)? (?:{_TASK_EN} )?(?P<name>{_N})",
    rf"(?:that'?s|that is) (?:the )?(?:{_TASK_EN} )?(?P<name>{_N}) {_DONE_EN}",
    # "cross off task 3, it's done"
    rf"(?:cross|strike|check|tick|mark|take|remove|delete)(?: off| out)? (?:the |"
    rf"my )?(?:{_TASK_EN} )?"
    r"(?P<name>[^,.;]{1,80}?)(?: off)?[,.;:-]+ (?:(?:it|that)(?:'s| is| has been)|i'?m|i am|i'?ve|"
    rf"i have)(?: now| already| all)? {_DONE_EN}(?: it| with it)?",
    rf"(?:tacha|marca|quita|borra|elimina) (?:la |el |"
    rf"mi )?(?:{_TASK_ES} )?(?P<name>[^,.;]{{1,80}}?)"
    rf"[,.;:-]+ (?:que )?(?:ya )?(?:esta|la he|lo he)(?: ya)? {_DONE_ES}",
    # "I already sent the invoice, mark it as done"
    rf"(?:i|we)(?:'ve| have)?(?: just| already)? {_PAST_EN} (?P<name>[^,.;]{{2,80}}?)(?: already)?"
    rf"[,.;]? (?:so |and |please |you can )*{_MARK_EN}",
    rf"(?:ya )?(?:he )?{_PAST_ES} (?P<name>[^,.;]{{2,80}}?)[,.;]? (?:asi que |y |por favor )*"
    rf"(?:marcal[oa]|ponl[oa]|dal[oa]|tachal[oa])(?: (?:como|por))?(?: {_DONE_ES})?",
)
_STOP: Final = (
    r"(?:you )?(?:don'?t|do not|no longer) (?:need|have) to (?:remind|ping|notify) me(?: about|"
    r" to|"
    r" of)? (?P<name>.+?)(?: any ?more| any longer)?",
    r"(?:i )?(?:no longer|don'?t|do not) (?:need|want) reminding(?: about| to| of)? (?P<name>.+?)"
    r"(?: any ?more| any longer)?",
    r"ya no (?:hace falta|es necesario|necesito|quiero)(?: que)? me "
    r"(?:lo )?(?:recuerdes|avises|recuerde|avise)(?: (?:que|de|sobre|lo de))? (?P<name>.+)",
    r"(?:please )?(?:stop|quit|cease) (?:reminding|notifying|pinging) me(?: about| to| of|"
    r" that)? (?P<name>.+)",
    r"(?:please )?(?:don'?t|do not|no longer|never|no need to) (?:remind|ping|notify) me"
    r"(?: about| to| of)? (?P<name>.+?) (?:any ?more|any longer|again|ever again)",
    r"no longer remind me(?: about| to| of)? (?P<name>.+)",
    r"(?:i )?(?:don'?t|do not|no longer) (?:need|want) (?:to be reminded(?: about| to| of)?|"
    r"reminders (?:about|for|to)) (?P<name>.+?)(?: any ?more| any longer)?",
    r"(?:i )?(?:don'?t|do not|no longer) (?:need|want) (?:the|my|that) (?P<name>.+?) (?:reminder|"
    r"task)(?: any ?more| any longer)?",
    r"(?:i )?(?:don'?t|do not|no longer) (?:need|want) (?:the|my|that|a) (?:reminder|task) "
    r"(?:about|for|to|of) (?P<name>.+?)(?: any ?more| any longer)?",
    r"(?:please )?(?:drop|delete|remove|scratch|erase) (?P<name>#\d{1,3}|(?:number|no\.) "
    r"#?\d{1,3})",
    r"(?:elimina|borra|quita|cancela|tacha|saca|descarta) (?:la|el) (?:numero )?"
    r"(?P<name>#?\d{1,3})",
    r"(?:deja|dejen|para) de (?:recordarme|avisarme)(?: (?:que|de|sobre|lo de))? (?P<name>.+)",
    r"(?:ya )?no me (?:lo )?(?:recuerdes|avises|recuerde|avise)(?: (?:mas|que|de|sobre|lo de))+ "
    r"(?P<name>.+)",
    r"ya no me (?:recuerdes|avises|recuerde|avise)(?: (?:que|de|sobre|lo de))? (?P<name>.+)",
    r"no me (?:recuerdes|avises|recuerde|avise)(?: (?:que|de|sobre))? (?P<name>.+?) "
    r"(?:mas|nunca mas|otra vez|de nuevo)",
    r"ya no (?:necesito|quiero|hace falta) (?:el|mi|la) (?:recordatorio|tarea) (?:del?|para|"
    r"sobre) "
    r"(?P<name>.+)",
)
_PATTERNS: Final[tuple[tuple[End, re.Pattern[str]], ...]] = (
    *(("done", re.compile(pattern)) for pattern in _DONE),
    *(("cancelled", re.compile(pattern)) for pattern in _STOP),
)
_HINT: Final = re.compile(
    r"\b(?:done|finished|complete[d]?|finish|did|sorted|through with|taken care|tick|check|"
    r"cross|close|"
    r"mark|remind|reminding|reminded|reminders?|ping|pinging|notify|notifying|drop|delete|"
    r"remove|scratch|erase|hech[oa]s?|list[oa]|terminad[oa]|completa|completad[oa]|termina|cierra|"
    r"hice|termine|acabe|ya|da|dar|marca|marcar|pon|poner|elimina|borra|quita|cancela|tacha|saca|"
    r"descarta|recordarme|avisarme|recuerdes|avises|recuerde|avise|tarea|necesito|recordatorio)\b"
)
# What stands behind "done" and says nothing more.
_SO_FAR: Final = re.compile(r"(?<=done|shed|eted|cked) (?:now|already|too|as well|today)$")
_DENIED: Final = re.compile(
    r"\b(?:not|isn'?t|aren'?t|wasn'?t|hasn'?t|haven'?t|didn'?t|yet|almost|nearly|half|until|if|"
    r"when|once|unless|should|would|could|will|no|nunca|todavia|aun|casi|si|cuando|hasta que)\b"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that is said to be done or no more wanted, and where its name stands."""

    end: End
    start: int
    stop: int


def find_ended(folded: str) -> Ended | None:
    """Return what a folded text ends; None where it says so of nothing, or denies or asks it."""
    if _HINT.search(folded) is None:
        return None
    folded = _SO_FAR.sub("", folded)
    for end, pattern in _PATTERNS:
        found = pattern.fullmatch(folded)
        if found is None:
            continue
        if SHOPPING.search(folded):
            return None
        if end == "done" and _DENIED.search(folded):
            return None
        return Ended(end, *found.span("name"))
    return None
