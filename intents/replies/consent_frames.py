"""The builds of sentences that say yes, in English and Spanish, as patterns of folded words."""

from __future__ import annotations

import re
from typing import Literal

from intents.replies.yes_words import CONSENT_ADJECTIVES, WEAK_YES

Consent = Literal["strong", "weak", "none"]

_GOOD = "|".join(sorted(WEAK_YES | CONSENT_ADJECTIVES, key=len, reverse=True)) + (
    "|right|correct|ok|okay|okey|alright|sure|exact|definite|affirmative|confirmed|approved|"
    "accepted|agreed"
)
_VERY = (
    r"(?:all|just|so|very|really|quite|totally|completely|entirely|pretty|exactly|precisely|about|"
    r"indeed|super|most|simply|absolutely|definitely|certainly|perfectly|"
    r"honestly|clearly|both|definitely|surely|more than|nothing short of)"
)
HOW = rf"(?:{_VERY}|(?P<how>[a-z]+))"
_IT = (
    r"(?:that|this|it|these|those|they|everything(?: here| there| in it)?|thing|things|"
    r"all(?: of)?(?: it| that| this| them| those| these)?|all (?:the|of the) \w+|which|what|"
    r"(?:the|your|my|our|this|that|those|these|all your) (?P<noun>\w+)(?: (?P<noun2>\w+))?|"
    r"(?:what|how|the way|everything|all) (?:you|i|we)(?:ve)?(?: have| just)? \w+|"
    r"your (?:\w+ )?(?:answer|response|reply|understanding|summary|statement|description))"
)
_IS = (
    r"(?:is|are|was|were|s|looks?|looked|sounds?|sounded|seems?|seemed|feels?|appears?|reads?|"
    r"will be|would be|has been|have been|looks to be|seems to be|appears to be|"
    r"works(?: out)?|fits|suits|goes|went|came out|turned out)"
)
_LOOKS = (
    r"(?:looks?|looked|sounds?|sounded|seems?|feels?|reads|works(?: out)?|fits|suits|is|appears)"
)
IT_IS = (
    rf"(?:(?:thats|its|theyre|thisis|thatll be|itll be|thatd be|itd be)|{_IT} {_IS}|"
    rf"(?:it |that |this )?{_LOOKS}(?: to be)?)"
)
NOUN = (
    r"(?:idea|plan|choice|option|one|deal|time|date|day|place|spot|answer|response|statement|"
    r"thing|way|match|fit|call|pick|price|offer|details?|info|information|news|solution|"
    r"suggestion|assumption|summary|understanding|interpretation|order|appointment|event|"
    r"meeting|location|flight|hotel|command|fact)"
)
ME = (
    r"(?:(?:to|for|with|by|on) (?:me|us|my end|our end|my side|my part|my schedule|my calendar|"
    r"my plans|my needs)|in my (?:opinion|book|view)|from my (?:side|end)|into my \w+|"
    r"with my (?:schedule|plans|calendar)|(?:so|very|too) much|now|then|here|enough|for_now|"
    r"indeed|at the moment|by the way|thanks|please|again|bot|olly|sir|man|mate|buddy)"
)
_PRAISE = (
    rf"(?:{IT_IS}(?: {_VERY}){{0,2}}(?: {HOW})? (?:a |an |the )?|(?:{_VERY} )*)(?:{_GOOD})"
    rf"(?: {NOUN})?"
)
_OPINION = (
    r"(?:i|we|im)(?: am| do| would| can| must| will| just| really| have to| had to| gotta| "
    r"definitely|"
    r" fully| totally| completely| truly| firmly| strongly)* (?:think|believe|feel|say|agree|know|"
    r"find|reckon|confirm|concur|swear|affirm|attest|assure you|promise|guarantee|vouch)"
)
_SURE = (
    r"(?:im|i am|we are|were)(?: \w+ly| very| so| all| quite| 100%| totally)? "
    r"(?:sure|certain|positive|confident|happy|glad|pleased|satisfied|content|convinced|"
    r"delighted|thrilled)"
)
_WITH_IT = (
    r"(?: (?:with|about|of|on|to|in) (?:it|that|this|them|everything|all of it|all of that|"
    r"you(?: on that| there)?|the \w+|this one|that one|what you said))"
)
_DONE_WELL = (
    r"(?:right|correctly|correct|perfectly|well|exactly|accurately|precisely|properly|great|"
    r"perfect|nicely|clearly|flawlessly|fine|okay|alright)"
)

# Frames that say yes: strength, pattern.
_SAYS_YES: tuple[tuple[Consent, str], ...] = (
    ("weak", rf"(?:{_OPINION}(?: that)? |{_SURE}(?: that)? )?{_PRAISE}(?: {ME})*"),
    ("weak", rf"{IT_IS}(?: {HOW})?(?: a| an| the)? (?:{_GOOD})(?: {ME})* and (?:{_GOOD})"),
    (
        "strong",
        rf"(?:i|we)(?: do| would| can| must| will| have to| had to| gotta| \w+ly)* "
        rf"(?:agree|concur|confirm|approve|affirm|accept)(?:{_WITH_IT}| it| that| this| the \w+|"
        r" all of it| completely| fully| totally| wholeheartedly| 100%)?",
    ),
    ("strong", rf"{_SURE}(?:{_WITH_IT})?"),
    (
        "strong",
        r"(?:im|i am|we are|were)(?: \w+ly| very| so| all| quite| totally)? (?:okay|ok|fine|"
        r"good|cool|alright|comfortable|ready|set|happy|glad|pleased|satisfied|interested|"
        r"game|down|on board|onboard|in agreement|all for|for|up for)"
        r"(?: (?:with|for|in) (?:it|that|this|them|everything|the \w+|all of that|"
        r"doing that)| to go(?: ahead)?| to proceed)",
    ),
    (
        "strong",
        r"(?:im|i am|we are)(?: very| so| all| definitely| certainly)? "
        r"(?:ready|interested|on board|onboard|in agreement)",
    ),
    (
        "strong",
        r"(?:my|the) (?:answer|response|reply|vote)(?: to (?:that|this|it))? "
        r"(?:is|was|would be|will be|has to be)(?: a| an)?(?: (?:big|definite|firm|"
        r"resounding|definitely|absolutely|certainly|most certainly|most definitely))? "
        r"(?:yes|yeah|yep|affirmative|positive|okay|ok|confirmed|si)",
    ),
    (
        "strong",
        r"(?:(?:thats|that is|that would be|its|it is|it would be|ill take that as|thatd be|"
        r"consider (?:that|this|it)|gonna be|going to be|that will be|thatll be) )?"
        r"an? (?:(?!qualified|conditional|tentative|soft|partial|half|reluctant|hesitant|"
        r"cautious|weak|guarded|small|provisional|temporary|slight)(?P<how>\w+) )?"
        r"(?:yes|yea|yeah|yep|yup|affirmative|thumbs up|go|done deal|deal)"
        r"(?: from me| for me| from us| on that| to that| in my book| sir)?",
    ),
    (
        "strong",
        rf"you(?:ve| have| had| did)?(?: \w+ly| just| all| really)? (?:got|get|understood|"
        rf"understand|heard|hear|read|nailed|answered|did|do|done|made|make|recorded|noted|"
        rf"captured|caught|followed|worked|responded|processed|executed|interpreted|have|put|"
        rf"repeated|summarized|summed|guessed|assumed|stated|described|took|taken|copied|"
        rf"spelled|pronounced|set|booked|remembered|(?P<verb>\w+))"
        rf"(?: (?:it|that|this|one|me|them|these|those|everything|all(?: of it| of that)?|"
        rf"my \w+|the \w+|your \w+|what i (?:said|asked|wanted|meant)))?(?: all| down| up| "
        rf"over| out| so| very| really| just| pretty| quite)* {_DONE_WELL}(?: {ME})*",
    ),
    (
        "strong",
        r"you(?:ve| have)? (?:got|have|get|understood|understand|hear|heard|read)(?: all)? "
        r"(?:my (?:point|meaning|message|mind|drift|instructions?|command|request|order|"
        r"details|idea|intention)|the (?:point|idea|picture|message|gist)|that all|it all)",
    ),
    (
        "strong",
        r"(?:youre|you are|u r|ur|you were|you would be|you(?:ve| have) been)(?: all| so|"
        r" very| totally| completely| absolutely| quite| \w+ly| 100%)* "
        r"(?:right|correct|accurate|spot_on|on point|on target|on the money|on it)"
        r"(?: (?:about|on|in|with) (?:it|that|this|everything|all of it|that one|saying that))?"
        r"(?: there| again| sir| bot| olly)?",
    ),
    (
        "strong",
        r"(?:(?:that|this|it|thats|its|now (?:it|that)|everything|all) )?(?:looks |sounds |is |"
        r"seems |does look |does sound )?(?:so |very )?(?:much|way|a lot|far|even)? ?better"
        r"(?: now| thanks| please| to me| for me)*",
    ),
    (
        "strong",
        r"(?:(?:please|lets|let us|just|kindly|ok|now|so|then|you can|you may) )*(?:do|go for|"
        r"go with) (?:it|that|this|so)(?: (?:for me|for us|please|now|then|thanks))*",
    ),
    (
        "strong",
        rf"{_IT}(?: all| both| will| would| should| does| do| all)* (?:works?|fits?|suits?)"
        rf"(?: {_VERY})?(?: well| fine| great| perfectly| nicely| good| best)?(?: me| us)?"
        rf"(?: {ME})*",
    ),
    (
        "strong",
        rf"{_IT} (?:fits|works|goes|fit|work|suits|matches) (?:(?:in|into|with|for|to) )?"
        rf"(?:my|our) \w+(?: {_VERY})?(?: well| fine| great| perfectly| nicely| good)?",
    ),
    ("strong", r"confirm (?:that|this) (?P<any>\w+)"),
    (
        "strong",
        r"(?:im|i am|we are) (?:very |definitely |really )?interested in (?P<thing>\w+ing)"
        r"(?: (?:it|that|this|them|one))?",
    ),
    (
        "strong",
        r"cool beans|you(?:ve| have)? hit the nail on the head|(?:thats|that is) how it "
        r"(?:goes|is|was|works)|you (?:did|do) (?:understand|hear|get)(?: me| it)?",
    ),
    (
        "weak",
        r"(?:(?:thats|that was|that is|what) )?(?:a |an )?(?:good|great|excellent|amazing|"
        r"awesome|fantastic|wonderful|brilliant|superb|perfect|right|correct) "
        r"(?:response|answer|understanding|interpretation)(?: (?:to|of) (?:the |my )?"
        r"(?:command|request|question|order|words?))?",
    ),
    ("weak", rf"(?:{IT_IS} )?(?:{_GOOD}|close|near|fair) enough(?: {ME})*"),
    ("strong", r"(?:right|correct|true) (?:you are|it is|that is)"),
    (
        "strong",
        r"(?:i|we)(?: would|d)(?: very much| really| definitely| certainly)? (?:love|like) "
        r"(?:to|that|it|this|for you to do_it|you to do_it)(?: very much| a lot)?",
    ),
    ("strong", r"(?:id|i would|wed|we would) be (?:happy|glad|delighted|pleased) to"),
    (
        "strong",
        r"(?:i|we)(?: really| do| just| definitely)? want (?:it|that|this|them|to|to do_it|"
        r"you to|you to do_it|you to go_ahead|to go_ahead|to proceed)",
    ),
    (
        "strong",
        r"(?:i|we)(?:d| would)?(?: really| very much| do)? appreciate (?:it|that|this)"
        r"(?: very much| a lot)?",
    ),
    (
        "strong",
        r"(?:please |kindly |just |so |then |you (?:can|may|should) |feel free to )*"
        r"(?:continue|carry on|keep going|move forward|go forward|move ahead|press on|proceed|"
        r"push through|take it away|fire away|keep it up)"
        r"(?: (?:with|on|to) (?:it|that|this|the \w+))?(?: please| then| now| thanks| forward)*",
    ),
    (
        "strong",
        r"(?:(?:that|it|this|everything|all) )?(?:checks out|adds up|lines up|ticks all the "
        r"boxes|fits the bill|does the trick|hits the spot|rings true|holds true|stands|"
        r"makes (?:perfect |total |complete )?sense|does it for me|meets my needs)",
    ),
    (
        "strong",
        r"(?:that|this|it|thatll|itll|that will|it will|this will|that should|it should)"
        r"(?: just| certainly| definitely)? (?:do|work|suffice)"
        r"(?: nicely| just fine| fine| well| great| perfectly| for me| thanks| then)*",
    ),
    (
        "strong",
        r"(?:thats|that is|this is|its|it is|those are|these are|they are|theyre)"
        r"(?: exactly| just| precisely| indeed| definitely| absolutely)? "
        r"(?:the (?:right |correct |very |exact |same |only )?"
        r"(?:one|ones|ticket|spirit|way|idea|truth|case|fact|facts|plan|deal|spot|"
        r"(?P<thing>\w+))(?: (?:that )?(?:i|we)(?: was| were| am| have| had| just|ve| really)* "
        r"(?:\w+)(?: about| for| of| to \w+| in mind| after| on)?)?|"
        r"a fact|facts|so|me|mine|my \w+|exactly (?:it|so|right)|it exactly)"
        r"(?: thanks| please| indeed)*",
    ),
    (
        "strong",
        r"(?:thats|that is|this is|its|it is|that was|those are|those were|these are|it was)?"
        r"(?: ?(?:exactly|just|precisely|indeed|definitely|absolutely))* ?"
        r"(?:what|how|the way|the one|the ones|everything|all)(?: that)? (?:i|we)"
        r"(?: just| exactly| really| actually| originally| was| were| am| had| have| ve| would|"
        r" have been| do| did| truly| specifically)* "
        r"(?:asked|ask|want|wanted|need|needed|meant|mean|said|say|requested|request|after|"
        r"looking|hoping|asking|thinking|had|have|ordered|order|expected|expect|intended|"
        r"envisioned|imagined|like|liked|love|wished|wish|chose|picked|told you|specified|"
        r"described|going|in)"
        r"(?: for| of| about| to (?:do|hear|say|see|get|have|book|know|happen)| in mind| it|"
        r" it to be| after| earlier| with| so much| thanks| please| you| said)*",
    ),
    ("strong", r"(?:thats|that is|it is|its) (?:indeed |definitely |certainly )?(?:so|it|true)"),
    # Spanish
    (
        "strong",
        r"(?:(?:eso|esto|ese|esta|este|todo|asi|lo|ella|la cita|el plan|me|nos|te|se|ya|"
        r"todo esto|todo eso|la informacion|la fecha|la hora|los datos|el pedido|la reserva|"
        r"tu respuesta|a mi|por mi|a mi me|por mi parte) )*"
        r"(?:(?:es|son|esta|estan|era|fue|va|vale|queda|quedo|quedaria|parece|suena|luce|ve|"
        r"veo|pinta|viene|sirve|conviene|gusta|encanta|sale|seria|estaria|tiene|cuadra|"
        r"convence) )*"
        r"(?:(?:muy|tan|todo|mas que|totalmente|completamente|absolutamente|realmente|"
        r"super|una|un|la|lo|perfectamente|justo|exactamente|de lo mas) )*"
        r"(?:bien|correcto|correcta|correctos|correctas|perfecto|perfecta|perfectos|"
        r"genial|estupendo|estupenda|excelente|fenomenal|fantastico|fantastica|ideal|buenisimo|"
        r"guay|bueno|buena|bonito|cierto|verdad|exacto|exacta|adecuado|adecuada|maravilloso|"
        r"maravillosa|magnifico|magnifica|increible|brillante|chevere|bacano|padre|"
        r"padrisimo|listo|lista|conforme|acertado|impecable|optimo|razonable|"
        r"(?:buena|gran|excelente|estupenda|magnifica) (?:idea|eleccion|opcion)|buena pinta|"
        r"de maravilla|de lujo|de perlas|de fabula|de diez|en orden|de_acuerdo|mil maravillas)"
        r"(?: (?:asi|para mi|por mi|tal cual|gracias|ya|entonces|todo|eso|esto|la verdad|"
        r"como esta|que si|porfa))*",
    ),
    (
        "strong",
        r"(?:(?:eso|esto) (?:es )?|es )?(?:(?:justo|exactamente|precisamente|justamente|tal cual)"
        r" )*lo que (?:yo )?(?:\w+ )?(?:pedi|quiero|queria|quise|necesito|necesitaba|dije|"
        r"buscaba|pedia|esperaba|pense|busco|decia|digo)",
    ),
    ("strong", r"(?:es )?(?:justo|exactamente|precisamente|tal cual|justamente) (?:eso|asi|esto)"),
    (
        "strong",
        r"(?:me (?:gusta|encanta|sirve|vale|convence|cuadra|viene bien|va bien|conviene|"
        r"apunto)|asi me gusta|tienes (?:toda la )?razon|tiene (?:toda la )?razon|"
        r"estoy (?:totalmente |completamente |muy )?(?:de_acuerdo|conforme|seguro|segura|"
        r"listo|lista)(?: con (?:eso|esto|ello|todo))?|(?:lo |te lo |si )?confirmo(?: que "
        r"(?:si|es correcto|esta bien|todo esta bien|es asi))?|que si|si que (?:si|lo es|lo "
        r"esta|quiero)|lo es|"
        r"obvio|obviamente|logico|naturalmente|ciertamente|totalmente|aja|"
        r"(?:totalmente |completamente )?de_acuerdo|eso creo yo que si|desde_luego|"
        r"has acertado|acertaste|lo has (?:entendido|hecho|dicho) (?:muy )?bien|bien hecho|"
        r"me has entendido(?: bien| perfectamente)?|eso mero|asi mero|correctisimo|"
        r"(?:eso )?esta hecho|trato hecho|tal cual|asi sea|seguro que si|si senora?|senora?|"
        r"manos a la obra|al ataque)",
    ),
    (
        "strong",
        r"(?:(?:porfa|ya|entonces|pues|puedes|puede|podeis|tu|bueno) )*"
        r"(?:sigue|siga|continua|continue|continuar|seguir|prosigue|prosiga|proseguir|procede|"
        r"proceda|proceder|avanza|avance|hacerlo|enviarlo|confirmarlo|reservarlo|guardarlo|"
        r"crearlo|hazlo|hagalo|guardalo|guardala|guarda|reservalo|reservala|reservame|"
        r"agendalo|agendala|programalo|programala|crealo|creala|registralo|compralo|comprala|"
        r"pidelo|pidela|tramitalo|tramitala|enviala|envialo|mandalo|mandala|publicalo|"
        r"aceptalo|apruebalo|apruebala|confirmalo|confirmala|ejecutalo|apuntalo|apuntala|"
        r"lanzalo|dale|comienza|empieza|inicia|arranca)"
        r"(?: (?:adelante|asi|con (?:eso|esto|ello|la (?:reserva|cita|solicitud|compra|reunion)|"
        r"el (?:pedido|plan|envio|evento|pago))|porfa|ya|ahora|gracias|no_mas|"
        r"nomas|tranquilo|todo|de una vez|para adelante|el (?:evento|pedido)|la (?:cita|"
        r"reserva|reunion|solicitud)))*",
    ),
)
YES_FRAMES: tuple[tuple[Consent, re.Pattern[str]], ...] = tuple(
    (strength, re.compile(pattern)) for strength, pattern in _SAYS_YES
)
