"""The words in which people speak of tasks: patterns over folded text, English and Spanish."""

from __future__ import annotations

import re
from typing import Final

from intents.extract.letters import words

# The words without which no text is about tasks: everything else is spared the rest.
_HINTS: Final = frozenset(
    words(
        "dos remind reminded reminder reminders re-remind todo todos to-do to-dos task tasks list "
        "lists note notes idea ideas memo thought thoughts inbox snooze remember forget notify "
        "alert ping nudge poke buzz later plan replan re-plan planning refresh organize organise "
        "agenda chore chores item items heads-up headsup heads done complete finish finished "
        "stale tidy declutter jot capture schedule "
        "recuerdame recuerdamelo recordarme recordadme recuerdenos recuerdanos recuerdeme "
        "recuerdas recuerda recuerdes recordar acordar acordarme acuerdame acuerde avisame "
        "avisarme olvide olvidar olvides recordatorio recordatorios tarea tareas lista listas "
        "pendientes quehaceres apunta apuntame apunte apuntes apuntar anota anotame anote anotar "
        "nota notas pensamiento pensamientos bandeja ideas planifica planificame planificar "
        "planea planeame planear organiza organizame organizar replanifica actualiza refresca "
        "pospon posponer posponlo posponla posponme aplaza aplazar aplazalo hecho hecha completa "
        "completar termina meeting meetings appointment appointments calendar calender event "
        "events cita citas reunion reuniones evento eventos calendario"
    )
)
# "add a to do": with one of these, "do" may be the end of "to do".
_TO_DO: Final = frozenset(
    words(
        "add put create make set delete remove erase cancel mark complete clear drop show list "
        "read my include new"
    )
)
REMINDS: Final = re.compile(
    r"remind|remember|forget|recuerd|recorda|cuerd|acordar|avisa|olvid|heads.?up"
    r"|\b(?:notify|alert|ping|nudge|poke|prompt|tell|message|text|buzz) me\b"
)


def may_be_task(tokens: tuple[str, ...]) -> bool:
    """Tell whether folded words may be about tasks; False is certain."""
    return not _HINTS.isdisjoint(tokens) or ("do" in tokens and not _TO_DO.isdisjoint(tokens))


# What may open an order without changing it.
LEAD: Final = re.compile(
    r"(?:(?:hey|hi|hello|hola|ok|okay|please|pls|well|so|and|also|just|now|oh|yes|bot|bursar|"
    r"actually|oye|por favor|porfa|y|vale|venga|kindly)\b[\s,.!:]*|pda\b[\s,:]*"
    r"|(?:can|could|would|will) (?:you|u)\b(?: mind\b)?\s*"
    r"|(?:i(?:'d| would) (?:like|love|want)|i want|i need|we need) (?:you )?to\b\s*"
    r"|(?:you should|you must|you need to|go ahead and|hurry up and|let'?s|help me(?: to)?\b(?! "
    r"(?:to )?remember)|"
    r"be sure to|i'?d like to|i wanna|i have to)\b\s*"
    r"|(?:puedes|podrias|puede|podria|quiero(?: que)?|quisiera(?: que)?|necesito(?: que)?|"
    r"me gustaria(?: que)?|ayudame a|hay que|tienes que|debes)\b\s*"
    r"|[¿¡]+\s*)*"
)
# A reminder that has no noun: what follows is when and of what.
REMIND_EN: Final = re.compile(
    r"(?:make sure (?:to|you) |remember to |be sure to |don'?t forget to )?"
    r"(?:remind|re-remind) (?:me|us|myself)\b"
    r"|(?:help me (?:to )?|make me |make sure (?:that )?i |let me )remember\b(?: to\b)?"
    r"|(?:i )?(?:need to|have to|must|should|want to|wanna) (?:be reminded|remember)\b(?= (?:to|"
    r"of|about|"
    r"that|on|at|in|tomorrow))|be reminded\b|remember(?= to\b)(?!.*\bcalend)"
    r"|do(?: not|n'?t) let me forget(?: to| about)?\b"
    r"|make sure (?:that )?i (?:do(?: not|n'?t) forget|remember)(?: to)?\b"
    r"|(?:i )?(?:must not|mustn'?t|don'?t want to) forget to\b"
    r"|give me a heads[ -]?up\b"
)
# Said of other news too, so that a task or a time has to follow.
TELL_EN: Final = re.compile(
    r"(?:notify|alert|ping|nudge|poke|prompt|tell|message|text|buzz) me\b(?: (?:later|again))?"
)
TELL_ES: Final = re.compile(r"(?:avisame|avisarme|me avisas|me avise)\b(?: (?:luego|mas tarde))?")
TOLD_TO: Final = re.compile(
    r"\s*(?:later )?to \w|\s*(?:luego |mas tarde )?(?:de|para) \w+[aei]r(?:me|te|lo|la|los|las)?\b"
    r"|\s*que tengo que \w"
)
NOUN_EN: Final = re.compile(
    r"(?:(?:set|make|create|add|give|schedule|put|place|get|start|setup|leave|send|write|have|use)"
    r"(?: up| in| down| out)?\b(?: me| us)?(?: up)?|(?:i|we)(?: will|'ll| could use| would)? "
    r"(?:need|want|like|appreciate)|i'?d (?:like|appreciate)|(?:can|could|may) i (?:have|get)|"
    r"need|new)?"
    r"(?: me)?(?: ?\b(?:a|an|another|the|one|my|this|new|quick|daily|weekly|recurring|repeating))*"
    r" ?(?:reminder|remainder(?= to))s?\b(?: alarm| alert| note| notification)?"
    r"(?: (?:up|in|down|please|again))?(?: (?:for|to) (?:me|myself|us)\b(?! to \d))?"
)
# Without a verb before it, a reminder is asked for only by what follows.
BARE_NOUN: Final = re.compile(
    r"(?:(?:a|an|un|otro|new|another|quick) )*(?:reminder|recordatorio)s?\b"
)
NOUN_GOES_ON: Final = re.compile(
    r"\s*[:,—-]|\s*(?:to|for|about|of|that|on|at|in|by|every|tomorrow|tonight|today|para|de|del|"
    r"que|"
    r"el|a|al|en|cada|manana|hoy)\b"
)
REMIND_ES: Final = re.compile(
    r"(?:recuerdame|recuerdamelo|recordarme|recordadme|recuerdenos|recuerdanos|acuerdame|"
    r"recuerdeme|hazme (?:acordar|recordar)|hazme acordarme|me (?:recuerdas|recuerda|recuerdes)"
    r"|que no se me olvide|no (?:me dejes|dejes que (?:me )?) ?olvid\w+"
    r"|que me acuerde)\b"
)
NOUN_ES: Final = re.compile(
    r"(?:(?:pon|ponme|poner(?:me)?|crea|crear|creame|anade|anadir|anademe|agrega|agregar|"
    r"programa|programar|haz|hazme|hacer|establece|establecer|configura|configurar|guarda|"
    r"nuevo|dame)\b)?(?: ?\b(?:un|el|otro|nuevo|mi))* ?recordatorios?\b(?: nuevo)?"
)
# The list that is kept here, in the ways in which people name it; `list` by itself may be another.
_LIST_EN: Final = (
    r"(?:(?:my|the|our|this|your|a) )?(?:[a-z']+ ){0,2}?"
    r"(?:(?:to-?dos?|to dos?|tasks?|reminders?)(?:[ -]?lists?)?|agenda list)(?: items?)?"
    r"|(?:(?:my|the|our) )?list of (?:(?:my|pending|open|daily) )*(?:things|tasks|stuff|chores|"
    r"reminders|to-?dos?)(?: (?:to do|to complete|to be done|to finish))?"
    r"|(?:(?:my|the) )?(?:things|stuff) to do(?: list)?"
)
_LIST_ES: Final = (
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
    r"(?:anade|anadir|anademe|anademe|agrega|agregar|agregame|pon|poner|ponme|mete|meter|incluye|"
    r"incluir|apunta|apuntar|apuntame|anota|anotar|anotame|suma|sumar)"
)
_DOWN: Final = r"(?: down)?,? (?:on|to|onto|in|into|for)(?: to)? "
# "add a task to ...", "new to-do: ...".
ADD_TASK_EN: Final = re.compile(
    rf"(?:{_ADD_EN}|create|make|set|set up|open|start|give me|i need|i want|new)"
    r"(?: me)?(?: (?:a|an|another|the|one|new|this|following|my))*"
    r" (?:task|to-?do|to do|todo|action item|item|chore)(?: item| task)?s?"
    r"(?=[\s,:.-]|$)(?! lists?\b| (?:on|to|in|from) (?:my|the|this|a) (?:[a-z]+ "
    r")?lists?)(?P<rest>.*)"
)
ADD_LIST_EN: Final = re.compile(
    rf"{_ADD_EN} (?P<what>.+?){_DOWN}(?:{_LIST_EN})(?P<rest>(?: for | by | on | at | this | today|"
    r" tomorrow| tonight| next |[,.;]).*)?"
)
LIST_ADD_EN: Final = re.compile(
    rf"(?:(?:to|on|in|into) (?:{_LIST_EN}),? (?:please )?{_ADD_EN}"
    rf"|{_ADD_EN} (?:to|on|in|into) (?:{_LIST_EN})"
    r"|(?:todo|to-?do|to do|task)(?: list)?,? add)[\s:,.-]+(?P<rest>.+)"
)
PASSIVE_EN: Final = re.compile(
    r"(?P<what>.+?) (?:needs? to|should|must|has to|have to|ought to) (?:be|go)"
    rf"(?: added| put| placed)? (?:to|on|onto|in) (?:{_LIST_EN})(?P<rest> (?:for|by|on|at) .*)?"
    rf"|(?:i|we)(?: want| need|'d like| would like) (?P<wanted>.+?) (?:added to|put on|on|in|to "
    rf"be on)"
    rf" (?:{_LIST_EN})"
)
ENSURE_EN: Final = re.compile(
    rf"(?:make sure|ensure|see to it)(?: that)? (?P<what>.+?) (?:is|are|gets?|goes)(?: added| "
    rf"put)?"
    rf" (?:on|to|onto|in) (?:{_LIST_EN})"
)
PREFIX: Final = re.compile(
    r"(?:(?:new )?(?:task|todo|to-?do)|(?:nueva )?tarea)\s?[:—]\s*(?P<rest>.+)"
)
ADD_TASK_ES: Final = re.compile(
    rf"(?:{_ADD_ES}|crea|crear|creame|haz|hacer|nueva|abre)(?: (?:una|la|otra|nueva|mi|esta))*"
    r" tareas?\b(?! a (?:mi|la) lista)(?P<rest>.*)"
)
ADD_LIST_ES: Final = re.compile(
    rf"{_ADD_ES} (?P<what>.+?),? (?:a|en|sobre) (?:{_LIST_ES})(?P<rest>(?: para | el | a las | "
    rf"esta |"
    r" hoy| manana|[,.;]).*)?"
)
LIST_ADD_ES: Final = re.compile(rf"{_ADD_ES} (?:a|en) (?:{_LIST_ES})[\s:,.-]+(?P<rest>.+)")
# Without anything to put there.
ADD_NOTHING: Final = re.compile(
    rf"(?:{_ADD_EN}|create|make|start|new|put together|set up|open|write)(?: me)?(?: (?:a|an|the|"
    rf"my|"
    rf"new|another|this|next week'?s|some))* (?:to-?do|to do|todo|task)(?:s| items?)?(?: lists?)?"
    r"(?: (?:for|this|next|today|tomorrow)\b.*)?"
    rf"|{_ADD_EN} (?:items?|tasks?|things)(?: as i (?:speak|talk|go))?"
    r"|(?:crea|crear|haz|nueva|anade|anadir)(?: una)?(?: nueva)? (?:lista de tareas|tarea)"
)
# A thought for the inbox.
NOTE: Final = re.compile(
    r"(?:(?:quick )?note(?: to (?:self|myself))?|idea|thought|memo|inbox|nota(?: mental)?|apunte|"
    r"pensamiento|bandeja)\s?[:—–-]\s*(?P<text>.+)"
    r"|(?:apunta|anota|apuntame|anotame|apunte|anote)(?: (?:esto|esta idea|lo siguiente))?"
    r"\s?[:—–]\s*(?P<said>.+)"
    r"|(?:(?:please )?(?:make|take) (?:a |me a )?note (?:that|to|of|about|:)|jot(?: this)? down:?|"
    r"note down:?|note that|remember that|capture(?: this)?(?: thought| idea)?:|"
    r"toma nota(?: de que| de|:)?|apunta que|anota que|apuntame que|recuerda que)"
    r"\s+(?P<clause>.+)"
)
NOTE_NOTHING: Final = re.compile(
    r"(?:(?:make|take|write|leave|add|new) (?:a |me a |another )?note|note|take this down|"
    r"toma nota|apunta(?: esto)?|anota(?: esto)?|nueva nota)"
)
_DROP_EN: Final = (
    r"(?:nix|delete|remove|erase|cancel|drop|scratch|strike|discard|dismiss|cross|take|get rid of|"
    r"clear|kill|eliminate|forget(?: about)?|abandon|skip|turn off|stop)(?: (?:off|out))?"
)
_DROP_ES: Final = (
    r"(?:elimina|eliminar|borra|borrar|quita|quitar|cancela|cancelar|tacha|tachar|saca|sacar|"
    r"suprime|suprimir|descarta|descartar|anula|anular|olvida)"
)
_ALL: Final = r"(?:all|everything|all of it|every(?:thing)?|the whole|all (?:of )?the|all items)"
CLEAR: Final = re.compile(
    rf"(?:{_DROP_EN}|empty|wipe|reset|clean|nix)(?: out)?(?: (?:all|all of|everything|"
    rf"every(?:thing)?"
    r"|the (?:whole|entire)|the contents?|the items|all (?:the )?items)"
    rf"(?: (?:off(?: of)?|from|in|on|of))?)* (?:{_LIST_EN})(?: (?:clean|completely|entirely|now))?"
    r"|(?:borra|elimina|vacia|quita|cancela|limpia|borrar|eliminar|vaciar)"
    rf"(?: (?:todas?|todos?|todo|lo que hay en|el contenido de|todo lo de))* (?:{_LIST_ES})"
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
    rf" (?:from|off|off of|of|on|in|out of) (?:{_LIST_EN}|{_PLAIN_LIST})"
)
LIST_DROP_EN: Final = re.compile(
    rf"(?:{_LIST_EN}),? (?P<verb>delete|remove|erase|cancel|drop) (?P<rest>.+)"
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
    rf"{_DROP_ES} (?P<what>.+?) (?:de|en) (?:{_LIST_ES}|{_PLAIN_LIST})"
)
# Lists of that kind are other ones.
SHOPPING: Final = re.compile(r"\blista de la compra\b|\bshopping\b|\bgrocer")
_DONE_EN: Final = r"(?:done|finished|complete|completed|over|checked(?: off)?|ticked(?: off)?)"
_DONE_ES: Final = (
    r"(?:hech[oa]s?|completad[oa]s?|terminad[oa]s?|finalizad[oa]s?|acabad[oa]s?|list[oa]s?)"
)
ALL_DONE: Final = re.compile(
    r"(?:mark|set|tick|check|complete|finish|tick off|check off)(?: off)? (?:all|everything|every "
    r"one)"
    rf"(?: of)?(?: (?:the |my |items )?(?:on |in )?(?:{_LIST_EN}))?(?: (?:as|off)? ?{_DONE_EN}(?: "
    rf"(?:on|in) (?:{_LIST_EN}))?)?"
    rf"|(?:i(?:'ve| have)? )?(?:done|did|finished|completed) (?:all|everything)(?: of)?"
    rf"(?: (?:on |in )?(?:{_LIST_EN}))|(?:all|everything)(?: (?:on |in )?(?:{_LIST_EN}))? (?:is|"
    rf"are|has been|have been)"
    rf" {_DONE_EN}"
    rf"|(?:marca|marcar|completa|completar|termina|terminar) (?:todas?|todos?|todo)(?: (?:las|mis|"
    rf"los|lo))*"
    rf"(?: (?:de |en )?(?:{_LIST_ES}))?(?: como {_DONE_ES})?"
    rf"|(?:he (?:hecho|terminado|completado)|se han? (?:hecho|terminado|completado)) "
    rf"(?:tod[oa]s?)(?: (?:{_LIST_ES}))?"
)
DONE_EN: Final = re.compile(
    r"(?:mark|set|tick|check|flag|cross)(?: off)?(?: (?:the|my))?(?: (?:task|to-?do|to do|todo|"
    r"item|"
    rf"reminder))? (?P<what>.+?)(?: (?:on|in|from|off) (?:{_LIST_EN}|{_PLAIN_LIST}))?"
    rf" (?:as |off as |off,? )?(?:is )?{_DONE_EN}(?: (?:on|in|from|off) (?:{_LIST_EN}|"
    rf"{_PLAIN_LIST}))?"
    r"|(?:mark|tick|complete|finish|cross off|tick off|check off)(?: off)? (?P<on_list>.+?)"
    rf"(?: off)? (?:on|in|from|off) (?:{_LIST_EN})"
    r"|(?:complete|finish|finished|completed|close|done|done with|tick off|check off|mark off|"
    r"tick|"
    r"check|cross off)"
    r"(?: the| my)? (?:task|to-?do|to do|todo|reminder)(?: (?:number|no\.?|to))?(?P<task>[\s:#].+)"
    r"|(?:done|done with|complete|completed|finish|finished|tick off|check off)"
    r" (?P<number>#?\d{1,5})"
    r"|(?:i(?:'ve| have| am|'m)? )(?:just )?(?:finished|done|completed|did)(?: with)?(?: the| my)?"
    r" (?:task|to-?do|todo|reminder)(?P<i_did>[\s:#].+)"
    rf"|(?:task|to-?do|todo) (?P<named>.+?) (?:is|was|has been) {_DONE_EN}"
    r"|(?:task|to-?do|todo) (?P<numbered>#?\d{1,5}) done"
)
DONE_ES: Final = re.compile(
    r"(?:marca|marcar|pon|poner|da|dar|senala|senalar)(?: (?:la|mi|el))?(?: (?:tarea|articulo))?"
    rf" (?P<what>.+?) (?:como|por) {_DONE_ES}(?: (?:de|en) (?:{_LIST_ES}))?"
    r"|(?:marca|marcar|termina|terminar|completa|completar|finaliza|finalizar|acaba|acabar)"
    rf" (?P<on_list>.+?) (?:de|en) (?:{_LIST_ES})"
    r"|(?:completa|completar|termina|terminar|finaliza|finalizar|acaba|acabar|cierra|cerrar|hecha)"
    r"(?: (?:la|mi))? tarea(?P<task>[\s:#].+)"
    r"|(?:hecho|hecha|completa|termina) (?P<number>#?\d{1,5})"
    r"|(?:ya )?(?:he (?:terminado|hecho|acabado|completado)|termine|hice|acabe|complete)(?: con)?"
    r"(?: (?:la|mi))? tarea(?P<i_did>[\s:#].+)"
    rf"|(?:la )?tarea (?P<named>.+?) (?:esta|ya esta) {_DONE_ES}"
)
_MOVE_EN: Final = r"(?:change|move|reschedule|postpone|push|shift|update|delay|set|edit|put off)"
CHANGE_EN: Final = re.compile(
    rf"{_MOVE_EN}(?: back)?(?: the| my)? (?:task|to-?do|todo|reminder)"
    r"(?: (?:number|to(?= (?!\d))|about|for|of))?(?P<what>.*?) (?P<link>to|until|till|for|on|at|"
    r"by)"
    r" (?P<new>.+)"
    r"|(?:rename)(?: the| my)? (?:task|to-?do|todo|reminder)(?P<old>.+?) (?:to|as|into) "
    r"(?P<name>.+)"
)
CHANGE_ES: Final = re.compile(
    r"(?:cambia|cambiar|mueve|mover|pasa|pasar|reprograma|reprogramar|retrasa|retrasar|pospon|"
    r"posponer|aplaza|aplazar)(?: (?:la|mi|el))? (?:tarea|recordatorio)(?: de| para)?"
    r"(?P<what>.*?) (?P<link>para|a|al|hasta|por) (?P<new>.+)"
)
SNOOZE: Final = re.compile(
    r"(?:snooze|pospon(?:er|lo|la|me)?|aplaza(?:r|lo|la)?|remind me (?:of it |of that )?again|"
    r"remind me later|recuerdamelo (?:mas tarde|luego|otra vez))"
    r"(?: (?:it|this|that|esto|la tarea|el recordatorio|the (?:task|reminder)|(?:task|reminder)))?"
    r"(?: (?P<task>#?\d{1,5})\b(?! (?:min|h|hour|day|dia|week|sem|am|pm)))?"
    r"(?:,? (?:for|until|till|to|by|por|hasta|para))?(?P<rest>\s.+)?"
)
# An alert is put off by itself.
ALERT: Final = re.compile(r"\balerta?s?\b")
READ_START: Final = re.compile(
    r"(?:what|which|show|list|read|see|view|check|open|pull|give|tell|let me|display|do i|"
    r"do we|have i|is|are|am|did|does|will|has|when|how many|any|i (?:want|need) to (?:hear|see|"
    r"know|check|view)|run|repeat|look|find|access|"
    r"que|cuales|cuantas|muestra|muestrame|ensena|ensename|ver|lee|leeme|dime|lista|listar|dame|"
    r"tengo|hay|mira|consulta|repasa|quiero ver)\b"
)
OWN_LIST: Final = re.compile(
    rf"(?:{_LIST_EN}|{_LIST_ES})(?:[, ]+(?:for )?(?:today|tomorrow|this week|now|please|hoy|"
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
    r"(?:(?:mi|el|la|un)? ?(?:plan|agenda)? ?(?:de|del|para)? ?(?:mi|el)? ?(?:dia|jornada)|plan "
    r"de "
    r"hoy|plan para hoy)(?: (?:otra vez|de nuevo|de hoy|por favor|hoy))*"
)
PLANS: Final = re.compile(
    r"plan|organi[sz]|refresh|replan|planific|planea|actualiza|refresca|agenda"
)
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
# What is asked for and is not kept here: other lists, and appointments.
OTHER_LIST_EN: Final = re.compile(
    rf"(?:{_ADD_EN} (?P<what>.+?){_DOWN}{_ANY_LIST_EN}"
    rf"|(?:{_DROP_EN}|mark|check|tick|empty|reset)\b.* {_ANY_LIST_EN}"
    r"|(?:create|make|start|open|add|new|open up|set up)(?: me)?(?: up)?(?: (?:a|an|another|new))+"
    r" (?:[a-z']+ ){0,3}list\b.*)"
)
OTHER_LIST_ES: Final = re.compile(
    rf"(?:(?:{_DROP_ES}|vacia|vaciar) {_ANY_LIST_ES}|{_ADD_ES} (?P<what>.+?) (?:a|en) "
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
# "remind me how much is left" asks, and is answered.
ASKED: Final = re.compile(
    r"\s*(?:again )?(?:what|how|who|whom|whose|where|which|why|when(?! (?:i|we|the|he|she|they|it|"
    r"my)\b)|if\b|whether|que (?!me|tengo|debo|hay|llame|envie|mande|pague|compre)|cual|cuanto|"
    r"quien|donde|como|cuando (?:es|son|fue))\b"
)
# What budget news is called: to be told of that is a threshold, and no task.
MONEY: Final = re.compile(
    r"%|percent|por ciento|\b(?:budget|limit|spend|spent|balance|runs? out|presupuesto|limite|"
    r"saldo|gasto|request|solicitud)\b"
)
# News before a reminder that makes it no order: a question, a condition, somebody else's words.
NEWS_UNSAFE: Final = re.compile(
    r"\?|\b(?:if|when|unless|don'?t|do not|did(?: not|n'?t)?|never|not|said|says|told|asked|why|"
    r"how|what|"
    r"who|can'?t|no|nunca|dijo|dice|pidio|si|cuando|por que|como)\b"
)
NEGATED: Final = re.compile(
    r"(?:do not|don'?t|never|no|stop|no me|nunca|deja de) (?!let me forget|me dejes|dejes |dejes "
    r"que|"
    r"se me olvide)"
)
IT: Final = re.compile(
    r"(?:it|this|that|these|them|those|something|anything|things?|this item|the item|an item|"
    r"items?|esto|eso|algo|lo|una cosa|cosas|this (?:task|one)|a task|one)"
)
