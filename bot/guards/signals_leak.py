"""Signs that the assistant is to show what it was told by those who run it."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_W = r"\W{1,4}"
_SOME = r"(?:[\w'-]{1,20}\W{1,3}){0,5}?"
_TELL_STARTS = (
    "reveal|show|print|repeat|display|output|tell|give|share|dump|disclos|expos|leak|recit|reprod"
    "|write|summar|translat|encod|spell|list|state|say|copy|paste|return|send|provid|name|read"
    "|quot"
    "|describ|explain|what"
)

LEAK: Final = (
    signal(
        "leak",
        0.7,
        rf"\b(?:{words.TELL_EN})\b\W{{1,3}}{_SOME}(?:your|its|the|those){_W}(?:(?:full|entire"
        rf"|complete|exact|whole|own|very|current|secret"
        r"|hidden|system|initial|original|internal|confidential|starting|first|previous"
        r"|developer'?s?|underlying|base|given) ?)*"
        r"(?:system prompt|system message|prompt text|system instructions?|(?:initial|original"
        r"|hidden|secret|internal|confidential"
        r"|previous|starting) (?:prompt|instructions?|directions|directives?|guidelines|rules"
        r"|message|text))\b",
        starts=_TELL_STARTS,
    ),
    signal(
        "leak",
        0.6,
        rf"\b(?:{words.TELL_EN})\b\W{{1,3}}{_SOME}your{_W}(?:(?:full|entire|complete|exact|whole"
        rf"|own|current|secret|hidden|initial"
        r"|original|internal|confidential|core|main) )*(?:prompt|instructions|directions"
        r"|directives|guidelines|configuration prompt"
        r"|programming|source prompt)\b(?! (?:for|about|to|on)\b)",
        starts=_TELL_STARTS,
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:show|print|display|name|tell|give|repeat|output|reveal|write|dump|spell ?-?check"
        r"|read)\b(?: me| us| out)?(?: \w{1,10}){0,4}? "
        r"(?:the|this|full|complete|entire|above|whole) (?:\w{1,12} )?prompt\b(?! (?:cost|spend"
        r"|engineering|budget|team|token|usage))"
        r"|\b(?:what|how) (?:is|was|does) (?:the|this|your) (?:\w{1,10} )?prompt\b(?! (?:cost"
        r"|spend|engineering|budget|team|token))"
        r"|\b(?:beginning|start|end|rest|top|content|contents|words|wording|text) of (?:the|this"
        r"|your) (?:\w{1,10} )?prompt\b",
        starts=(
            "show|print|display|name|tell|give|repeat|output|reveal|writ|dump|spell|read|what"
            "|how|begin|start|end|rest|top|content|word"
        ),
    ),
    signal(
        "leak",
        0.7,
        r"\b(?:text|words?|sentences?|lines?|instructions?|content|everything|all"
        r"|wording)\b[\w ']{0,30}\b"
        r"(?:above this|you (?:were|have been|are) (?:initially )?(?:given|told|configured"
        r"|programmed|instructed|set up)\b|you (?:initially )?received"
        r"|(?:stands?|stood|is|was|are|were|comes?|came|written|appears?) (?:directly "
        r"|right )?(?:above|before) (?:this|my|the first)|of the text above|all of the text above)"
        r"|\bwhat (?:was|is|were|are) (?:written|stated|said"
        r"|there) (?:\w{1,8} ){0,3}(?:at the (?:beginning|start|top)|above|before (?:this|my"
        r"|that|the first))"
        r"|\b(?:at|from) the (?:very )?(?:beginning|start|top) of (?:this|our"
        r"|the) (?:conversation|chat|prompt|dialogue|session|message)"
        r"|\b(?:the )?(?:text|sentences?|words?|paragraphs?) (?:directly |right |written "
        r"|just )?(?:above|before (?:this|the text|that))\b",
        starts="text|word|sent|line|instr|content|every|all|word|what|at|from|the|para",
    ),
    signal(
        "leak",
        0.45,
        r"\bverbatim\b|\bword (?:for|by) word\b|\b(?:rot13|base64|hex)\b[\w ]{0,12}\b(?:encode"
        r"|encoded|your|it)\b|\bencod\w{1,4}\b[\w ,]{0,20}\b(?:rot13|base64|hex)\b"
        r"|\bin an? (?:code|markdown) block\b|\bpalabra por palabra\b|\bwortlich\b"
        r"|\bmot pour mot\b",
        parts=(
            "verbatim|word for word|word by word|rot13|base64|in hex|code block|pig latin"
            "|palabra por palabra|wortlich|mot pour mot"
        ),
    ),
    signal(
        "leak",
        0.7,
        r"\bwhat (?:are|were|is) (?:all )?(?:of )?(?:your|those) (?:\w{1,12} )?(?:instructions"
        r"|directives|guidelines|secret key|prompt)\b(?! (?:for|about|on)\b)"
        r"|\bwhat (?:are|were) your (?:\w{1,12} )?rules\b(?! (?:for|about|on)\b)",
        parts=(
            "your instructions|those instructions|your rules|your directives|your guidelines"
            "|secret key|your prompt|initial instr"
        ),
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
)
