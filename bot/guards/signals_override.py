"""Signs that what holds for the assistant is to be laid aside, or replaced."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_W = r"\W{1,4}"
_EN, _ES = words.FILL_EN, words.FILL_ES
_FILLED = rf"(?:{_EN}\W{{1,3}}){{0,7}}?"
_FILLED_ES = rf"(?:{_ES}\W{{1,3}}){{0,6}}?"
_RULE_PARTS = (
    "instr|direct|rule|guid|order|command|prompt|constraint|restrict|limit|polic|training|program"
    "|safe|filter|system|config|ethic|moral|princip|protocol|assign|context|terms"
)
_DROP_STARTS = (
    "ig|disreg|dismiss|discard|disobey|forget|overr|bypass|neglect|circumv|unlearn|violat"
    "|set aside"
    "|put aside|leave aside|leaving aside|throw aside|setting aside|putting aside|pay no |do not "
    "|don't |dont |don'n't |never |stop |no longer |not have |needn't |neednt |without "
)

OVERRIDE: Final = (
    signal(
        "override",
        0.9,
        rf"\b(?:{words.DROP_EN}){_W}{_FILLED}(?:{words.WHICH_EN}){_W}{_FILLED}(?:{words.RULES_EN})\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        rf"\b(?:{words.DROP_EN}){_W}(?:about )?(?:the{_W})?(?:{words.RULES_EN})\b"
        r"(?! for| about| of| in| from)",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.75,
        rf"\b(?:{words.DROP_EN}){_W}{_FILLED}(?:{words.RULES_EN})\W{{1,3}}(?:[a-z']{{1,12}}"
        rf" ){{0,4}}"
        r"(?:above|before|earlier|so far|previously|prior|until now|given|received|told)\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        rf"\b(?:{words.DROP_WEAK_EN}){_W}(?:all{_W})?(?:of{_W})?your{_W}{_FILLED}(?:{words.RULES_EN})\b",
        starts="skip|drop|delet|eras|break|reset|remov|aband|clear|disabl|turn off",
    ),
    signal(
        "override",
        0.55,
        rf"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget){_W}(?:all{_W})?(?:the|these|those|this"
        rf"|any){_W}"
        rf"(?:provided |given |above |previous )?(?:{words.TEXTS_EN})\b",
        parts="article|document|text|inform|source|passage|paragraph|page&ignor|disregard|forget",
    ),
    signal(
        "override",
        0.8,
        rf"\b(?:{words.DROP_EN}){_W}(?:about{_W})?(?:everything|anything|all|whatever|what){_W}"
        r"(?:(?:of|that|you|i|we|was|were|have|has|had|it|is|been|ve|your \w{1,12})\W{1,3}){0,5}"
        r"(?:above|previous(?:ly)?|so far|told|taught|learned|learnt|programmed|instructed|trained"
        r"|before (?:that|this)|before now|prior|up to now|until now|came before|know"
        r"|happened before)\b"
        r"(?!\W{1,2}(?:about|of|on|from)\b)",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.4,
        rf"\b(?:{words.DROP_EN}){_W}(?:everything|all|anything|what){_W}(?:that )?i (?:just )?"
        r"(?:said|told you|wrote|asked)\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        r"\b(?:forget|ignore|disregard) (?:everything|it all|all)(?: else| of (?:it|that))?\W{1,3}"
        r"(?:and |now |just |only |then |instead )*(?:write|say|tell|answer|speak|print|respond"
        r"|reply"
        r"|do|act|become|start|say|repeat|output|give|show)\b",
        parts=(
            "forget everything|forget all|forget it all|ignore everything|ignore all"
            "|disregard every"
        ),
    ),
    signal(
        "override",
        0.65,
        r"\b(?:your|the) (?:new|real|actual|true|only|updated"
        r"|current) (?:and \w{1,12} )?(?:instructions?"
        r"|directives?|orders|rules|task|objective|goal|role|job|purpose|mission)\W{1,2}"
        r"(?:is|are|will be|now|:)|\byour (?:instructions?|task|role|job|goal|purpose|mission"
        r"|objective) (?:is|are) now\b",
        starts="your|the",
    ),
    signal(
        "override",
        0.6,
        r"\bnew (?:system )?(?:instructions?|directives?|orders|rules)(?: (?:for you|follow"
        r"|from now"
        r"|below|override|replace|coming)|:)|\b(?:here|now|next)\W{1,3}(?:comes?|are|is"
        r"|follows?) (?:a |the |your |some )?"
        r"new (?:task|instructions?|assignment|orders|directives?)\b|\bnew (?:task|instructions?"
        r"|prompt|role) for you\b",
        parts="new",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:instructions?|directives?|rules|guidelines|polic(?:y|ies)|restrictions|safeguards"
        r"|filters|safety checks?|confirmations|previous orders)\b[\w ,]{0,30}\b(?:are|is|were"
        r"|have been|has been) (?:now |all |hereby )?"
        r"(?:disabled|off|void|null|lifted|suspended|cancell?ed|revoked|gone|overridden|a test"
        r"|obsolete"
        r"|no longer (?:valid|in force|binding))\b",
        starts="instr|direc|rules|guide|polic|restr|safeg|filter|safety|confirm|previ",
    ),
    signal(
        "override",
        0.55,
        r"\b(?:obey|serve|answer to|listen to|follow) (?:only |just )?(?:me|this message"
        r"|my (?:orders|commands|instructions))\b"
        r"|\bonly (?:now )?(?:obey|serve|answer to|listen to)\b|\b(?:act on|follow) (?:the"
        r"|these) following (?:orders?|instructions?) instead\b",
        parts="obey|answer to|listen to|serve|instead",
    ),
    signal(
        "override",
        0.5,
        r"\b(?:whatever|what|everything|anything) (?:that )?(?:your|the) (?:operators?"
        r"|developers?|creators?|programmers?|makers?)\b"
        r"|\b(?:don'?t|do not|no longer) (?:obey|listen to|follow) (?:your|the) (?:developers?"
        r"|operators?|creators?)\b",
        parts="operator|developer|creator|programmer|openai|anthropic|trained",
    ),
    signal(
        "override",
        0.55,
        r"\bconcentrate only on|\bfocus only on (?:this|the following)|\bonly (?:do|perform"
        r"|execute) (?:this|the following) task\b",
        parts="concentrat|focus only|this task|following task",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:prompt|you|assistant|system|bot)\b[\w ]{0,30}\b(?:hijacked|pwned|compromised by)\b"
        r"|\b(?:system|security|safety|admin|policy|protocol) override\b|\boverride (?:mode|code"
        r"|protocol|accepted|enabled)\b",
        parts="hijack|override|overrid|pwn",
    ),
    signal(
        "override",
        0.85,
        rf"\b(?:{words.DROP_ES}){_W}{_FILLED_ES}(?:tus?|sus?|todas?|todos?|anteriores|previas?"
        rf"|previos?|las|del|los|cualquier){_W}"
        rf"{_FILLED_ES}(?:{words.RULES_ES})\b",
        starts="ignor|olvid|descart|desob|desest|omit|salt|anul|haz|hacer|haga|no|deja|deje",
    ),
    signal(
        "override",
        0.75,
        rf"\b(?:{words.DROP_ES}){_W}(?:de |a )?(?:todo |todos? )?(?:lo |lo que |que |todo )"
        r"(?:anterior|previo|de antes|de arriba|dicho|dije|digo|(?:te|se te|os) \w{3,10}"
        r"|has \w{4,12}|sabes(?! (?:de|sobre)))",
        starts="ignor|olvid|descart|desob|desest|omit|salt|anul|haz|hacer|haga|no|deja|deje",
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
)
