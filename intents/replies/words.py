"""The words of replies, in English and Spanish, folded: lower case, no accents, no apostrophes."""

from __future__ import annotations

import re


def words_of(text: str) -> frozenset[str]:
    """The words of a line of the tables."""
    return frozenset(text.split())


# --- Yes -------------------------------------------------------------------------------------

# Plain consent: one of these may carry a yes alone, and may be followed by a question.
STRONG_YES = words_of(
    "yes yeah yep yup yea yeap yeh ye yah ya yas yass yessir indeedy yesh yhep yess yeps yups aye "
    "affirmative absolutely definitely certainly indeed sure surely totally undoubtedly 100% "
    "ok okay okey okie oki okee "
    "okeydokey k kk alright correct correcto right yesyes uhhuh confirm confirmed confirming "
    "confirmo confirmado confirmada confirmar confirma confirmalo approve approved agreed "
    "agree affirm "
    "proceed deal accept accepted acepto apruebo aprobado aprobada conforme procede proceda "
    "proceder si sip sep sipi sisi claro vale dale venga adelante bueno hazlo hagalo haganlo "
    "hacedlo hagamoslo ejecutalo envialo enviala mandalo mandala exacto exactamente efectivamente "
    "afirmativo seguro okis oka perfecto desde_luego por_supuesto yes_sign go_ahead do_it you_bet "
    "of_course by_all_means you_got_it please_do no_objection de_acuerdo a_por_ello "
    "me_parece_bien obvio obviamente obviously naturally aja ajam"
)
# These say yes and nothing else; "ok" and "right" also open a remark.
PLAIN_YES = STRONG_YES - words_of(
    "right bueno venga confirm confirming confirma confirmar proceed deal accept approve do_it "
    "procede proceda proceder"
)
# Praise that stands for a yes when nothing else is said.
WEAK_YES = words_of(
    "great good fine cool perfect perfectly excellent awesome nice lovely wonderful fantastic "
    "correctly brilliant amazing super superb splendid ideal exactly precisely true accurate "
    "works suits fits spot sweet terrific fab fabulous neat marvelous close_enough "
    "looks_better genial bien estupendo excelente fenomenal fantastico buenisimo guay bonito "
    "cierto verdad correcta correctos correctas ideales perfecta listo va sirve conviene"
)
YES = STRONG_YES | WEAK_YES

# How what was asked may be called by who agrees to it.
CONSENT_ADJECTIVES = words_of(
    "acceptable adequate admirable agreeable amazing appealing appropriate astounding attractive "
    "awesome beautiful brilliant charming classy clear comfortable convenient cool decent "
    "delightful desirable doable dope elegant enjoyable epic excellent exceptional "
    "exquisite fabulous fair fantastic feasible flawless genuine glorious gorgeous grand "
    "handy helpful impeccable impressive incredible legit legitimate lit lovely magnificent "
    "marvellous optimal outstanding peachy phenomenal pleasant pleasing precise preferable proper "
    "reasonable reliable remarkable satisfactory satisfying sensational sensible smooth solid "
    "sound spectacular stellar suitable superior swell tremendous useful valid workable "
    "worthwhile fitting groovy rad wicked spiffy dandy stupendous sublime "
    "divine magical dreamy likable agreeable wise smart accurate factual affirmative positive "
    "unbeatable nifty ace stunning dazzling cosy cozy inviting promising encouraging "
    "sufficient plenty correctly rightly settled sorted complete aok"
)
# What takes praise down, so that "almost right" is no yes.
DOWNTONERS = words_of(
    "almost nearly barely hardly scarcely partly partially halfway half mostly somewhat allegedly "
    "supposedly suspiciously seemingly rarely seldom never less least potentially hopefully "
    "theoretically conditionally tentatively provisionally reluctantly initially previously "
    "formerly originally normally usually generally sometimes roughly marginally slightly vaguely "
    "early daily weekly monthly yearly quarterly annually biweekly hourly nightly temporarily "
    "permanently separately differently additionally alternatively conversely oddly strangely "
    "weirdly sadly unfortunately regrettably apparently ostensibly eventually shortly "
    "presently momentarily lately recently gradually "
    "periodically occasionally frequently regularly routinely automatically simultaneously "
    "individually collectively privately publicly anonymously manually secretly silently firstly "
    "lastly secondly equally evenly jointly someday accidentally mistakenly wrongly falsely "
    "incorrectly badly poorly terribly horribly unlikely supply reply apply july italy folly "
    "family only solely merely "
    "overly unusually unbelievably ridiculously insanely borderline sorta kinda"
)
# What is no praise, whatever stands before it.
DISPRAISE = words_of(
    "expensive high low odd weird strange crazy insane ridiculous stupid dumb bad worse worst "
    "terrible awful horrible sad unfair outrageous absurd steep pricey costly excessive "
    "insufficient little late risky dangerous scary confusing unclear vague suspicious fishy "
    "unexpected surprising disappointing annoying unacceptable useless pointless unnecessary "
    "careful doubtful alarming shocking worrying concerning misleading frightening boring "
    "tiring exhausting lousy poor ugly nasty gross slow rude mean evil silly ironic hilarious "
    "funny laughable questionable debatable problematic painful shameful dreadful frightful "
    "wasteful fearful regretful dubious hideous disastrous suspicious ominous atrocious tedious "
    "optional conditional tentative provisional partial annual temporary additional occasional "
    "unreasonable improbable incapable liar idiot moron fool joke fraud thief scam jerk loser "
    "disgrace nightmare disaster pain crook useless pathetic tragic problem issue mistake "
    "error lie trap shame pity waste mess missing lacking pending remaining changing "
    "varying differing conflicting recurring repeating overlapping following upcoming previous "
    "various numerous different wondering asking kidding joking lying guessing failing losing "
    "costing exceeding overspending debit credit"
)

# Short answers that are a yes only as a whole clause.
WHOLE_YES = frozenset(
    [
        "it is",
        "it does",
        "they are",
        "they do",
        "i do",
        "we do",
        "i would",
        "it was",
        "that is",
        "that it is",
        "you are",
        "you may",
        "it will",
        "it would",
        "that does",
        "this is",
        "that was",
        "they were",
        "thats it",
        "this is it",
        "lo es",
        "lo esta",
        "asi es",
        "eso es",
        "asi esta",
        "esta bien",
        "lo quiero",
        "orale",
        "andale",
        "simon",
        "sale y vale",
        "hacelo",
        "si quiero",
        "eso mismo",
        "tal cual",
        "ya esta",
        "that will do",
        "thatll do",
        "will do",
        "lets go",
        "lets do it",
        "lets do that",
        "lets do this",
        "go on",
        "go for it",
        "go with it",
        "go with that",
        "do so",
        "make it so",
        "make it happen",
        "good to go",
        "all set",
        "thats the one",
        "that is the one",
        "this is the one",
        "thats me",
        "count me in",
        "im in",
        "i am in",
        "for sure",
        "be my guest",
        "why yes",
        "de una",
        "a tope",
        "eso esta",
        "hecho",
        "trato hecho",
        "sin problema",
        "por mi si",
    ]
)

# What says yes without a word of consent.
SAYS_AS_ASKED = re.compile(
    r"\b(?:(?:just )?(?:what|how|the way) (?:i|we) (?:just )?(?:asked|wanted|want|need|needed|"
    r"said|meant_|requested|had in mind|"
    r"was (?:looking|hoping|asking)|am looking|m looking)|(?:that|those|these|thats|it|"
    r"this) (?:is|are|was|were)? ?"
    r"(?:the|exactly|just|how|what|when|where|who|my) (?:details|order|it|ones?|is|was|were|i|"
    r"we|are)|"
    r"you have (?:it|that|everything)|lo que (?:pedi|quiero|queria|quise|necesito|dije))\b"
)

# The same order given as a command; with a draft that ends something only its own verb counts.
COMMANDS = re.compile(
    r"(?:please )?(?:(?:now|just|so|then) )?(?:you can |you may |lets )?(?:please )?"
    r"(send|submit|ship|book|confirm|post|save|place|process|execute|approve|create|schedule|"
    r"reserve|play|buy|purchase|request|apply|run|commit|transfer|pay|finalize|finalise|complete|"
    r"order|set|lock|grant) "
    r"(?:it|that|this|them|those|these|the (?:request|draft|plan|proposal|transfer|order|"
    r"reservation|booking|appointment|payment|change|changes))"
    r"(?: in| up| off| through)?(?: for me| for us)?(?: please| now| thanks| thank you| then)*"
)

# Phrases folded to one word before anything else is asked.
IDIOMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), word)
    for pattern, word in (
        (r"(?:claro|por supuesto|desde luego|obvio) que si|si que si", "claro"),
        (r"(?:claro|por supuesto|desde luego|mejor|que|pues) que no|mejor no|que no", "no"),
        (r"a lo mejor|puede que|puede ser", "quizas"),
        (r"por q_que|para q_que", "q_que"),
        (
            r"(?:you )?(?:can |may |should |must )?(?:please )?go (?:right |"
            r"straight )?(?:ahead|head)",
            "go_ahead",
        ),
        (r"go a head|goahead|g ahead", "go_ahead"),
        (r"(?:go |lets )?(?:just )?do (?:it|that|this|so)", "do_it"),
        (r"you(?:ve)? got it(?: all)?(?: right)?", "you_got_it"),
        (r"you(?: can)? bet(?: ya)?|you betcha|u bet", "you_bet"),
        (r"of course|ofc|off course|ofcourse", "of_course"),
        (r"by all means", "by_all_means"),
        (r"please do|pls do", "please_do"),
        (r"(?:that(?: i|)s |its |it is )?(?:close|good|near|fair) enough", "close_enough"),
        (r"(?:looks|sounds|is|thats|its) (?:much |a lot |way |even )?better", "looks_better"),
        (
            r"no (?:problem|problems|worries|prob|objection|objections|sweat)",
            "noworries",
        ),
        (
            r"without (?:a |any )?(?:shadow of a )?doubt|beyond (?:a |any )?doubt|"
            r"no doubt(?: about (?:it|that))?|undoubtedly|indubitably|sin (?:ninguna |la menor )?"
            r"duda(?: alguna)?|(?:one |a )?hundred per ?cent|100 per ?cent|cien por cien(?:to)?",
            "definitely",
        ),
        (
            r"(?<!not )right (?:away|now)|straight away|at once|as soon as possible|asap|"
            r"ahora mismo|ya mismo|cuanto antes|de inmediato",
            "atonce",
        ),
        (
            r"no hay problema|sin problemas|ningun problema",
            "noworries",
        ),
        (r"for now|for the moment|at the moment|por ahora|por el momento|de momento", "for_now"),
        (
            r"roger(?: that)?|copy that|ten four|10 ?4|aye aye|very well|very much so|"
            r"right again|spot on|"
            r"(?:dead|bang|right) on|on point|all right|you (?:ve |have )?nailed it|"
            r"you (?:have|had|got) (?:it|that|this|everything|"
            r"them)(?: all)? (?:all )?(?:right|correct)",
            "okay",
        ),
        (
            r"ill take (?:it|that|this|them|that one|this one)|i will take (?:it|that|this)|"
            r"(?:this|that) one please|i love it|love it|i like (?:it|that|this)",
            "fine",
        ),
        (r"yse|yees|yeas|yus|yis|yhea|yeha|eys", "yes"),
        (r"rigth|roght|righ|rihgt|riht", "right"),
        (r"(?<=looks )god|(?<=is )god|(?<=all )god|(?<=thats )god|god(?= to go)", "good"),
        (r"corect|corret|corrct|gud|graet|gret", "good"),
        (r"oaky|okya|oks|kay", "okay"),
        (
            r"(?:would|will|should|does|do|can|itll|thatll|itd|thatd)(?: just| all| also)? work",
            "works",
        ),
        (
            r"lgtm|sgtm|\+ ?1(?= |$)|(?:hell|heck|oh|most|why) (?:yes|yeah|certainly|definitely)",
            "yes",
        ),
        (
            r"^(?:no (?:further |more )?(?:changes|edits)|nothing to (?:add|change))"
            r"(?: needed| required)?$",
            "noworries",
        ),
        (r"okey dokey|okie dokie|okey doke|okie doke", "okay"),
        (r"uh ?huh|mm ?hmm|mhm", "uhhuh"),
        (r"right o|righto|right on|righty", "okay"),
        (r"sounds? like a plan", "sounds good"),
        (r"por supuesto|porsupuesto|x supuesto", "por_supuesto"),
        (r"desde luego", "desde_luego"),
        (r"de acuerdo|deacuerdo", "de_acuerdo"),
        (r"(?:a|vamos a) por (?:ello|eso)", "a_por_ello"),
        (
            r"(?:me )?parece (?:muy |todo )?(?:bien|perfecto|correcto|genial|estupendo|"
            r"buena idea)",
            "me_parece_bien",
        ),
        (r"(?:me )?suena (?:muy )?(?:bien|perfecto|genial)", "me_parece_bien"),
        (r"como no(?= |$)", "claro"),
        (r"si si", "si"),
        (r"as (?:is|it is|it stands)", "noworries"),
        (
            r"thank (?:you|u|ya|yo)|thankyou|thank you so much|thanks? a (?:lot|bunch|million)",
            "thanks",
        ),
        (
            r"thanks (?:so much |very much )?for (?:your|the|all the|all your|all of your) help",
            "thanks",
        ),
        (r"muchas gracias|mil gracias", "gracias"),
        (r"por favor|porfavor|x favor|xfavor", "porfa"),
    )
)

# Said beside an answer, changing nothing.
FILLER = words_of(
    "thanks thank thx ty tx tysm please pls plz plse kindly hi hello hey oh ah aha um uh er well "
    "so then there bot bursar my friend mate man sir buddy dude bro cheers noworries yay "
    "wow whoa woah yippee hooray hurray hurrah woohoo woot phew gosh gee golly boy haha_ "
    "maam madam miss olly assistant robot dear pal bud fam boss chief "
    "captain folks "
    "for_now gracias porfa porfis hola oye pues entonces ay tio tia amigo amiga muchas muy "
    "happy_sign and y e"
)

# May stand in a clause with a yes without changing what is confirmed.
NEUTRAL_EN = words_of(
    "i you it its that thats this these those they theyre them the a an my your our we us me mine "
    "is are am was be been being do does did done have has had will would id ill youll well lets "
    "let im ive youve thatll thatd itll theyll to for with of in as at all everything "
    "really very so quite totally completely entirely absolutely pretty just what how like likes "
    "want wanted wants need needed needs love wish say says said saying think believe hope look "
    "looks looking looked sound sounds seem seems feel feels found see details detail info "
    "information order request draft plan proposal choice choices item items amount date dates "
    "time times thing things stuff answer idea way on here same going go ahead good should must "
    "can may asked ask asking requested mentioned told understood got get gets getting take "
    "taking make making made set put send youre genius star legend lifesaver hero helpful any "
    "into fully certain telling able statement fact facts factual truth concur valid legit "
    "legitimate definite firm resounding definitive solid whole exacting again about realistic "
    "fit plans appreciate appreciated grateful useful convenient acceptable satisfied "
    "satisfactory suitable adequate reasonable appropriate beautiful delightful pleasant "
    "magnificent tremendous outstanding incredible stellar swell dandy peachy groovy rad dope "
    "phenomenal marvellous delicious reliable smart genuine honestly finally spectacular "
    "impressive clear clearly obviously naturally gladly willing confident convinced planned "
    "planning prefered intended intend expected expect described stated written listed shown "
    "money funds transaction initiate finalize finalise given understanding instruction "
    "instructions command commands response responses mentioning "
    "noted heard thought figured hoped hoping theyve weve were together cause deal trick "
    "word always ever truly surely kind lot bit lots nicer nicely enjoy enjoyed liked loves "
    "nailed point dot roger copy affirm suit by and too much moment sense "
    "work perspective opinion side matches match matched matching one guys folks most exact "
    "correctly "
    "fine best great awesome stone happy glad pleased okay forward continue carry ready"
)
# Things and doings of talk, which name nobody and no budget. They stand for what was asked, not
# for another kind of it: "the car" passes, "the car wallet" does not.
COMMON = words_of(
    "train trains stream streaming download share location concert game tour viewing showing "
    "appointments reservations bookings cars cabs hotels tables spot service haircut session exam "
    "checkup cleaning meal dinner lunch breakfast playback songs events view "
    "purchases passengers seating trips rental rentals ticketing screening album track artist "
    "car cab taxi ride vehicle flight flights plane bus train seat seats room rooms house "
    "apartment property table movie movies film song music show trip stay place meeting visit "
    "attraction therapist doctor dentist stylist salon hotel restaurant alarm reminder money list "
    "entry video start starts started begin save saving saved rent renting reschedule watching "
    "watch listen listening hear playing visiting attending meet eat eating dine fly flying "
    "riding travel traveling hire hiring hold reserving scheduling purchasing buying transferring "
    "sending booked reserved scheduled added transferred sent purchased bought played set up "
    "setup appointment reservation booking book reserve schedule event tickets ticket buy attend "
    "calendar payment purchase selection play transfer transaction finish finished complete "
    "completed forward pick write written put atonce immediately promptly"
)
NEUTRAL_ES = words_of(
    "yo tu usted me te se lo la los las le les nos el un una eso esto ese esa este esta estas "
    "estan estos aquello todo toda es son era fue estaba ser sea asi de del a al en "
    "por para con mi mis ti nosotros que muy tan bien parece parecen gusta gustaria encanta "
    "quiero queria quisiera quiere quieres necesito puede puedes pueda podemos vamos ve vaya "
    "sigue siga seguir haz haga hacer hace hazme favor dices dicho digo dijo datos detalles "
    "importe cantidad fecha presupuesto solicitud peticion pedido borrador propuesta plan "
    "transferencia cambio cambios operacion cosa idea envia enviar manda mandar crea crear "
    "aprueba aprobar y e ya va vale correcto tal cual como estoy mismo exactamente momento"
)

# --- What takes a yes back --------------------------------------------------------------------

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
    "deshacer retira retirar"
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
    "another different earlier sooner longer shorter bigger smaller higher cheaper add adding "
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
    r"\b(?:take (?:it|that|this|them)|deal|call it) off?(?: \.|$)|\bit is what it is\b|"
    r"\b(?:show|tell|send|let) me (?:\w+ ){0,3}first\b|"
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

# "si" without its accent may be "if"; these may follow it and still be a yes.
SI_IS_YES = re.compile(
    r"\bsi(?: (?:por_supuesto|porfa|claro|gracias|dale|adelante|vale|hazlo|hagalo|quiero|senor|"
    r"senora|perfecto|bien|correcto|confirmo|confirmado|acepto|de_acuerdo|exacto|ok|okay|"
    r"me_parece_bien|envialo|mandalo|procede|desde_luego|venga|genial|eso es|asi es|esta bien|"
    r"seguro|muchas|tio|amigo|apruebo|mandalo|lo quiero|lo confirmo|lo apruebo|que si)\b.*|)$"
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

HAPPY_SIGNS = "😀😃😄😁😆😊🙂🎉🚀🙌👏💪✨❤🥳😎🤩💚💙🙏☺🤗😍🎊"
YES_SIGNS = "👍👌✅✔☑💯🆗"
NO_SIGNS = "👎❌🚫🛑✖⛔🙅✋"

# --- Edits, refusals, pauses ------------------------------------------------------------------

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
NEUTRAL = NEUTRAL_EN | NEUTRAL_ES
APPROVALS = words_of("approve approved accept accepted apruebo aprobado aprobada acepto")
SI_IF = re.compile(
    r"\bsi (?:es|fuera|hay|no|se|puede|puedes|queda|sobra|todos|ellos|ella|el|cuesta|cabe|tiene|"
    r"tienes|quieres|aun|la|lo (?!quiero)|los|las|esta de_acuerdo|esta en)\b"
)
PARTS = words_of("amount price reason wallet name limit total importe motivo precio nombre limite")
