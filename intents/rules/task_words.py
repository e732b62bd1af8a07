"""The words in which people ask for a reminder or a note: patterns over folded text."""

from __future__ import annotations

import re
from typing import Final

from intents.extract.letters import words
from intents.rules.task_typos import SLIPS

# The words without which no text is about tasks: everything else is spared the rest.
_HINTS: Final = (
    frozenset(
        words(
            "dos rmind remid remnd remindme reminding remind reminded reminder reminders "
            "re-remind "
            "todo todos to-do to-dos task tasks list "
            "lists note notes idea ideas memo thought thoughts inbox snooze remember forget "
            "notify "
            "alert ping nudge poke buzz later plan replan re-plan planning refresh organize "
            "organise "
            "agenda chore chores item items heads-up headsup heads done complete finish finished "
            "stale tidy declutter jot capture schedule nudge shout ping sorted tick check cross "
            "drop "
            "delete erase scratch write save keep day today have mark stop "
            "recordame recordamelo acordate acordame acordarte recordaras recordases recuerde "
            "recuerda "
            "pase poneme agendame listo hechas marca marcala elimina borra quita cancela tacha "
            "saca "
            "descarta da dar ya deja hoy dia jornada tengo guarda ten escribe apuntalo anotalo "
            "renombra cambia mueve pasa pendiente recuerdame recuerdamelo recordarme recordadme "
            "recuerdenos recuerdanos recuerdeme "
            "recuerdas recuerda recuerdes recordar acordar acordarme acuerdame acuerde avisame "
            "avisarme olvide olvidar olvides recordatorio recordatorios tarea tareas lista listas "
            "pendientes quehaceres apunta apuntame apunte apuntes apuntar anota anotame anote "
            "anotar "
            "nota notas pensamiento pensamientos bandeja ideas planifica planificame planificar "
            "planea planeame planear organiza organizame organizar replanifica actualiza refresca "
            "pospon posponer posponlo posponla posponme aplaza aplazar aplazalo hecho hecha "
            "completa "
            "completar termina meeting meetings appointment appointments calendar calender event "
            "events cita citas reunion reuniones evento eventos calendario "
            "tell text message know plate reschedule agreed acabe acabo falta queda debo resolve "
            "scrap hay luego dime strike number again wake acuerdate despiertame "
            "despertarme supposed toca marcar"
        )
    )
    | SLIPS
)
# "add a to do": with one of these, "do" may be the end of "to do".
_TO_DO: Final = frozenset(
    words(
        "add put create make set delete remove erase cancel mark complete clear drop show list "
        "read my include new need supposed left track log save"
    )
)
REMINDS: Final = re.compile(
    r"remind|rmind|remid|remnd|remember|forget|recuerd|recorda|agendame|cuerd|acordar|avisa|"
    r"olvid|se me "
    r"pase"
    r"|heads.?up|\b(?:nudge|shout|ping|poke)\b"
    r"|\b(?:notify|alert|ping|nudge|poke|prompt|tell|message|text|buzz) me\b|\blet me know\b"
    r"|\bdime\b"
)


def may_be_task(tokens: tuple[str, ...]) -> bool:
    """Tell whether folded words may be about tasks; False is certain."""
    return not _HINTS.isdisjoint(tokens) or (
        "do" in tokens and (tokens[0] == "to" or not _TO_DO.isdisjoint(tokens))
    )


# What may open an order without changing it.
LEAD: Final = re.compile(
    r"(?:(?:hey|hi|hiya|hello|yo|psst|dear|guys|morning|hola|buenas|buenos dias|buen dia|bueno|"
    r"ok|okay|please|pls|plz|well|so|and|also|just|now|oh|yes|bot|bursar|"
    r"actually|oye|por favor|porfa|porfis|y|vale|venga|che|dale|kindly|there(?!'| is\b)|team|"
    r"good morning)\b"
    r"[\s,.!:]*|pda\b[\s,:]*"
    r"|(?:can|could) we\b(?= (?:push|move|reschedule|postpone|shift|bump|add|put|set|snooze)\b)\s*"
    r"|a ver(?= (?:mis|mi|que)\b)\s*"
    r"|(?:(?:any|is there any|is there a) chance |do you think |i was (?:hoping|wondering if) |"
    r"(?:it'?d|it would) be (?:great|nice|good|lovely|helpful|awesome) if |"
    r"i(?:'d| would) (?:appreciate it|be grateful|really appreciate it) if |if )?"
    r"(?:(?:can|could|would|will) (?:you|u)|(?:you|u) (?:can|could|would|will))\b"
    r"(?: (?:mind|kindly|possibly|please|pls|just|maybe|be (?:so kind|kind enough)(?: as)? to|be "
    r"able to|do me a favou?r and)\b)*\s*"
    r"|(?:would it be|is it|it is) possible (?:for you )?to\b\s*|(?:(?:do|would) you )?mind\b\s*"
    r"|(?:i(?:'d| would) (?:like|love|want)|i want|i need|we need) (?:you )?to\b\s*"
    r"|(?:you should|you must|you need to|go ahead and|hurry up and|let'?s|help me(?: to)?\b(?! "
    r"(?:to )?remember)|"
    r"be sure to|i'?d like to|i wanna|i have to)\b\s*"
    r"|(?:te|le) (?:agradeceria|pido|pediria)(?: (?:mucho|que|si))*(?: pudieras| puedes)?\b\s*"
    r"|(?:serias|seria|sos|eres) (?:tan amable|tan gentil|capaz|posible)(?: de)?(?: que)?\b\s*"
    r"|(?:hazme|haceme|me haces|me hace) (?:el|un) favor(?: de| y)?\b\s*"
    r"|(?:te|le) (?:importaria|molestaria)\b\s*|"
    r"(?:acuerdate|acordate) de\b(?! que\b)\s*"
    r"|(?:puedes|podes|podrias|puede|podria|podras|quiero(?: que)?|quisiera(?: que)?|"
    r"necesito(?: que)?|"
    r"me gustaria(?: que)?|ayudame a|hay que|tienes que|debes)\b\s*"
    r"|[¿¡]+\s*)*"
)
# A reminder that has no noun: what follows is when and of what.
REMIND_EN: Final = re.compile(
    r"(?:make sure (?:to|you) |remember to |be sure to |do(?:n'?t| not) forget to )?"
    r"(?:re-?)?(?:remind|rmind|remid|remnd|reminde|reming|reminding) ?(?:me|us|myself)\b"
    r"|(?:help me (?:to )?|make me |make sure (?:that )?i |let me )remember\b(?: to\b)?"
    r"|remember me(?= (?:to|about)\b)|(?:i )?(?:need|want|would like|could use) reminding\b"
    r"|(?:i )?(?:need to|have to|must|should|want to|wanna) (?:be reminded|remember)\b(?= (?:to|"
    r"of|about|"
    r"that|on|at|in|tomorrow))|"
    r"(?:(?:can|could|may) (?:i|we) )?(?:be|get) reminded\b|remember(?= to\b)(?!.*\bcalend)"
    r"|do(?: not|n'?t) let me forget(?: to| about)?\b"
    r"|make sure (?:that )?i (?:do(?: not|n'?t) forget|remember)(?: to)?\b"
    r"|(?:make sure|ensure) (?:that )?(?:i|we) do(?:n'?t| not) forget(?: to| about)?\b"
    r"|(?:i )?(?:must not|mustn'?t|don'?t want to|can'?t|cannot|better not) forget to\b"
    r"|(?:give|send|shoot|drop) me (?:a|another) (?:quick |little |gentle )?(?:heads[ -]?up|nudge|"
    r"shout|ping|poke)\b"
)
# Said of other news too, so that a task or a time has to follow.
TELL_EN: Final = re.compile(
    r"(?:(?:notify|alert|ping|nudge|poke|prompt|tell|message|text|buzz) me|let me know)\b"
    r"(?: (?:later|again))?"
)
TELL_ES: Final = re.compile(
    r"(?:avisame|avisarme|me avisas|me avise|dime)\b(?: (?:luego|mas tarde))?"
)
# Said of anything, so that what follows has to be something to do, and when.
TELL_ANYTHING: Final = re.compile(r"(?:(?:tell|message|text) me|let me know|dime)\b$")
TOLD_THEN: Final = re.compile(r"\b(?:to|that|que|de que|para)\s*$")
TOLD_TO: Final = re.compile(
    r"\s*(?:later )?to \w|\s*(?:luego |mas tarde )?(?:de|para) \w+[aei]r(?:me|te|lo|la|los|las)?\b"
    r"|\s*que tengo que \w"
)
NOUN_EN: Final = re.compile(
    r"(?:(?:set|make|create|add|give|schedule|put|place|get|start|setup|leave|send|shoot|drop|"
    r"write|have|use|do|enter|log|record|save|book|arrange|program|insert|include|stick|pop|throw|"
    r"activate|enable|prepare|request|setting|making|creating|adding|giving|sending|scheduling|"
    r"putting)"
    r"(?: up| in| down| out)?\b(?: me| us)?(?: up)?(?: with)?|(?:i|we)(?: will|'ll| would)? "
    r"(?:need|want|like|appreciate|could use)|i'?d (?:like|love|appreciate)|(?:can|could|may) i "
    r"(?:have|get)|"
    r"need|new)?"
    r"(?: me)?(?: ?\b(?:a|an|another|the|one|my|this|new|quick|daily|weekly|"
    r"monthly|yearly|annual|hourly|regular|friendly|gentle|little|recurring|repeating|short|"
    r"simple|"
    r"important|urgent|second|further))*"
    r" ?(?:reminder|remainder(?= to))s?\b(?: alarm| alert| note| notification)?"
    r"(?: (?:up|in|down|please|again))?(?: (?:for|to) (?:me|myself|us)\b(?! to \d))?"
)
# What somebody reminds others of: news, and no order.
NEWS_NOUN: Final = re.compile(
    r"(?:(?:a|an|another|one|quick|little|friendly|gentle|kind|un|otro) )*"
    r"(?:(?:friendly|gentle|kind|little) reminder\b.*|(?:reminder|recordatorio) (?:de )?(?:that|"
    r"que)\b.*)"
)
# A letter that is passed on: "Reminder: the canteen is closed. Regards, HR".
SIGNED: Final = re.compile(
    r"[.,!]\s*(?:(?:kind |best |warm )?regards|sincerely|best wishes|(?:un )?saludos?|"
    r"atentamente)\b"
)
# Without a verb before it, a reminder is asked for only by what follows.
BARE_NOUN: Final = re.compile(
    r"(?:(?:a|an|un|otro|new|another|quick) )*(?:reminder|recordatorio)s?\b"
)
NOUN_GOES_ON: Final = re.compile(
    r"\s*[:,—-]|\s*(?:to|for|about|of|that|on|at|in|by|every|tomorrow|tonight|today|para|de|del|"
    r"que|"
    r"el|a|al|en|cada|manana|hoy|\w{2,}(?:ar|er|ir)(?:me|te|le|lo|la)?(?= \w))\b"
)
REMIND_ES: Final = re.compile(
    r"(?:recuerdame|recuerdamelo|recordarme|recordadme|recuerdenos|recuerdanos|acuerdame|"
    r"recordame|acordame|recuerdeme|recuerdenme|(?:hazme|haceme|hacerme) (?:acordar|"
    r"recordar)(?:me)?"
    r"|me (?:puedes|podes|podrias|puede|podria|podras) (?:recordar|hacer acordar)|me harias "
    r"acordar"
    r"|me (?:recuerdes|recordaras|recordases|recuerde|recordara)"
    r"|me (?:recuerdas?|recordas)\b(?! (?:a|al)\b(?! las? \d))"
    r"|recuerda(?= \w{2,}(?:ar|er|ir)(?:me|lo|la|los|las|le|les|se)?\b)"
    r"|agendame(?= \w{2,}(?:ar|er|ir)(?:me|lo|la|los|las|le|les|se)?\b)"
    r"|recordar(?= (?:\w{2,}(?:ar|er|ir)(?:me|lo|la|los|las|le|les|se)?|que|a las|hoy|manana|"
    r"el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|\d))\b)"
    r"|(?:que )?no se me (?:olvide|pase|vaya a olvidar|vaya a pasar)|que no (?:me )?olvide(?: "
    r"de)?(?= \w+(?:ar|er|ir))"
    r"|no (?:te )?olvid(?:es|e) (?:de )?recordarme"
    r"|no (?:me dejes|dejes que(?: se)?(?: me)?) ?(?:olvid\w+|pas\w+)"
    r"|que me acuerde)\b"
)
NOUN_ES: Final = re.compile(
    r"(?:(?:me )?(?:(?:pon(?:e|es|er|ed|ga|gas)?|manda[rs]?|envia[rs]?|deja[rs]?|agrega[rs]?|"
    r"agenda[rs]?|arma[rs]?|crea[rs]?|anad(?:e|es|ir|a|as)|programa[rs]?|haz|haces?|hacer|"
    r"establece[rs]?|configura[rs]?|guarda[rs]?|activa[rs]?|apunta[rs]?|anota[rs]?|mete[rs]?|"
    r"fija[rs]?|genera[rs]?|registra[rs]?|inserta[rs]?|da[rs]?)(?:me|nos)?|necesito|necesitaria|"
    r"quiero|nuevo)\b)?(?: ?\b(?:un|el|otro|nuevo|mi|este))* ?recordatorios?\b(?: (?:nuevo|diario|"
    r"semanal|mensual|anual))?"
)
# A thought for the inbox.
NOTE: Final = re.compile(
    r"(?:(?:(?:take|make|add|leave) (?:a |me a )?)?(?:quick )?note(?: to (?:self|myself))?|idea|"
    r"thought|memo|inbox|(?:(?:toma|deja|guarda) )?(?:una )?nota(?: mental)?|apunte|pensamiento|"
    r"bandeja|(?:save|keep|write|note|jot|put|capture|store)(?: down)? (?:this|that)?(?: thought| "
    r"idea| note)?(?: down)?(?: for (?:later|me))?|(?:guarda|escribe)(?: (?:esto|esta idea|este "
    r"pensamiento))?(?: para (?:luego|despues|mas tarde))?)\s?[:—–-]\s*(?P<text>.+)"
    r"|(?:apunta|anota|apuntame|anotame|apunte|anote)(?: (?:esto|esta idea|lo siguiente))?"
    r"\s?[:—–]\s*(?P<said>.+)"
    r"|(?:(?:please )?(?:make|take) (?:a |me a )note (?:that|to|of|about|:)|(?:make|"
    r"take) note that|jot(?: this)? "
    r"down(?::| that)?|"
    r"note down:?|note that|remember that|write down(?: that|:)|"
    r"write this down:|keep in mind that|jot down(?: that)?|bear in mind that|ten en cuenta que|"
    r"(?:ten|tened) presente que|capture(?: this)?(?: thought| idea)?:|"
    r"note to (?:self|myself),|(?:apunta|anota)me(?= \w{2,}(?:ar|er|ir)\b)|"
    r"toma nota(?: de que| de|:)?|(?:apunta|anota)(?:me)? que|recuerda que|"
    r"(?:acuerdate|acordate) de que)"
    r"\s+(?P<clause>.+)"
)
NOTE_NOTHING: Final = re.compile(
    r"(?:(?:make|take|write|leave|add|new) (?:a |me a |another )?note|note|take this down|"
    r"toma nota|apunta(?: esto)?|anota(?: esto)?|nueva nota)"
)
# "remind me how much is left" asks, and is answered.
ASKED: Final = re.compile(
    r"\s*(?:again )?(?:what|how|who|whom|whose|where|which|why|when(?! (?:i|we|the|he|she|they|it|"
    r"my)\b)|if\b|whether|que (?:tareas|cosas|pendientes|recordatorios|reuniones|dia|hora|fecha|"
    r"gast\w+|cuesta|costo|modelos?|presupuesto|cartera|limite|equipos?|queda|era|dij\w+|"
    r"significa|sabes|puedes|hice|hicimos)\b|cual|cuanto|"
    r"quien|donde|como|cuando (?:es|son|fue))\b"
)
# What budget news is called: to be told of that is a threshold, and no task.
MONEY: Final = re.compile(
    r"%|percent|por ciento|\b(?:budget|limit|spend|spent|balance|runs? out|presupuesto|limite|"
    r"saldo|gasto|(?<!pull )requests?|approvals?|solicitud(?:es)?|peticion(?:es)?|"
    r"aprobacion(?:es)?)\b"
)
# News before a reminder that makes it no order: a question, a condition, somebody else's words.
NEWS_UNSAFE: Final = re.compile(
    r"\?|\b(?:if|when|unless|don'?t|do not|did(?: not|n'?t)?|never|not|said|says|told|asked|why|"
    r"how|what|"
    r"who|can'?t|no|nunca|dijo|dice|pidio|si|cuando|por que|como)\b"
)
# What a reminder would wait for, where it is no time: nobody tells Bursar when that has come.
CONDITION: Final = re.compile(
    r"\s*(?:,? ?(?:if|when(?:ever)?|once|unless|as soon as|after|before|until)"
    r"(?= (?:i|we|you|he|she|they|it|the|my|our|someone|somebody|anyone|ben|ana|[a-z]+ (?:is|are|"
    r"comes?|gets?|arrives?|leaves?|replies|answers|calls|says|goes|has|starts|ends))\b)"
    r"|(?:si|cuando|en cuanto|apenas|a menos que|despues de que|antes de que|antes de(?:l)?(?: "
    r"la| "
    r"mi)?)(?= \w))"
    r".{2,60}?(?=$|,| to (?!(?:the|my|a)\b)| \w+(?:ar|er|ir)(?:me|le|lo|la)?\b|[.;:])"
)
# "a daily reminder", "un recordatorio semanal"
OFTEN: Final = re.compile(
    r"\b(?:daily|weekly|monthly|yearly|annual|diario|semanal|mensual|anual)\b"
)
EVERY: Final = {
    "daily": "every day", "weekly": "every week", "monthly": "every month",
    "yearly": "every year", "annual": "every year", "diario": "cada dia",
    "semanal": "cada semana", "mensual": "cada mes", "anual": "cada año",
}  # fmt: skip
# What opens news of something that somebody has on.
HAVING: Final = re.compile(
    r"^(?:i(?:'ve| have)?(?: got)?|we(?:'ve| have)?(?: got)?|there'?s|there is|tengo(?: que)?|"
    r"tenemos(?: que)?|hay(?: que)?) (?:(?:a|an|un|una) )?(?=\w)",
    re.IGNORECASE,
)
NEGATED: Final = re.compile(
    r"(?:do not|don'?t|never(?! ?mind)|no|stop|no me|nunca|deja de) (?!let me forget|"
    r"forget to remind|me "
    r"dejes|dejes |se me olvide|(?:te )?olvid(?:es|e) (?:de )?recordarme)"
)
IT: Final = re.compile(
    r"(?:(?:do |doing |about |hacer )?(?:it|this|that|eso|esto|lo mismo)|hacerlo|it|this|that|"
    r"these|them|those|something|anything|things?|this item|the item|an item|"
    r"items?|esto|eso|algo|lo|una cosa|cosas|this (?:task|one)|a task|one)"
)
