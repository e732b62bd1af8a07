"""English sentences about rules for models: caps, pauses, personal data, hosts."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str]] = {
    "act.show_model_rules": "see the rules for models",
    "act.set_cost_cap": "cap what models cost",
    "act.set_personal_data": "say what models see of personal data",
    "act.set_model_hosts": "say where models are asked",
    "act.restore_model_rule": "set a rule for models back",
    "act.pause_models": "stop every call to a model",
    "act.resume_models": "let models be asked again",
    # Rules
    "rules.head": "Rules for models:",
    "rules.turn": "one message",
    "rules.person_day": "one person a day",
    "rules.bot_day": "all calls of a day",
    "rules.personal_data": "personal data",
    "rules.hosts": "asked at",
    "rules.cap": "at most {cap}",
    "rules.cap.none": "no cap",
    "rules.used": "{used} used today",
    "rules.usual": "as the operator has set it",
    "rules.hosts.usual": "all hosts that the operator allows",
    "rules.hosts.public": "the public providers' own hosts",
    "rules.open": "Models are asked. “pause models” stops every call at once.",
    "rules.paused": "Paused by {by} since {at}: no call is made. “resume models” goes on.",
    "policy.warn": "let through, with a warning",
    "policy.redact": "taken out before a model sees it",
    "policy.block": "a message with any goes to no model",
    "pause.new": (
        "Models are paused: no call is made any more, calls under way are settled. Rules read "
        "what you write. “resume models” goes on."
    ),
    "pause.known": "Models are paused already, by {by} since {at}. “resume models” goes on.",
    "pause.over": "Models are asked again.",
    "rule_set.turn": "Models may cost at most {value} for one message.",
    "rule_set.person_day": "Models may cost at most {value} a day for one person.",
    "rule_set.bot_day": "Models may cost at most {value} a day in all.",
    "rule_set.cap.none": "That cap is the operator's again.",
    "rule_set.personal_data": "Personal data: {value}.",
    "rule_set.hosts": "Models are asked at {value} only.",
    "rule_set.hosts.none": "Models are asked wherever the operator allows.",
    # Cards
    "do.rule.turn": "let models cost at most {after} for one message",
    "do.rule.person_day": "let models cost at most {after} a day for one person",
    "do.rule.bot_day": "let models cost at most {after} a day in all",
    "do.rule.cap.none": "leave that cap on models to the operator",
    "do.rule.personal_data.warn": "let personal data through to models, with a warning",
    "do.rule.personal_data.redact": "take personal data out before a model sees it",
    "do.rule.personal_data.block": "ask no model about a message with personal data",
    "do.rule.hosts": "ask models at {after} only",
    "do.rule.hosts.none": "ask models wherever the operator allows",
    "do.resume_models": "let models be asked again, which {wallet} has stopped",
    "card.rule": "{rule}: {before} -> {after}",
    "card.set_model_hosts": (
        "The word inside stands for private nets and this machine. Providers elsewhere are not "
        "asked."
    ),
    # Below a reply
    "key.pasted": (
        "There was a key or a password in your message. I have not kept it and no model has seen "
        "it; revoke it all the same: the chat still shows it."
    ),
    "signed.sent": "With your message a model saw: {kinds}.",
    # Looking after providers
    "act.test_provider": "see whether a provider answers",
    "act.tune_provider": "set how a provider is asked",
    "act.restore_provider": "set how a provider is asked back",
    "do.tune_provider": "ask the provider {wallet} with {after}",
    "do.restore_provider": "ask the provider {wallet} with {after} again",
    "provider.tuned": "The provider {name} is asked with {how} from the next call on.",
    "tested.well": "The provider {name} answers: {model} (served by {served_by}).",
    "tested.provider_key_refused": (
        "The provider {name} does not take the key, or not for {model}."
    ),
    "mend.provider_key_refused": (
        "Make a new key there; the operator puts it where {key_ref} says."
    ),
    "tested.provider_spent": "The account at {name} has reached its spending limit.",
    "mend.provider_spent": "Add credit or raise the limit there.",
    "tested.provider_busy": "The provider {name} takes no more calls at this moment.",
    "mend.provider_busy": "Test it again in a minute; if it stays so, ask for more there.",
    "tested.provider_unreachable": "The provider {name} cannot be reached.",
    "mend.provider_unreachable": (
        "Look at its address, at the firewall, and whether its server runs."
    ),
    "tested.provider_failed": "The provider {name} has a fault of its own.",
    "mend.provider_failed": "Look at its status page, and test it again later.",
    "tested.answer_broken": "The provider {name} answers with something that is no answer.",
    "mend.answer_broken": ("Look whether its address ends where its API begins, such as in /v1."),
    "tested.provider_refused": "The provider {name} does not take a plain question to {model}.",
    "mend.provider_refused": "Look whether the model is one for text.",
    "tested.unknown_model": "The provider {name} does not know {model}, or not at its address.",
    "mend.unknown_model": (
        "Add it anew with the model's name as its maker writes it, and disable this one."
    ),
    "tested.settings": "There is no key at {key_ref} for the provider {name}.",
    "mend.settings": "The operator puts it there; until then disable the provider.",
    "tested.key_unusable": "What stands at {key_ref} cannot be a key.",
    "mend.key_unusable": "The operator puts the key there alone, on one line.",
    "tested.address": "The provider {name} is at a host that is not allowed.",
    "mend.address": (
        "The operator names its host in `models.hosts`, with https unless it is inside."
    ),
    "tested.other": "The provider {name} could not be asked.",
    "mend.other": "Test it again; the operator finds more by `bursar doctor`.",
    "field.abilities": "What the server takes",
    "why:are known for this kind": ("Only for compatible servers it must be said what they take."),
    "field.time-outs": "The time-outs",
    "why:are longer than all of a call": "To connect, or to begin, may not take longer than all.",
    # Errors
    "err.cost_cap_reached": "Models have cost as much as they may.",
    "err.cost_cap_reached.turn": (
        "Models may cost {limit} for one message; {used} is used, and this call may cost {needed}."
    ),
    "err.cost_cap_reached.person_day": (
        "Models may cost {limit} a day for you; {used} is used, and this call may cost {needed}."
    ),
    "err.cost_cap_reached.bot_day": (
        "Models may cost {limit} a day in all; {used} is used, and this call may cost {needed}."
    ),
    "next.cost_cap_reached": "No model was asked. Your next message has a cap of its own.",
    "next.cost_cap_reached.at": "No model was asked. They can be asked again from {when}.",
    "rule.cost_cap_reached": (
        "what a call may cost at most must fit below each cap, with all that is under way."
    ),
    "err.models_paused": "Models are paused by {by} since {at}, so none was asked.",
    "next.models_paused": "What I read by rules works; an admin says “resume models” to go on.",
    "rule.models_paused": "while models are paused, no call is made and nothing is paid.",
    "err.outside_reach": "No provider is where the company lets models be asked.",
    "next.outside_reach": "An admin says “model rules” to see where that is.",
    "rule.outside_reach": "models are asked only where both the operator and the company allow.",
    "err.withheld": "There is {kinds} in that, so no model was asked.",
    "next.withheld": "Say it without, or let an admin change what models may see.",
    "rule.withheld": "the company shows no model a message with personal data or a key in it.",
    "data.phone": "a phone number",
    "data.email": "an e-mail address",
    "data.card": "a card number",
    "data.iban": "a bank account",
    "data.ip": "a network address",
    "data.mac": "a device's address",
    "data.bitcoin": "a coin address",
    "data.ethereum": "a coin address",
    "data.secret": "a key",
    "data.number": "a personal number ({kind})",
    "data.other": "personal data",
    "field.models": "Models",
    "why:are not paused": "Models are not paused.",
    "why:is that already for models": "That rule is so already.",
    "why:are no hosts": (
        "Hosts are named as api.mistral.ai, .example.com for all below one, or inside."
    ),
    "why:is outside of the company's reach": (
        "The company lets models be asked elsewhere only; “model rules” shows where."
    ),
}
