"""The words in which people ask for their tasks or their day: patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

from intents.rules.task_lists import LIST_EN, LIST_ES

READ_START: Final = re.compile(
    r"(?:whats|can i (?:see|have|get)|could i (?:see|have)|may i see|puedo ver|abre|abrir|puedes "
    r"(?:mostrar|ensenar|leer)(?:me)?|mostrar(?:me)?|ensenar(?:me)?|leer(?:me)?|anything|what|"
    r"which|"
    r"show|list|read|see|view|check|open|pull|give|tell|let me|display|do i|"
    r"do we|have i|is|are|am|did|does|will|has|when|how many|any|i (?:want|need) to (?:hear|see|"
    r"know|check|view)|run|repeat|look|find|access|"
    r"que|cuales|cuantas|muestra|muestrame|ensena|ensename|ver|lee|leeme|dime|lista|listar|dame|"
    r"tengo|hay|mira|consulta|repasa|quiero ver)\b"
)
# "what's on my list", "que tengo pendiente"
ON_LIST: Final = re.compile(
    r"(?:(?:(?:tell|show|read|give)(?: me)?|let me (?:know|see)) )?"
    r"(?:what(?:'?s| is| are)?|(?:is there )?anything|how many (?:things|items) (?:are|do i have))"
    r"(?: still| left)? (?:on|in) (?:my|the) list"
    r"|what(?:'?s| is)(?: still)? left to do(?: (?:on|in) (?:my|the) (?:to-?do |task )?list)?"
    r"|what(?:'?s| is|s) next on (?:my|the) (?:to-?do |task )?list"
    r"|(?:(?:dime|muestrame|ensename|leeme) )?(?:lo )?(?:que hay|hay algo|"
    r"que tengo)(?: apuntado)? en "
    r"(?:mi|la) lista(?: (?:para|de) (?:hoy|manana|(?:el )?(?:lunes|martes|miercoles|jueves|"
    r"viernes|"
    r"sabado|domingo)|esta semana))?"
    r"|que (?:tengo|me queda|queda)(?: (?:de|por hacer))? ?pendientes?"
    r"|(?:open|pending|current|active|outstanding|remaining) (?:tasks|to-?dos|reminders)"
    r"|(?:tareas|recordatorios) (?:pendientes|abiert[oa]s|activ[oa]s)"
)
_DAYS: Final = (
    r"(?: (?:for |on |para |el |para el )?(?:today|tomorrow|tonight|this (?:week|month|morning|"
    r"afternoon|evening|weekend)|next (?:week|month)|(?:(?:this|next) )?(?:mon|tues|wednes|thurs|"
    r"fri|satur|sun)day(?: morning| afternoon| evening)?|hoy|manana|pasado manana|"
    r"(?:esta|la|este) (?:semana|tarde|manana|noche|mes|finde|fin de semana)(?: que viene)?|"
    r"(?:proximo )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?: por la (?:manana|"
    r"tarde|noche))?))"
)
# "what do I still have to do this week?", "qué me queda por hacer"
TO_DO: Final = re.compile(
    r"(?:(?:tell|show|remind) me )?what(?: else| all)? (?:do|have|am|must|should)? ?i(?: (?:still|"
    r"really|also|even))? (?:have|need|got|gotta|supposed|left|ought)(?: (?:got|left|still))?"
    r"(?: to do| todo)(?: (?:still|next|first|now|left))?{when}"
    r"|what (?:should|must|can) i (?:do|get done|work on|tackle) (?:next|first|now|today|"
    r"tomorrow|this "
    r"week)"
    r"|what(?:'?s| is) (?:still )?on my (?:plate|agenda){when}"
    r"|(?:dime |muestrame )?(?:que|cuanto) (?:mas )?(?:tengo|tenemos|hay|me queda|me falta|"
    r"nos queda|queda|debo|deberia|he de|me toca)(?: (?:que|por|pendiente de))? hacer(?: aun|"
    r" todavia)?{when}"
    r"|anything(?: still| else)? on my (?:plate|agenda){when}"
    r"|que me (?:tienes que|has de|debes) recordar{when}"
    r"|what was i supposed to (?:do|remember){when}"
    r"|what (?:do|have) (?:i|we) (?:have|got)(?: on| planned| coming up| scheduled)?{day}"
    r"|(?:do|have) i (?:have|got) (?:anything|something|stuff)(?: on| to do| planned|"
    r" scheduled)?{day}"
    r"|que (?:tengo|me toca|hay)(?: planeado| previsto| programado)?{day}"
    r"|tengo algo(?: planeado| previsto| programado)?{day}"
    r"|(?:tengo|me queda|hay) algo pendiente{when}".replace("{day}", _DAYS).replace(
        "{when}", f"(?:{_DAYS})?"
    )
)
# What is read as a list without a word for one.
DONE_LIST: Final = re.compile(
    r"(?:(?:show|list|see|view|what are)(?: me)? )?(?:(?:my|the|all) )*(?:done|completed|finished)"
    r" (?:tasks|to-?dos?|todos)"
    r"|what (?:did|have) i (?:finish|finished|done|completed?|get done|got done)(?: today|"
    r" yesterday|"
    r" (?:so far )?this (?:week|month)| last week)"
    r"|(?:(?:muestra|muestrame|ver|lista|ensename) )?(?:mis |las )?tareas (?:hechas|terminadas|"
    r"completadas)|(?:que|cuales) tareas he (?:hecho|terminado|completado)(?: hoy| esta semana)?"
)
OWN_LIST: Final = re.compile(
    rf"(?:{LIST_EN}|{LIST_ES})(?:[, ]+(?:for )?(?:today|tomorrow|this week|now|please|hoy|"
    r"manana|por favor|para hoy|de hoy))*"
)
NAMES_LIST: Final = re.compile(
    r"\b(?:my to do|to-?dos?(?:[ -]lists?)?|to do(?:s|[ -]lists?)|todos?|tasks?|task lists?|"
    r"reminders?|"
    r"remind me|tareas?|recordatorios?|pendientes)\b"
)
INBOX: Final = re.compile(
    r"(?:(?:show|list|open|see|read|what'?s in|whats in|what is in)(?: me)? )?(?:my |the )?"
    r"(?:inbox|notes|thoughts|ideas|captured thoughts)"
    r"|what (?:notes|thoughts|ideas) do i have|(?:muestra(?:me)?|ver|ensena(?:me)?|lista|abre)? ?"
    r"(?:mi bandeja|la bandeja|mis notas|mis ideas|mis apuntes|mis pensamientos|que hay en mi "
    r"bandeja)"
)
PLAN_DAY: Final = re.compile(
    r"(?:(?:show|give|make|tell|create|write|prepare|refresh|update|redo|do)(?: me)? )?"
    r"(?:(?:a|the|my|today'?s) )?(?:plan|planning|replan|re-plan|refresh|organi[sz]e)"
    r"(?: (?:out|of|for))*(?: (?:my|the|our))?(?: day| today| plan)(?: (?:for today|today|"
    r"please))?"
    r"(?: (?:again|anew|once more|please|afresh))*"
    r"|(?:(?:what'?s|what is|whats|show|give|refresh|update|again)(?: me)? )?(?:(?:my|the|a) )?"
    r"(?:daily plan|day plan|plan (?:for|of) (?:today|the day|my day)|today'?s plan|plan today)"
    r"(?: again| please)*"
    r"|(?:(?:planifica|planificame|planificar|organiza|organizame|organizar|planea|planeame|"
    r"replanifica|actualiza|muestra|dame|haz|hazme|refresca)(?: de nuevo| otra vez)? )?"
    r"(?:(?:mi|el|la|un)? ?(?:plan|agenda)? ?(?:de|del|para)? ?(?:mi|el)? ?(?:dia|jornada)|"
    r"(?:(?:mi|el) )?(?:plan|agenda) (?:de|para) hoy)(?: (?:otra vez|de nuevo|de hoy|por favor|"
    r"hoy))*"
)
PLANS: Final = re.compile(
    r"plan|organi[sz]|refresh|replan|planific|planea|actualiza|refresca|agenda"
)
# What somebody has to do today is its plan too.
MY_DAY: Final = re.compile(
    r"what(?:'?s| is| do| does| have| am)? (?:i (?:have|got|need)(?: to do)?|there to do|i "
    r"have got|"
    r"on(?: the agenda| my plate)?|i doing|i supposed to do|my day looks? like|my day look "
    r"like|my "
    r"day hold|i got to do)(?: on)?(?: for)?(?: today| this morning| this afternoon)?"
    r"|how(?:'?s| is| does)? my (?:day|morning|afternoon)(?: looking| look| like)?(?: today)?"
    r"|what(?:'?s| is| does) my (?:day|morning|afternoon)(?: look)? like(?: today)?"
    r"|(?:que|cuanto) (?:tengo|hay|me toca|me queda)(?: (?:que|por|para))?(?: hacer)?(?: "
    r"pendiente)?"
    r" (?:hoy|para hoy)|como (?:viene|esta|va|pinta|tengo|se presenta) (?:mi|el) dia(?: hoy)?"
    r"|(?:armame|arma|prepara|preparame|monta|montame) (?:el|mi) (?:plan del )?dia(?: de hoy)?"
)
# Without "today" it may be said of anything.
TODAY: Final = re.compile(r"\b(?:today|this (?:morning|afternoon)|my (?:day|morning)|hoy|dia)\b")
TIDY: Final = re.compile(
    r"(?:clean|tidy|sort|declutter|prune|weed)(?: up| out)? (?:(?:my|the|old|stale) )*"
    r"(?:tasks?|to-?dos?|to dos?|todos?|reminders?|list|task list|to-?do list|to do list)"
    r"(?: up| out)?"
    r"|(?:show|find|list|drop|remove|delete|clear)(?: me)? (?:(?:my|the|all) )*"
    r"(?:stale|old|outdated|forgotten) (?:tasks?|to-?dos?|todos?|reminders?)"
    r"|(?:limpia|ordena|depura|haz limpieza (?:de|en)|limpiar|ordenar|depurar|poda)"
    r" (?:(?:mis|las|la|mi) )*(?:tareas|lista de tareas|pendientes|recordatorios)"
    r"(?: (?:viejas|antiguas|olvidadas))?"
    r"|(?:borra|elimina|quita|muestra|muestrame) (?:(?:mis|las) )*tareas (?:viejas|antiguas|"
    r"olvidadas)"
)
