"""Turns of consent, read by their build: who or what, how it is, and what may surround it.

A turn is matched against a whole clause, so that nothing stands beside it that was not looked at.
What is praised, thanked or repeated may be said in many words; what changes, doubts or limits an
answer stands in the tables of blockers, and no open place of a turn takes one.
"""

from __future__ import annotations

import re
from typing import Literal

from intents.replies.text import Asked, Reply
from intents.replies.values import find_values
from intents.replies.words import (
    BLOCKERS,
    COMMON,
    CONSENT_ADJECTIVES,
    DISPRAISE,
    DOWNTONERS,
    FILLER,
    NEUTRAL,
    QUESTION_START,
    STRONG_YES,
    WEAK_YES,
    words_of,
)

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
_HOW = rf"(?:{_VERY}|(?P<how>[a-z]+))"
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
_IT_IS = (
    rf"(?:(?:thats|its|theyre|thisis|thatll be|itll be|thatd be|itd be)|{_IT} {_IS}|"
    rf"(?:it |that |this )?{_LOOKS}(?: to be)?)"
)
_NOUN = (
    r"(?:idea|plan|choice|option|one|deal|time|date|day|place|spot|answer|response|statement|"
    r"thing|way|match|fit|call|pick|price|offer|details?|info|information|news|solution|"
    r"suggestion|assumption|summary|understanding|interpretation|order|appointment|event|"
    r"meeting|location|flight|hotel|command|fact)"
)
_ME = (
    r"(?:(?:to|for|with|by|on) (?:me|us|my end|our end|my side|my part|my schedule|my calendar|"
    r"my plans|my needs)|in my (?:opinion|book|view)|from my (?:side|end)|into my \w+|"
    r"with my (?:schedule|plans|calendar)|(?:so|very|too) much|now|then|here|enough|for_now|"
    r"indeed|at the moment|by the way|thanks|please|again|bot|olly|sir|man|mate|buddy)"
)
_PRAISE = (
    rf"(?:{_IT_IS}(?: {_VERY}){{0,2}}(?: {_HOW})? (?:a |an |the )?|(?:{_VERY} )*)(?:{_GOOD})"
    rf"(?: {_NOUN})?"
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
    ("weak", rf"(?:{_OPINION}(?: that)? |{_SURE}(?: that)? )?{_PRAISE}(?: {_ME})*"),
    ("weak", rf"{_IT_IS}(?: {_HOW})?(?: a| an| the)? (?:{_GOOD})(?: {_ME})* and (?:{_GOOD})"),
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
        rf"over| out| so| very| really| just| pretty| quite)* {_DONE_WELL}(?: {_ME})*",
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
        rf"(?: {_ME})*",
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
    ("weak", rf"(?:{_IT_IS} )?(?:{_GOOD}|close|near|fair) enough(?: {_ME})*"),
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
_YES_FRAMES: tuple[tuple[Consent, re.Pattern[str]], ...] = tuple(
    (strength, re.compile(pattern)) for strength, pattern in _SAYS_YES
)

# Said with a no or a not and still a yes: nothing in these is open.
_DOUBLE_NEGATIVES = re.compile(
    r"(?:(?:that|this|it|what you said|everything) (?:is|are|was) not|(?:thats|its|youre) "
    r"not|(?:that|this|it) (?:isnt|wasnt)|you (?:arent|are not)|not) "
    r"(?:false|wrong|incorrect|untrue|inaccurate|mistaken|a lie|lying)|"
    r"(?:i |we )?(?:cant|cannot|can not|couldnt|could not) "
    r"(?:argue with (?:that|it|this|you)|agree more|disagree|deny (?:it|that)|"
    r"be (?:better|happier|more (?:right|correct|true|accurate|perfect)))(?: with that)?|"
    r"(?:no hay|no cabe)(?: ninguna| la menor)? duda|ni que decir tiene|sin lugar a dudas|como no"
)
# Asks a favour in the form of a condition, and sets none.
_COURTESIES = re.compile(
    r"if (?:you (?:could|would|will|dont mind|do not mind|please|would be so kind|wouldnt mind|"
    r"would not mind|d be so kind)|i may)(?: please| do_it| do so| for me| thanks)*|"
    r"si (?:eres tan amable|es tan amable|no te importa|no le importa|me haces el favor)|"
    r"why not|(?:i )?cant wait(?: for (?:it|that))?|"
    r"(?:so |that is |thats |its |it is )?(?:much|way|a lot|far) more (?:realistic|reasonable|"
    r"sensible|convenient|suitable|appropriate|helpful|like it|doable|manageable|comfortable|"
    r"practical|accurate|relaxed)"
)
# Frames that add nothing to a yes already given.
_NEUTRAL_FRAMES = re.compile(
    r"(?:(?:have|enjoy|hope you have) (?:a|your|the rest of your) (?:\w+ )?(?:day|one|evening|"
    r"night|"
    r"weekend|afternoon|time|week)|"
    r"(?:i |we )?(?:am |m )?(?:really |do |so |very |truly |much )*(?:appreciate|appreciated|"
    r"grateful)(?: (?:it|that|this|you|your \w+|the \w+|all (?:of )?(?:the|your) \w+|for "
    r"(?:your|the) \w+))?(?: very much| a lot| so much)?|"
    r"(?:youre|you are|youve been|you have been|you were|you did|u r|ur) (?:a|an|the|my|so|such a|"
    r"such an|such|very|really|truly|most|always)(?: (?P<praise>\w+)){1,3}|"
    r"(?:(?:thats|it|that|its|what) )?(?:a |an |such a )?(?:good|great|nice|excellent|amazing|"
    r"awesome|fantastic|wonderful|brilliant|superb|perfect|terrific|outstanding|splendid|"
    r"impressive|fine|super) (?:job|work|going|stuff|service|"
    r"execution|thinking|bot|olly|help)(?: (?:thanks|olly|bot|there|man|you did|done|everyone|"
    r"as always|on that|with that|by you|to command))*|"
    r"well (?:done|said|put)(?: olly| bot)?|nicely done|perfectly done|"
    r"(?:i(?:m| am) )?(?:really |so |very )?looking forward to (?:it|that|this|going|seeing it)|"
    r"i(?:ll| will| can) (?:be there|be ready|make it|"
    r"attend|be waiting)(?: then| at that time| for sure)?|"
    r"(?:it |that |this )?(?:sounds|looks|should be|will be|would be|seems) (?:like )?(?:a lot "
    r"of |"
    r"so much |lots of |great |good |really |very |so )?(?:fun|exciting|interesting)|"
    r"(?:so |that is |thats )?(?:much|way|a lot|far) (?:better|nicer|clearer)|"
    r"(?:you have |youve )?my (?:approval|blessing|consent|ok|okay|permission|go_ahead|full "
    r"approval)|sin problema|(?:muy )?amable|eres (?:un|una|el|la|lo|muy) \w+|que (?:bien|bueno|"
    r"guay|"
    r"amable|rapido)|(?:buen|gran|excelente|buena) (?:trabajo|dia|tarde|noche|semana)|"
    r"mil gracias|te lo agradezco|se lo agradezco|muy bien hecho)"
)

_LEADS = STRONG_YES | FILLER | frozenset({"oh", "and", "si"})
_NO_SUBJECT = frozenset({"amount", "price", "reason", "wallet", "name", "limit", "total"})
GUARDS = BLOCKERS | DOWNTONERS | DISPRAISE
_NOT_OPEN = GUARDS | QUESTION_START
_DONE_AWAY = COMMON - frozenset({"hold", "save", "saved"})


def body_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a clause without the yes, thanks and greetings around them."""
    start, end = 0, len(words)
    while start < end and words[start] in _LEADS:
        start += 1
    while end > start and words[end - 1] in FILLER:
        end -= 1
    return words[start:end]


# Why something is cancelled, said after the yes: it will be planned anew.
_PLANS_ANEW = re.compile(
    r"(?:i|we)(?:ll| will| can|m going to| am going to| shall)? (?:just )?(?:reschedule|rebook|"
    r"replan|"
    r"make a new one|set up a new one|plan a new one)(?: (?:it|that|this|them|one|another one))?"
    r"(?: (?:later|again|soon|myself|another time|some other time|some other day|next time))*"
)


def plans_anew(words: tuple[str, ...], asked: Asked) -> bool:
    """Whether a clause after the yes to a cancellation only says what its asker does next."""
    return asked.verb is not None and _PLANS_ANEW.fullmatch(" ".join(words)) is not None


def is_courtesy(words: tuple[str, ...], end: str) -> bool:
    """Whether a clause is a polite form that sets no condition: "if you could", "why not?"."""
    text = " ".join(words)
    return _COURTESIES.fullmatch(text) is not None and ("?" not in end or text == "why not")


def match_frame(words: tuple[str, ...], said: Reply, asked: Asked) -> Consent | None:
    """How strongly a whole clause says yes by its build; None where it has no such build."""
    text = " ".join(words)
    if _DOUBLE_NEGATIVES.fullmatch(text):
        return "strong"
    if not GUARDS.isdisjoint(words) or find_values(text):
        return None
    for strength, pattern in _YES_FRAMES:
        found = pattern.fullmatch(text)
        if found and _is_open_to(found, said, asked):
            return strength
    found = _NEUTRAL_FRAMES.fullmatch(text)
    if found and _is_open_to(found, said, asked):
        return "none"
    return None


def _is_open_to(found: re.Match[str], said: Reply, asked: Asked) -> bool:
    """Whether the open places of a frame hold what may stand there."""
    for name, word in found.groupdict().items():
        if word is None:
            continue
        if word in _NOT_OPEN or not word.isalpha():
            return False
        is_known = word in NEUTRAL or word in asked.words or word in CONSENT_ADJECTIVES
        if name in ("noun", "noun2", "thing"):
            if word in _NO_SUBJECT or not (
                is_known
                or (word in COMMON and not asked.is_money and asked.verb is None)
                or (asked.verb is not None and word in _DONE_AWAY)
            ):
                return False
        elif (name == "verb" and word in _NOT_DONE_BY_YOU) or (
            name == "how" and not is_known and not word.endswith("ly") and asked.is_money
        ):
            return False
        if not is_known and (
            find_values(word) or re.search(rf"[a-z,] {word.capitalize()}\b", said.raw)
        ):
            # A name or a value of its own.
            return False
    return True


_NOT_DONE_BY_YOU = words_of(
    "should could must need can may will ought might would wont didnt better charge charged"
)


# --- An unknown word of praise after a plain yes ----------------------------------------------

_PREDICATE = re.compile(
    rf"(?:{_IT_IS})(?: {_HOW})?(?: a| an)? (?P<word>[a-z]+)(?: {_NOUN})?(?: {_ME})*"
)
_ADJECTIVE = re.compile(
    r"(?!un|in|im|ir|dis|mis|non|over|under|semi|quasi|ex(?:c|p|t))[a-z]{2,}"
    r"(?:able|ible|ful|ous|ic|astic|ory|id|ent|ant|ished|ised|ized|some|tastic|ery|worthy)"
)


def praises(words: tuple[str, ...], said: Reply, asked: Asked) -> bool:
    """Whether a clause after a plain yes calls what was asked by a word of praise not in a table.

    Not where money moves: there a word that is not known may be a wallet.
    """
    if asked.is_money or _NOT_OPEN.intersection(words):
        return False
    found = _PREDICATE.fullmatch(" ".join(words))
    return (
        found is not None
        and _ADJECTIVE.fullmatch(found["word"]) is not None
        and _is_open_to(found, said, asked)
    )
