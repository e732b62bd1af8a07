"""Phrases that are folded to one word before anything else is asked, and signs that answer."""

from __future__ import annotations

import re

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

HAPPY_SIGNS = "😀😃😄😁😆😊🙂🎉🚀🙌👏💪✨❤🥳😎🤩💚💙🙏☺🤗😍🎊"

YES_SIGNS = "👍👌✅✔☑💯🆗"

NO_SIGNS = "👎❌🚫🛑✖⛔🙅✋"
