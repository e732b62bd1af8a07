"""Small replies, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "short.draft_discarded": "Draft #{ref} is discarded. Nothing was changed.",
    "short.draft_expired": (
        "Draft #{ref} has expired. Nothing was changed; say it once more if you still want it."
    ),
    "short.several_steps": (
        "Draft #{ref} has several steps, so it is done or dropped as a whole: say no, and say "
        "anew what you want."
    ),
    "short.step_failed": (
        "Step {number} of {of} ({what}) failed, so that nothing of the draft was done."
    ),
    "short.steps_used_up.1": (
        "One message may ask for {most} reads, and this one needs more. Ask for the rest in "
        "another one."
    ),
    "short.steps_used_up.2": (
        "One message may make {most} small changes that can be undone, and this one asks for "
        "more. Nothing was drafted: say them in several."
    ),
    "short.steps_used_up.3": (
        "One message may make {most} change of money, limits, people or models, and this one "
        "asks for more. Nothing was drafted: which one first?"
    ),
    "short.rounds_used_up": (
        "After {most} looks at what was read there is no answer yet, so that is all that was "
        "found. Ask for a part of it."
    ),
    "short.answer.from": "Read for this:",
    "short.what_to_change": (
        "What should I change in #{ref}? For example: make it 250, until 15 December"
    ),
    "short.what_wallet": (
        "Of which wallet should they be a member? For example: approve {ref} as a member of Design"
    ),
    "short.name_the_one": "Several wait for an answer: {refs}. Which one? For example: yes {ref}",
    "short.still_waiting": "Draft #{ref} still waits: Yes, Edit or No.",
    "short.yes_to_which": (
        "I asked something else after draft #{ref}, so a yes alone is not sure. Nothing was done. "
        "Say “yes {ref}” to have the draft done."
    ),
    "short.late_command": (
        "You wrote this {age} ago, and it has reached me only now. Nothing was done. "
        "Do you still want it? Then send it once more."
    ),
    "short.late_command.some_time": (
        "You wrote this some time ago, and it has reached me only now. Nothing was done. "
        "Do you still want it? Then send it once more."
    ),
    "short.card_missed": (
        "Request #{ref} did not reach {name}, and nobody else may decide it. It still waits; "
        "nothing was changed."
    ),
    "short.card_missed.instead": (
        "Request #{ref} did not reach {name}, so I have asked {instead}. It still waits."
    ),
    "short.request_waits": (
        "Request #{ref} from {asker} has waited for you for {age}; it expires on {when}."
    ),
    "short.request_reminded": (
        "Your request #{ref} still waits. I have reminded {names}; it expires on {when}."
    ),
    "short.request_reminded.somebody": "Your request #{ref} still waits; it expires on {when}.",
    "short.request_escalated": (
        "Nobody has decided your request #{ref} yet, so I have asked {names} too; it expires on "
        "{when}."
    ),
    "short.request_escalated.somebody": (
        "Nobody has decided your request #{ref} yet, so I have asked somebody else too; it "
        "expires on {when}."
    ),
    "short.unknown_person": (
        "I don't know you here yet, so I can't tell you anything or do anything for you. "
        "Ask an admin to add you and to link this account."
    ),
    "short.join_waits": "Your request #{ref} waits; I'll tell you when it is decided.",
    "short.join_again": "You can ask to be let in again from {at}.",
    "short.link_bad": (
        "That code does not count: it was used, its ten minutes are over, or it never was one. "
        "Say “link” where I know you for a new one."
    ),
    "short.link_in_group": (
        "A code is for a private chat. Others have read this one, so it counts no more; "
        "say “link” for a new one and write it to me in private."
    ),
    "short.link_own": "This account is yours already. The code counts no more.",
    "short.link_taken": (
        "This account is linked to you already. To link it to somebody else, unlink it first: "
        "“unlink {platform}”. The code counts no more."
    ),
    "short.link_leaked": (
        "Your code was used where others read along, by {account}. It linked nothing and counts "
        "no more. Say “link” for a new one."
    ),
    "short.link_refused": (
        "Your code was used by {account}, which is somebody else's account here. It linked "
        "nothing and counts no more. Say “link” for a new one."
    ),
    "short.thanks": "You're welcome.",
    "short.question_dropped": "All right, forgotten. Nothing was changed.",
    "short.question_lapsed": (
        "If this answers what I asked about “{text}”: that was too long ago, and nothing was "
        "done. Please say all of it again, in one message."
    ),
    "short.quota_nearly_used": (
        "You have used {used} of your {limit} {unit} of today. The next day begins on {when}."
    ),
    "short.nothing_open": (
        "Nothing here waits for a yes or no. Say “requests” to see the requests that wait."
    ),
}

WORDS_ES: Final[dict[str, str]] = {
    "short.draft_discarded": "Borrador #{ref} descartado. No se ha cambiado nada.",
    "short.draft_expired": (
        "El borrador #{ref} ha caducado. No se ha cambiado nada; dilo otra vez si aún lo quieres."
    ),
    "short.several_steps": (
        "El borrador #{ref} tiene varios pasos, así que se hace o se descarta entero: di no y "
        "di de nuevo lo que quieres."
    ),
    "short.step_failed": (
        "El paso {number} de {of} ({what}) falló, así que no se hizo nada del borrador."
    ),
    "short.steps_used_up.1": (
        "Un mensaje puede pedir {most} consultas y este necesita más. Pide el resto en otro."
    ),
    "short.steps_used_up.2": (
        "Un mensaje puede hacer {most} cambios pequeños que se pueden deshacer y este pide "
        "más. No se preparó nada: dilos en varios."
    ),
    "short.steps_used_up.3": (
        "Un mensaje puede hacer {most} cambio de dinero, límites, personas o modelos y este "
        "pide más. No se preparó nada: ¿cuál primero?"
    ),
    "short.rounds_used_up": (
        "Después de mirar {most} veces lo consultado aún no hay respuesta, así que esto es todo "
        "lo que se encontró. Pregunta por una parte."
    ),
    "short.answer.from": "Consultado para esto:",
    "short.what_to_change": (
        "¿Qué cambio en #{ref}? Por ejemplo: que sean 250, hasta el 15 de diciembre"
    ),
    "short.what_wallet": (
        "¿De qué cartera sería miembro? Por ejemplo: aprueba {ref} como miembro de Diseño"
    ),
    "short.name_the_one": "Esperan respuesta varios: {refs}. ¿Cuál? Por ejemplo: sí {ref}",
    "short.still_waiting": "El borrador #{ref} sigue esperando: Sí, Editar o No.",
    "short.yes_to_which": (
        "Pregunté otra cosa después del borrador #{ref}, así que un sí solo no basta. No se ha "
        "hecho nada. Di «sí {ref}» para que se haga el borrador."
    ),
    "short.late_command": (
        "Escribiste esto hace {age} y me llega ahora. No se ha hecho nada. ¿Aún lo quieres? "
        "Entonces envíalo otra vez."
    ),
    "short.late_command.some_time": (
        "Escribiste esto hace tiempo y me llega ahora. No se ha hecho nada. ¿Aún lo quieres? "
        "Entonces envíalo otra vez."
    ),
    "short.card_missed": (
        "La solicitud #{ref} no le ha llegado a {name} y nadie más puede decidirla. Sigue "
        "pendiente; no ha cambiado nada."
    ),
    "short.card_missed.instead": (
        "La solicitud #{ref} no le ha llegado a {name}, así que se la he pasado a {instead}. "
        "Sigue pendiente."
    ),
    "short.request_waits": (
        "La solicitud #{ref} de {asker} te espera desde hace {age}; caduca el {when}."
    ),
    "short.request_reminded": (
        "Tu solicitud #{ref} sigue esperando. Se lo he recordado a {names}; caduca el {when}."
    ),
    "short.request_reminded.somebody": "Tu solicitud #{ref} sigue esperando; caduca el {when}.",
    "short.request_escalated": (
        "Nadie ha decidido aún tu solicitud #{ref}, así que también he preguntado a {names}; "
        "caduca el {when}."
    ),
    "short.request_escalated.somebody": (
        "Nadie ha decidido aún tu solicitud #{ref}, así que he preguntado también a otra persona; "
        "caduca el {when}."
    ),
    "short.unknown_person": (
        "Aún no te conozco aquí, así que no puedo contarte ni hacer nada. "
        "Pide a un administrador que te añada y vincule esta cuenta."
    ),
    "short.join_waits": "Tu solicitud #{ref} espera; te avisaré cuando se decida.",
    "short.join_again": "Puedes volver a pedir acceso a partir del {at}.",
    "short.link_bad": (
        "Ese código no vale: ya se ha usado, han pasado sus diez minutos o nunca lo fue. "
        "Di «vincula mi cuenta» donde te conozco para obtener otro."
    ),
    "short.link_in_group": (
        "Un código es para un chat privado. Este ya lo han leído otros, así que no vale; "
        "di «vincula mi cuenta» para obtener otro y escríbemelo en privado."
    ),
    "short.link_own": "Esta cuenta ya es tuya. El código ya no vale.",
    "short.link_taken": (
        "Esta cuenta ya está vinculada a ti. Para vincularla a otra persona, desvincúlala antes: "
        "«desvincula {platform}». El código ya no vale."
    ),
    "short.link_leaked": (
        "Tu código se ha usado donde lo leen otros, desde {account}. No ha vinculado nada y ya no "
        "vale. Di «vincula mi cuenta» para obtener otro."
    ),
    "short.link_refused": (
        "Tu código se ha usado desde {account}, que aquí es la cuenta de otra persona. No ha "
        "vinculado nada y ya no vale. Di «vincula mi cuenta» para obtener otro."
    ),
    "short.thanks": "De nada.",
    "short.question_dropped": "De acuerdo, olvidado. No se ha cambiado nada.",
    "short.question_lapsed": (
        "Si esto responde a lo que pregunté sobre «{text}»: fue hace demasiado y no se ha hecho "
        "nada. Dilo todo otra vez, en un solo mensaje."
    ),
    "short.quota_nearly_used": (
        "Llevas {used} de tu cupo de {limit} {unit} de hoy. El día siguiente empieza el {when}."
    ),
    "short.nothing_open": (
        "Aquí no hay nada que espere un sí o un no. Di «solicitudes» para ver las que esperan."
    ),
}
