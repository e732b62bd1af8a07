"""Questions that the bot asks, and its greeting, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    # Questions
    "ask.which_amount": "How much? For example: 200 or $1,250.00",
    "ask.which_amount.given": (
        "I can't take “{given}” as an amount. How much in US dollars? "
        "For example: 200 or $1,250.00"
    ),
    "ask.which_amount.two": (
        "“{given}” can be read in two ways. How much? Write {large} or {small}"
    ),
    "ask.which_limit": (
        "What is the limit to be then? Say the whole amount, for example: 200 or $1,250.00"
    ),
    "ask.which_wallet": "Which wallet?",
    "ask.which_wallet.given": "Which wallet is “{given}”?",
    "ask.which_wallet.example": "For example: Design. “show the wallets” lists them.",
    "ask.which_wallet.near": "Names like it: {names}. “show the wallets” lists all.",
    "ask.which_parent": "Below which wallet is it to stand?",
    "ask.which_parent.given": ("“{given}” is no wallet here. Below which one is it to stand?"),
    "ask.which_span": "For how long? From one hour to 14 days, for example: 2 days",
    "ask.which_span.given": (
        "Alerts cannot wait for “{given}”. For how long? From one hour to 14 days, for example: "
        "2 days"
    ),
    "ask.which_from_wallet": "From which wallet?",
    "ask.which_from_wallet.given": "“{given}” is no wallet here. From which one?",
    "ask.which_from_wallet.choices": "From which of these?",
    "ask.which_to_wallet": "To which wallet?",
    "ask.which_to_wallet.given": "“{given}” is no wallet here. To which one?",
    "ask.which_to_wallet.choices": "To which of these?",
    "ask.which_other_wallet": "To which other wallet?",
    "ask.which_other_wallet.example": "“show the wallets” lists them.",
    "ask.which_other_wallet.given": (
        "“{given}” is where it comes from, so that nothing would move. To which other wallet?"
    ),
    "ask.which_person": "Who?",
    "ask.which_person.given": "Who is “{given}”?",
    "ask.which_person.example": "For example: Ana. “people” lists everybody.",
    "ask.which_person.near": "Names like it: {names}. “people” lists everybody.",
    "ask.which_date": "Until when? For example: until 15 December, or until the end of the month",
    "ask.which_date.given": (
        "I can't take “{given}” as a day to come. Until when? For example: until 15 December"
    ),
    "ask.which_role": "Which role: owner, admin, finance, lead, member or viewer?",
    "ask.which_request": "Which request? For example: 7K2M. “requests” lists those that wait.",
    "ask.which_request.given": (
        "“{given}” is no reference of a request. Which one? For example: 7K2M. “requests” lists "
        "those that wait."
    ),
    "ask.which_request.choices": "Which request?",
    "ask.which_name": "What is it to be called? For example: Website",
    "ask.which_name.given": "I can't take “{given}” as a name. What is it to be called?",
    "ask.pasted_key": (
        "That holds a key, and a chat is no place for one: revoke it at its maker. Give the new "
        "one to the operator as a variable or a file, and name it here as env:NAME_API_KEY or "
        "file:NAME. Nothing was changed."
    ),
    "ask.which_day": "Which day? For example: 15 November",
    "ask.which_day.given": "There is no “{given}”. Which day? For example: 15 November",
    "ask.which_count": "How many? From 1 to 20, for example: 10",
    "ask.which_count.given": "“{given}” is no number from 1 to 20. How many?",
    "ask.no_argument": "Nothing goes behind that. Say it alone, or “/help”.",
    "ask.no_argument.given": (
        "“{given}” means nothing to me there. Say the command alone, or “/help” for what may "
        "stand behind it."
    ),
    "ask.which_hours": "From when until when? For example: 22:00 to 7:00",
    "ask.which_hours.given": (
        "I can't tell the hours from “{given}”. For example: quiet hours 22:00 to 7:00"
    ),
    "ask.which_percents": "At which percentages? Up to five from 1 to 100, for example: 70 and 90",
    "ask.one_at_a_time": "That is more than one change, and I do one at a time. Which one first?",
    "ask.one_at_a_time.plain": (
        "That is more than one change, and I do one at a time. Say the first one by itself."
    ),
    "ask.not_understood": "I'm not sure what you mean. You can say, for example:",
    # Greeting
    "hello": "Hello.",
    "hello.name": "Hello {name}.",
    "hello.waiting": "1 proposal waits here for your answer.",
    "hello.waiting.many": "{number} proposals wait here for your answer.",
    "hello.examples": "Try:",
    "hello.never": (
        "I never move money, change a limit or a role without your Yes; nobody approves their "
        "own request."
    ),
}

WORDS_ES: Final[dict[str, str]] = {
    # Examples that the rules give in English
    "ex:list providers": "lista los proveedores",
    "ex:list routing rules": "lista las reglas de enrutado",
    "ex:quiet hours 22:00 to 7:00": "horas de silencio de 22:00 a 7:00",
    "ex:until the end of the month": "hasta fin de mes",
    "ex:from Data to Design": "de Data a Design",
    "ex:set design's limit to 600": "fija el límite de design en 600",
    "ex:make ana lead of design": "haz a ana líder de design",
    "ex:make ana member of design": "haz a ana miembro de design",
    "ex:take lead of design from ben": "ben ya no es líder de design",
    "ex:make ana finance": "haz a ana finanzas",
    "ex:from 1 to 15 November": "del 1 al 15 de noviembre",
    "ex:close brand": "cierra brand",
    "ex:Launch": "Lanzamiento",
    # Questions
    "ask.which_amount": "¿Cuánto? Por ejemplo: 200 o $1.250,00",
    "ask.which_amount.given": (
        "No puedo tomar «{given}» como cantidad. ¿Cuánto, en dólares? Por ejemplo: 200 o $1.250,00"
    ),
    "ask.which_amount.two": (
        "«{given}» se puede leer de dos maneras. ¿Cuánto? Escribe {large} o {small}"
    ),
    "ask.which_limit": (
        "¿Cuál va a ser entonces el límite? Di la cantidad entera, por ejemplo: 200 o $1.250,00"
    ),
    "ask.which_wallet": "¿Qué cartera?",
    "ask.which_wallet.given": "¿Qué cartera es «{given}»?",
    "ask.which_wallet.example": "Por ejemplo: Design. «muestra las carteras» las enseña todas.",
    "ask.which_wallet.near": "Nombres parecidos: {names}. «muestra las carteras» enseña todas.",
    "ask.which_parent": "¿Debajo de qué cartera va a estar?",
    "ask.which_parent.given": ("«{given}» no es ninguna cartera. ¿Debajo de cuál va a estar?"),
    "ask.which_span": "¿Cuánto tiempo? De una hora a 14 días, por ejemplo: 2 días",
    "ask.which_span.given": (
        "Las alertas no pueden esperar «{given}». ¿Cuánto tiempo? De una hora a 14 días, por "
        "ejemplo: 2 días"
    ),
    "ask.which_from_wallet": "¿De qué cartera?",
    "ask.which_from_wallet.given": "«{given}» no es ninguna cartera. ¿De cuál?",
    "ask.which_from_wallet.choices": "¿De cuál de estas?",
    "ask.which_to_wallet": "¿A qué cartera?",
    "ask.which_to_wallet.given": "«{given}» no es ninguna cartera. ¿A cuál?",
    "ask.which_to_wallet.choices": "¿A cuál de estas?",
    "ask.which_other_wallet": "¿A qué otra cartera?",
    "ask.which_other_wallet.example": "«muestra las carteras» las enseña todas.",
    "ask.which_other_wallet.given": (
        "«{given}» es de donde sale, así que no se movería nada. ¿A qué otra cartera?"
    ),
    "ask.which_person": "¿Quién?",
    "ask.which_person.given": "¿Quién es «{given}»?",
    "ask.which_person.example": "Por ejemplo: Ana. «personas» las enseña a todas.",
    "ask.which_person.near": "Nombres parecidos: {names}. «personas» las enseña a todas.",
    "ask.which_date": ("¿Hasta cuándo? Por ejemplo: hasta el 15 de diciembre, o hasta fin de mes"),
    "ask.which_date.given": (
        "No puedo tomar «{given}» como un día por venir. ¿Hasta cuándo? "
        "Por ejemplo: hasta el 15 de diciembre"
    ),
    "ask.which_role": ("¿Qué rol: propietario, administrador, finanzas, líder, miembro o lector?"),
    "ask.which_request": (
        "¿Qué solicitud? Por ejemplo: 7K2M. «solicitudes» enseña las que esperan."
    ),
    "ask.which_request.given": (
        "«{given}» no es la referencia de ninguna solicitud. ¿Cuál? Por ejemplo: 7K2M. "
        "«solicitudes» enseña las que esperan."
    ),
    "ask.which_request.choices": "¿Qué solicitud?",
    "ask.which_name": "¿Cómo se va a llamar? Por ejemplo: Web",
    "ask.which_name.given": "No puedo tomar «{given}» como nombre. ¿Cómo se va a llamar?",
    "ask.pasted_key": (
        "Eso contiene una clave, y un chat no es lugar para ella: revócala donde se hizo. Da la "
        "nueva al operador como variable o archivo, y nómbrala aquí como env:NAME_API_KEY o "
        "file:NAME. No se ha cambiado nada."
    ),
    "ask.which_day": "¿Qué día? Por ejemplo: 15 de noviembre",
    "ask.which_day.given": "No hay ningún «{given}». ¿Qué día? Por ejemplo: 15 de noviembre",
    "ask.which_count": "¿Cuántos? De 1 a 20, por ejemplo: 10",
    "ask.which_count.given": "«{given}» no es un número de 1 a 20. ¿Cuántos?",
    "ask.no_argument": "Detrás no va nada. Dilo solo, o «/ayuda».",
    "ask.no_argument.given": (
        "«{given}» no me dice nada ahí. Di la orden sola, o «/ayuda» para ver qué puede ir detrás."
    ),
    "ask.which_hours": "¿Desde qué hora hasta qué hora? Por ejemplo: de 22:00 a 7:00",
    "ask.which_hours.given": (
        "No distingo las horas en «{given}». Por ejemplo: horas de silencio de 22:00 a 7:00"
    ),
    "ask.which_percents": ("¿En qué porcentajes? Hasta cinco, de 1 a 100, por ejemplo: 70 y 90"),
    "ask.one_at_a_time": "Eso es más de un cambio y los hago de uno en uno. ¿Cuál primero?",
    "ask.one_at_a_time.plain": (
        "Eso es más de un cambio y los hago de uno en uno. Di solo el primero."
    ),
    "ask.not_understood": "No estoy seguro de lo que quieres. Puedes decir, por ejemplo:",
    # Greeting
    "hello": "Hola.",
    "hello.name": "Hola, {name}.",
    "hello.waiting": "1 propuesta espera aquí tu respuesta.",
    "hello.waiting.many": "{number} propuestas esperan aquí tu respuesta.",
    "hello.examples": "Prueba:",
    "hello.never": (
        "Nunca muevo dinero ni cambio un límite o un rol sin tu Sí; nadie aprueba su propia "
        "solicitud."
    ),
}
