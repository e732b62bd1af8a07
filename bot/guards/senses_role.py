"""Senses of being somebody else, who is not bound."""

from __future__ import annotations

from typing import Final

from bot.guards.sense import Sense

SENSES: Final = (
    # To be somebody else.
    Sense(
        "become",
        "act acts acting behave pretend pretending imagine simulate simulates impersonate"
        " personify emulate roleplay become becomes embody portray pose incarnate actua actue"
        " finge finja imagina simula interpreta fingir spiele spielst called named",
        "role play|take on|you are now|you're now|you will be|you'll be|your name|you are to"
        "|from now on|from here on|you become|going to be|going to pretend|going to play"
        "|play the|play a|playing a|be my|switch to|switch into|turn into|in character"
        "|of character|into character|slip into|known as|the role of|role of"
        "|change your persona|change your role|change your name|respond as|answer as|reply as"
        "|speak as|talk as|speak like|you shall be|you're going|stay in|haz de|hacer de"
        "|a partir de ahora|como si|eres ahora|tu so|ab sofort|ab jetzt|von nun an"
        "|du bist jetzt|du spielst|you are a|you're a|you are an|this mode|the mode"
        "|in the role|the part of|you are the|you're the|you play",
    ),
    # Who has a part written for them.
    Sense(
        "persona",
        "ai chatgpt gpt bot chatbot llm persona personality twin robot robots bots ais oracle"
        " devil satan villain hacker mastermind demon antagonist criminal dan clone entity"
        " assistants brother anti-you",
        "text adventure|dungeon master|language model|virtual machine|opposite day|god mode"
        "|ai model|inteligencia artificial|una ia|eine ki",
    ),
    # To suppose that it were so.
    Sense(
        "as-if",
        "imagine assume suppose supposing pretend imagina supon",
        "as if|as though|the way you would|as you would|what would you|how would you"
        "|if you had|if your|if nobody|if there were|like you are|como si|als ob|wenn du",
    ),
    # Without what keeps an assistant in bounds.
    Sense(
        "loose",
        "unfiltered uncensored unrestricted unhinged unethical immoral amoral nonmoral"
        " limitless lawless illegal unlawful jailbroken evil shameless ruthless unmoderated"
        " anarchic unaligned unchained unshackled machiavellian profanity profane cursing"
        " curses swearing hateful racist harmful vulgar obscene napalm illicit gory sadistic"
        " malicious foul-mouthed nsfw explicit inappropriate offensive malvada unzensiert"
        " ungefiltert",
        "any question|any topic|all topics|everything is allowed|off limits|however cruel"
        "|lawful or not|right or wrong|legal or not|turn down|anything goes|irrespective of"
        "|dark web|no exceptions|no matter how|says whatever|hold back|holds back"
        "|do anything now|content warnings|content warning|without filter|without filters"
        "|speak freely|no limits|no boundaries|sin filtros|sin censura|sin limites"
        "|ohne filter|answer freely|follows none|follow none|obeys none",
    ),
    # What a bound assistant does.
    Sense(
        "refuse",
        "refuse refuses refusing decline declines apologise apologize apologizes apologises"
        " disclaimer disclaimers moralize moralizing moralising lecture lectures hesitation"
        " hesitate commenting euphemism balance shy judgement judgment refusal refusals"
        " caveats reject rejects negarse niegas niega verweigerst verweigert warning warnings",
        "as an ai|say no|break character|warn the|warns the|i'm sorry|i can't|step out"
        "|remind the user|mention that you|say that it|add a warning|can't do|unable to",
    ),
    # What a part is said to have none of.
    Sense(
        "limits",
        "restrictions rules limits limitations filter filters censorship guidelines guideline"
        " boundaries ethics morals moral morality ethical scruple scruples conscience"
        " constraints safeguards inhibitions legality laws policies policy compunction"
        " compass reglas limites etica filtros censura moral normas regeln grenzen zensur"
        " ethik",
    ),
    # What a part does to what binds others.
    Sense(
        "ignores",
        "ignores disregards violates flouts lacks breaks",
    ),
    # What an assistant would not say, or help with.
    Sense(
        "vile",
        "insult insults hate hates hated curse nazi racist dictator crime crimes criminal"
        " criminals heist terrorist propaganda violence sex porn drugs bomb weapon weapons"
        " poison murder swear rude conspiracy scandal minorities immigrants roast slur slurs"
        " genocide kill antisemite ruthless villain evil odio odia insulta hass hasse hasst"
        " corrupt forge malware ransomware phishing smuggle launder counterfeit steal nasty"
        " assassin murderer thief",
        "partner in crime|not supposed|fake passport|how to hack|dirty joke|bank details"
        "|no manners|plant evidence|hide evidence|break into",
    ),
    Sense(
        "free",
        "",
        "do anything|anything now|you can say|you can do|are free|be free",
    ),
)
