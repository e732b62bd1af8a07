"""The words of a yes, in English and Spanish, folded: lower case, no accents, no apostrophes."""

from __future__ import annotations

import re

from intents.extract.letters import words_of

# Plain consent: one of these may carry a yes alone, and may be followed by a question.
STRONG_YES = words_of(
    "yes yeah yep yup yea yeap yeh ye yah ya yas yass yessir indeedy yesh yhep yess yeps yups aye "
    "affirmative absolutely definitely certainly indeed sure surely totally undoubtedly 100% "
    "ok okay okey okie oki okee "
    "okeydokey k kk alright correct correcto right yesyes uhhuh confirm confirmed confirming "
    "confirmo confirmado confirmada confirmar confirma confirmalo approve approved agreed "
    "agree affirm "
    "proceed deal accept accepted acepto aceptado aceptada apruebo aprobado aprobada aprobar "
    "aprueba conforme procede proceda "
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

# "si" without its accent may be "if"; these may follow it and still be a yes.
SI_IS_YES = re.compile(
    r"\bsi(?: (?:por_supuesto|porfa|claro|gracias|dale|adelante|vale|hazlo|hagalo|quiero|senor|"
    r"senora|perfecto|bien|correcto|confirmo|confirmado|acepto|de_acuerdo|exacto|ok|okay|"
    r"yes_sign|me_parece_bien|envialo|mandalo|procede|desde_luego|venga|genial|eso es|asi es|"
    r"esta bien|"
    r"seguro|muchas|tio|amigo|apruebo|mandalo|lo quiero|lo confirmo|lo apruebo|que si)\b.*|)$"
)

NEUTRAL = NEUTRAL_EN | NEUTRAL_ES

APPROVALS = words_of(
    "approve approved accept accepted apruebo aprobado aprobada aprobar aprueba acepto aceptado "
    "aceptada"
)

PARTS = words_of("amount price reason wallet name limit total importe motivo precio nombre limite")
