"""Signs that a page, a mail or a file speaks past its reader to an assistant."""

from __future__ import annotations

from typing import Final

from bot.guards.signals import signal

_READER = (
    r"(?:ai|llm|gpt|chatgpt|chatbot|bot|assistant|language model|large language model|ai model"
    r"|ai assistant|ai agent|ai system|ai tool|ai crawler"
    r"|coding assistant|coding agent|classifier|summarizer|asistente|ia|ki"
    r"|assistent)s?"
)

STORED: Final = (
    signal(
        "tool",
        0.65,
        rf"<!--[^>]{{0,200}}?\b(?:{_READER}|ignore|ignora|override|instructions?|instrucciones"
        r"|system prompt|disregard|admin mode)\b",
        parts="<!--",
    ),
    signal(
        "tool",
        0.4,
        r"display:\s{0,2}none|visibility:\s{0,2}hidden|font-size:\s{0,2}0|opacity:\s{0,2}0"
        r"|color:\s{0,2}(?:white|#fff)|\(?(?:white|hidden|invisible) (?:on white|text)\b",
        parts="display:|visibility:|font-size:|opacity:|color:|white|hidden text|invisible text",
    ),
    signal(
        "tool",
        0.65,
        rf"\b(?:if|when|once|should|whichever|whatever|any|every|each) (?:you are )?(?:an? |the "
        rf"|any )?{_READER}\b[\w ]{{0,20}}?\b(?:reads?|reading|process\w*|sees?|summari[sz]\w*"
        r"|screen\w*|parses?|parsing|scans?|handles?|index\w*|opens?|answers?)\b",
        starts="if|when|once|should|which|what|any|every|each",
    ),
    signal(
        "tool",
        0.5,
        r"\b(?:ps|p\.s|note|attention|message|notice|memo|hint|warning|dear|instructions?|order"
        r"|command|reminder|nota|mensaje|hinweis)\W{1,3}(?:for |to |para (?:el |la )?|an )?(?:the "
        rf"|all |any |every |die |den )?{_READER}\b(?! (?:manager|to|role|director|team))"
        r"|\bto (?:the|any|all|every) (?:\w{1,12} ){0,2}(?:ai|llm|bot|language model)s?\s?[:,!-]",
        starts=(
            "ps|p.s|note|attent|mess|notice|memo|hint|warn|dear|instr|order|comm|remind|nota"
            "|mensaj|hinweis|to the|to any|to all|to every"
        ),
    ),
    # After something else: at its very start a message may well speak to the bot.
    signal(
        "tool",
        0.4,
        rf"(?:(?<=[>\"“'(\[{{:.|\n-])|(?<=[>\"“'(\[{{:.|\n-]\s)){_READER}"
        r"\s{0,2}(?:[,:!-]|must\b|shall\b|should\b|has to\b)",
        starts="ai|llm|gpt|chat|bot|assis|langu|large|cod|class|summ|asist|ia|ki",
    ),
    signal(
        "tool",
        0.65,
        r"</?(?:admin|system[_-]?prompt|developer|root|owner|function_call|tool_call"
        r"|hidden|secret|override|user_message|user_input|assistant|instruction|instrucciones"
        r"|sistema|sys)(?: [^>\n]{0,40})?>|\[/?(?:inst|sys|assistant|override|sistema|hidden)\]",
        parts="<|[",
    ),
    signal(
        "tool",
        0.6,
        r"[=#*~\[-]{2,}\s{0,2}(?:begin|end|start)(?: of)? (?:the )?(?:user|admin|system|developer"
        r"|input|prompt|instructions?|documents?|context)\b",
        parts="begin|end|start&==|--|##|**|~~|[",
    ),
    signal(
        "tool",
        0.5,
        r"\b(?:begin|start|end)\w{0,3}(?: of)? (?:the )?(?:hidden|secret|new|real|admin|system"
        r"|injected|override|actual) (?:command|instruction|order|prompt|message|task|text)s?\b",
        starts="begin|start|end",
    ),
    signal(
        "tool",
        0.6,
        rf"\b{_READER} (?:that |who |which )?(?:reading|processing|summari[sz]ing|visiting|seeing"
        r"|parsing|scanning) (?:this|these|the)\b"
        rf"|\b{_READER} (?:that |who |which )?(?:reads?|process(?:es)?|sees?) (?:this|these)\b",
        starts="ai|llm|gpt|chat|bot|assis|langu|large|cod|class|summ|asist|ia|ki",
    ),
    signal(
        "tool",
        0.4,
        r"(?<=\S )(?:ki|ia|ai|llm|language model|sprachmodell|asistente|assistent\w{0,2}"
        r"|assistant)s?(?:-\w{2,14})? (?:must|should|shall|has to|have to|sollen?|muss|mussen"
        r"|deben?|doit)\b",
        starts="ki|ia|ai|llm|langu|sprachm|asist|assis",
    ),
    signal(
        "tool",
        0.4,
        r"</(?:document|article|page|email|review|user|input|query)>",
        parts="</",
    ),
)
