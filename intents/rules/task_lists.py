"""The words in which people speak of their list of tasks: patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

# The list that is kept here, in the ways in which people name it; `list` by itself may be another.
LIST_EN: Final = (
    r"(?:(?:my|the|our|this|your|a) )?(?:[a-z']+ ){0,2}?"
    r"(?:(?:to-?do'?s?|to do'?s?|tasks?|reminders?)(?:[ -]?lists?)?|agenda list)(?: items?)?"
    r"|(?:(?:my|the|our) )?list of (?:(?:my|pending|open|daily) )*(?:things|tasks|stuff|chores|"
    r"reminders|to-?dos?)(?: (?:to do|to complete|to be done|to finish))?"
    r"|(?:(?:my|the) )?(?:things|stuff) (?:to do(?: list)?|i (?:need|have) to do)"
)
LIST_ES: Final = (
    r"(?:(?:mi|mis|la|las|una|nuestra) )?(?:lista de )?(?:tareas|pendientes|quehaceres|"
    r"cosas (?:por|que) hacer|recordatorios)(?: pendientes)?"
)
# "my list" alone is the one that is kept here, where something is taken from it.
_PLAIN_LIST: Final = (
    r"(?:the |my |our |mi |la )?lista?\b(?! of| for| de| para| called| from)(?: (?:now|please))?"
)
_ANY_LIST_EN: Final = r"(?:my|the|our|this|a|that) [a-z' ]{0,40}?lists?\b.{0,60}"
_ANY_LIST_ES: Final = r"(?:mi|mis|la|las|una|nuestra) listas?\b.{0,60}"
_ADD_EN: Final = (
    r"(?:add|adding|put|putting|include|insert|place|throw|stick|write|jot|note|enter|append|pop|"
    r"slap|save)"
    r"(?: down| in)?"
)
_ADD_ES: Final = (
    r"(?:(?:me )?(?:anad(?:e|ir|as|es)|agreg(?:a|ar|ues|as)|pon(?:e|es|er|gas)?|met(?:e|er|as|"
    r"es)|incluye|incluir|apunta|apuntar|anota|"
    r"anotar|suma|sumar|inserta|insertar|introduce|introducir|registra|registrar)(?:me)?)"
)
_DOWN: Final = r"(?: down)?,? (?:on|to|onto|in|into|for)(?: to)? "
# "add a task to ...", "new to-do: ...".
ADD_TASK_EN: Final = re.compile(
    rf"(?!give me (?:my|the)\b)(?:{_ADD_EN}|create|make|set|set up|open|start|log|track|file|"
    rf"assign|give me|i need|"
    r"i want|new)"
    r"(?: me)?(?: (?:a|an|another|the|one|more|new|this|following|my))*"
    r" (?:task|to-?do|to do|todo|action item|item|chore)(?: item| task)?s?"
    rf"(?=[\s,:.-]|$)(?! #?\d{{1,5}} (?:down|off|back|as|to|on|for|until|till)\b)(?! lists?\b|"
    rf" (?:on|to|in|from) (?:(?:my|the|this|a|"
    rf"[a-z]+'s) (?:[a-z]+ )?lists?|"
    rf"{LIST_EN})\b)(?P<rest>.*)"
)
# "add an item to my to-do list: call the bank"
ITEM_TO_LIST: Final = re.compile(
    rf"(?:{_ADD_EN}|create|make) (?:an?|one|another)(?: new| more)? (?:item|task|thing|entry|"
    rf"to-?do|note) (?:on|to|in|into) (?:{LIST_EN}|(?:my|the) list)(?:\s?[:,;—–-]+| to| called|"
    r" saying| for)\s*(?P<rest>.+)"
)
# "add call the bank as a task", "put it down as a to-do"
ADD_AS: Final = re.compile(
    rf"{_ADD_EN} (?P<what>.+?) (?:as|to be) (?:a |an |another )?(?:new )?(?:task|to-?do|to do|"
    r"action item)(?: item)?(?P<rest>(?: for| by| on| at) .+)?"
)
ADD_AS_ES: Final = re.compile(
    rf"{_ADD_ES} (?P<what>.+?) como (?:una |otra )?(?:nueva )?(?:tarea|pendiente)"
    r"(?P<rest> (?:para|el|a las) .+)?"
)
# "add this to my tasks: call the bank"
ADD_THIS: Final = re.compile(
    rf"{_ADD_EN} (?:this|that|the following|it)(?: one)?{_DOWN}(?:{LIST_EN})\s?[:,;—–-]+\s*"
    r"(?P<rest>.+)"
)
ADD_THIS_ES: Final = re.compile(
    rf"{_ADD_ES} (?:esto|eso|lo siguiente) (?:a|en) (?:{LIST_ES})\s?[:,;—–-]+\s*(?P<rest>.+)"
)
ADD_LIST_EN: Final = re.compile(
    rf"(?:{_ADD_EN}|get|keep|log|toss|chuck|record|set|"
    rf"create) (?P<what>.+?){_DOWN}(?:{LIST_EN})(?P<rest>(?: for | by | on | at | this | today|"
    r" tomorrow| tonight| next |[,.;]).*)?"
)
LIST_ADD_EN: Final = re.compile(
    rf"(?:(?:to|on|in|into) (?:{LIST_EN}),? (?:please )?{_ADD_EN}"
    rf"|{_ADD_EN} (?:to|on|in|into) (?:{LIST_EN})"
    r"|(?:todo|to-?do|to do|task)(?: list)?,? add)[\s:,.-]+(?P<rest>.+)"
)
PASSIVE_EN: Final = re.compile(
    r"(?P<what>.+?) (?:needs? to|should|must|has to|have to|ought to) (?:be|go)"
    rf"(?: added| put| placed)? (?:to|on|onto|in) (?:{LIST_EN})(?P<rest> (?:for|by|on|at) .*)?"
    rf"|(?:i|we)(?: want| need|'d like| would like) (?P<wanted>.+?) (?:added to|put on|on|in|to "
    rf"be on)"
    rf" (?:{LIST_EN})"
)
ENSURE_EN: Final = re.compile(
    rf"(?:make sure|ensure|see to it)(?: that)? (?P<what>.+?) (?:is|are|gets?|goes)(?: added| "
    rf"put)?"
    rf" (?:on|to|onto|in) (?:{LIST_EN})"
)
PREFIX: Final = re.compile(
    r"(?:(?:i(?:'ve| have)?(?: got)?|here'?s|there'?s) )?(?:(?:a|an|another|one|my) )?"
    r"(?:(?:new|next|more|quick) )*(?:task|todo|to-?do|to do|action item)\s?(?:[:—–]|"
    r"(?<= )-(?= ))\s*(?P<rest>.+)"
)
# "add gym to today's tasks", "anade gimnasio a las tareas de hoy"
OF_A_DAY: Final = re.compile(
    r"\b(?P<day>today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'s (?:to-?dos?|to dos?|"
    r"task|things|list)"
)
NEWS_PREFIX: Final = re.compile(
    r"(?:i(?:'ve| have)?(?: got)?|here'?s|there'?s|here is|there is) (?:a|an|another|"
    r"one) (?:(?:new|"
    r"more|quick) )*(?:task|todo|to-?do|to do|action item)(?: for (?:you|me|my list))?"
    r"\s?[,;.-]+\s*(?P<rest>.+)"
)
NEWS_PREFIX_ES: Final = re.compile(
    r"(?:tengo|hay|aqui va|ahi va) (?:una|otra) (?:nueva )?(?:tarea|pendiente)(?: (?:nueva|mas))?"
    r"(?: para (?:ti|mi))?\s?[,;.-]+\s*(?P<rest>.+)"
)
PREFIX_ES: Final = re.compile(
    r"(?:tengo )?(?:(?:una|otra) )?(?:nueva )?(?:tarea|pendiente)(?: (?:nueva|mas))?\s?[:—–]\s*"
    r"(?P<rest>.+)"
)
# "I have to buy stamps, put it on my list"
NEWS_ADD: Final = re.compile(
    r"\s*(?:(?:hey|hi|ok|so|well|oh|hola|oye|bueno)[\s,.!]+)?(?:i|we)(?:'ve)? (?:gotta|got to|"
    r"have to|need to|must|should|ought to) "
    r"(?P<what>.+?)[,.;:-]+ "
    r"(?:so |and |please |can you )*(?:add|put|stick|place|note) (?:it|that|this)(?: down)?"
    rf" (?:to|on|in) (?:{LIST_EN}|(?:the|my) list)"
    r"|\s*(?:(?:hola|oye|bueno)[\s,.!]+)?(?:tengo que|tenemos que|hay que|debo|necesito) "
    r"(?P<wanted>.+?)[,.;:-]+ (?:asi que |y |por "
    r"favor )*(?:apuntal[oa]|anotal[oa]|agregal[oa]|anadel[oa]|ponl[oa]|metel[oa])"
    rf"(?: (?:a|en) (?:{LIST_ES}|(?:la|mi) lista))?"
)
ADD_TASK_ES: Final = re.compile(
    rf"(?:{_ADD_ES}|crea|crear|creame|haz|hazme|hacer|nueva|abre|agenda|agendame|programa|genera|"
    rf"(?=(?:una|otra) tarea para ))"
    r"(?: ?(?:una|la|otra|nueva|mi|esta)\b)*"
    r" tareas?\b(?! a (?:mi|la) lista)(?P<rest>.*)"
)
ADD_LIST_ES: Final = re.compile(
    rf"{_ADD_ES} (?P<what>.+?),? (?:a|en|sobre) (?:{LIST_ES})(?P<rest>(?: para | el | a las | "
    rf"esta | del? (?=hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo)|"
    r" hoy| manana|[,.;]).*)?"
)
# "pon como tarea llamar al banco"
AS_TASK_ES: Final = re.compile(
    rf"{_ADD_ES} (?:(?:esto|eso) )?como (?:una |otra )?(?:nueva )?(?:tarea|pendiente)[\s:,-]+"
    r"(?P<rest>.+)"
)
AS_TASK_EN: Final = re.compile(
    rf"{_ADD_EN} (?:(?:this|that) )?as (?:a |an |another )?(?:new )?(?:task|to-?do|to do|action "
    r"item)[\s:,-]+(?P<rest>.+)"
)
LIST_ADD_ES: Final = re.compile(
    rf"(?:{_ADD_ES} (?:a|en) (?:{LIST_ES})|(?:a|"
    rf"en) (?:{LIST_ES}),? {_ADD_ES})[\s:,.-]+(?P<rest>.+)"
)
# Without anything to put there.
ADD_NOTHING: Final = re.compile(
    rf"(?:{_ADD_EN}|create|make|start|new|put together|set up|open(?! (?:my|the))|write)(?: me)?"
    rf"(?: (?:a|an|the|my|"
    rf"new|another|this|next week'?s|some))* (?:to-?do|to do|todo|task)(?:s| items?)?(?: lists?)?"
    r"(?: (?:for(?! (?:(?:me|us) (?:to|that|which)|[a-z]+ing)\b)|this|next|today|"
    r"tomorrow)\b[^:;,]*)?"
    rf"|{_ADD_EN} (?:items?|tasks?|things)(?: as i (?:speak|talk|go))?"
    r"|(?:crea|crear|haz|nueva|anade|anadir)(?: una)?(?: nueva)? (?:lista de tareas|tarea)"
)
_DROP_EN: Final = (
    r"(?:nix|scrap|delete|remove|erase|cancel|drop|scratch|strike|discard|dismiss|cross|take|get "
    r"rid of|"
    r"clear|kill|eliminate|forget(?: about)?|never ?mind(?: about)?|call off|disable|deactivate|"
    r"ditch|dump|trash|axe|bin|abandon|skip|turn off|switch off|stop)(?: (?:off|out))?"
)
_DROP_ES: Final = (
    r"(?:(?:elimina|borra|quita|cancela|saca|tacha|descarta)(?:me|r|rme)?|"
    r"suprime|suprimir|anula|anular|desactiva|desactivar|retira|retirar|olvida(?:te)?(?: del?)?|"
    r"olvidar)"
)
_ALL: Final = r"(?:all|everything|all of it|every(?:thing)?|the whole|all (?:of )?the|all items)"
CLEAR: Final = re.compile(
    rf"(?:{_DROP_EN}|empty|wipe|reset|clean|nix)(?: out)?(?: (?:all|all of|everything|"
    rf"every(?:thing)?"
    r"|the (?:whole|entire)|the contents?|the items|all (?:the )?items)"
    rf"(?: (?:off(?: of)?|from|in|on|of))?)* (?:{LIST_EN})(?: (?:clean|completely|entirely|now))?"
    r"|(?:(?:borra|elimina|vacia|quita|cancela|limpia)(?:me|r|rme)?)"
    rf"(?: (?:todas?|todos?|todo|lo que hay en|el contenido de|todo lo de|los|todos los))*"
    rf" (?:{LIST_ES})"
    rf"|{_DROP_EN}(?: out)? (?:all|everything|all of it|every item|all (?:the )?items)"
    r" (?:on|in|from|off|off of) (?:my|the) list"
)
# Some of them, by what only their reader can tell.
CLEAR_SOME: Final = re.compile(
    rf"(?:{_DROP_EN}|empty|wipe)(?: (?:all|every)(?: of)?)(?: (?:the|my))? (?:tasks?|to-?dos?|"
    rf"todos?|"
    r"reminders?) (?!.*\blists?\b)(?:for|on|from|due|about|of|that|this|next|tomorrow)\b.+"
    rf"|(?:{_DROP_ES}|vacia|limpia) (?:todos|todas)(?: (?:los|las|mis))? (?:tareas|recordatorios|"
    r"pendientes) (?:del?|para|sobre|que)\b.+"
)
# "my todo list" or "all tasks" and not "the task" are what is cleared as a whole.
WHOLE: Final = re.compile(
    r"\blists?\b|\b(?:all|everything|every)\b|\b(?:tasks|todos|to-?dos|to dos|reminders|chores)$"
    r"|\b(?:tareas|pendientes|recordatorios|todo|todas|todos)\b|\bagenda\b"
)
DROP_TASK_EN: Final = re.compile(
    rf"{_DROP_EN}(?: (?:the|my|a|this|that))*(?: (?P<before>(?!list)[a-z0-9:' ]{{1,40}}?))??"
    r" (?:task|to-?do|to do|todo|reminder)(?: item)?(?: (?:number|no\.?|#))?"
    r"(?P<rest>[\s:,#](?!lists?\b).*)?"
)
DROP_LIST_EN: Final = re.compile(
    rf"{_DROP_EN}(?: the)?(?: (?:item|task))? (?P<what>.+?),?(?: (?:off|out))?"
    rf" (?:from|off|off of|of|on|in|out of) (?:{LIST_EN}|{_PLAIN_LIST})"
)
LIST_DROP_EN: Final = re.compile(
    rf"(?:{LIST_EN}),? (?P<verb>delete|remove|erase|cancel|drop) (?P<rest>.+)"
)
NO_LONGER_EN: Final = re.compile(
    r"i (?:no longer|don'?t|do not) (?:need|have|want) to (?P<what>.+?)(?: any ?more)?[;,.]? "
    rf"(?:so )?(?:please )?{_DROP_EN} it(?: off?| from| off of)+ (?:my|the) .*list"
)
DROP_TASK_ES: Final = re.compile(
    rf"{_DROP_ES}(?: (?:la|mi|el|esta|ese|este))?(?: (?:tarea|recordatorio))"
    r"(?: (?:numero|n|de que|de|para|sobre))?(?P<rest>[\s:,#].+)?"
)
DROP_LIST_ES: Final = re.compile(
    rf"{_DROP_ES} (?P<what>.+?) (?:de|en) (?:{LIST_ES}|{_PLAIN_LIST})"
)
# One of them, and which is not said.
ANY_OF_THEM: Final = re.compile(
    rf"(?:{_DROP_EN}|complete|finish|close|tick off|check off|mark|move|reschedule|change|edit|"
    r"rename|postpone|update) (?:a|one|some|one of my|one of the|an? existing) (?:tasks?|to-?dos?|"
    r"todos?|reminders?)(?: (?:as )?(?:done|complete|completed))?"
    rf"|(?:{_DROP_ES}|completa|completar|termina|terminar|cierra|marca|marcar|mueve|mover|cambia|"
    r"cambiar|pospon|posponer|renombra) (?:una?|alguna?|algun|una de mis|uno de mis)"
    r" (?:tareas?|recordatorios?)(?: como (?:hech[oa]|completad[oa]))?"
    r"|(?:move|reschedule|change|edit|rename|postpone|update) (?:my|the) (?:task|to-?do|reminder)"
    r"|(?:mueve|mover|cambia|cambiar|pospon|posponer|renombra|modifica) (?:mi|la|el) (?:tarea|"
    r"recordatorio)"
    r"|(?:marca|marcar|mark|tick|check)(?:la|lo| it)?(?: off)? (?:como |as )?(?:hech[oa]|"
    r"completad[oa]|done|complete|completed)"
)
# Whose it is, is not said: "the list".
NOBODYS_LIST: Final = re.compile(r"\b(?:from|off|of|on|in) (?:the )?list$")
# Lists of that kind are other ones.
SHOPPING: Final = re.compile(r"\blista de la compra\b|\bshopping\b|\bgrocer")
# "Mark said it's complete" is news of Mark.
SAYS: Final = re.compile(
    r"(?:said|says|told|thinks?|thought|asked|is|was|has|had|will|and)\b|.*'s$"
)
_DONE_EN: Final = r"(?:done|finished|complete|completed|over|checked(?: off)?|ticked(?: off)?)"
_DONE_ES: Final = (
    r"(?:hech[oa]s?|completad[oa]s?|terminad[oa]s?|finalizad[oa]s?|acabad[oa]s?|list[oa]s?)"
)
ALL_DONE: Final = re.compile(
    r"(?:mark|set|tick|check|complete|finish|tick off|check off)(?: off)? (?:all|everything|every "
    r"one)"
    rf"(?: of)?(?: (?:the |my |items )?(?:on |in )?(?:{LIST_EN}))?(?: (?:as|off)? ?{_DONE_EN}(?: "
    rf"(?:on|in) (?:{LIST_EN}))?)?"
    rf"|(?:i(?:'ve| have|'m| am)? )?(?:all )?(?:done|did|finished|completed)"
    rf"(?: with)? (?:all|everything|all of)(?: of)?(?: (?:on |in )?(?:{LIST_EN}|(?:my|the) list))"
    rf"|(?:i(?:'m| am) )?all (?:done|finished) with (?:{LIST_EN})|(?:all|everything)(?: (?:on |"
    rf"in )?(?:{LIST_EN}))? (?:is|"
    rf"are|has been|have been)"
    rf" {_DONE_EN}"
    rf"|(?:marca|marcar|completa|completar|termina|terminar) (?:todas?|todos?|todo)(?: (?:las|mis|"
    rf"los|lo))*"
    rf"(?: (?:de |en )?(?:{LIST_ES}))?(?: como {_DONE_ES})?"
    rf"|(?:he (?:hecho|terminado|completado)|se han? (?:hecho|terminado|completado)) "
    rf"(?:tod[oa]s?)(?: (?:{LIST_ES}))?"
)
DONE_EN: Final = re.compile(
    r"(?:mark|set|tick|check|flag|cross)(?: off)?(?: (?:the|my))?(?: (?:task|to-?do|to do|todo|"
    r"item|"
    rf"reminder))? (?P<what>.+?)(?: (?:on|in|from|off) (?:{LIST_EN}|{_PLAIN_LIST}))?"
    rf" (?:as |off as |off,? )?(?:is )?{_DONE_EN}(?: (?:on|in|from|off) (?:{LIST_EN}|"
    rf"{_PLAIN_LIST}))?"
    r"|(?:mark|tick|complete|finish|cross off|tick off|check off)(?: off)? (?P<on_list>.+?)"
    rf"(?: off)? (?:on|in|from|off) (?:{LIST_EN})"
    rf"|(?:check|tick) (?P<off_list>.+?) off(?: (?:of )?(?:{LIST_EN}|{_PLAIN_LIST}))?"
    r"|(?:already )?(?:complete|finish|finished|completed|close|done|done with|did|tick off|"
    r"check off|mark off|strike off|tick|resolve|resolved|check|cross off)"
    r"(?: the| my)? (?:task|to-?do|to do|todo|reminder)(?: (?:number|no\.?|to))?"
    r"(?P<task>[\s:#](?! ?lists?\b).+)"
    r"|(?:done|done with|complete|completed|finish|finished|tick off|check off)"
    r" (?P<number>#?\d{1,5})"
    r"|(?:i(?:'ve| have| am|'m)? )(?:just )?(?:finished|done|completed|did)(?: with)?(?: the| my)?"
    r" (?:task|to-?do|todo|reminder)(?P<i_did>[\s:#].+)"
    rf"|(?:the |my )?(?:task|to-?do|todo) (?P<named>.+?) (?:is|was|has been) {_DONE_EN}"
    r"|(?:task|to-?do|todo) (?P<numbered>#?\d{1,5}) done"
)
DONE_ES: Final = re.compile(
    r"(?:marca|marcar|pon|poner|da|dar|senala|senalar)(?: (?:la|mi|el))?(?: (?:tarea|articulo))?"
    rf" (?P<what>.+?) (?:como|por) {_DONE_ES}(?: (?:de|en) (?:{LIST_ES}))?"
    r"|(?:marca|marcar|termina|terminar|completa|completar|finaliza|finalizar|acaba|acabar)"
    rf" (?P<on_list>.+?) (?:de|en) (?:{LIST_ES})"
    r"|(?:completa|completar|termina|terminar|finaliza|finalizar|acaba|acabar|cierra|cerrar|hecha)"
    r"(?: (?:la|mi))? tarea(?P<task>[\s:#].+)"
    r"|(?:hecho|hecha|completa|termina) (?P<number>#?\d{1,5})"
    r"|(?:ya )?(?:he (?:terminado|hecho|acabado|completado)|termine|hice|acabe|complete)(?: con)?"
    r"(?: (?:la|mi))? tarea(?P<i_did>[\s:#].+)"
    rf"|(?:la )?tarea (?P<named>.+?) (?:(?:esta|ya esta) )?{_DONE_ES}"
    r"|ya esta (?:la|mi) tarea (?:de(?:l)? |de la )?(?P<is_done>.+)"
)
# What is asked for and is not kept here: other lists, and appointments.
OTHER_LIST_EN: Final = re.compile(
    rf"(?:{_ADD_EN} (?P<what>.+?){_DOWN}{_ANY_LIST_EN}"
    rf"|(?:{_DROP_EN}|mark|check|tick|empty|reset)\b.* {_ANY_LIST_EN}"
    r"|(?:create|make|start|open|add|new|open up|set up)(?: me)?(?: up)?(?: (?:a|an|another|new))+"
    r" (?:[a-z']+ ){0,3}list\b.*)"
)
OTHER_LIST_ES: Final = re.compile(
    rf"(?:{_ADD_ES} (?:a|en) (?:mi|la) lista,? (?P<what2>\w.+)|(?:{_DROP_ES}|vacia|vaciar) "
    rf"{_ANY_LIST_ES}|{_ADD_ES} (?P<what>.+?) (?:a|en) "
    rf"{_ANY_LIST_ES}"
    rf"|(?:{_DROP_ES}|marca|marcar|vacia|vaciar|termina|terminar)\b.* (?:de|en) {_ANY_LIST_ES}"
    r"|(?:crea|crear|anade|anadir|nueva|haz)(?: una)?(?: nueva)? lista\b.*)"
)
APPOINTMENT: Final = re.compile(
    r"\b(?:meetings?|appointments?|calendar|calender|events?|cita|citas|reunion|reuniones|evento|"
    r"eventos|calendario)\b"
)
APPOINTMENT_ORDER: Final = re.compile(
    r"(?:set(?: up)?|make|create|add|schedule|book|put|cancel|delete|remove|erase|clear|move|"
    r"reschedule|change|update|arrange|plan|organi[sz]e|push|postpone|drop|call off|"
    r"pon|ponme|crea|crear|programa|programar|programame|anade|anadir|agenda|agendar|cancela|"
    r"cancelar|elimina|eliminar|borra|borrar|mueve|mover|cambia|cambiar|reserva|reservar|"
    r"concierta|"
    r"concertar|aplaza|aplazar|pospon|posponer|fija|fijar|organiza|organizar)\b"
)
# Whose tasks they are, or that all of them are meant.
OWN: Final = re.compile(r"\b(?:my|the|all|everything|our|mis?|las|los|todas|todos|todo)\b")
NOT_DONE: Final = re.compile(r"\b(?:not|isn'?t|wasn'?t|hasn'?t|yet|no|aun|todavia|casi|almost)\b")
# Behind "the daily task" it goes on with which one; "the task force" does not.
SAYS_WHICH: Final = re.compile(
    r"\s*[:,#]|\s+(?:to|about|of|for|on|at|every|called|named|number)\b"
)
