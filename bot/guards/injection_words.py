"""Words that orders against an assistant are made of, by language.

All in small letters and without accents, as `bot.guards.folding` writes them.
"""

from __future__ import annotations

from typing import Final

# To lay aside what holds. The first group says it by itself, the second has ordinary uses too.
DROP_EN: Final = (
    r"ig[nmr]{1,3}[or]{1,2}(?:e[ds]?|ing)?|disregard(?:ed|s|ing)?|forget(?:s|ting|ted)?"
    r"|overr(?:ide|ule)s?"
    r"|overriding|bypass(?:es|ing)?|neglect(?:ing)?|dismiss(?:ing)?|discard(?:ing)?"
    r"|circumvent(?:ing)?"
    r"|unlearn|violate|disobey|(?:set|put|leave|throw)(?:ting)? aside|pay no (?:attention|heed) to"
    r"|(?:do not|don'?t|never|stop|cease|quit|no longer|not have to|needn'?t"
    r"|without)(?: have to| need to| to)? "
    r"(?:follow|obey|respect|listen to|abide by|adhere to|heed|observe|comply with|apply)(?:ing)?"
    r"|(?:do not|don'?n?'?t) (?:answer|respond)[a-z ]{0,16} according to"
)
DROP_WEAK_EN: Final = (
    r"skip(?:ping)?|drop(?:ping)?|delete|erase|revoke|annul|rescind|nullify|break(?:ing)?|reset"
    r"|remove|abandon|clear|disable"
    r"|turn off"
)
FILL_EN: Final = (
    r"(?:all|any|every|each|everything|of|the|these|those|this|your|its|their|our|other|current"
    r"|existing"
    r"|about|and|or|previous(?:ly)?|prior|earlier|preceding|above|former|past|initial|original|old"
    r"|given|said|such|safety|security|content|moral|ethical|openai'?s?|system|developer'?s?"
    r"|internal"
    r"|hidden|strict|usual|normal|approval|spending|provided|standard|programmed|default|main"
    r"|first|last|foregoing"
    r"|that)"
)
# Several at once, or whose they are: what makes an order to forget one against the assistant.
WHICH_EN: Final = (
    r"all|any|every|your|its|these|those|previous(?:ly)?|prior|earlier|preceding|above|former"
    r"|past|initial"
    r"|original|foregoing|system|safety|developer'?s?|openai'?s?|given"
)
RULES_EN: Final = (
    r"instructions?|directions?|directives?|rules|guidelines?|guidance|orders|commands|prompts?"
    r"|constraints?|restrictions?|limitations?|polic(?:y|ies)|training|programming|safeguards?"
    r"|safety checks?|filters?|system message|system prompt|configuration|ethics?|morals?"
    r"|principles|protocols?|assignments?|context|content policy|terms"
)
TEXTS_EN: Final = (
    r"articles?|documents?|texts?|information|sources?|passages?|paragraphs?|page|webpage"
)
TELL_EN: Final = (
    r"reveal|show|print|repeat|display|output|tell|give|share|dump|disclose|expose|leak|recite"
    r"|reproduce"
    r"|write|summari[sz]e|translate|encode|spell|list|state|say|copy|paste|return|send|provide"
    r"|name"
    r"|read|quote|describe|explain|what(?:'?s| is| was| are| were| does| did)?(?: say)?"
)
BECOME_EN: Final = (
    r"act|behave|respond|answer|reply|speak|talk|function|operate|serve|perform"
    r"|role ?-?play(?:ing)?"
    r"|pretend(?:ing)?|imagine|simulat(?:e|ing)|impersonate|personify|emulate|play(?:ing)?|become"
)
PERSONA_EN: Final = (
    r"ai|a\.i\.|language model|llm|gpt|chatgpt|chat ?bot|bot|assistant|model|character|persona"
    r"|terminal"
    r"|console|interpreter|compiler|simulator|generator|hacker|villain|criminal|demon|god|wizard"
    r"|entity|machine|robot|operating system|os|shell|virtual machine|journalist|philosopher"
    r"|expert"
)
LOOSE: Final = (
    r"unfiltered|uncensored|unrestricted|unlimited|unhinged|unethical|immoral|amoral|nonmoral"
    r"|jailbr[eo]a?ke?n?|limitless|lawless|free of (?:all )?(?:restrictions|filters|rules|limits)"
)
LIMITS_EN: Final = (
    r"rules?|restrictions?|limits?|limitations?|filters?|filtering|censorship|guidelines"
    r"|boundaries"
    r"|constraints?|ethics|laws|morals?|content polic(?:y|ies)|warnings?|disclaimers?|polic(?:y"
    r"|ies)"
    r"|ethical (?:guidelines|constraints)|moral (?:rules|values)"
)

DROP_ES: Final = (
    r"ignor(?:a|e|en|ad|ar|es|ando)|olvid(?:a|e|ar|ad|en|es|ate|ese|ense)|descart(?:a|e|ar|en)"
    r"|pas(?:a|e|ad|ar) por alto|desobede(?:ce|zca|cer)|desestim(?:a|e|ar)|omit(?:e|a|ir)"
    r"|salt(?:a|ate|ese|arse)|anul(?:a"
    r"|e|ar)"
    r"|(?:haz|hacer|haga|hagan) caso omiso|(?:no|deja de|dejad de|deje de) (?:sigas|siga|seguir"
    r"|hagas caso|haga caso|obedezcas|obedecer|respetes|respetar|tengas en cuenta|tenga en cuenta)"
)
FILL_ES: Final = (
    r"(?:todas?|todos?|de|a|las?|los?|el|lo|del|tus?|sus?|cualquier|cualesquiera|estas?|esas?"
    r"|anteriores|anterior|previas?|previos?|antiguas?|iniciales|dichas|demas|que|otras)"
)
RULES_ES: Final = (
    r"instruccion(?:es)?|reglas|directrices|directivas|indicaciones|ordenes|normas|restricciones"
    r"|limitaciones|prompts?|contexto|politicas|pautas|programacion|entrenamiento|filtros"
    r"|directives"
    r"|mensaje (?:de|del) sistema|consignas|comandos"
)

# In other languages one pattern takes verb, up to five words, and what is laid aside.
DROP_OTHER: Final = (
    # German, Dutch
    r"ignorier(?:e|en|t|st)?|vergiss|vergessen?|vergesst|missachtet?n?|umgeh(?:e|en)?"
    r"|uberspring(?:e|en)?"
    r"|beachte|befolge|halte dich|lass|negeer|vergeet"
    # French, Portuguese, Italian
    r"|ignore[rz]?|oublie[rz]?|neglige[rz]?|contourne[rz]?|(?:tiens|tenez|tenir) (?:pas "
    r"|plus )?compte"
    r"|fai(?:s|tes) abstraction|desconsider(?:e|a|ar)|esque(?:ce|ca|cer|cam)|descart(?:e|ar)"
    r"|ignor(?:e|a|i)"
    r"|dimentica(?:ti|re|te)?|trascura|tenere conto|scordati"
    # Polish, Croatian and Serbian, Swedish, Danish, Norwegian, Turkish
    r"|zignoruj|zapomnij|ignoruj|zaboravi(?:te)?|zanemari(?:te)?|ignorisi|ignoriraj|glom"
    r"|ignorera|glem"
    r"|ignorer|yok say|unut|gormezden gel"
    # Russian and Ukrainian
    r"|забуд(?:ь|ьте)|игнориру(?:и|ите)|проигнориру(?:и|ите)|отмени|не обращаи|ігноруи|забудь"
)
RULES_OTHER: Final = (
    r"anweisung(?:en)?|instruktion(?:en)?|regeln|vorgaben|befehle|richtlinien|vorschriften"
    r"|aufgaben"
    r"|auftrage|einschrankungen|instructies|regels|opdrachten|instructions?|regles|consignes"
    r"|directives?|ordres|restrictions|instrucoes|regras|diretrizes|ordens|restricoes|orientacoes"
    r"|istruzioni|regole|direttive|indicazioni|ordini|comandi|restrizioni|instrukcj[ei]|polecenia"
    r"|zasad|instrukcije?|uput[ae]|uputstva|naredbe|pravila|instruktioner|regler|talimatlari?"
    r"|kurallari?|инструкци[ияеи]{0,2}|указани[яе]|правила?|команды|ограничени[яе]|prompts?"
    r"|інструкці[іи]|vor diesem prompt"
)
