"""The same signs in Spanish, and the plainest of them in other languages."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_W = r"\W{1,4}"
_ES = words.FILL_ES
_FILLED_ES = rf"(?:{_ES}\W{{1,3}}){{0,6}}?"

LANGUAGES: Final = (
    signal(
        "override",
        0.85,
        rf"\b(?:{words.DROP_ES}){_W}{_FILLED_ES}(?:tus?|sus?|todas?|todos?|anteriores|previas?"
        rf"|previos?|las|del|los|cualquier){_W}"
        rf"{_FILLED_ES}(?:{words.RULES_ES})\b",
        starts="ignor|olvid|descart|pas|desob|desest|omit|salt|anul|haz|hacer|haga|no|deja|deje",
    ),
    signal(
        "override",
        0.75,
        rf"\b(?:{words.DROP_ES}){_W}(?:de |a )?(?:todo |todos? )?(?:lo |lo que |que |todo )"
        r"(?:anterior|previo|de antes|de arriba|dicho|dije|digo|(?:te|se te|os) \w{3,10}"
        r"|has \w{4,12}|sabes(?! (?:de|sobre)))",
        starts="ignor|olvid|descart|pas|desob|desest|omit|salt|anul|haz|hacer|haga|no|deja|deje",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:tus?|las|estas) (?:nuevas|verdaderas|unicas) (?:instrucciones|ordenes|reglas"
        r"|tareas)\b|\bnueva tarea para ti\b"
        r"|\b(?:ahora )?(?:solo|unicamente) (?:me )?obedece",
        parts="nuev",
    ),
    signal(
        "override",
        0.85,
        rf"(?<!\w)(?:{words.DROP_OTHER})\W{{1,3}}(?:\w{{1,16}}\W{{1,3}}){{0,5}}?(?:{words.RULES_OTHER})(?!\w)",
        starts=(
            "ignor|verg|missach|umgeh|ubersp|beacht|befolg|halt|lass|neg|ver|oubl|contour|tien"
            "|ten|fai|descon|esque|descart|diment|trascur|scord|zignor|zapom|zabor|zanem|glom"
            "|glem|yok|unut|gorm|забуд|игнор|проигн|отмен|не|ігнор"
        ),
    ),
    signal(
        "override",
        0.7,
        r"\b(?:vergiss|vergesse|vergessen sie|ignoriere) (?:bitte )?(?:alles|das alles)\b(?: was"
        r"| davor| vorher| bisher|[.,!:;]| und)"
        r"|\boublie[rz]? tout(?: ce)?\b|\besque(?:ca|ce) tudo\b|\bdimentica tutto\b"
        r"|забудь(?:те)? вс[её]|\bzaboravi(?:te)? sve\b",
        parts="vergiss|verges|alles|oubli|tout|esque|tudo|diment|tutto|забуд|zabor|sve",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:neue|neuen|folgende) (?:anweisung|anweisungen|instruktionen)\b|\b(?:folgen|folgt"
        r"|kommen|kommt|hier ist|hier kommt) (?:nun |jetzt )?(?:eine |deine )?neue (?:aufgabe"
        r"|aufgaben|anweisung|anweisungen)\b"
        r"|\bkonzentriere? dich (?:nur|ausschliesslich) auf\b|\b(?:ab jetzt|ab sofort"
        r"|von nun an) (?:gelten|bist du|wirst du|antwortest du)\b",
        parts="anweisung|aufgabe|ab jetzt|ab sofort|konzentr|gelten",
    ),
    signal(
        "override",
        0.85,
        r"(?:忽略|无视|忘记|忘掉|不要理会).{0,14}(?:指令|指示|规则|提示|要求|命令|设定)"
        r"|(?:指示|命令|ルール|プロンプト).{0,10}(?:無視|忘れ)|(?:지시|명령|규칙).{0,12}무시"
        r"|(?:تجاهل|انس).{0,24}(?:التعليمات|الاوامر|القواعد)",
        parts="忽略|无视|忘记|忘掉|不要理会|無視|忘れ|무시|تجاهل|انس",
    ),
    signal(
        "leak",
        0.75,
        r"\b(?:muestra(?:me)?|muestre(?:me)?|revela(?:me)?|repite(?:me)?|dime|escribe(?:me"
        r"|las?)?|imprime|dame|cuales (?:son|eran)|cual es|traduce|resume|ensena(?:me)?|copia"
        r"|lista)\b\W{1,3}"
        r"(?:\w{1,14}\W{1,3}){0,5}?(?:(?:tus?|sus?) (?:\w{1,12} )?(?:instrucciones|prompt|reglas"
        r"|directrices|indicaciones|mensaje de sistema)"
        r"|(?:el|las|los|la|tu|tus) (?:\w{1,12} )?(?:prompt|mensaje|instrucciones|indicaciones"
        r"|reglas)\W(?:de(?:l)? sistema|iniciales|ocultas?|secretas|originales|que (?:recibiste"
        r"|te dieron)))",
        starts="muest|revel|repit|dime|escrib|imprim|dame|cual|traduc|resum|ensen|copia|lista",
    ),
    signal(
        "leak",
        0.75,
        r"\b(?:gib|zeig|zeige|nenne|wiederhole|drucke?|schreibe?|verrate|wie lauten|was sind"
        r"|welche sind)\b\W{1,3}(?:\w{1,14}\W{1,3}){0,4}?(?:dein(?:en?|e)?|den|das"
        r"|deine) (?:\w{1,14} )?(?:system ?-?prompt|prompt|anweisungen|instruktionen|regeln)\b"
        r"|\b(?:montre|affiche|revele|donne|repete|ecris|quelles sont|quel est"
        r"|cite)\w{0,2}\W{1,3}(?:\w{1,14}\W{1,3}){0,4}?(?:tes|ton|vos|votre|le"
        r"|les) (?:\w{1,14} )?(?:prompt|instructions|consignes|regles)\b(?! (?:d'|pour|sur))"
        r"|\b(?:mostre|revele|repita|mostra|rivela|ripeti|quais sao"
        r"|quali sono)\b\W{1,3}(?:\w{1,14}\W{1,3}){0,4}?(?:suas|teu|seu|le tue|tuo"
        r"|il) (?:\w{1,14} )?(?:prompt|instrucoes|istruzioni|regole)\b"
        r"|(?:покажи|выведи|повтори|раскрои|напиши"
        r"|назови)(?:те)?\W{1,3}(?:\w{1,14}\W{1,3}){0,4}?(?:промпт|инструкци)|системн\w{2} промпт"
        r"|(?:输出|显示|告诉|重复|打印|泄露).{0,10}(?:系统提示|提示词|指令|初始)",
        parts=(
            "prompt|anweisung|instru|regeln|consign|regl|regol|промпт|инструкц|提示|指令"
            "&gib|zeig|nenn|wiederhol|druck|schreib|verrat|laute|was sind|welche|montre|affich"
            "|revel"
            "|donne|repet|ecris|quel|cite|mostr|repit|quais|rivel|ripet|quali|покаж|вывед|повтор"
            "|раскр"
            "|напиш|назов|системн|输出|显示|告诉|重复|打印|泄露"
        ),
    ),
    signal(
        "role",
        0.6,
        r"\b(?:a partir de ahora|desde ahora|de ahora en adelante"
        r"|a partir de este momento)\W{1,3}(?:\w{1,8} )?(?:eres|seras|actuaras|responderas|debes"
        r"|vas a|no tienes|obedece\w{0,3}|tus|las)\b"
        r"|\b(?:actua|comportate|responde|habla) como (?:si (?:fueras|no)|dan\b|una? (?:ia"
        r"|modelo|asistente|hacker|chatbot)\b)"
        r"|\b(?:finge|imagina|simula|haz de cuenta) (?:que )?(?:eres|ser|no tienes)\b"
        r"|\beres (?:ahora )?(?:una?|el|la) (?:\w{1,14} ){1,3}sin (?:\w{1,10} )?(?:restricciones"
        r"|filtros?|limites|censura|reglas)"
        r"|\b(?:responde|contesta|habla|ia|asistente|modelo) sin (?:ningun\w? )?(?:censura"
        r"|filtros?|restricciones|limites|reglas)|\bpuede hacer cualquier cosa\b",
        parts=(
            "a partir de ahora|desde ahora|actua|finge|simula|haz de cuenta|eres|sin |hazte"
            "|imagina|cualquier cosa"
        ),
    ),
    signal(
        "role",
        0.6,
        r"\bdu (?:bist|wirst) (?:jetzt|nun|ab jetzt|ab sofort|vorgeben|von nun an)\b|\btu (?:so"
        r"|mal so)\W{1,2}als\b|\b(?:ki|assistent|modell|bot)\b[\w ,]{0,24}\bohne (?:jede "
        r"|jegliche |alle )?(?:einschrankung(?:en)?|filter|regeln|zensur|grenzen)"
        r"|\b(?:a partir de maintenant|desormais|dorenavant)\W{1,3}tu\b|\btu es (?:maintenant"
        r"|desormais) (?:une?|le|la)\b|\b(?:fais|agis|reponds) comme (?:si"
        r"|un)\b[\w ]{0,20}\b(?:ia|modele|assistant|sans|regles)"
        r"|\b(?:a partir de agora|de agora em diante)\W{1,3}(?:voce|tu)\b|\b(?:aja|finja"
        r"|atue) (?:como|que|ser)\b[\w ]{0,20}\b(?:ia|modelo|sem|assistente)\b"
        r"|\bd'ora in poi\W{1,3}(?:sei|devi|tu)\b|\b(?:fai finta"
        r"|agisci come)\b[\w ]{0,20}\b(?:ia|modello|senza|assistente)\b"
        r"|\bты теперь\b|представь,? что ты|(?:你现在是|扮演).{0,20}(?:没有限制|不受|DAN|dan)",
        parts=(
            "du bist|du wirst|tu so|ohne|stell dir vor|tu es|tu vas|comme si|voce|aja como|finja"
            "|sei un|fai finta|agisci|ты |ты теперь|你现在|扮演|gelten nur"
        ),
    ),
    signal(
        "override",
        0.6,
        r"\b(?:todas|tus|las) (?:tus |las |esas )?(?:\w{1,12} )?(?:reglas|instrucciones|normas"
        r"|restricciones"
        r"|directrices|ordenes)(?: \w{1,12}){0,2} (?:quedan?|estan|han sido"
        r"|son) (?:\w{1,8} )?(?:anuladas"
        r"|sin efecto|canceladas|suspendidas|desactivadas|revocadas)\b"
        r"|\btus (?:instrucciones|reglas|ordenes) (?:han cambiado|cambian|son ahora|ahora son)\b"
        r"|\b(?:deja(?:d|r)? de lado|pon(?:ed)? a un lado|abandona) (?:todo lo que|tus"
        r"|todas tus|las) "
        r"(?:te|reglas|instrucciones|normas|directrices|ordenes)\b"
        r"|\b(?:no obedezcas|deja de obedecer) a (?:tus|los) \w{3,14}"
        r"|\bobedece (?:solo |unicamente )?(?:este|esta|estas|a este|mis|a mi)\b",
        starts=("todas|tus|las|deja|pon|abandon|no obed|obede"),
    ),
    signal(
        "override",
        0.6,
        r"\bya no (?:tienes que|debes|hace falta que|necesitas) (?:seguir|obedecer|sigas"
        r"|obedezcas|respetar)\b"
        r"|\b(?:ignor|olvid)\w{1,4} lo que (?:pone|ponga|dice|diga) (?:el|tu) (?:sistema|prompt"
        r"|mensaje)\b"
        r"|\bwas steht in (?:deinem|dem) (?:system)?prompt\b|\binstructions que (?:tu as"
        r"|on t'a)\b",
        parts="ya no|lo que|was steht|instructions que",
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:que|lo que|texto que) (?:te|se te) (?:dijeron|dieron|ensenaron|ordenaron"
        r"|indicaron|han dicho"
        r"|han dado)\b|\b(?:texto|mensaje|palabras|lineas|todo)\b[\w ]{0,16}\b(?:encima|arriba"
        r"|antes) de "
        r"(?:este|mi|esta)\b|\btus (?:instrucciones|reglas|ordenes|indicaciones) (?:ocultas"
        r"|secretas"
        r"|iniciales|internas|originales)\b|\btu (?:prompt|mensaje de sistema)\b",
        starts=("que|lo que|texto|mensaje|palabras|lineas|todo|tus|tu "),
    ),
    signal(
        "role",
        0.55,
        r"\bhaz(?:te)? pasar por\b|\bhaz de (?:cuenta|un personaje)\b|\b(?:ahora te llamas"
        r"|te llamas ahora"
        r"|desde ahora te llamas|tu nombre es ahora)\b|\bcomo si no (?:tuvieras|hubiera"
        r"|existieran?)\b"
        r"|\b(?:ia|asistente|modelo|robot|bot|que) (?:que )?no tiene (?:ningun\w? )?(?:limites?"
        r"|reglas?"
        r"|filtros?|restriccion(?:es)?|normas?|censura|etica)\b|\bnunca (?:te niegas|dices que no"
        r"|rechazas|se niega|dice que no)\b|\bsin (?:ningun\w? )?(?:etica|moral|censura"
        r"|filtros)\b",
        starts=(
            "haz|ahora te|te llamas|desde ahora|tu nombre|como si|ia|asistente|modelo|robot"
            "|bot|que|nunca|sin "
        ),
    ),
    signal(
        "override",
        0.7,
        r"\b(?:alle|deine|bisherigen|vorherigen)\b[\w ]{0,24}\b(?:anweisungen|regeln|vorgaben"
        r"|befehle"
        r"|instruktionen|richtlinien)\b[\w ,]{0,30}\b(?:vergessen|ignoriert|missachtet|aufgehoben"
        r"|ungultig|hinfallig)\b|\b(?:toutes|tes) (?:les |tes )?(?:instructions|regles"
        r"|consignes)\b"
        r"[\w ,']{0,30}\b(?:annulees|ignorees|oubliees|suspendues)\b",
        starts=("alle|deine|bisher|vorher|toutes|tes"),
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:text|alles|worte|satze|was)\b[\w ]{0,24}\b(?:uber (?:dieser|meiner|diesem)"
        r"|vor (?:dieser"
        r"|meiner) nachricht|am anfang(?! (?:der|des|von|vom|meine[rs]) )|ganz oben)\b"
        r"|\b(?:ganzen|gesamten|vollstandigen|kompletten) "
        r"(?:prompt|systemprompt)\b|\b(?:tout|le texte)\b[\w ]{0,20}\b(?:au-dessus"
        r"|avant ce message)\b",
        starts=("text|alles|worte|satze|was|ganzen|gesamten|vollst|komplett|tout|le texte"),
    ),
)
