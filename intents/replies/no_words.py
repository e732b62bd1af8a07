"""The words that take a yes back, refuse, change or put off, folded; see `yes_words`."""

from __future__ import annotations

import re

from intents.extract.letters import words_of

NO = words_of(
    "no nope nah nay naw nop noo nopes negative negativo negativa nein never nunca jamas tampoco "
    "ni ninguno ninguna ningun neither nor none nada nel not dont doesnt didnt cant cannot wont "
    "isnt arent wasnt werent shouldnt wouldnt couldnt havent hasnt hadnt aint mustnt neednt "
    "without sin no_sign nothing noone nobody"
)

CANCEL = words_of(
    "cancel cancels cancelled canceled canceling cancelling cancellation stop abort forget "
    "nevermind nvm scrap drop discard reject rejected decline declined refuse refused skip pass "
    "delete deleted quit leave mute scratch dismiss withdraw undo abandon halt refrain void veto "
    "block deny denied cancelar cancela cancelalo cancelala cancelarlo cancelarlos cancelado "
    "cancele basta parar detener detente dejar dejalo dejala dejarlo deja olvidalo olvidala "
    "olvidar anula anular anulalo rechaza rechazar rechazo rechazalo descarta descartar "
    "descartalo borra borrar borralo elimina eliminar eliminalo desiste omitir omite deshaz "
    "deshacer retira retirar rechazado rechazada deniego denegado denegada niego olvida borrala "
    "quitalo quitala eliminala cancelala descartala anulala disregard"
)

WRONG = words_of(
    "wrong incorrect false bad mistake mistaken error untrue inaccurate mal falso falsa "
    "incorrecto incorrecta equivocado equivocada erroneo"
)

DOUBT = words_of(
    "soon maybe perhaps possibly probably hmm hm hmmm mmm mm unsure undecided dunno idk doubt "
    "doubtful "
    "uncertain depends whatever whichever might could guess suppose supposedly presumably wait "
    "hold hang pause later meh eh huh ish kinda sorta quizas quiza acaso talvez posiblemente "
    "probablemente depende espera espere esperate esperad aguanta luego despues duda dudo ironic "
    "sarcasm pensar pensarlo pensare think_about doubt_sign lol lmao haha jaja jajaja jk sike "
    "psych"
)

CONDITION = words_of(
    "if unless when whenever once after before until till while provided assuming except "
    "otherwise as_long_as siempre cuando mientras salvo excepto hasta antes a_menos a_condicion "
    "solo solamente unicamente only"
)

CONTRAST = words_of(
    "but though although however yet instead rather pero aunque sino mejor excepto menos except "
    "despite albeit cept still"
)

CHANGE = words_of(
    "change changing reschedule rebook postpone delay shift split rename switch replace modify "
    "adjust update edit fix increase decrease raise raising "
    "lower reduce extend shorten rename swap bump double triple half halve more less fewer "
    "another different edita editar editalo editala cambiarlo cambiarla earlier sooner longer "
    "shorter bigger smaller higher cheaper add adding "
    "include including remove removing move moving actually prefer cambia cambiar cambialo cambie "
    "modifica modificar ajusta ajustar corrige corregir sube subir subelo baja bajar bajalo "
    "aumenta aumentar reducir amplia ampliar alarga acorta agrega agregar anade anadir incluye "
    "incluir quita quitar pon ponlo ponle ponga poner mueve mover mas menos doble mitad otro otra "
    "prefiero preferiria realmente"
)

BESIDES = words_of("also plus additionally extra other others ademas tambien otros otras too_")

BLOCKERS = BESIDES | NO | CANCEL | WRONG | DOUBT | CONDITION | CONTRAST | CHANGE

# Turns of phrase that are no yes although they hold the word.
NOT_A_YES = re.compile(
    r"\b(?:what happens|then what|what then|q_que (?:pasa|pasaria|pasara|ocurre))\b|"
    r"\b(?:take (?:it|that|this|them)|deal|call it) off?(?: \.|$)|\bit is what it is\b|"
    r"\b(?:show|tell|send|let) me (?:\w+ ){0,3}first\b|"
    r"\bi (?:can )?(?:hear|heard) (?:you|that)\b|"
    r"\bgood start\b|\bi hope\b|\boh (?:great|good|perfect|wonderful) \. just what\b|"
    r"\bgreat \. just great\b|(?<!yeap )(?<!yes )(?<!yeah )(?<!yep )(?<!you )"
    r"\b(?:do_it|(?:get|put|do) (?:it|that|this)) (?:right|correctly|properly)\b|"
    r"\byou (?:should|need to|must|have to|could|ought to) (?:get|do_it|be|have)\b|"
    r"\btoo (?:much|many|little)\b(?! trouble)|(?<!as )\balways\b|(?:^|\. )(?:and )?again(?: \.|"
    r"$)|"
    r"\b(?:do_it|begin|start) again\b|\bin a (?:bit|while|moment|minute|sec)\b|\bsoon\b|"
    r"\b(?:they|he|she|everyone|everybody|someone|people|who|the boss) (?:all |is |are "
    r")?(?:agrees?|"
    r"says?|said|thinks?|approves?)\b|"
    r"\b(?:he|she|everyone|everybody|somebody|the boss) is (?:happy|fine|ok|okay|good)\b|"
    r"\bsays\b|\bthat way(?: \.|$)|"
    r"\bi feel (?:great|good|fine|okay|ok)\b|\bim here\b|\bi am here\b|(?:^|\. )para(?: \.|$)|"
    r"\bvenga ya\b|\b(?:yo|tu|usted|ella|el) mism[oa]\b|\bconfirmal[oa] con\b|"
    r"\b(?:think|thinking|sleep) (?:about (?!it is)|on it|it over|over)|\bmull\b|"
    r"\b(?:have|need|got|want) to (?:think|check|ask|see|consult|discuss|talk)\b|"
    r"\blet (?:you|them|him|her) know\b|\bget back to\b|"
    r"(?<!yes \. )(?<!yes )(?<!yeah \. )(?<!yep \. )(?<!yup \. )"
    r"\b(?:thats|that is|thatll be|that will be|will be) (?:all|everything)"
    r"(?! right| good| correct| fine| i| of| we| in order)\b|\bwill be it\b|\bi(?:m| am) done\b|"
    r"\ball of (?:them|us|you)\b|\bmyself\b|\bi see(?: \.|$)|\bgot it(?: \.|$)|"
    r"\bunderstood(?: \.|$)|\b(?:ill|i will|i can|let me|we will|well) (?:do_it|do|handle|send)\b|"
    r"\byeah right\b|\by(?:a|ou) think\b|\b(?:then|so|now|or|and|ok|okay|for) what\b|"
    r"\b(?:what|how)(?: \.|$)|"
    r"\bsure sure\b|\bright (?:now|away|then|after|before)\b|\bas if\b|"
    r"\b(?:make|be|making|not so|pretty) sure\b(?! thing)|\bnice try\b|\bgood (?:luck|question|"
    r"point|grief|lord|god|morning|night|evening|afternoon|day|bye|for you|one)\b|"
    r"\bi(?:m| am) (?:good|fine|ok|okay|all right|alright)(?! with| to)\b|"
    r"\bwere (?:good|fine|ok)(?! with| to)\b|\bgood old\b|\b(?:too|so|very) (?:true|good) to\b|"
    r"\bok boomer\b|\bi (?:would|could|should) have\b|"
    r"(?<!\bi )(?<!\bid )(?<!\bill )(?<!\bi would )(?<!\bi must )(?<!\bi have to )"
    r"(?<!\bwould have to )\bsay (?:yes|ok|no|si)\b|"
    r"\b(?:said|says|saying|told you|read|means?|type|typed|write|word|press|click|clicked|"
    r"answer(?:ed)?|dice|dijo|digo|decir|di) (?:the )?(?:word )?(?:yes|yeah|ok|okay|si|vale)\b|"
    r"\bto (?:him|her|them|us)\b|\bwould be (?:better|nicer|correct|right) (?:to|at|on|with)\b|"
    r"\bmake (?:it|that|this|them)\b(?! so| happen| booking| reservation| appointment| transfer|"
    r" purchase| payment)|\bwant(?:ed)? to say\b|\blike to say\b|\bgood to know\b|\bsi (?:es|"
    r"fuera|hay|no|se|"
    r"puede|puedes|queda|sobra|todos|ellos|ella|el|cuesta|cabe|tiene|tienes|quieres|aun)\b|"
    r"(?<!that )(?<!this )(?<!it )(?<!these )(?<!those )(?<!they )(?<!you )(?<!which )(?<!i )"
    r"(?<!we )(?<!lets )(?<!everything )\b(?:is|are|was|does|do|did|will|would|can) "
    r"(?:it|that|this|these|they|everything|all|there)\b"
    r"|\bel si\b|\bun si\b|\bque si\b|\bde que si\b|\bpor si\b|\bclaro que no\b|\bnada claro\b|"
    r"\bbien que\b|\bpor bueno\b|\bvale mas\b|\bvale la pena\b|\bcuanto vale\b"
)

QUESTION_START = words_of(
    "what when where who whom whose which how why whats wheres hows whos whens cual cuales cuanto "
    "cuanta cuantos cuantas donde quien quienes q_que q_como q_cuando q_donde q_quien q_quienes "
    "q_cual q_cuales q_cuanto q_cuanta q_cuantos"
)

AUXILIARY = words_of(
    "is are am was were do does did can could will would should have has had may shall"
)

INFORM = words_of(
    "tell show find search display provide explain list describe dime dinos muestrame ensename "
    "explica explicame cuentame"
)

OFFER_PROMPT = re.compile(
    r"^(?!is this|is that|does this|does that|hows this|are these|"
    r"how is this).*\b(?:would you|do you (?:want|need|wish|like)|did you (?:want|need)|"
    r"shall i|should i|want me to|"
    r"can i|i can|may i|wanna|want to|care to|need to|need me|like me to|you want me to|"
    r"you want to|do we|shall we|should we|are you (?:ready|looking|"
    r"wanting|interested)|interested in|how about|will i|do i|let me know if|quieres|desea|deseas|"
    r"te gustaria|puedo)\b",
    re.DOTALL,
)

# A change of mind that names nothing else: all of what was put up is off. Each part may stand
# beside the others, and one of the first must.
_OFF = (
    r"(?:no+|nope|nah|n|never ?mind|nvm|(?:i |ive |i have )?(?:just )?changed? my mind|"
    r"(?:id|i would|id really) rather not|rather not|(?:its |that is |thats )?(?:no longer|not) "
    r"needed(?: any ?more)?|disregard(?: (?:it|that|this))?|not today|not this time|"
    r"thats not what i (?:meant|wanted|asked for|said)|cancel(?: (?:it|that|this))?|forget it|"
    r"(?:he )?cambi(?:e|ado) de (?:idea|opinion|parecer)|me (?:he )?arrep(?:enti|entido)|"
    r"hold off(?: on (?:it|that|this))?|(?:q_)?que va|ni hablar|me lo (?:he pensado|pense) mejor|"
    r"stop|"
    r"hoy no|esta vez no|mejor no|ya no|no es (?:correcto|asi)|paso|cancela(?:lo|la)?|olvidalo|"
    r"dejalo)"
)
_BESIDE_OFF = (
    r"(?:actually|wait|oops|whoops|hm+|oh|ah|sorry|ok|on second thoughts?|second thoughts?|please|"
    r"thanks|thank you|then|so|espera|uy|ay|perdon|pensandolo (?:bien|mejor)|mejor|entonces|"
    r"por favor|porfa|gracias)"
)
WHOLE_NO = re.compile(
    rf"(?:{_BESIDE_OFF} )*{_OFF}(?: (?:{_OFF}|(?:please|thanks|thank you|sorry|then|"
    r"por favor|porfa|gracias|entonces)))*"
)
# Of what was put up to be done, and no order to do just that.
THROWN_AWAY = re.compile(
    r"(?:remove|trash|bin) (?:it|that|this)|throw (?:it|that|this) away|"
    r"get rid of (?:it|that|this)"
)
# "Yes or no?", "sí y no", "más tarde": neither.
NEITHER = re.compile(r"\W*(?:(?:yes|si|no) (?:and|or|y|o) (?:yes|si|no)|not yes|mas tarde)\W*")
# What is wrong with it is said, and how it should be is not.
WRONG_PART = re.compile(
    r"(?:(?:its|thats|that is|it is) )?(?:the )?(?:wrong|incorrect|bad) (?:amount|sum|date|day|"
    r"time|wallet|team|project|person|month|number|reason|limit|hour)"
    r"|(?:es )?(?:el |la )?(?:importe|fecha|dia|hora|cartera|equipo|proyecto|persona|numero|"
    r"motivo|"
    r"limite) (?:equivocad[oa]|incorrect[oa]|(?:esta )?mal)"
)
EDIT_PHRASES = re.compile(
    r"\b(?:(?<!able to )(?<!can )(?<!cant )make (?:it|that|this|them|the|my)|making (?:it|"
    r"that)|do (?:it|that) (?:for|at|on|with)|"
    r"should (?:be|have|start|end|go|read|say|actually)|shouldve|supposed to|meant|"
    r"(?:has|have|needs?|must|ought) to be|must be|second thoughts?|changed? my mind|"
    r"change of plans?|lets (?:do|make|go with|try|say|use|have|change)|"
    r"better (?:if|at|make|on|to)|works? better|works out better|suits me better|be better|"
    r"is better|sounds better|would rather|id rather|i rather|id prefer|could we|can we|"
    r"can you make|"
    r"(?:charge|bill|take|pay) (?:it|that|this) (?:to|from|with)|for good(?! measure)|forever|"
    r"permanent|permanently|indefinitely|para siempre|permanente|indefinid[oa]|call it|"
    r"name it|label it|title it|"
    r"too (?:much|high|low|long|short|early|late|expensive|big|small|little|many)|"
    r"not enough|until|till|thru|through|oops|whoops|my bad|my mistake|in its place|"
    r"reason(?= \.)|reason (?:is|should|to)|motivo|"
    r"other way (?:a)?round|the opposite|vice ?versa|al reves|"
    r"instead|everything but|all but|almost|just about|nearly|"
    r"que sea|que sean|mejor|hazlo (?:de|por|para|con|hasta)|dejalo en|ponlo en|en vez de|"
    r"en lugar de|hasta el|hasta|deberia ser|tendria que ser|tiene que ser|quise decir|"
    r"queria decir|"
    r"me referia|cambio de planes|demasiado|muy (?:alto|caro|bajo|poco)|casi|y si)\b"
)

HOLD_PHRASES = re.compile(
    r"\b(?:hold on|hang on|hold up|hold off|wait|one (?:sec|second|moment|minute)|(?:a|just a|1) "
    r"(?:sec|second|moment|minute)|give me a|let me (?:think|check|see|look|ask|get back)|"
    r"not (?:so |really |quite |entirely |too )?(?:sure|certain|positive|ready)|im not sure|"
    r"no (?:\w+ )?idea|"
    r"no (?:\w+ )?clue|not able to (?:say|tell|answer)|unable to (?:say|tell|answer)|"
    r"dont (?:really )?know|(?:dont|do not) have an? (?:answer|opinion|preference)|"
    r"do not (?:really )?know|dunno|not know|have(?:nt| not) decided|"
    r"cant (?:say|decide|tell|answer)|cannot (?:say|decide|tell)|hard to say|havent the|"
    r"undecided|unsure|(?:need|have|got|want) to (?:think|check|ask|see|look)|think about it|"
    r"think it over|"
    r"have to (?:think|check)|"
    r"no (?:lo )?(?:se|sabria)|no (?:te |os |le )?pued[oe] (?:decir|saber|contestar|"
    r"confirmar)\w*|no estoy segur[oa]|ni idea|no tengo (?:ni )?idea|un momento|"
    r"un segundo|un minuto|dejame (?:pensar|ver|mirar|consultar)|dame un|tengo que pensar|"
    r"lo (?:pienso|consulto|miro)|esperate?|aguarda|i guess|if you say so|whatever|as if|"
    r"say again|what do you mean|come again|repeat|repite|repitelo|otra vez|perdon|lo he oido)\b"
)

# Asks for time and for nothing else.
PAUSE = re.compile(
    r"\b(?:give me|dame|need|wait|hold on|in|just) (?:just )?(?:an?|un|una|\d+|one|two|five|"
    r"few|a few|a couple of) "
    r"(?:more )?(?:sec|secs|seconds?|moments?|minutes?|mins?|segundos?|minutos?|momento)\b(?! to)"
)

NO_PHRASES = re.compile(
    r"\b(?:(?:dont|do not|not) (?:want|need|wish)|not (?:now|yet|right now|today|really|"
    r"at all|necessary|needed|interested|correct|right|"
    r"that|this|it|true|good|what|quite|the|ok|okay|okey|going|looking|a chance|in)|no way|"
    r"of_course not|course not|absolutely not|definitely not|certainly not|forget (?:it|about)|"
    r"never mind|never ?mind|let it go|leave it|drop it|i pass|ill pass|pass on|call it off|"
    r"(?:some|another) other time|another time|put (?:it|that|this) (?:on hold|off)|"
    r"some time later|different time|thats all|"
    r"that is all|that will be all|im (?:good|fine|done|all set)|i am (?:good|fine|done)|"
    r"thats enough|that is enough|shut (?:it|up)|hands off|knock it off|cut it out|back off|"
    r"ahora no|hoy no|todavia no|aun no|mejor no|para nada|de ningun|de ninguna|ni hablar|"
    r"ni de broma|ni siquiera|en absoluto|no gracias|nada de|claro que no|por supuesto que no|"
    r"dejalo|olvidalo|eso es todo|nada mas|dejar|da igual|que va|no hace falta|no quiero|"
    r"nada del|tal vez otro|otro dia|en otro momento|otra ocasion|ya basta|alto ahi)\b"
)

LATER = re.compile(
    r"\b(?:later|another time|some other time|other time|different time|not now|not yet|"
    r"not right now|"
    r"in a bit|not at the moment|at this time|right at the moment|mas tarde|luego|despues|"
    r"otro dia|"
    r"otro momento|lets wait|hold off)\b"
)

# What may follow a "no" and still refuse all of it.
REFUSAL = re.compile(
    r"\b(?:dont|do not|doesnt|didnt|not|no longer|wont|cant|never|that(?:s| is|ll be| will be)? "
    r"(?:all|it|enough)|bye|goodbye|im (?:good|fine|done|ok|okay|all)|i am (?:good|fine|done)|"
    r"myself|ourselves|yo mism[oa]|stop|cancel\w*|forget|leave|skip|wrong|incorrect|later|"
    r"thank|thanks|nothing|nvm|wait|"
    r"quiero que no|gracias|asi no|mal)\b"
)

REQUEST_START = re.compile(
    r"(?:(?:please|sorry|and|so|also|then|just|actually|now|wait|oh|uh|um|well) )*"
    r"(?:(?:can|could|would|will) (?:you|we|i)(?: please| just| also| first| try to)* )?"
    r"(?:i (?:would like|want|need|wanna|would prefer|prefer|have to|said|think|just|only|"
    r"actually|"
    r"really|was|meant|asked)|id (?:like|love|prefer|rather)|im |ill |its |it is |it will |"
    r"the |my |"
    r"we |were |for |at |on |in |to |just |only |book|reserve|schedule|play|buy|get|give|set|"
    r"use|put|"
    r"send|have|try|see|find|check|pick|go|take|make|change|add|move|name|call|let|lets|that |"
    r"this |"
    r"maybe |do |quiero|necesito|pon|haz|para |es |son |con |por |el |la |que |mejor |solo )"
)

SI_IF = re.compile(
    r"\bsi (?:es|fuera|hay|no|se|puede|puedes|queda|sobra|todos|ellos|ella|el|cuesta|cabe|tiene|"
    r"tienes|quieres|aun|la|lo (?!quiero)|los|las|esta de_acuerdo|esta en)\b"
)
