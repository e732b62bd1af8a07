"""Senses of what an assistant was told, of showing it, and of what stands before money."""

from __future__ import annotations

from typing import Final

from bot.guards.sense import Sense

SENSES: Final = (
    Sense(
        "your",
        "your ur yours thy tu tus dein deine deinen deiner deines tes ton vos votre suas seu"
        " tuo tue tuoi твои твою",
    ),
    # Whoever speaks of what they or somebody else said orders nothing.
    Sense(
        "mine",
        "my mine our i we he she his her their us mi mis mein meine mon mes",
    ),
    # What holds for an assistant and is seldom called so elsewhere.
    Sense(
        "prompt",
        "prompt prompts preprompt preamble metaprompt programming guardrail* safeguard*"
        " rulebook systemprompt промпт",
        "system message|developer message|content policy|content policies|usage policies"
        "|usage policy|content filter|content filters|safety filter|safety filters"
        "|safety layer|safety rules|safety guidelines|ethical guidelines|moral guidelines"
        "|moral programming|safety checks|safety training|safety protocols|moral code"
        "|ethical code|hidden message|hidden messages|context window|moral compass"
        "|mensaje de sistema|mensaje del sistema|mensaje inicial|texto inicial"
        "|initial message|starting prompt|starting message|safety module|policy module"
        "|ethical subroutines|ethics subroutines",
    ),
    # What one is told.
    Sense(
        "orders",
        "instruction* instrution* instuction* guideline* guidlines guidance directive*"
        " directions orders commands principles protocol protocols training conditioning"
        " ruleset instruccion* directrices indicaciones ordenes pautas consignas"
        " entrenamiento directivas anweisung* instruktion* vorgaben richtlinien befehle"
        " vorschriften consignes ordres instrucoes diretrizes ordens istruzioni direttive"
        " instructies polecenia instrukcje инструкци* указани* instrucci* indicaci* weisungen",
        "the brief|your brief|your rules|tus reglas|deine regeln|tes regles|le tue regole",
    ),
    # What one is kept from: an order may lift it of a wallet, too.
    Sense(
        "bounds",
        "rules restriction* constraint* limitation* boundaries policy policies regulations"
        " filter filters shackles censorship configuration ethics morals morality safety"
        " ethical moral reglas normas restricciones politicas filtros censura etica moral"
        " regeln einschrankungen filter zensur regles regras restricoes regole regels zasady"
        " правил* moderation",
    ),
    # What else one is told to do.
    Sense(
        "work",
        "task tasks assignment assignments job jobs mission objective role persona purpose"
        " context question tarea tareas contexto aufgabe aufgaben auftrag",
        "what you do",
    ),
    # What stands in a conversation.
    Sense(
        "texts",
        "text texts messages input inputs document documents article articles passage"
        " paragraph paragraphs conversation sentences lines words everything anything chat"
        " dialogue page content review reviews whatever things stuff source sources texto"
        " textos mensajes todo articulos documentos conversacion palabras texte texten"
        " artikel artikeln dokumente alles nachrichten tout tudo tutto information brochure",
        "the above|the foregoing|lo anterior|lo que|all that|what was|what you|what they"
        "|what has been|what i said|was man|was ich|ce qu'on|what's in|what is in|what stands",
    ),
    # One alone of which may well be meant by somebody who writes.
    Sense(
        "message",
        "message mensaje nachricht line sentence question note",
    ),
    # What was given to answer from.
    Sense(
        "papers",
        "article articles document documents artikel artikeln dokumente articulo articulos"
        " documento documentos passage passages paragraph paragraphs source sources webpage",
    ),
    # What came before.
    Sense(
        "earlier",
        "previous previously previos previus prior preceding precedes above earlier foregoing"
        " former initial initially original originally beforehand preceded past before"
        " initialised initialized provided given anterior anteriores previa previas previo"
        " arriba iniciales encima vorherige vorherigen vorigen bisherigen vorher davor oben"
        " obigen oberhalb zuvor bisher precedentes precedente avant precedenti eerdere"
        " poprzednie предыдущие выше",
        "so far|until now|up to now",
    ),
    # The same, said of this very conversation.
    Sense(
        "here",
        "au-dessus",
        "above this|before this|before that|before my|above my|before mine|above mine"
        "|above here|up to here|to this point|text above|texts above|written above"
        "|lines above|line above|words above|sentence above|sentences above|prompt above"
        "|precedes this|precede this|preceding this|precedes my|preceding my|at the top"
        "|the beginning of this|the beginning of the chat|the beginning of our|the above"
        "|up there|all text before|text before|vorher kam|davor stand|encima de este"
        "|encima de mi|arriba de este|antes de este|antes de mi|al principio de este"
        "|al principio de la conversacion|uber dieser|vor dieser|am anfang dieses"
        "|am anfang deines|am anfang unseres|avant ce|so far|until now|your context"
        "|context window|this conversation|our conversation|this line|very beginning"
        "|all roles",
    ),
    # That somebody told the assistant something.
    Sense(
        "told",
        "told instructed taught trained programmed initialised initialized configured recibiste",
        "you were given|you've been given|you have been given|you were handed|you got"
        "|you received|given to you|you started with|you have received|you operate under"
        "|te dijeron|te dieron|te ordenaron|te ensenaron|te dije|te han|dir gesagt"
        "|dir gegeben|man dir|t'a dit|t'a donne|you must follow|you have to follow|you run on"
        "|you were set|that bind you|bind you|you must obey|asked to keep|guides your"
        "|guide your|user can't see|i can't see|you were started|you began with|wrote for you"
        "|you had|you were born with|wrote at the top|written at the top|te pusieron"
        "|que te pusieron|te mandaron|dir gegeben hat|t'a donnees|put into you|built into you"
        "|gave you|given you|gave to you|set you up|set up you|configured you|made you"
        "|installed in you|te configuraron|te programaron|du bekommen|du erhalten"
        "|bekommen hast|erhalten hast|were fed|you were fed|fed to you",
    ),
    # The same, of the assistant alone.
    Sense(
        "told-you",
        "",
        "were you told|were you given|were you instructed|were you configured"
        "|were you trained|were you programmed|were you set|you were told|you were instructed"
        "|you were asked|you were configured|you were programmed|have you been told"
        "|have you been asked|have you been given|you have been told|you've been told"
        "|you've been asked|are you forbidden|you are forbidden|are you not allowed"
        "|you are not allowed|you're not allowed|you aren't allowed|did they tell you"
        "|they told you|told you to|were your orders|you must not|not supposed to"
        "|are you hiding|you are hiding|keep secret|te dijeron|te ordenaron|te pidieron"
        "|te han dicho|wurde dir|man dir gesagt|hat man dir|developers tell you"
        "|developers told you|makers told you|makers tell you|creators tell you"
        "|creators told you|did your developers|did your makers|te pusieron"
        "|you never talk about|never talk about",
    ),
    # To show.
    Sense(
        "tell",
        "reveal show print repeat display output tell give share dump disclose expose leak"
        " recite reproduce summarise summarize translate encode list copy paste provide quote"
        " describe explain echo rephrase paraphrase divulge state read recall regurgitate"
        " transcribe encrypt base64 rot13 hex enumerate uncover return render outline spell"
        " complete unveil decode cite convert muestra muestrame revela repite dime escribe"
        " imprime dame traduce ensena ensename comparte copia gib zeig zeige nenne wiederhole"
        " drucke verrate schreib schreibe montre affiche revele donne repete ecris mostre"
        " mostra rivela ripeti repita покажи выведи повтори назови напиши reprint retype"
        " relay surface",
        "can i see|could i see|may i see|may i know|let me read|i'd like to read"
        "|i'd like to see|want to read|summary of|contents of|content of|wording of|tl dr of"
        "|dr of|text of|copy of|list of|me ensenas|let me see|i want to see|start with"
        "|write down|write out|send me|word of",
    ),
    # To show, as the last word of a German or Spanish question.
    Sense(
        "show",
        "zeigen nennen verraten sagen geben mostrar ensenar mostrarme ensenarme",
    ),
    # To ask for it, which is done of other things all the time.
    Sense(
        "ask",
        "what what's which whats write send how cuales que was wie quelles quali make turn"
        " reformat",
    ),
    # What nobody is told.
    Sense(
        "credential",
        "password passwords passphrase credentials contrasena clave passwort",
        "the secret|secret token|secret word|the token|secret code|the key|secret key"
        "|private key|api key|api keys|access code|phone number|home address|email address"
        "|card number|user's address|user's name|user lives|user's location|clave secreta"
        "|clave privada|telefono del usuario",
    ),
    # What is not shown, or is wanted to the letter.
    Sense(
        "hidden",
        "verbatim secret hidden confidential undisclosed invisible backwards internal ocultas"
        " secretas wortlich geheimen",
        "word for word|code block|in full|from the top|letter by letter|exact wording"
        "|exact text|exact words|very first|without leaving|the whole of|full text"
        "|first message|your own words|palabra por palabra|texto completo|system prompt"
        "|developer prompt|prompt template|prompt de sistema|prompt del sistema",
    ),
    # What stands before money.
    Sense(
        "confirm",
        "confirmation confirmations approval approvals checks quotas comprobaciones"
        " confirmacion aprobacion genehmigung bestatigung",
        "the guard|the guards|audit log|the log|monthly cap|the cap|the limit|asking for"
        "|the approval|the confirmation|asking anybody|asking anyone",
    ),
    Sense(
        "pay",
        "transfer send move pay approve execute grant raise empty transfiere aprueba manda"
        " pasame envia paga sube uberweise genehmige",
    ),
)
